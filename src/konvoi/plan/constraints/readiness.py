"""Readiness: nothing leaves before it is ready, nor after its offer has lapsed."""

import json
from collections.abc import Iterator

import polars as pl

from konvoi.plan.constraint import Barrier, shut
from konvoi.plan.exact import day_of
from konvoi.plan.parts import Source
from konvoi.plan.problem import Problem


def _shut(problem: Problem) -> pl.DataFrame:
    """The days before a source is ready, and after its last day."""
    return shut(line for source in problem.sources for line in _lines(problem, source))


def _lines(problem: Problem, source: Source) -> Iterator[dict[str, object]]:
    """One source's days."""
    if source.ready > 0:
        cause = "tranche-late" if source.budget else "ready-late"
        values = {
            "day": str(day_of(source.ready, problem.start)),
            "budget": source.budget,
            "offer": source.offer,
        }
        yield {
            "at": "source",
            "key": source.key,
            "first": None,
            "last": source.ready - 1,
            "cause": cause,
            "values": json.dumps(values, sort_keys=True),
        }
    if source.until is not None:
        values = {"day": str(day_of(source.until, problem.start)), "offer": source.offer}
        yield {
            "at": "source",
            "key": source.key,
            "first": source.until + 1,
            "last": None,
            "cause": "offer-lapses",
            "values": json.dumps(values, sort_keys=True),
        }


MEMBER = Barrier("readiness", _shut)
