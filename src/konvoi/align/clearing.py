"""Review decisions on alerts: clearances.csv, append-only; each holds for the values that were seen."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from konvoi.align.alert_evidence import Seen, changed, unpacked
from konvoi.align.hits import OPEN, Hit, State
from konvoi.align.list_findings import told
from konvoi.kit.text import as_was, fold
from konvoi.model.finding import Finding, Place

FILE = "clearances.csv"
FALSE_POSITIVE, TRUE_MATCH, LICENSED, UNDECIDED = VERDICTS = (
    *("false positive", "true match", "licensed", "undecided"),
)
FORMER = {"cleared": FALSE_POSITIVE, "confirmed": TRUE_MATCH, "withdrawn": UNDECIDED}
"""Former names of dispositions, which files still hold."""
HEAD = (
    *(
        "hit",
        "verdict",
        "by",
        "at",
        "reason",
        "day",
        "list_day",
        "authority",
        "reference",
        "scope",
        "from",
        "to",
    ),
    *("party", "listing", "record", "content", "party_id", "seen"),
)
"""Columns: the alert, its disposition, by whom, when (UTC) and why; the day that was screened for and that of
the list; of a licence its authority, reference, scope and days. party_id, listing: the pair that it is about.
seen: the values of both on which it was decided (konvoi.align.alert_evidence). The others are for people."""


@dataclass(frozen=True)
class Decision:
    """One row. hit: id of the alert, which follows from the party's record and the listing's content.

    party, listing: the pair. at: when it was decided. seen: the values on which it was decided, packed.
    """

    hit: str
    verdict: str
    by: str
    reason: str = ""
    authority: str = ""
    reference: str = ""
    scope: str = ""
    first: date | None = None
    last: date | None = None
    party: str = ""
    listing: str = ""
    at: str = ""
    seen: str = ""


def decisions(text: str) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """The decisions of a clearances.csv in their order; a row that decides nothing is a finding."""
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        return (), (told("clearance-broken", Place(FILE), read=str(error)),)
    if rows and not {"hit", "verdict", "by"} <= set(rows[0]):
        return (), (told("clearance-broken", Place(FILE, row=1), read=",".join(str(one) for one in rows[0])),)
    found: list[Decision] = []
    findings: list[Finding] = []
    for number, row in enumerate(rows, 2):
        one = _decision({str(name): as_was(str(value or "").strip()) for name, value in row.items() if name})
        if isinstance(one, Decision):
            found.append(one)
        else:
            findings.append(
                told("clearance-row", Place(FILE, row=number, column=one), read=row.get(one) or "")
            )
    return tuple(found), tuple(findings)


def _decision(row: Mapping[str, str]) -> Decision | str:
    """The decision of a row, or the column without which it decides nothing."""
    for name in ("hit", "by", "reason"):
        if not row.get(name):
            return name
    verdict = FORMER.get(row.get("verdict", ""), row.get("verdict", ""))
    if verdict not in VERDICTS:
        return "verdict"
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        try:
            days[name] = date.fromisoformat(row[name]) if row.get(name) else None
        except ValueError:
            return name
    if verdict == LICENSED:
        lacking = [name for name in ("authority", "reference", "scope", "from", "to") if not row.get(name)]
        if lacking:
            return lacking[0]
        if row["to"] < row["from"]:
            return "to"
    return Decision(
        row["hit"],
        verdict,
        row["by"],
        row["reason"],
        row.get("authority", ""),
        row.get("reference", ""),
        row.get("scope", ""),
        days["from"],
        days["to"],
        party=row.get("party_id") or row.get("party", ""),
        listing=row.get("listing", ""),
        at=row.get("at", ""),
        seen=row.get("seen", ""),
    )


def settled(hits: Iterable[Hit], made: Sequence[Decision], on: date) -> tuple[Hit, ...]:
    """Return the alerts with the decisions on them, as in force on the day.

    The last row of each reviewer counts. One true match keeps an alert blocked. Without one, one reviewer is
    enough for a false positive, of an asset freeze two are needed. A licence lifts a block from its first to
    its last day.
    """
    by_hit: dict[str, dict[str, Decision]] = {}
    for one in made:
        by_hit.setdefault(one.hit, {})[fold(one.by)] = one
    return tuple(_settled(hit, tuple(by_hit.get(hit.id, {}).values()), on) for hit in hits)


def _settled(hit: Hit, made: Sequence[Decision], on: date) -> Hit:
    if hit.said not in OPEN or not made:
        return hit
    known = replace(hit, reviewers=tuple(one.by for one in made), decided=max(one.at[:10] for one in made))
    licences = [one for one in made if one.verdict == LICENSED]
    valid = [one for one in licences if one.first and one.last and one.first <= on <= one.last]
    false = [one for one in made if one.verdict == FALSE_POSITIVE]
    true = [one for one in made if one.verdict == TRUE_MATCH]
    if valid:
        one = valid[-1]
        why = f"{one.authority} {one.reference}, {one.first} – {one.last}: {one.scope}"
        return replace(known, state=State.LICENSED, reason=why)
    if true:
        return replace(known, state=State.TRUE_MATCH, reason=true[-1].reason)
    if not false:
        return known
    enough = len(false) > 1 or not hit.freezes
    state = State.FALSE_POSITIVE if enough else State.ONE_OF_TWO
    return replace(known, state=state, reason=false[-1].reason)


def reopened(hits: Iterable[Hit], made: Sequence[Decision], seen: Callable[[Hit], Seen]) -> tuple[Hit, ...]:
    """Return the alerts; those decided on other values say how, and what has changed since.

    seen: the values that an alert rests on now.
    """
    last: dict[tuple[str, str], Decision] = {}
    decided = {one.hit for one in made}
    for one in made:
        if one.verdict != UNDECIDED:
            last[one.party, one.listing] = one
        else:
            last.pop((one.party, one.listing), None)
    return tuple(
        _reopened(hit, last, seen) if hit.said in OPEN and hit.id not in decided else hit for hit in hits
    )


def _reopened(hit: Hit, last: Mapping[tuple[str, str], Decision], seen: Callable[[Hit], Seen]) -> Hit:
    listing = hit.source.listing
    before = last.get((hit.party, listing)) or last.get((hit.name, listing))
    if before is None:
        return hit
    told = f"{before.verdict}, {before.by}, {before.at[:10]}".removesuffix(", ")
    return replace(hit, earlier=told, reopened=changed(unpacked(before.seen), seen(hit)))


def refusal(hit: Hit, made: Sequence[Decision], by: str, most: int) -> str:
    """Return the obstacle to calling an alert a false positive (list too old, or decided so by the same
    reviewer already); else empty.
    """
    if hit.source.age > most:
        return f"the list of {hit.source.regime} is {hit.source.age} days old, and at most {most} are allowed"
    own = [one for one in made if one.hit == hit.id and fold(one.by) == fold(by)]
    if own and own[-1].verdict == FALSE_POSITIVE and hit.state == State.ONE_OF_TWO:
        return "the same person has decided so already; an asset freeze needs a second person"
    return ""
