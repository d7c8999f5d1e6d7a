"""Expected arrival of lines under way at the end of their route, by models of lead times.

Nothing is estimated here: the models are those of konvoi.forecast.leadtimes, read for a line that has not
arrived by today.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from konvoi.forecast.distribution import NEVER, Basis, Distribution, Floats, Ints
from konvoi.forecast.leadtimes.cases import PROMISED, SEASON
from konvoi.forecast.leadtimes.model import Model

OPEN = pl.Schema(
    {
        "key": pl.UInt32(),
        "kind": pl.String(),
        "route": pl.String(),
        "partner": pl.String(),
        "good": pl.String(),
        "supplier": pl.String(),
        "stage": pl.String(),
        "end": pl.String(),
        "since": pl.Date(),
        "promised": pl.Date(),
    }
)
"""One row for each line that has not reached the end of its route: its last stage, the day since which it is
there, and the first day promised for it (null: none)."""

SHARES = np.array([0.1, 0.5, 0.9])


@dataclass(frozen=True)
class Waiting:
    """One open line and its forecast.

    low, middle, high: the days by which it is there in 10, 50 and 90 of 100 cases; None where so many never
    are, or without a basis. measure: what the forecast counts. basis: what it was learnt from; None: too few
    cases. cases: how many ended ones of its kind are known of what is measured.
    """

    key: int
    stage: str
    since: date
    measure: str = ""
    basis: Basis | None = None
    cases: int = 0
    low: date | None = None
    middle: date | None = None
    high: date | None = None
    _first: date = date.min
    _there: Floats = field(default_factory=lambda: np.zeros(1), compare=False, repr=False)

    def later_than(self, day: date) -> float | None:
        """The chance of arriving only after a day, or never; None without a basis."""
        if self.basis is None:
            return None
        at = (day - self._first).days
        return 1.0 if at < 0 else 1.0 - float(self._there[min(at, len(self._there) - 1)])


@dataclass(frozen=True)
class _Way:
    """Forecast of rows by one measure; `since`: from when days count; marks: the SHARES of each."""

    measure: tuple[str, ...]
    since: tuple[date | None, ...]
    days: Distribution
    marks: Ints

    def known(self, at: int) -> bool:
        """Return True if it covers a row."""
        return self.since[at] is not None and self.days.basis[at] is not None

    def width(self, at: int) -> int:
        """Return the days between 10 and 90 of 100; cases that never arrive are far off."""
        return int(self.marks[at, -1] - self.marks[at, 0])


def waiting(rows: pl.DataFrame, models: Sequence[Model], day: date) -> tuple[Waiting, ...]:
    """Return one for each row of OPEN, by key, given that nothing of it had arrived by a day.

    A model gives the days from the stage to the end of the route, and the deviation from the first promised
    day. The first model with either is taken, and of the two the one whose 10 and 90 of 100 lie closer
    together.
    """
    told = rows.sort("key")
    from_stage = told.with_columns(measure=pl.format("{} > {}", "stage", "end"))
    promised = told.with_columns(measure=pl.lit(PROMISED), since="promised")
    both = [tuple(_way(asked, model, day) for asked in (from_stage, promised)) for model in models]
    return tuple(_waiting(row, at, both, models) for at, row in enumerate(from_stage.iter_rows(named=True)))


def _way(asked: pl.DataFrame, model: Model, day: date) -> _Way:
    passed = asked.select((pl.lit(day) - pl.col("since")).dt.total_days().fill_null(0)).to_series()
    named = asked.with_columns(season=SEASON).select("measure", "kind", "season", *_FACTORS)
    days = model.distribution(named).after(passed.to_numpy())
    return _Way(tuple(asked["measure"]), tuple(asked["since"]), days, days.quantiles(SHARES))


_FACTORS = ("route", "partner", "good", "supplier")


def _waiting(row: dict[str, Any], at: int, both: list[tuple[_Way, ...]], models: Sequence[Model]) -> Waiting:
    ways = next((known for two in both if (known := [way for way in two if way.known(at)])), [])
    if not ways:
        measures = (row["measure"], *([PROMISED] if row["promised"] else []))
        learnt = (model.find(row["kind"] or "", measure) for measure in measures for model in models)
        most = max((one.ended for one in learnt if one is not None), default=0)
        return Waiting(row["key"], row["stage"], row["since"], row["measure"], cases=most)
    way = min(ways, key=lambda one: one.width(at))
    begun = way.since[at]
    basis = way.days.basis[at]
    if begun is None or basis is None:
        raise ValueError(f"a way without a basis: {way!r}")
    low, middle, high = (
        None if mark == NEVER else begun + timedelta(days=int(mark)) for mark in way.marks[at]
    )
    return Waiting(
        row["key"],
        row["stage"],
        row["since"],
        way.measure[at],
        basis,
        basis.cases,
        low,
        middle,
        high,
        begun + timedelta(days=way.days.first),
        way.days.until[at],
    )
