"""Expected number of several uncertain events, and the share of lines of a kind that never end."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np
import polars as pl

from konvoi.forecast.leadtimes.model import FEWEST
from konvoi.model.stages import ROUTES, Stage

FEWEST_ENDED = FEWEST
"""Least number of ended cases of a kind for an estimate of the share that never arrives."""

_TENTH = 0.1
_Z80 = 1.2815515655446004

_ENDS = frozenset(str(stages[-1]) for stages in ROUTES.values())


def interval(chances: Sequence[float]) -> tuple[float, int, int]:
    """Return the expected number of independent events, and the range that holds 80 of 100 outcomes.

    Exact (the distribution is built event by event). Of no events, none are expected. The whole numbers on
    either side of the expected number, rounded to a tenth, lie in the range, though fewer would often do.

    >>> interval([1.0, 1.0, 0.0])
    (2.0, 2, 2)
    """
    shape = np.ones(1)
    for chance in chances:
        shape = np.convolve(shape, [1 - chance, chance])
    heap = np.cumsum(shape)
    low = int(np.searchsorted(heap, _TENTH + 1e-12))
    high = int(np.searchsorted(heap, 1 - _TENTH - 1e-12))
    expected = float(sum(chances))
    told = round(expected, 1)
    return expected, min(low, floor(told)), max(low, high, ceil(told))


@dataclass(frozen=True)
class Never:
    """Share of a kind's open lines that will never arrive, estimated from its ended ones.

    share, low, high: part of the ended lines that was withdrawn, with its 80 % interval by Wilson; None
    without a basis: fewer than FEWEST_ENDED ended ones.
    """

    kind: str
    arrived: int
    withdrawn: int
    open: int
    share: float | None
    low: float | None
    high: float | None

    @property
    def ended(self) -> int:
        """Ended lines, of either sort."""
        return self.arrived + self.withdrawn


def never(entries: pl.DataFrame) -> tuple[Never, ...]:
    """One for each kind of which there are lines, by kind; entries: ENTRIES, each line under its owner.

    A line has arrived when anything of it is reported at the end of a route, is withdrawn when its giver took
    it back before, and else is open.
    """
    lines = (
        entries.filter(pl.col("line").is_not_null())
        .group_by("source", "package", "line")
        .agg(
            pl.col("kind").drop_nulls().sort().first(),
            arrived=pl.col("stage").is_in(list(_ENDS)).any(),
            withdrawn=(pl.col("stage") == Stage.WITHDRAWN).any(),
        )
        .with_columns(
            pl.col("kind").fill_null(""),
            withdrawn=pl.col("withdrawn") & ~pl.col("arrived"),
        )
    )
    counted = (
        lines.group_by("kind")
        .agg(pl.col("arrived").sum(), pl.col("withdrawn").sum(), lines=pl.len())
        .sort("kind")
    )
    return tuple(
        _never(kind, arrived, withdrawn, lines - arrived - withdrawn)
        for kind, arrived, withdrawn, lines in counted.iter_rows()
    )


def _never(kind: str, arrived: int, withdrawn: int, open_: int) -> Never:
    ended = arrived + withdrawn
    if ended < FEWEST_ENDED:
        return Never(kind, arrived, withdrawn, open_, None, None, None)
    share = withdrawn / ended
    middle = (share + _Z80**2 / (2 * ended)) / (1 + _Z80**2 / ended)
    half = _Z80 / (1 + _Z80**2 / ended) * sqrt(share * (1 - share) / ended + _Z80**2 / (4 * ended**2))
    return Never(kind, arrived, withdrawn, open_, share, max(0.0, middle - half), min(1.0, middle + half))
