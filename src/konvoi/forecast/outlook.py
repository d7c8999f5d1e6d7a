"""Result of a forecast: arrival days of each need, partner and movement, with probabilities."""

from dataclasses import dataclass, field

import polars as pl

from konvoi.model.table import QUANTITY

FEW = 30
"""Number of cases below which learnt days are marked as resting on few."""

NEEDS = pl.Schema(
    {
        "need": pl.String(),
        "quantity": QUANTITY,
        "planned": QUANTITY,
        "on_time": pl.Float64(),
        "expected": pl.Float64(),
        "first": pl.Date(),
        "middle": pl.Date(),
        "last": pl.Date(),
    }
)
"""One line for each need with something planned: `on_time` is the probability that all that the plan sends is
there by the due day, `expected` the units of need expected by then; first, middle, last are the days by which
all of it is there in 10, 50 and 90 of 100 runs."""

PARTNERS = pl.Schema(
    {
        "partner": pl.String(),
        "movements": pl.Int64(),
        "on_time": pl.Float64(),
        "all_on_time": pl.Float64(),
        "first": pl.Date(),
        "middle": pl.Date(),
        "last": pl.Date(),
    }
)
"""One line for each partner with something planned: `on_time` is the mean of its movements'
probabilities of being in time, `all_on_time` the probability that all of them are; the days are those by
which all of them are there in 10, 50 and 90 of 100 runs."""

MOVEMENTS = pl.Schema(
    {
        "movement": pl.String(),
        "on_time": pl.Float64(),
        "first": pl.Date(),
        "middle": pl.Date(),
        "last": pl.Date(),
    }
)
"""One line for each movement: probability of arriving by its need's due day; the 10, 50, 90 of 100 days."""

LATENESS = pl.Schema({"movement": pl.String(), "days": pl.Int64(), "share": pl.Float64()})
"""Share of the runs in which a movement is so many days later than planned (0: as planned, or earlier)."""

CAUSES = pl.Schema(
    {"of": pl.String(), "id": pl.String(), "kind": pl.String(), "key": pl.String(), "share": pl.Float64()}
)
"""Causes of late movements of a need or partner (`of`): the share of their late arrivals that would have been
in time, had this kind of step (a delay's name) of this supplier, state, lane or site (`key`) taken its
planned days and all else been as it was. Kind `plan`: the share that is late by the plan itself. Shares need
not add up to 1: it may take two of them."""

BASES = pl.Schema(
    {
        "kind": pl.String(),
        "steps": pl.Int64(),
        "learnt": pl.Int64(),
        "few": pl.Int64(),
        "stated": pl.Int64(),
        "assumed": pl.Int64(),
        "cases": pl.Int64(),
        "data": pl.String(),
        "low": pl.Float64(),
        "middle": pl.Float64(),
        "high": pl.Float64(),
        "times": pl.Boolean(),
    }
)
"""Basis of the days of each kind of step: the number of steps; the number of those whose days are learnt from
history (of these, from fewer than FEW cases), stated by a table, or assumed; the least number of cases, and
the names of the data, where any are learnt. low, middle, high: the assumed 10, 50 and 90 % points: days or,
where `times`, times the planned days; null where nothing is assumed."""

QUEUES = pl.Schema({"need": pl.String(), "runs": pl.Int64(), "free": pl.Float64(), "queued": pl.Float64()})
"""For each need, in some of the runs: the probability of being in time without waiting for room (as in the
other tables), and if consignments that missed their week must find room beside the planned ones."""


REMEDIES = pl.Schema(
    {
        "need": pl.String(),
        "change": pl.String(),
        "movements": pl.Int64(),
        "days": pl.Int64(),
        "without": pl.String(),
        "way": pl.String(),
        "whose": pl.String(),
        "before": pl.Float64(),
        "after": pl.Float64(),
        "expected_before": pl.Float64(),
        "expected_after": pl.Float64(),
    }
)
"""For each uncertain need, the change that brings most of it in time, confirmed by another seed.
change: earlier (its movements leave, and are ordered, `days` earlier), way (they go by the lanes
of `way`, parted by `; `, instead of the lane `without`), split (half of the largest does one of the two),
approval (`whose` approvals come `days` earlier).
before, after: the probability that all of it is in time; expected: units of need in time."""


@dataclass(frozen=True)
class Outlook:
    """The outcome of `samples` simulated runs of a plan with one seed; worth: the mean value of the runs."""

    plan: str
    seed: int
    samples: int
    needs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=NEEDS))
    movements: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MOVEMENTS))
    lateness: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LATENESS))
    worth: float = 0.0
    partners: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PARTNERS))
    causes: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CAUSES))
    bases: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BASES))
    queues: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=QUEUES))
