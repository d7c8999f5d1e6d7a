"""Post and total a million entries from Parquet, in a process of its own."""

import json
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from bench.record import Benchmark

from konvoi.model.entries import ENTRIES
from konvoi.model.table import QUANTITY

ENTRIES_MADE = 1_000_000
_CURRENCIES = ("EUR", "USD", "GBP", "NOK", "UAH")
_STAGES = ("pledged", "committed", "disbursed", "received")


def made(count: int) -> pl.DataFrame:
    """Entries of an invented ledger, in mixed order; one of its five currencies has no rate."""
    number = pl.int_range(count, dtype=pl.Int64)
    package = number // 4
    day = pl.lit(date(2022, 1, 3)) + pl.duration(days=package % 1400)
    frame = pl.select(
        entry=pl.format("e{}", number.cast(pl.String).str.zfill(8)),
        submission=pl.format("s{}", package % 500),
        source=pl.format("P{}", package % 60),
        party=pl.format("P{}", package % 60),
        counterparty=pl.lit("UA"),
        package=pl.format("p{}", package),
        kind=pl.when(package % 3 == 0).then(pl.lit("military")).otherwise(pl.lit("financial")),
        stage=(number % 4).replace_strict(dict(enumerate(_STAGES)), return_dtype=pl.String),
        variant=pl.lit("konvoi"),
        day_from=day,
        day_to=day,
        known_on=day,
        amount_minor=(package * 7919 % 10_000_000 + 100) // (number % 4 + 1),
        currency=(package % 5).replace_strict(dict(enumerate(_CURRENCIES)), return_dtype=pl.String),
        valuation=pl.lit("given"),
        marking=pl.lit("public"),
    )
    missing = [pl.lit(None, kind).alias(name) for name, kind in ENTRIES.items() if name not in frame.columns]
    full = frame.with_columns(missing).select(ENTRIES.names()).cast(ENTRIES)
    return full.sample(fraction=1, shuffle=True, seed=1)


def rates() -> pl.DataFrame:
    """Invented daily rates of three currencies."""
    days = pl.date_range(date(2021, 12, 1), date(2026, 1, 1), eager=True)
    return pl.concat(
        pl.DataFrame({"day": days}).with_columns(
            currency=pl.lit(code), per_eur=pl.lit(Decimal(value), QUANTITY), source=pl.lit("invented")
        )
        for code, value in (("USD", "1.1"), ("GBP", "0.86"), ("NOK", "10.5"))
    )


def worked(folder: Path) -> None:
    """Post and total what lies in a folder; prints the figure, so that no step can be left out."""
    from konvoi.ledger.post import post
    from konvoi.ledger.question import Question
    from konvoi.ledger.total import total

    ledger = post(
        [pl.read_parquet(folder / "entries.parquet")],
        tables={"rates": pl.read_parquet(folder / "rates.parquet")},
    )
    answer = total(ledger, Question(stage="committed", by="partner"), recipient="UA")
    print(json.dumps({"value": str(answer.value), "used": answer.used, "parts": len(answer.by)}))


def main() -> None:
    """Measure, and hold the goals of the ledger against what was measured."""
    bench = Benchmark("ledger", data={"entries": ENTRIES_MADE, "partners": 60, "currencies": 5})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = "import bench.ledger, pathlib; bench.ledger."
        bench.command(
            "make the data", [sys.executable, "-c", f"{script}write(pathlib.Path({name!r}))"], runs=1
        )
        bench.command(
            "post and total", [sys.executable, "-c", f"{script}worked(pathlib.Path({str(folder)!r}))"], runs=3
        )
    runs = bench.runs["post and total"]
    bench.at_most("post and total, with the start of Python", runs.median, 10, unit="s")
    bench.at_most("memory", runs.peak_mb or 0, 2000, unit="MB")
    bench.finish()


def write(folder: Path) -> None:
    """Put the invented ledger into a folder."""
    made(ENTRIES_MADE).write_parquet(folder / "entries.parquet")
    rates().write_parquet(folder / "rates.parquet")


if __name__ == "__main__":
    main()
