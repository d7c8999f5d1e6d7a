"""Approvals: nothing leaves without each approval that it requires on the day it leaves."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import polars as pl

from konvoi.plan.constraint import Barrier, shut
from konvoi.plan.exact import offset
from konvoi.plan.problem import Problem


def _shut(problem: Problem) -> pl.DataFrame:
    """Return the days without approval: all if refused or without an expected day, else until it is given."""
    covered = defaultdict(set)
    for source in problem.sources:
        for name in {source.offer, source.line, source.budget} - {""}:
            covered[name].add(source.key)
    return shut(
        line
        for row in problem.tables["approvals"].iter_rows(named=True)
        for key in sorted(covered[row["covers"]])
        for line in _lines(problem, row, key)
    )


def _lines(problem: Problem, row: dict[str, Any], key: str) -> Iterator[dict[str, object]]:
    """One approval of one source: it holds from the day it is given, or else expected, until it expires."""
    expected = row["due"] if row["due"] and row["due"] >= problem.start else None
    there = None if row["refused"] else row["given"] or expected
    asked = row["asked"] or problem.start
    values = {
        "approval": row["approval"],
        "kind": row["kind"],
        "state": row["party"],
        "day": str(there or row["refused"] or ""),
        "days": str(max(0, (problem.start - asked).days)),
    }
    line: dict[str, object] = {
        "at": "source",
        "key": key,
        "values": json.dumps(values, sort_keys=True, ensure_ascii=False),
    }
    if there is None:
        yield line | {"cause": "approval-refused" if row["refused"] else "approval-open"}
        return
    if offset(there, problem.start) > 0:
        yield line | {"cause": "approval-late", "last": offset(there, problem.start) - 1}
    if row["expires"]:
        yield line | {"cause": "approval-expires", "first": offset(row["expires"], problem.start) + 1}


MEMBER = Barrier("approval", _shut)
