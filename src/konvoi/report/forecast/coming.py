"""The open lines of a case, each with what models of lead times tell of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from konvoi.accord.stage_durations import to_end
from konvoi.forecast.leadtimes.model import FEWEST
from konvoi.forecast.waiting import OPEN, Waiting, waiting
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.forecast.promises import promises
from konvoi.report.ledger.figures import joined
from konvoi.report.page import Message, Number, Value

BY_PLAN = "the plan"
LEARNT = "learnt"
NO_BASIS = "no basis"


def coming(case: Case, lines: pl.DataFrame) -> tuple[Waiting, ...]:
    """One for each line that is not at the end of its route, by key, at the stage that it reached last.

    lines: konvoi.accord.facts.of_lines. A line of which no stage has a day is left out.
    """
    open_ = to_end(lines, case.day).filter(pl.col("state") == "open")
    latest = (
        open_.sort("key", "since", "days", descending=[False, False, True])
        .group_by("key", maintain_order=True)
        .last()
    )
    contracted = pl.col("stage") == Stage.CONTRACTED
    about = (
        lines.sort("key", "known_on", "entry")
        .group_by("key", maintain_order=True)
        .agg(
            pl.col("good").drop_nulls().first(),
            supplier=pl.col("implementer").filter(contracted).drop_nulls().first(),
        )
    )
    first = {(one.party, one.line): one.first for one in promises(case)}
    told = latest.join(about, on="key", how="left", maintain_order="left").with_columns(
        pl.Series("promised", [first.get(pair) for pair in latest.select("party", "line").rows()], pl.Date())
    )
    asked = told.rename({"from": "stage", "to": "end", "party": "partner"}).select(list(OPEN)).cast(OPEN)
    return waiting(asked, case.models, case.day)


def rests_on(wait: Waiting) -> Message:
    """Return the cases that a forecast was learnt from, or that there are too few cases to learn from."""
    values: Mapping[str, Value] = {"cases": wait.cases, "few": FEWEST}
    if wait.basis is None:
        return Message("too few completed cases: {cases} of {few}", values)
    return Message("{cases} ended cases of {data}", {"cases": wait.cases, "data": wait.basis.data})


class LearntLine(NamedTuple):
    """The forecast of an open line from learnt lead times, and the entries behind the line."""

    forecast: Waiting
    entries: tuple[str, ...]


def learnt_from(day: date, found: Sequence[LearntLine]) -> Iterator[Message]:
    """Yield a sentence for each data set that forecasts were learnt from, with how many lines."""
    learnt = [(wait.basis, ids) for wait, ids in found if wait.basis is not None]
    for data, until in sorted({(basis.data, basis.until) for basis, _ in learnt}):
        mine = [(basis, ids) for basis, ids in learnt if (basis.data, basis.until) == (data, until)]
        values: dict[str, Value] = {
            "lines": Number(Decimal(len(mine)), "line", "", day, joined(*(ids for _, ids in mine))),
            "data": data,
            "until": date.fromisoformat(until),
            "cases": min(basis.cases for basis, _ in mine),
        }
        yield Message(
            "Forecast dates learnt from {data}, as of {until}: {lines}; at least {cases} completed "
            "cases each.",
            values,
        )
