"""A line does not pass a later stage of its route before an earlier one, nor on a day still to come."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import polars as pl

from konvoi.kit.days import latest
from konvoi.ledger.post import Ledger
from konvoi.ledger.units import owned
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.stages import RANK, ROUTES, Stage

_BACKWARDS = (
    "a day not before {day}, when the line was first {stage}",
    "correct one of the two days; until then no time between the two is counted",
)
_FUTURE = (
    "a day up to {day}, that of the latest submission",
    "correct the day; what is only promised belongs into the column “promised”",
)
_COLUMNS = ("submission", "sheet", "row", "column", "entry", "day_from", "day_to", "known_on", "stage")
_LINE = ("source", "package", "line", "route")


def stages_in_order(ledger: Ledger) -> tuple[Finding, ...]:
    """No stage of a line has its last day before the first day of an earlier stage, or after its
    submission."""
    rows = owned(ledger.entries, ledger.owners).filter(pl.col("stage").is_not_null())
    # Our own tables state a day in a column of its own; other formats in that of the value.
    at_day = pl.when(pl.col("variant") == "konvoi").then(pl.lit("day")).otherwise("column")
    rows = rows.with_columns(column=at_day)
    found = [*_future(rows), *_backwards(rows)]
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.read)))


def _future(rows: pl.DataFrame) -> Iterator[Finding]:
    """Yield stages that state a past event, but a day after that of the latest submission."""
    happened = [str(stage) for stage, rank in RANK.items() if rank >= RANK[Stage.CONTRACTED]]
    today = latest(rows.select("submission", "known_on").unique()["known_on"].drop_nulls())
    if today is None:
        return
    late = rows.filter(pl.col("stage").is_in(happened) & (pl.col("day_from") > today))
    for row in late.select(_COLUMNS).iter_rows(named=True):
        values = {"day": today.isoformat()}
        read = row["day_from"].isoformat()
        yield told(Severity.WARNING, "stage-in-future", row, _FUTURE, read=read, values=values)


def _backwards(rows: pl.DataFrame) -> Iterator[Finding]:
    for route, first in _first_of_stages(rows):
        order = [first[stage] for one in ROUTES[route] if (stage := str(one)) in first]
        for before, after in pairwise(order):
            last = after["day_to"] or after["day_from"]
            since = before["day_from"]
            if isinstance(last, date) and isinstance(since, date) and last < since:
                values = {"day": since.isoformat(), "stage": str(before["stage"])}
                read = last.isoformat()
                yield told(Severity.WARNING, "stage-backwards", after, _BACKWARDS, read=read, values=values)


def _first_of_stages(rows: pl.DataFrame) -> Iterator[tuple[str, dict[str, dict[str, object]]]]:
    """Yield for each line its route, and by stage the earliest entry that names a day."""
    on_route = pl.col("line").is_not_null() & pl.col("route").is_in(list(ROUTES))
    dated = rows.filter(on_route & pl.col("day_from").is_not_null())
    first = dated.sort("day_from", "entry").unique([*_LINE, "stage"], keep="first", maintain_order=True)
    lines: dict[tuple[object, ...], dict[str, dict[str, object]]] = {}
    for row in first.select(*_COLUMNS, *_LINE[:-1], "route").iter_rows(named=True):
        lines.setdefault(tuple(row[name] for name in _LINE), {})[str(row["stage"])] = row
    for line, stages in lines.items():
        yield str(line[-1]), stages
