"""Decisions on hits: clearances.csv, append-only; a decision holds for the values that the person saw."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from konvoi.align.hits import OPEN, Hit, State
from konvoi.align.list_findings import told
from konvoi.kit.text import as_was, fold
from konvoi.model.finding import Finding, Place

FILE = "clearances.csv"
CLEARED, CONFIRMED, LICENSED, WITHDRAWN = VERDICTS = ("cleared", "confirmed", "licensed", "withdrawn")
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
    *("party", "listing", "record", "content"),
)
"""Columns: the hit, what was decided, by whom, when (UTC) and why; the day that was screened for and that of
the list; of a licence its authority, reference, scope and days. The others are for people who read it."""


@dataclass(frozen=True)
class Decision:
    """One row. hit: its id, which follows from the party's record and the listing's content."""

    hit: str
    verdict: str
    by: str
    reason: str = ""
    authority: str = ""
    reference: str = ""
    scope: str = ""
    first: date | None = None
    last: date | None = None


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
    if row.get("verdict") not in VERDICTS:
        return "verdict"
    days: list[date | None] = []
    for name in ("from", "to"):
        try:
            days.append(date.fromisoformat(row[name]) if row.get(name) else None)
        except ValueError:
            return name
    if row["verdict"] == LICENSED:
        lacking = [name for name in ("authority", "reference", "scope", "from", "to") if not row.get(name)]
        if lacking:
            return lacking[0]
        if row["to"] < row["from"]:
            return "to"
    return Decision(
        row["hit"],
        row["verdict"],
        row["by"],
        row["reason"],
        row.get("authority", ""),
        row.get("reference", ""),
        row.get("scope", ""),
        *days,
    )


def settled(hits: Iterable[Hit], made: Sequence[Decision], on: date) -> tuple[Hit, ...]:
    """Return the hits with the decisions on them, as in force on the day.

    The last row of each person counts. For a hit without confirmation one clearance is enough, for an asset
    freeze two of different persons. A licence lifts a block from its first to its last day.
    """
    by_hit: dict[str, dict[str, Decision]] = {}
    for one in made:
        by_hit.setdefault(one.hit, {})[fold(one.by)] = one
    return tuple(_settled(hit, tuple(by_hit.get(hit.id, {}).values()), on) for hit in hits)


def _settled(hit: Hit, made: Sequence[Decision], on: date) -> Hit:
    if hit.said not in OPEN:
        return hit
    licences = [one for one in made if one.verdict == LICENSED]
    valid = [one for one in licences if one.first and one.last and one.first <= on <= one.last]
    cleared = [one for one in made if one.verdict == CLEARED]
    confirmed = [one for one in made if one.verdict == CONFIRMED]
    if valid:
        one = valid[-1]
        why = f"{one.authority} {one.reference}, {one.first} – {one.last}: {one.scope}"
        return replace(hit, state=State.LICENSED, reason=why)
    if confirmed:
        return replace(hit, state=State.CONFIRMED, reason=confirmed[-1].reason)
    if not cleared:
        return hit
    enough = len(cleared) > 1 or not hit.freezes
    return replace(hit, state=State.CLEARED if enough else State.ONE_OF_TWO, reason=cleared[-1].reason)


def refusal(hit: Hit, made: Sequence[Decision], by: str, most: int) -> str:
    """Return the obstacle to clearing a hit (list too old, or already cleared by the person); else empty."""
    if hit.source.age > most:
        return f"the list of {hit.source.regime} is {hit.source.age} days old, and at most {most} are allowed"
    own = [one for one in made if one.hit == hit.id and fold(one.by) == fold(by)]
    if own and own[-1].verdict == CLEARED and hit.state == State.ONE_OF_TWO:
        return f"{by} has cleared it already; an asset freeze needs a second person"
    return ""
