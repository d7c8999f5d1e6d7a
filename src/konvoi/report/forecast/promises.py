"""Promises: lines with a promised day, and whether what was promised was there by then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from konvoi.model.stages import RANK, Stage
from konvoi.report.answered import moved
from konvoi.report.case import Case

SOON = timedelta(days=7)
"""Time ahead within which something counts as due soon."""

STATES = ("on time", "late", "overdue", "not yet due", "without a day")

_WORD = {Stage.PLEDGED, Stage.COMMITTED, Stage.ALLOCATED}


@dataclass(frozen=True)
class Promise:
    """One line: its first and last promised day, the day by which all of it was there, and how that stands.

    slip: days from the first promised day to the day it was there, or to today where it is overdue.
    """

    party: str
    line: str
    first: date | None
    last: date | None
    kept: date | None
    state: str
    slip: int | None
    on_time_at_last: bool
    entries: tuple[str, ...]

    def is_overdue(self, day: date) -> bool:
        """Return True if the last promised day has passed and not all of it was there."""
        return self.kept is None and self.last is not None and self.last < day

    def is_due_soon(self, day: date) -> bool:
        """Return True if the last promised day is today or comes soon and not all of it was there."""
        return self.kept is None and self.last is not None and day <= self.last <= day + SOON


Row = Mapping[str, object]


class _Statement(NamedTuple):
    """A stated promised day and the day it was known on, as text; empty where that is not known."""

    known: str
    day: object


def promises(case: Case) -> tuple[Promise, ...]:
    """One promise for each line that somebody gave; lines withdrawn are left out."""
    if case.entries["promised"].null_count() == case.entries.height:
        return ()
    earlier: dict[tuple[str, str], list[_Statement]] = defaultdict(list)
    told = case.earlier.drop_nulls(["line", "promised"]).sort("known_on", "entry")
    for party, line, known, day in told.select("party", "line", "known_on", "promised").iter_rows():
        earlier[party or "", line].append(_Statement(str(known or ""), day))
    lines: dict[tuple[str, str], list[Row]] = defaultdict(list)
    columns = ("entry", "party", "package", "line", "stage", "promised", "day_to", "known_on", "quantity")
    for row in case.entries.select(columns).sort("entry").iter_rows(named=True):
        if row["line"]:
            lines[row["party"] or "", row["line"]].append(row)
    later = moved(case)
    found = (
        _promise(
            case.day,
            party,
            line,
            rows,
            earlier=earlier.get((party, line), ()),
            later=later.get((party, f"lines/{line}"), ()),
        )
        for (party, line), rows in sorted(lines.items())
    )
    return tuple(promise for promise in found if promise is not None)


def own_promises(case: Case, found: Sequence[Promise], party: str) -> list[Promise]:
    """Return the line items that a party states itself; where it states none, those that others do."""
    senders = dict(case.documents.select("submission", "party").iter_rows())
    of_entry = dict(case.entries.select("entry", "submission").iter_rows())
    whole = [one for one in found if one.party == party]
    own = [one for one in whole if any(senders.get(of_entry[entry]) == party for entry in one.entries)]
    return own or whole


def _promise(
    today: date,
    party: str,
    line: str,
    rows: list[Row],
    *,
    earlier: Sequence[_Statement],
    later: tuple[date, ...],
) -> Promise | None:
    """Return the promise of a line; None if it was withdrawn. earlier: statements that were replaced."""
    if any(row["stage"] == Stage.WITHDRAWN for row in rows):
        return None
    in_order = sorted(rows, key=lambda row: str(row["entry"]))
    stated = [_Statement(str(row["known_on"] or ""), row["promised"]) for row in in_order]
    by_known = sorted([*earlier, *stated], key=lambda one: one.known)
    days = [one.day for one in by_known if isinstance(one.day, date)]
    days += later
    first, last = (days[0], days[-1]) if days else (None, None)
    kept = _kept(rows)
    ids = tuple(str(row["entry"]) for row in rows)
    if first is None:
        return Promise(party, line, None, None, kept, "without a day", None, False, ids)
    end = kept or today
    slip = (end - first).days if kept or today > first else None
    state = _state(first, kept, today)
    on_last = kept is not None and last is not None and kept <= last
    return Promise(party, line, first, last, kept, state, slip, on_last, ids)


def _state(first: date, kept: date | None, today: date) -> str:
    if kept is None:
        return "overdue" if today > first else "not yet due"
    return "on time" if kept <= first else "late"


def _kept(rows: list[Row]) -> date | None:
    """The day by which all that was given was there; None where a part is still missing."""
    given = [row["quantity"] for row in rows if row["stage"] in _WORD]
    known = [quantity for quantity in given if isinstance(quantity, Decimal)]
    arrived = [row for row in rows if RANK.get(Stage(str(row["stage"])), 0) >= RANK[Stage.HANDED_OVER]]
    # One consignment handed over and received is there once: the later stage speaks for the line.
    top = max((RANK[Stage(str(row["stage"]))] for row in arrived), default=0)
    there = Decimal(0)
    day: date | None = None
    for row in sorted(
        (r for r in arrived if RANK[Stage(str(r["stage"]))] == top), key=lambda r: str(r["day_to"])
    ):
        day = row["day_to"] if isinstance(row["day_to"], date) else day
        there += row["quantity"] if isinstance(row["quantity"], Decimal) else Decimal(0)
        if known and there >= max(known):
            return day
    return None if known else day
