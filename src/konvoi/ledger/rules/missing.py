"""A stage that a line's route requires must be reported before a later one is."""

from collections.abc import Mapping

import polars as pl

from konvoi.ledger.post import Ledger
from konvoi.ledger.units import owned
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.stages import ROUTES

_WORDS = ("before it the stage {stage}, which the channel {route} requires", "submit the date of the event")
# An allocation or approval often needs no paper of its own; what moves does.
_REQUIRED = ("contracted", "dispatched")
_LINE = ("source", "package", "line", "route")
_PLACE = ("submission", "sheet", "row", "column", "variant", "reference")

Row = Mapping[str, object]


def stage_missing(ledger: Ledger) -> tuple[Finding, ...]:
    """Report a stage that the route requires and that is not reported, while a later one is.

    The place is the row that states the furthest stage.
    """
    rows = owned(ledger.entries, ledger.owners).filter(
        pl.col("line").is_not_null() & pl.col("route").is_in(list(ROUTES)) & pl.col("stage").is_not_null()
    )
    each = rows.sort("entry").unique([*_LINE, "stage"], keep="first", maintain_order=True)
    lines: dict[tuple[object, ...], dict[str, Row]] = {}
    for row in each.select(*_LINE, "stage", *_PLACE).iter_rows(named=True):
        lines.setdefault(tuple(row[name] for name in _LINE), {})[str(row["stage"])] = row
    found = []
    for (*_, channel), by_stage in lines.items():
        route = [str(stage) for stage in ROUTES[str(channel)]]
        late = max((stage for stage in by_stage if stage in route), key=route.index, default=route[0])
        found += [
            _missing(by_stage[late], late, {"stage": stage, "route": str(channel)})
            for stage in _REQUIRED
            if stage in route and stage not in by_stage and route.index(late) > route.index(stage)
        ]
    return tuple(sorted(found, key=lambda finding: (finding.place, finding.read, finding.values["stage"])))


def _missing(last: Row, late: str, values: Mapping[str, str]) -> Finding:
    """The finding at the cell that states the late stage; a receipt states it by its being there."""
    column, read = last["column"], late
    if last["variant"] == "konvoi":
        column, read = ("receipt", str(last["reference"])) if column == "received" else ("stage", late)
    return told(Severity.NOTE, "stage-missing", {**last, "column": column}, _WORDS, read=read, values=values)
