"""Quantities sent compared with quantities received: by consignment, line and serial."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from konvoi.ledger import differences, pieces
from konvoi.ledger.answering import answered, consignments
from konvoi.model.finding import Finding
from konvoi.model.stages import Stage
from konvoi.model.table import QUANTITY

_PLACE: Mapping[str, pl.DataType] = {"file": pl.String(), "sheet": pl.String(), "row": pl.Int64()}
DESPATCHES = pl.Schema(
    {
        "movement": pl.String(),
        "waybill": pl.String(),
        "stage": pl.String(),
        "line": pl.String(),
        "good": pl.String(),
        "quantity": QUANTITY,
        "unit": pl.String(),
        "day_from": pl.Date(),
        "day_to": pl.Date(),
        **_PLACE,
    }
)
"""One row for each movement: stage dispatched, or at hub and handed over for what arrived on the way."""

RECEIPTS = pl.Schema(
    {
        "receipt": pl.String(),
        "reference": pl.String(),
        "of_line": pl.String(),
        "good": pl.String(),
        "unit": pl.String(),
        "received": QUANTITY,
        "short": QUANTITY,
        "damaged": QUANTITY,
        "rejected": QUANTITY,
        "over": QUANTITY,
        "document": pl.String(),
        "day_from": pl.Date(),
        "day_to": pl.Date(),
        "again": pl.Boolean(),
        **_PLACE,
    }
)
"""One row for each receipt. of_line: its line, if known; again: a row whose
reference stood before in another document, so that it is checked and never counted."""

SERIALS = pl.Schema(
    {
        "paper": pl.String(),
        "serial": pl.String(),
        "state": pl.String(),
        "good": pl.String(),
        "lot": pl.String(),
    }
)
"""One row for each piece or lot that a movement or receipt lists."""

NAMES = pl.Schema({"paper": pl.String(), "scheme": pl.String(), "name": pl.String()})
"""One row for each further name of a movement's or receipt's consignment."""

_KINDS = ("received", "damaged", "rejected", "short")
STATES = ("open", "arrived", "partly received", "received", "received with discrepancies", "unknown")


@dataclass(frozen=True)
class Papers:
    """Documents to compare: DESPATCHES, RECEIPTS, SERIALS, NAMES."""

    despatches: pl.DataFrame
    receipts: pl.DataFrame
    serials: pl.DataFrame
    names: pl.DataFrame


@dataclass(frozen=True)
class Reconciled:
    """State of each consignment.

    consignments: one row for each good of a consignment: consignment, line, good, unit, sent, received,
    short, damaged, rejected, over, open (sent and not accounted for), arrived (at a hub or handed over),
    state (one of STATES), first and last day of sending, last day of receipt, despatches and receipts (their
    ids, joined by `; `). serials: one row a piece: consignment, good, serial, state, despatch, receipt.
    findings: every difference, naming both papers; an open remainder is none.
    """

    consignments: pl.DataFrame
    serials: pl.DataFrame
    findings: tuple[Finding, ...]


def reconciled(papers: Papers) -> Reconciled:
    """Compare quantities sent and received; partial receipts add up, nothing counts twice."""
    despatches = papers.despatches.with_columns(consignment=pl.coalesce("waybill", "movement"))
    sent = despatches.filter(pl.col("stage") == Stage.DISPATCHED)
    parts = consignments(sent)
    receipts, twice = differences.once(papers.receipts)
    listed = pieces.sided(papers.serials, sent, receipts)
    found = answered(receipts, sent, parts, names=papers.names, pieces=listed)
    checked = differences.comparable(found, parts)
    direct = checked.filter("counts" & pl.col("part").is_not_null())
    counted = pl.concat([direct, _pooled(checked, parts, direct)])
    whole = _added(parts, counted, despatches)
    told = [
        *differences.duplicates(twice),
        *differences.unanswered(checked),
        *differences.mistakes(checked, parts),
        *differences.shortfalls(counted, whole),
        *differences.excess(checked, whole),
    ]
    serials, lost = pieces.compared(listed, checked, whole)
    return Reconciled(_shown(whole), serials, tuple(sorted([*told, *lost], key=_order)))


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.place, finding.code, finding.read


def _pooled(checked: pl.DataFrame, parts: pl.DataFrame, direct: pl.DataFrame) -> pl.DataFrame:
    """Receipts that name only a line of several consignments, laid on these in the order of their days.

    Each such receipt stands once for each consignment and state that takes a share of it.
    """
    pool = checked.filter((pl.col("how") == "line") & pl.col("counts") & pl.col("part").is_null())
    if pool.is_empty():
        return direct.clear()
    queue = (
        pool.drop("part", "consignment", "despatch", "part_unit", "part_sent")
        .unpivot(_KINDS, index=["receipt"], variable_name="kind", value_name="size")
        .filter(pl.col("size") > 0)
        .join(pool.drop("part", "consignment", "despatch", "part_unit", "part_sent", *_KINDS), on="receipt")
        .with_columns(order=pl.col("kind").replace_strict(dict(zip(_KINDS, range(4), strict=True))))
        .sort("of_line", "day_from", "receipt", "order", nulls_last=True)
        .with_columns(upto=pl.col("size").cum_sum().over("of_line"))
        .with_columns(begin=pl.col("upto") - pl.col("size"))
    )
    spread = queue.join(_room(parts, direct), on="of_line").filter(
        (pl.col("begin") < pl.col("room_to")) & (pl.col("upto") > pl.col("room_from"))
    )
    share = pl.min_horizontal("upto", "room_to") - pl.max_horizontal("begin", "room_from")
    nothing = pl.lit(0).cast(QUANTITY)
    kinds = {
        name: pl.when(pl.col("kind") == name).then(share.cast(QUANTITY)).otherwise(nothing) for name in _KINDS
    }
    return spread.with_columns(over=pl.lit(None, QUANTITY), **kinds).select(direct.columns)


def _room(parts: pl.DataFrame, direct: pl.DataFrame) -> pl.DataFrame:
    """Return the unanswered rest of each part, as a stretch of its line's room in order of days."""
    taken = direct.group_by("part").agg(taken=(differences.ARRIVED + differences.SHORT).sum())
    room = (pl.col("sent") - pl.col("taken").fill_null(0)).clip(lower_bound=0).fill_null(0)
    return (
        parts.filter(pl.col("line").is_not_null())
        .join(taken, on="part", how="left")
        .with_columns(room=room)
        .sort("line", "first", "consignment", "part", nulls_last=True)
        .with_columns(room_to=pl.col("room").cum_sum().over("line"))
        .with_columns(room_from=pl.col("room_to") - pl.col("room"))
        .select(
            *("part", "consignment", "room_from", "room_to", "despatch"),
            of_line="line",
            part_unit="unit",
            part_sent="sent",
        )
    )


