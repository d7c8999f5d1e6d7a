"""What the surroundings of a pair weigh, fitted by labels to made-up records of known truth."""

from functools import cache
from pathlib import Path

import polars as pl
from bench.reconciling.around import Aspect, surrounded, taken, weighed

from konvoi.link.grouping import grouped
from konvoi.link.settings import Settings

FILE = Path(__file__).parent / "around.toml"
"""Its head says on what it was fitted, and when."""

SURE_ENOUGH = 0.42
"""From this probability on a pair counts as found once its surroundings were seen."""

JOIN, MEAN = 0.2, 0.4
"""Least probability of a pair that joins clusters once its surroundings were seen, and of all pairs between
them on average: chosen on seeds that nothing was fitted to."""


@cache
def aspects() -> tuple[Aspect, ...]:
    """What FILE holds. ValueError where it is not as bench.reconciling.around writes it."""
    return taken(FILE.read_text(encoding="utf-8"))


def around(pairs: pl.DataFrame, records: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Pairs (a, b, probability) with what stands around them once they are clusters.

    records: numbered (konvoi.link.match). The columns are those of bench.reconciling.around.PAIRS.
    """
    of = grouped(pairs, records, settings, None)["cluster"].rank("dense").cast(pl.Int64)
    return surrounded(pairs, (of - 1).to_numpy())


def seen_again(
    pairs: pl.DataFrame, records: pl.DataFrame, settings: Settings, weights: tuple[Aspect, ...]
) -> pl.DataFrame:
    """Pairs (a, b, probability) with the probability that their surroundings give them, sorted by a and b.

    Pairs that nobody had looked at come in where a third record goes between; what falls below
    `settings.least` goes out.
    """
    seen = around(pairs, records, settings)
    told = seen.select("a", "b", probability=pl.Series(weighed(seen, weights)))
    return told.filter(pl.col("probability") >= settings.least)
