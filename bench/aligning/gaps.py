"""Gaps that are stated between real lists: a sample looked up in the file of the list that lacks the party.

    PYTHONPATH=src:. python -m bench.aligning.gaps > drawn.csv

writes the sample without a verdict. Each was then looked for in the other list's own file, not in what is
read of it: by all its names in Latin and Cyrillic letters, parts and other spellings of these, births and
numbers. Verdicts, and who is nearest there, stand in `gaps.csv`, which holds the samples of two seeds: of 1
before equal names of common words were asked about, of 2 afterwards.
"""

import csv
import sys
import tempfile
from datetime import date
from pathlib import Path

import polars as pl
from bench.aligning.lists import DATA, FILES

from konvoi.align.manifest import Snapshot, entry
from konvoi.flow.sanctions.list_comparison import Sanctions, sanctions
from konvoi.kit.digest import digest

LOOKED_UP = Path(__file__).with_name("gaps.csv")
DAY = date(2022, 5, 4)
EACH, SEED = 8, 2
"""How many are drawn of each list that lacks something, and by which seed."""

_SDN = {"us": (date(2022, 4, 29), ("us/sdn_2022-04-29.csv.gz",))}
"""The aliases of the other American files are of another day."""

COLUMNS = ("lacks", "party", "order", "has", "name")


def laid_out(folder: Path) -> None:
    """A workspace of the real lists, each with its own day."""
    lines = ["most_days = 3650"]
    for regime, (day, patterns) in (FILES | _SDN).items():
        digests = {}
        for path in (path for pattern in patterns for path in sorted(DATA.glob(pattern))):
            name = f"{regime}/{day}/{path.name}"
            (folder / "lists" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "lists" / name).write_bytes(path.read_bytes())
            digests[name] = digest(path.read_bytes())
        lines.append(entry(Snapshot(regime, day, digests)))
    (folder / "lists" / "manifest.toml").write_text("\n".join(lines), "utf-8")


def stated(found: Sanctions) -> pl.DataFrame:
    """COLUMNS: gaps of which nothing says that there may be none, each party of a list once."""
    sure = found.gaps.filter(pl.col("perhaps") == "").sort("lacks", "party", "order")
    once = sure.unique(("lacks", "party"), keep="first", maintain_order=True)
    titles = found.titles.select("party", "name")
    return once.join(titles, on="party", how="left").select(COLUMNS).sort("lacks", "party")


def drawn(told: pl.DataFrame, each: int = EACH, seed: int = SEED) -> pl.DataFrame:
    """So many of each list that lacks something."""
    mixed = told.sort("lacks", "party").sample(fraction=1.0, shuffle=True, seed=seed)
    return mixed.group_by("lacks", maintain_order=True).head(each).select(COLUMNS).sort("lacks", "party")


def looked_up() -> pl.DataFrame:
    """COLUMNS, verdict, evidence of the gaps that were looked up. verdict: gap, or listed."""
    return pl.read_csv(LOOKED_UP, infer_schema=False)


def main() -> None:
    """Write the sample for looking up."""
    with tempfile.TemporaryDirectory() as folder:
        laid_out(Path(folder))
        rows = drawn(stated(sanctions(Path(folder), on=DAY)))
    out = csv.writer(sys.stdout)
    out.writerow([*COLUMNS, "verdict", "evidence"])
    out.writerows((*row, "", "") for row in rows.rows())


if __name__ == "__main__":
    main()
