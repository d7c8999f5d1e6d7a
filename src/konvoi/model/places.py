"""Position of each stage on its routes, as a table to join with."""

import polars as pl

from konvoi.model.stages import ROUTES

PLACES = pl.DataFrame(
    [
        (route, str(stage), at, str(stages[at + 1]) if at + 1 < len(stages) else None)
        for route, stages in ROUTES.items()
        for at, stage in enumerate(stages)
    ],
    schema={"route": pl.String, "stage": pl.String, "at": pl.Int64, "next": pl.String},
    orient="row",
)
"""route, stage, at (from 0), and the stage that comes next; none after the last."""
