"""Goods promised, allocated and on their way, each once, as they count against needs."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.deliveries.in_transit import committed, under_way
from konvoi.flow.gathered import Gathered
from konvoi.flow.planning.problem import left, supplied, unreceived
from konvoi.flow.planning.twins import pairs, twins
from konvoi.model.stages import Stage
from konvoi.plan.oversupply import Supply, oversupply

Row = Mapping[str, object]
_ACCEPTED = ("accepted", "accepted in part")


def oversupplied(gathered: Gathered, offer_standards: pl.DataFrame) -> pl.DataFrame:
    """Needs of which more is on its way than they ask for (konvoi.plan.oversupply.OVERSUPPLY).

    Needs less what has arrived, offers cut to what their lines hold, twins once: as the planner has them.
    """
    tables = {name: gathered.tables.get(name) for name in ("earmarks", "equivalences", "sites")}
    known = {name: rows for name, rows in tables.items() if rows is not None}
    offers = supplied(gathered).offers
    lacking = offer_standards.filter((pl.col("verdict") == "lacks") & pl.col("mandatory"))
    lacks = set(lacking.select("offer", "serves").iter_rows())
    world = known | {"needs": unreceived(gathered)}
    return oversupply(world, supplies(gathered, offers), lacks=lacks)


def supplies(gathered: Gathered, offers: pl.DataFrame) -> Iterator[Supply]:
    """Accepted offers, allocated lines without an offer, and what has left and not arrived."""
    days = committed(gathered)
    alike = twins(gathered.ledger.entries, gathered.ledger.relations)
    yield from _offers(offers, days)
    yield from _allocations(gathered, set(offers["line"].drop_nulls()), days)
    yield from under_way(gathered, pairs(alike))


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
    alike = twins(gathered.ledger.entries, gathered.ledger.relations)
    again = {line for line in alike if line not in offered}
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
