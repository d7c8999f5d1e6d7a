"""The cell's daily work: what it takes to do it for a whole coalition.

One function a measurement, each in `MEASUREMENTS`: it makes its data, measures, sets its goals.
"""

from collections.abc import Callable
from datetime import date

import polars as pl
from bench.daily_marked import ROWS, marking
from bench.daily_orders import ordering
from bench.record import Benchmark

from konvoi.ledger.reconciled import DESPATCHES, NAMES, RECEIPTS, SERIALS, Papers, reconciled

RECEIPTS_MADE = 100_000


def receipts(count: int) -> Papers:
    """Invented despatches and their receipts, with every fifth pair of them in some way unlike."""
    despatches = _sent(count)
    came = _came(count)
    twice = came.filter(pl.int_range(pl.len()) % 100 == 0).with_columns(again=True, file=pl.lit("again.xlsx"))
    number = pl.int_range(count, dtype=pl.Int64)
    pieces = pl.select(
        paper=pl.format("M-{}", number),
        serial=pl.format("S-{}", number),
        state=pl.lit("dispatched"),
        good=pl.format("good-{}", number % 400),
    )
    taken = pieces.with_columns(paper=pl.format("R-{}", number), state=pl.lit("received"))
    return Papers(
        _as(despatches, DESPATCHES),
        _as(pl.concat([came, twice]), RECEIPTS),
        _as(pl.concat([pieces, taken]), SERIALS),
        pl.DataFrame(schema=NAMES),
    )


def _sent(count: int) -> pl.DataFrame:
    """Three goods a waybill, two waybills or so a line."""
    number = pl.int_range(count, dtype=pl.Int64)
    day = pl.lit(date(2031, 1, 6)) + pl.duration(days=number % 300)
    return pl.select(
        movement=pl.format("M-{}", number),
        waybill=pl.format("W-{}", number // 3),
        stage=pl.lit("dispatched"),
        line=pl.format("L-{}", number // 2),
        good=pl.format("good-{}", number % 400),
        quantity=number % 90 + 10,
        unit=pl.lit("piece"),
        day_from=day,
        day_to=day,
    ).with_columns(**_place())


def _came(count: int) -> pl.DataFrame:
    """Of twenty receipts one each by waybill, by serial alone, short, damaged, early, above what was sent."""
    number = pl.int_range(count, dtype=pl.Int64)
    kind = number % 20
    late = pl.when(kind == 7).then(-9).otherwise(12)
    day = pl.lit(date(2031, 1, 6)) + pl.duration(days=number % 300 + late)
    by_waybill = pl.when(kind == 3).then(pl.format("W-{}", number // 3))
    return pl.select(
        receipt=pl.format("R-{}", number),
        reference=by_waybill.when(kind == 4)
        .then(pl.format("X-{}", number))
        .otherwise(pl.format("M-{}", number)),
        of_line=pl.when(kind != 4).then(pl.format("L-{}", number // 2)),
        good=pl.when(kind != 4).then(pl.format("good-{}", number % 400)),
        unit=pl.lit("piece"),
        received=pl.when(kind.is_in([5, 6])).then(8).when(kind == 8).then(120).otherwise(number % 90 + 10),
        short=pl.when(kind == 5).then(number % 90 + 2),
        damaged=pl.when(kind == 6).then(1),
        document=pl.format("D-{}", number),
        day_from=day,
        day_to=day,
        again=pl.lit(False),
    ).with_columns(**_place())


def _place() -> dict[str, pl.Expr]:
    """Where a row stands: one of 500 files."""
    number = pl.int_range(pl.len())
    return {
        "file": pl.format("papers-{}.xlsx", number % 500),
        "sheet": pl.lit("rows"),
        "row": (number // 500 + 2).cast(pl.Int64),
    }


def _as(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    missing = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in frame.columns]
    return frame.with_columns(missing).select(schema.names()).cast(schema)


def reconciling(bench: Benchmark) -> None:
    """Receipts against despatches, by consignment, line and serial, with all findings."""
    papers = receipts(RECEIPTS_MADE)
    bench.measure("reconcile receipts", lambda: reconciled(papers))
    bench.at_most("100,000 receipts reconciled", bench.runs["reconcile receipts"].median, 10, unit="s")


# Commands first: data made here would count for them.
MEASUREMENTS: tuple[Callable[[Benchmark], None], ...] = (marking, reconciling, ordering)


def main() -> None:
    """Measure everything, and hold the goals against it."""
    bench = Benchmark("daily", data={"receipts": RECEIPTS_MADE, "serials": 2 * RECEIPTS_MADE, "rows": ROWS})
    for measurement in MEASUREMENTS:
        measurement(bench)
    bench.finish()


if __name__ == "__main__":
    main()
