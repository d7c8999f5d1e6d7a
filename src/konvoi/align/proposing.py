"""Proposals that a regime list a party: how each stands by the steps that people wrote down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from konvoi.align.list_findings import told
from konvoi.align.listing import Order
from konvoi.align.matrix import Cell
from konvoi.kit.digest import key
from konvoi.model.finding import Finding, Place

FILE = "proposals.csv"


class State(StrEnum):
    """State of a proposal. CLOSED: a later list of the regime has the party with the measure."""

    DRAFT = "draft"
    TABLED = "tabled"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed by a list"


UNDONE = "undone"
"""A step that takes the one before it back."""

HEAD = (
    *("proposal", "step", "name", "kind", "to", "order", "by", "at"),
    *("session", "whom", "reason", "listings", "acts", "marking"),
)
"""Columns of proposals.csv. by, at: who wrote the step down, and when (UTC). session: in which it is tabled;
whom: who adopted it; listings, acts: what the draft rests on, apart by `; `."""

_STEPS = frozenset({*(one.value for one in State if one != State.CLOSED), UNDONE})
_NEEDS = {State.TABLED: "session", State.ADOPTED: "whom", State.REJECTED: "reason"}
_ORDERS = frozenset(one.value for one in Order)

PROPOSALS = pl.Schema(
    {
        "proposal": pl.String(),
        "party": pl.String(),
        "name": pl.String(),
        "kind": pl.String(),
        "to": pl.String(),
        "order": pl.String(),
        "state": pl.String(),
        "since": pl.Date(),
        "by": pl.String(),
        "session": pl.String(),
        "whom": pl.String(),
        "reason": pl.String(),
        "listings": pl.String(),
        "acts": pl.String(),
        "closed_by": pl.String(),
        "closed_on": pl.Date(),
        "marking": pl.String(),
    }
)
"""party: the one that the listings of the draft are of now; empty where no list names any of them. session:
the last in which it was tabled; whom: all that adopted it; closed_on: the day of the list that closes it."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class _Known:
    """A proposal while its steps are followed. steps: those that hold."""

    draft: Row
    steps: list[Row]


def proposal_id(listings: Iterable[str], to: str, order: str) -> str:
    """The id of a proposal: the same for the same listings, regime and measure.

    >>> proposal_id(["eu:b", "ca:a"], "uk", "entry ban") == proposal_id(["ca:a", "eu:b"], "uk", "entry ban")
    True
    """
    return f"p-{key(sorted(listings), to, order)[:10]}"


def checked(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The steps that count, in their order; a finding for each that does not."""
    good: list[Row] = []
    findings: list[Finding] = []
    drafted: set[str] = set()
    for number, row in enumerate(rows, 2):
        wrong = _wrong(row, drafted)
        if wrong:
            read = row.get(wrong, "")
            findings.append(told("proposal-row", Place(FILE, "", number, wrong), read=read))
            continue
        if row["step"] == State.DRAFT:
            drafted.add(row["proposal"])
        good.append(row)
    return tuple(good), tuple(findings)


def _wrong(row: Row, drafted: set[str]) -> str:
    """The column that keeps a step from counting; empty for none."""
    if not row["proposal"]:
        return "proposal"
    if row["step"] not in _STEPS:
        return "step"
    if row["step"] != State.DRAFT and row["proposal"] not in drafted:
        return "proposal"
    if row["step"] == State.DRAFT:
        empty = next((name for name in ("name", "to", "listings") if not row[name].strip()), "")
        return empty or ("" if row["order"] in _ORDERS else "order")
    needed = _NEEDS.get(State(row["step"])) if row["step"] != UNDONE else None
    if needed and not row[needed].strip():
        return needed
    return "" if row["by"].strip() else "by"


def standing(rows: Sequence[Row], parties: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the state of each proposal by its valid steps (PROPOSALS), by id, without undone drafts.

    parties: listing → party of the lists of the day (konvoi.align.matrix PARTIES).
    """
    known: dict[str, _Known] = {}
    for row in rows:
        one = known.setdefault(row["proposal"], _Known(row, []))
        if row["step"] != UNDONE:
            one.steps.append(row)
        elif one.steps:
            one.steps.pop()
    of = {} if parties is None else dict(parties.select("listing", "party").iter_rows())
    found = [_row(name, one, of) for name, one in sorted(known.items()) if one.steps]
    return pl.DataFrame(found, schema=PROPOSALS, orient="row")


def _row(name: str, known: _Known, of: Mapping[str, str]) -> tuple[object, ...]:
    last = known.steps[-1]
    draft = known.steps[0]
    state = last["step"]
    listings = [one for one in draft["listings"].split("; ") if one]
    party = next((of[one] for one in listings if one in of), "")
    tabled = [one["session"] for one in known.steps if one["step"] == State.TABLED]
    whom = [one["whom"] for one in known.steps if one["step"] == State.ADOPTED]
    marking = next((one["marking"] for one in reversed(known.steps) if one["marking"].strip()), "coalition")
    return (
        *(name, party, draft["name"], draft["kind"], draft["to"], draft["order"]),
        *(state, _day(last["at"]), last["by"], tabled[-1] if tabled else ""),
        *("; ".join(dict.fromkeys(whom)), last["reason"] or draft["reason"]),
        *(draft["listings"], draft["acts"], "", None, marking),
    )


def _day(at: str) -> date | None:
    try:
        return date.fromisoformat(at[:10])
    except ValueError:
        return None


def closed(proposals: pl.DataFrame, matrix: pl.DataFrame) -> pl.DataFrame:
    """Proposals of which the regime's list has the party with the measure are closed, by which listing.

    Those that were rejected or withdrawn, too: what is listed needs no proposal.
    """
    listed = matrix.filter(pl.col("cell") == Cell.LISTED.value)
    there = listed.select("party", "order", to="regime", _by="listings", _on="day")
    found = proposals.join(there, on=("party", "order", "to"), how="left")
    hit = pl.col("_by").is_not_null()
    told_so = found.with_columns(
        state=pl.when(hit).then(pl.lit(State.CLOSED.value)).otherwise("state"),
        closed_by=pl.coalesce("_by", "closed_by"),
        closed_on=pl.coalesce("_on", "closed_on"),
    )
    return told_so.select(PROPOSALS.names()).sort("proposal")
