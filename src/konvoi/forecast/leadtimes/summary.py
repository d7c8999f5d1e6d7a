"""Summary of a model: one row for each kind and measure, or for its groups by one column."""

import numpy as np
import polars as pl

from konvoi.forecast.distribution import NEVER, Distribution
from konvoi.forecast.leadtimes.cases import DEVIATION, FACTORS
from konvoi.forecast.leadtimes.model import Learnt, Model
from konvoi.forecast.leadtimes.part import Key

SUMMARY = pl.Schema(
    {
        "kind": pl.String(),
        "measure": pl.String(),
        "of": pl.String(),
        "group": pl.String(),
        "cases": pl.Int64(),
        "open": pl.Int64(),
        "basis": pl.Boolean(),
        "early": pl.Float64(),
        "on_the_day": pl.Float64(),
        "late": pl.Float64(),
        "p10": pl.Int64(),
        "p50": pl.Int64(),
        "p90": pl.Int64(),
        "never": pl.Float64(),
    }
)
"""One line for each kind and measure, or group of it. cases: ended ones, of a group with those
that are late for sure; open: not ended, null for a group.

basis: whether there are enough ended cases of that kind and measure; if not, there are no chances. early,
on_the_day, late: chances against the promised day, null for a span. p10, p50, p90: the days by which 10, 50,
90 in 100 are there, null where so many never are; against a promised day below 0 for early. never: the chance
of not being there by the last day that is distinguished, or at all.
"""

_SHARES = np.array([0.1, 0.5, 0.9])


def summary(model: Model, by: str = "") -> pl.DataFrame:
    """SUMMARY of a model; by: one of FACTORS, for its groups by that column, the largest first."""
    if by and by not in FACTORS:
        raise ValueError(f"no such column: {by}")
    rows = [row for one in model.learnt for row in _rows(model, one, by)]
    return pl.DataFrame(rows, schema=SUMMARY, orient="row")


def _rows(model: Model, one: Learnt, by: str) -> list[tuple[object, ...]]:
    """The lines of one kind and measure."""
    groups = next(iter(one.parts.values())).groups
    keys: list[Key] = [()]
    if by:
        keys = [key for key, group in groups.items() if key and key[-1][0] == by and group.cases]
        keys.sort(key=lambda key: (-groups[key].cases, key))
    asked = [{"kind": one.kind, "measure": one.measure, **dict(key)} for key in keys]
    if not asked:
        return []
    found = model.distribution(pl.DataFrame(asked))
    return [
        (
            one.kind,
            one.measure,
            one.of,
            ", ".join(f"{column}={value or '?'}" for column, value in key),
            groups[key].cases if key else one.ended,
            None if key else one.cases - one.ended,
            one.enough,
            *(_said(one, found, row) if one.enough else (None,) * 7),
        )
        for row, key in enumerate(keys)
    ]


def _said(one: Learnt, found: Distribution, row: int) -> tuple[float | int | None, ...]:
    """Chances and days of a line."""
    mine = Distribution(found.first, found.until[[row]], (found.basis[row],))
    early, by_day = (float(mine.by(np.array([day]))[0]) for day in (-1, 0))
    days = [None if day == NEVER else int(day) for day in mine.quantiles(_SHARES)[0]]
    promised = [round(chance, 6) for chance in (early, by_day - early, 1.0 - by_day)]
    never = round(1.0 - float(mine.until[0, -1]), 6)
    return (*(promised if one.of == DEVIATION else [None] * 3), *days, never)
