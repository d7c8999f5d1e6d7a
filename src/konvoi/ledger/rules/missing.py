"""A stage that a line's route requires must be reported before a later one is."""

import polars as pl

from konvoi.ledger.post import Ledger
from konvoi.ledger.units import owned
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.stages import ROUTES

_WORDS = ("the stage {stage}, the first of channel {route}", "submit the date of the event")
# An allocation or approval often needs no paper of its own; what moves does.
_REQUIRED = ("contracted", "dispatched")


def stage_missing(ledger: Ledger) -> tuple[Finding, ...]:
    """Report a stage that the route requires and that is not reported, while a later one is."""
    rows = owned(ledger.entries, ledger.owners).filter(
        pl.col("line").is_not_null() & pl.col("route").is_in(list(ROUTES))
    )
    lines = rows.group_by("source", "package", "line", "route").agg(
        pl.col("stage").drop_nulls().unique(),
        *(pl.col(name).first() for name in ("submission", "sheet", "row", "column")),
    )
    found = []
    for row in lines.iter_rows(named=True):
        route = [str(stage) for stage in ROUTES[row["route"]]]
        reached = [route.index(stage) for stage in row["stage"] if stage in route]
        for stage in _REQUIRED:
            if stage in route and stage not in row["stage"] and max(reached, default=0) > route.index(stage):
                values = {"stage": stage, "route": row["route"]}
                late = route[max(reached)]
                found.append(told(Severity.NOTE, "stage-missing", row, _WORDS, read=late, values=values))
    return tuple(sorted(found, key=lambda finding: (finding.place, finding.read, finding.values["stage"])))
