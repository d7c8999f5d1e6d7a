"""Write records and their truth as parquet files.

PYTHONPATH=src .venv/bin/python -m bench.pledges --records 100000 --seed 1 --out FOLDER
"""

import sys
from pathlib import Path

import click
from bench.pledges.generate import LEAST, generate
from bench.pledges.lexicon import SEEDS, split_of
from bench.pledges.written import write


@click.command(help="Records of a coalition made up from a seed, with the truth of which speak of the same.")
@click.option(
    "--records", type=click.IntRange(min=LEAST), default=100_000, show_default=True, help="About so many."
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="1-5 to train, 11-13 to choose, 101-103 to test.",
)
@click.option(
    "--density",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Times as many undertakings for a recipient, partner, good and month.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="A folder, made where it is not.",
)
def main(records: int, seed: int, density: float, out: Path) -> None:
    """Generate and write."""
    tables = generate(records, seed, density)
    write(tables, out, {"records": records, "seed": seed, "density": density, "split": split_of(seed)})
    if seed not in SEEDS[split_of(seed)]:
        print(
            f"Seed {seed} draws its names from the {split_of(seed)} lists but is none of the agreed seeds.",
            file=sys.stderr,
        )
    for name, table in tables.items():
        print(f"{out / name}.parquet  {table.height:,} rows")


if __name__ == "__main__":
    main()
