"""The cell's daily work: what it takes to do it for a whole coalition.

One function a measurement, each in `MEASUREMENTS`: it makes its data, measures, sets its goals.
"""

from collections.abc import Callable
from datetime import date

import polars as pl
from bench.record import Benchmark

from konvoi.ledger.reconciled import DESPATCHES, NAMES, RECEIPTS, SERIALS, Papers, reconciled

RECEIPTS_MADE = 100_000


def receipts(count: int) -> Papers:
    """Invented despatches and their receipts: full, short, damaged, above, twice, by serial alone, early."""
    number = pl.int_range(count, dtype=pl.Int64)
    kind = number % 20
    day = pl.lit(date(2031, 1, 6)) + pl.duration(days=number % 300)
    place: dict[str, pl.Expr] = {
        "file": pl.format("papers-{}.xlsx", pl.int_range(pl.len()) % 500),
        "sheet": pl.lit("rows"),
        "row": pl.int_range(pl.len()) // 500 + 2,
    }
    good = pl.format("good-{}", number % 400)
    consignment = number // 3
    despatches = pl.select(
        movement=pl.format("M-{}", number),
        waybill=pl.format("W-{}", consignment),
        stage=pl.lit("dispatched"),
        line=pl.format("L-{}", number // 2),
        good=good,
        quantity=number % 90 + 10,
        unit=pl.lit("piece"),
        day_from=day,
        day_to=day,
    ).with_columns(**place)
    late = pl.when(kind == 7).then(-9).otherwise(12)
    reference = (
        pl.when(kind == 3)
        .then(pl.format("W-{}", consignment))
        .when(kind == 4)
        .then(pl.format("X-{}", number))
        .otherwise(pl.format("M-{}", number))
    )
    came = pl.select(
        receipt=pl.format("R-{}", number),
        reference=reference,
        of_line=pl.when(kind != 4).then(pl.format("L-{}", number // 2)),
        good=pl.when(kind != 4).then(good),
        unit=pl.lit("piece"),
        received=pl.when(kind.is_in([5, 6])).then(8).when(kind == 8).then(120).otherwise(number % 90 + 10),
        short=pl.when(kind == 5).then(number % 90 + 2),
        damaged=pl.when(kind == 6).then(1),
        document=pl.format("D-{}", number),
        day_from=day + pl.duration(days=late),
        day_to=day + pl.duration(days=late),
        again=pl.lit(False),
    ).with_columns(**place)
    twice = came.filter(pl.int_range(pl.len()) % 100 == 0).with_columns(again=True, file=pl.lit("again.xlsx"))
    pieces = pl.select(
        paper=pl.format("M-{}", number),
        serial=pl.format("S-{}", number),
        state=pl.lit("dispatched"),
        good=good,
    )
    taken = pieces.with_columns(paper=pl.format("R-{}", number), state=pl.lit("received"))
    return Papers(
        _as(despatches, DESPATCHES),
        _as(pl.concat([came, twice]), RECEIPTS),
        _as(pl.concat([pieces, taken]), SERIALS),
        pl.DataFrame(schema=NAMES),
    )


def _as(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    missing = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in frame.columns]
    return frame.with_columns(missing).select(schema.names()).cast(schema)


def reconciling(bench: Benchmark) -> None:
    """Receipts against despatches, by consignment, line and serial, with all findings."""
    papers = receipts(RECEIPTS_MADE)
    bench.measure("reconcile receipts", lambda: reconciled(papers))
    bench.at_most("100,000 receipts reconciled", bench.runs["reconcile receipts"].median, 10, unit="s")


MEASUREMENTS: tuple[Callable[[Benchmark], None], ...] = (reconciling,)


def main() -> None:
    """Measure everything, and hold the goals against it."""
    bench = Benchmark("daily", data={"receipts": RECEIPTS_MADE, "serials": 2 * RECEIPTS_MADE})
    for measurement in MEASUREMENTS:
        measurement(bench)
    bench.finish()


if __name__ == "__main__":
    main()
