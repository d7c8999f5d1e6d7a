"""What is promised, allocated and on its way, each once, as it is held against needs."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.gather import Gathered
from konvoi.flow.problem import left, problem, twins
from konvoi.model.stages import RANK, Stage
from konvoi.plan.oversupply import Supply, oversupply

Row = Mapping[str, object]
_ACCEPTED = ("accepted", "accepted in part")


def oversupplied(gathered: Gathered, offer_standards: pl.DataFrame) -> pl.DataFrame:
    """Needs of which more is on its way than they ask for (konvoi.plan.oversupply.OVERSUPPLY).

    Needs less what has arrived, offers cut to what their lines hold, twins once: as the planner has them.
    """
    tables = problem(gathered).tables
    lacking = offer_standards.filter((pl.col("verdict") == "lacks") & pl.col("mandatory"))
    lacks = set(lacking.select("offer", "serves").iter_rows())
    return oversupply(tables, supplies(gathered, tables["offers"]), lacks=lacks)


def supplies(gathered: Gathered, offers: pl.DataFrame) -> Iterator[Supply]:
    """Accepted offers, allocated lines without an offer, and what has left and not arrived."""
    days = _committed(gathered)
    yield from _offers(offers, days)
    yield from _allocations(gathered, set(offers["line"].drop_nulls()), days)
    yield from _movements(gathered, days)


def _offers(offers: pl.DataFrame, days: Mapping[str, date]) -> Iterator[Supply]:
    for row in offers.sort("offer").iter_rows(named=True):
        if (row["state"] or "accepted") in _ACCEPTED:
            yield Supply(
                kind="offer",
                record=row["offer"],
                party=row["party"],
                good=row["good"],
                quantity=row["quantity"],
                ready=row["ready"],
                committed=days.get(row["line"] or "") or row["ready"],
                offer=row["offer"],
                row=row,
            )


def _allocations(gathered: Gathered, offered: set[str], days: Mapping[str, date]) -> Iterator[Supply]:
    """Lines that are allocated and that no offer names, with what of them has not left."""
    again = {line for line, (other, _) in twins(gathered).items() if line not in offered and other}
    rest = left(gathered)
    stages = gathered.ledger.entries.filter(pl.col("stage") == Stage.ALLOCATED)
    rows = (
        stages.drop_nulls(["line", "good"])
        .sort("line", "entry")
        .unique("line", keep="first", maintain_order=True)
    )
    files = dict(gathered.documents.select("submission", "name").iter_rows())
    for row in rows.iter_rows(named=True):
        quantity = rest.get(row["line"], Decimal(0))
        if row["line"] in offered | again or quantity <= 0:
            continue
        place = {"marking": row["marking"], "_file": files.get(row["submission"]), "_sheet": row["sheet"]}
        yield Supply(
            kind="allocation",
            record=row["line"],
            party=row["party"] or "",
            good=row["good"],
            quantity=quantity,
            ready=row["promised"],
            committed=days.get(row["line"]),
            row={**place, "_row": row["row"]},
        )


def _movements(gathered: Gathered, days: Mapping[str, date]) -> Iterator[Supply]:
    """Movements that left, less what of their line has arrived, the earliest first."""
    moves = gathered.tables.get("movements")
    if moves is None or moves.is_empty():
        return
    arrived = _arrived(gathered)
    lines = {row["line"]: row for row in _lines(gathered)}
    gone = moves.filter(pl.col("stage") == Stage.DISPATCHED).drop_nulls(["line", "quantity"])
    for row in gone.sort("day", "movement").iter_rows(named=True):
        there = min(arrived.get(row["line"], Decimal(0)), row["quantity"])
        arrived[row["line"]] = arrived.get(row["line"], Decimal(0)) - there
        line = lines.get(row["line"])
        if line is None or row["quantity"] <= there:
            continue
        yield Supply(
            kind="movement",
            record=row["movement"],
            party=str(line["party"] or ""),
            good=str(line["good"]),
            quantity=row["quantity"] - there,
            ready=row["day"],
            committed=days.get(row["line"]),
            site=row["to"] or "",
            row=row,
        )


def _lines(gathered: Gathered) -> Iterator[Row]:
    rows = gathered.ledger.entries.drop_nulls(["line", "good"]).sort("line", "entry")
    yield from rows.unique("line", keep="first", maintain_order=True).iter_rows(named=True)


def _arrived(gathered: Gathered) -> dict[str, Decimal]:
    """For each line what has arrived: handed over or received, whichever is more."""
    far = gathered.ledger.entries.filter(
        pl.col("stage").is_in([Stage.HANDED_OVER, Stage.RECEIVED]) & pl.col("quantity").is_not_null()
    )
    sums = far.drop_nulls("line").group_by("line", "stage").agg(pl.col("quantity").sum())
    most = sums.group_by("line").agg(pl.col("quantity").max()).sort("line")
    return dict(most.iter_rows())


def _committed(gathered: Gathered) -> dict[str, date]:
    """For each line the first day of the word that was given for it."""
    words = [str(stage) for stage, rank in RANK.items() if 0 <= rank <= RANK[Stage.CONTRACTED]]
    rows = gathered.ledger.entries.filter(pl.col("stage").is_in(words)).drop_nulls(["line", "day_from"])
    return dict(rows.group_by("line").agg(pl.col("day_from").min()).sort("line").iter_rows())
