"""Contracts held against what was allocated and received, positions on a draft; each in a process."""

import json
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from bench.negotiated import CLAUSES_OF_A_DRAFT, PARTIES
from bench.record import Benchmark

from konvoi.model.entries import ENTRIES, RELATIONS
from konvoi.model.tables import BY_NAME

CONTRACTS = 100_000
_STAGES = ("committed", "allocated", "contracted", "dispatched", "received")
_DAY = date(2031, 3, 31)


def made(count: int) -> dict[str, pl.DataFrame]:
    """Invented lines, each with an allocation, a contract, a movement and a receipt, in mixed order.

    Of ten lines one is sent beyond its contract, one is not received; of ten contracts one names no line and
    stands under it by a relation.
    """
    number = pl.int_range(count * len(_STAGES), dtype=pl.Int64)
    line, at = number // len(_STAGES), number % len(_STAGES)
    stage = at.replace_strict(dict(enumerate(_STAGES)), return_dtype=pl.String)
    loose = (at == 2) & (line % 10 == 9)
    day = pl.lit(date(2030, 1, 1)) + pl.duration(days=at * 30 + line % 29)
    frame = pl.select(
        entry=pl.format("e{}", number.cast(pl.String).str.zfill(8)),
        submission=pl.lit("a.xlsx"),
        source=pl.format("P{}", line % 60),
        reference=pl.format("r{}", number),
        party=pl.format("P{}", line % 60),
        counterparty=pl.lit("UA"),
        package=pl.when(~loose).then(pl.format("p{}", line // 5)),
        line=pl.when(~loose).then(pl.format("l{}", line)),
        route=pl.lit("procured"),
        kind=pl.when(line % 3 == 0).then(pl.lit("military")).otherwise(pl.lit("energy")),
        stage=stage,
        day_from=day,
        day_to=day,
        amount_minor=pl.when(at < 3).then(line * 7919 % 10_000_000 + 100),
        currency=pl.when(at < 3).then(pl.lit("EUR")),
        quantity=(line % 97 + 1 + ((at == 3) & (line % 10 == 3)).cast(pl.Int64)).cast(pl.Decimal(38, 6)),
        unit=pl.lit("piece"),
        sheet=pl.lit("lines"),
        row=number,
    ).filter(~((at == 4) & (line % 10 == 4)))
    missing = [pl.lit(None, kind).alias(name) for name, kind in ENTRIES.items() if name not in frame.columns]
    entries = frame.with_columns(missing).select(ENTRIES.names()).cast(ENTRIES)
    return {
        "entries": entries.sample(fraction=1, shuffle=True, seed=1),
        "relations": _relations(count),
        **_tables(count),
    }


def _relations(count: int) -> pl.DataFrame:
    """Each contract without a line, with the line that a person said it is for."""
    line = pl.int_range(9, count, 10, dtype=pl.Int64)
    name = [pl.format("e{}", (line * 5 + at).cast(pl.String).str.zfill(8)) for at in (2, 0)]
    known = pl.select(
        left=name[0], right=name[1], relation=pl.lit("contracts_for"), status=pl.lit("accepted")
    )
    missing = [
        pl.lit(None, kind).alias(name) for name, kind in RELATIONS.items() if name not in known.columns
    ]
    return known.with_columns(missing).select(RELATIONS.names()).cast(RELATIONS)


def _tables(count: int) -> dict[str, pl.DataFrame]:
    """An undertaking for ten allocations; the amounts of all are those of their lines."""
    line = pl.int_range(count, dtype=pl.Int64)
    allocations = pl.select(
        allocation=pl.format("a{}", line),
        party=pl.format("P{}", line % 60),
        undertaking=pl.format("u{}", line // 10),
        line=pl.format("l{}", line),
        quantity=(line % 97 + 1).cast(pl.Decimal(38, 6)),
        unit=pl.lit("piece"),
    )
    promised = pl.int_range((count + 9) // 10, dtype=pl.Int64)
    undertakings = pl.select(
        undertaking=pl.format("u{}", promised),
        document=pl.lit("D"),
        party=pl.format("P{}", promised % 60),
        quantity=pl.lit(Decimal(500)).cast(pl.Decimal(38, 6)),
    )
    return {
        name: pl.concat([BY_NAME[name].empty(), rows], how="diagonal_relaxed")
        for name, rows in (("allocations", allocations), ("undertakings", undertakings))
    }


def worked(folder: Path) -> None:
    """Join, hold together and look for what is stalled; prints the counts, so that no step is left out."""
    from konvoi.accord.facts import facts, of_lines
    from konvoi.accord.stage_reconciliation import exceeded, joints
    from konvoi.accord.stalled import stalled

    tables = {path.stem: pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
    lines = of_lines(tables["entries"], tables["relations"])
    found = joints(facts(lines, tables))
    stays = stalled(lines.with_columns(eur_minor="amount_minor"), _DAY)
    states = dict(found.group_by("state").len().sort("state").iter_rows())
    print(json.dumps({"joints": states, "told": len(exceeded(found)), "stalled": stays.height}))


def negotiated() -> None:
    """Hear all parties on all clauses in both rounds of a draft; prints the counts."""
    from bench.negotiated import drafted
    from bench.negotiated import worked as heard

    print(json.dumps(heard(drafted(CLAUSES_OF_A_DRAFT, PARTIES))))


def write(folder: Path) -> None:
    """Put the invented case into a folder."""
    for name, rows in made(CONTRACTS).items():
        rows.write_parquet(folder / f"{name}.parquet")


def main() -> None:
    """Measure, and hold the goal against what was measured."""
    data = {
        "contracts": CONTRACTS,
        "entries": CONTRACTS * 5 - CONTRACTS // 10,
        "undertakings": CONTRACTS // 10,
        "clauses": CLAUSES_OF_A_DRAFT,
        "parties": PARTIES,
    }
    bench = Benchmark("accord", data=data)
    with tempfile.TemporaryDirectory() as name:
        script = f"import bench.accord, pathlib; bench.accord.%s(pathlib.Path({name!r}))"
        bench.command("make the data", [sys.executable, "-c", script % "write"], runs=1)
        bench.command("hold together", [sys.executable, "-c", script % "worked"], runs=3)
    code = "import bench.accord; bench.accord.negotiated()"
    bench.command("hear all parties", [sys.executable, "-c", code], runs=3)
    heard = bench.runs["hear all parties"].median
    bench.at_most("1,000 clauses × 20 parties, two rounds, with the start of Python", heard, 5, unit="s")
    runs = bench.runs["hold together"]
    bench.at_most("100,000 contracts, with the start of Python", runs.median, 5, unit="s")
    bench.at_most("memory", runs.peak_mb or 0, 2000, unit="MB")
    bench.finish()


if __name__ == "__main__":
    main()