def _added(parts: pl.DataFrame, counted: pl.DataFrame, despatches: pl.DataFrame) -> pl.DataFrame:
    """Return each part with the sum of its receipts, the quantity arrived on the way, and its state."""
    sums = (
        counted.sort("day_from", "receipt", nulls_last=True)
        .group_by("part", maintain_order=True)
        .agg(
            pl.col("received", "short", "damaged", "rejected", "over").sum(),
            unknown=pl.col("received").is_null().any(),
            until=pl.col("day_to").max(),
            receipts=pl.col("receipt").unique().sort().str.join("; "),
        )
    )
    way = (
        despatches.filter(pl.col("stage") != Stage.DISPATCHED)
        .group_by("consignment", "line", "good")
        .agg(arrived=pl.col("quantity").max())
    )
    known = parts.join(sums, on="part", how="left").join(
        way, on=["consignment", "line", "good"], how="left", nulls_equal=True
    )
    numbers = [
        pl.col(name).fill_null(0) for name in ("received", "short", "damaged", "rejected", "over", "arrived")
    ]
    known = known.with_columns(numbers).with_columns(
        arrived_all=pl.col("received") + pl.col("damaged") + pl.col("rejected")
    )
    gap = pl.col("sent") - pl.col("arrived_all") - pl.col("short")
    unsigned = pl.col("arrived") - pl.col("arrived_all")
    known = known.with_columns(
        open=gap.clip(lower_bound=0).cast(QUANTITY),
        arrived=unsigned.clip(lower_bound=0).cast(QUANTITY),
    )
    return known.with_columns(state=_state()).sort("part")


def _state() -> pl.Expr:
    unlike = (pl.col("arrived_all") > pl.col("sent")) | (
        (pl.col("arrived_all") < pl.col("sent")) | (pl.col("damaged") + pl.col("rejected") > 0)
    )
    return (
        pl.when(pl.col("sent").is_null() | pl.col("unknown").fill_null(False))
        .then(pl.lit("unknown"))
        .when(pl.col("receipts").is_null() & (pl.col("arrived") > 0))
        .then(pl.lit("arrived"))
        .when(pl.col("receipts").is_null())
        .then(pl.lit("open"))
        .when(pl.col("open") > 0)
        .then(pl.lit("partly received"))
        .when(unlike)
        .then(pl.lit("received with discrepancies"))
        .otherwise(pl.lit("received"))
    )


def _shown(whole: pl.DataFrame) -> pl.DataFrame:
    return whole.select(
        *("consignment", "line", "good", "unit", "sent", "received", "short", "damaged", "rejected", "over"),
        *("open", "arrived", "state", "first", "last", "until"),
        despatches="despatch",
        receipts="receipts",
    ).sort("consignment", "line", "good", "unit", nulls_last=True)
