"""What a forecast says: for each need and movement, when it will be there and how surely."""

from dataclasses import dataclass, field

import polars as pl

from konvoi.model.entries import QUANTITY

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
"""In which share of the runs a movement comes so many days later than planned (0: as planned, or earlier)."""


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
