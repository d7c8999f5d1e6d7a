"""Rates in seven activity files of five publishers in the standard of IATI (each publisher's own licence)."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.pledges.measuring.rate import Rate, digits, tally
from lxml import etree

FILES = "iati/activities/*.xml"
OUT, IN, COMMITMENT, DISBURSEMENT = ("2", "3", "4"), ("1", "11", "13"), "2", "3"
MONTH = range(27, 34)


def _activities(data: Path) -> list[Any]:
    """Every activity of every file."""
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    trees = [etree.parse(str(path), parser) for path in sorted(data.glob(FILES))]
    return [activity for tree in trees for activity in tree.getroot().findall("iati-activity")]


def _type(transaction: Any) -> str:
    """The code of a transaction's type."""
    return str(transaction.find("transaction-type").get("code"))


def _key(transaction: Any) -> tuple[str, str, date]:
    """What a transaction says: type, value, day."""
    day = date.fromisoformat(transaction.find("transaction-date").get("iso-date")[:10])
    return _type(transaction), transaction.findtext("value"), day


def rates(data: Path) -> list[Rate]:
    """All rates of these files."""
    activities = _activities(data)
    moved = [t for activity in activities for t in activity.findall("transaction") if _type(t) in (*OUT, *IN)]
    return [*_ids(activities, moved), *_parties(activities), *_repeats(activities), *_money(moved)]


def _rate(name: str, column: str, counted: str, **found: Any) -> Rate:
    """A rate of these files."""
    return Rate(f"iati.{name}", FILES, column, counted, **found)


def _ids(activities: list[Any], moved: list[Any]) -> list[Rate]:
    """How often records name each other."""
    n = len(moved)
    lost = sum(1 for t in moved if not t.get("ref"))
    link = sum(
        1 for t in moved if t.findall("*[@provider-activity-id]") or t.findall("*[@receiver-activity-id]")
    )
    related = sum(1 for a in activities if a.findall("related-activity"))
    other = sum(1 for a in activities if a.findall("other-identifier"))
    manner = "commitments, payments and incoming funds"
    return [
        _rate("reference_missing", "transaction/@ref", f"{manner} without", share=(lost, n)),
        _rate(
            "linked", "provider-activity-id, receiver-activity-id", f"{manner} with either", share=(link, n)
        ),
        _rate("related", "related-activity", "activities with one", share=(related, len(activities))),
        _rate("other_identifier", "other-identifier", "activities with one", share=(other, len(activities))),
        _rate(
            "incoming",
            "transaction-type",
            f"of {manner}: 1, 11, 13",
            share=(sum(_type(t) in IN for t in moved), n),
        ),
    ]


def _parties(activities: list[Any]) -> list[Rate]:
    """Whether the implementer is named, with an id, and in how many languages an activity speaks."""
    n = len(activities)
    doing = [a for a in activities if a.findall("participating-org[@role='4']")]
    with_id = sum(1 for a in doing if a.find("participating-org[@role='4']").get("ref"))
    place = sum(1 for a in activities if a.findall("location"))
    tongues = [len(a.findall("title/narrative")) for a in activities]
    return [
        _rate(
            "implementer_missing",
            "participating-org, role 4",
            "activities without",
            share=(n - len(doing), n),
        ),
        _rate(
            "implementer_id",
            "participating-org/@ref, role 4",
            "named implementers with",
            share=(with_id, len(doing)),
        ),
        _rate("place", "location", "activities with one", share=(place, n)),
        _rate(
            "titles",
            "title/narrative",
            "activities by number of languages",
            counts=tally(t for t in tongues if t),
        ),
    ]


def _repeats(activities: list[Any]) -> list[Rate]:
    """Payments of one activity that are equal: wholly, and month after month."""
    payments = exact = monthly = 0
    per_commitment: list[int] = []
    for activity in activities:
        keys = [_key(t) for t in activity.findall("transaction") if _type(t) in OUT]
        payments += len(keys)
        exact += sum(count - 1 for count in Counter(keys).values())
        days: dict[tuple[str, str], list[date]] = defaultdict(list)
        for kind, value, day in keys:
            days[kind, value].append(day)
        monthly += sum(
            1 for found in days.values() for a, b in pairwise(sorted(found)) if (b - a).days in MONTH
        )
        kinds = Counter(kind for kind, _, _ in keys)
        if kinds[COMMITMENT] == 1 and kinds[DISBURSEMENT]:
            per_commitment.append(min(kinds[DISBURSEMENT], 12))
    manner = "commitments and payments of one activity"
    return [
        _rate(
            "repeated",
            "transaction",
            f"{manner} equal to one before in type, value, day",
            share=(exact, payments),
        ),
        _rate(
            "month_after_month",
            "transaction",
            f"{manner} equal in type and value to one 27-33 days before",
            share=(monthly, payments),
        ),
        _rate(
            "payments",
            "transaction-type",
            "activities of one commitment, by payments (12 = 12 or more)",
            counts=tally(per_commitment),
        ),
    ]


def _money(moved: list[Any]) -> list[Rate]:
    """How exact amounts are."""
    found = [
        digits(float(t.findtext("value")))
        for t in moved
        if _type(t) == COMMITMENT and float(t.findtext("value"))
    ]
    return [_rate("digits", "transaction/value", "commitments by significant digits", counts=tally(found))]
