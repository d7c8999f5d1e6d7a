"""Consignments that have left and are not accounted for yet: under way, as they count against needs."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.model.stages import RANK, Stage
from konvoi.plan.oversupply import Supply

Row = Mapping[str, object]


def under_way(gathered: Gathered, alike: Collection[tuple[str, str]] = ()) -> Iterator[Supply]:
    """Yield the open part of each consignment, the earliest sent first, bound for the place that its last
    paper names.

    alike: lines that stand for another line (line, that line): of two that are told of the same thing one
    counts. What came short or damaged is accounted for: it will not come any more.
    """
    moves = gathered.tables.get("movements")
    found = gathered.tables.get("consignments")
    if moves is None or moves.is_empty() or found is None:
        return
    rows = _open(found)
    again = {line for line, other in alike if other in set(rows["line"])}
    facts = _lines(gathered)
    given = committed(gathered)
    last = _last(moves)
    for row in rows.iter_rows(named=True):
        line = facts.get(row["line"])
        if line is None or row["line"] in again:
            continue
        at = last.get((row["consignment"], row["line"]), {})
        yield Supply(
            kind="movement",
            record=row["despatches"],
            party=str(line["party"] or ""),
            good=row["good"] or str(line["good"]),
            quantity=row["open"],
            ready=row["first"],
            committed=given.get(row["line"]),
            site=str(at.get("to") or ""),
            row=at,
        )


def _open(consignments: pl.DataFrame) -> pl.DataFrame:
    """The goods of consignments of which something is open."""
    return consignments.filter(pl.col("line").is_not_null() & (pl.col("open") > 0)).sort(
        "first", "consignment", "line", "good", nulls_last=True
    )


def _last(moves: pl.DataFrame) -> dict[tuple[str, str], Row]:
    """Return the paper that shows how far it got, by consignment and line."""
    stages = [Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER]
    rank = {str(stage): RANK[stage] for stage in stages}
    far = (
        moves.filter(pl.col("stage").is_in(list(rank)))
        .with_columns(
            consignment=pl.coalesce("waybill", "movement"),
            rank=pl.col("stage").cast(pl.String).replace_strict(rank, return_dtype=pl.Int64),
        )
        .sort("rank", "day", "movement", nulls_last=False)
    )
    return {(str(row["consignment"]), str(row["line"])): row for row in far.iter_rows(named=True)}


def _lines(gathered: Gathered) -> dict[str, Row]:
    rows = gathered.ledger.entries.drop_nulls(["line", "good"]).sort("line", "entry")
    first = rows.unique("line", keep="first", maintain_order=True)
    return {row["line"]: row for row in first.iter_rows(named=True)}


def committed(gathered: Gathered) -> dict[str, date]:
    """Return the first day of the pledge for each line."""
    words = [str(stage) for stage, rank in RANK.items() if 0 <= rank <= RANK[Stage.CONTRACTED]]
    rows = gathered.ledger.entries.filter(pl.col("stage").is_in(words)).drop_nulls(["line", "day_from"])
    return dict(rows.group_by("line").agg(pl.col("day_from").min()).sort("line").iter_rows())
