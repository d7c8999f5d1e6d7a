"""Blocks: nothing comes from a blocked partner or supplier, or by a blocked carrier, lane or site."""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from konvoi.plan.constraint import Barrier, shut
from konvoi.plan.exact import offset
from konvoi.plan.problem import Problem


def _shut(problem: Problem) -> pl.DataFrame:
    """The days of each block; hulls are no part of the problem."""
    return shut(
        line | {"cause": "blocked", "values": _values(row)}
        for row in problem.tables["blocked"].iter_rows(named=True)
        for line in _lines(problem, row)
    )


def _values(row: dict[str, Any]) -> str:
    """Return the values named in the sentence."""
    return json.dumps({"kind": row["kind"], "value": row["value"]}, sort_keys=True, ensure_ascii=False)


def _lines(problem: Problem, row: dict[str, Any]) -> Iterator[dict[str, object]]:
    """Yield the resources that one row blocks. An order from a blocked party never arrives."""
    first = None if row["from"] is None else offset(row["from"], problem.start)
    last = None if row["to"] is None else offset(row["to"], problem.start)
    kind = row["kind"]
    value = row["value"]
    if kind in {"party", "supplier"}:
        for source in problem.sources:
            if value != (source.party if kind == "party" else source.supplier):
                continue
            ordered = (
                bool(source.budget)
                and (first or 0) <= source.order
                and (last is None or source.order <= last)
            )
            span: dict[str, int | None] = {} if ordered else {"first": first, "last": last}
            yield {"at": "source", "key": source.key, **span}
    if kind in {"lane", "carrier"}:
        for lane in problem.lanes:
            if value == (lane.id if kind == "lane" else lane.carrier):
                yield {"at": "lane", "key": lane.id, "first": first, "last": last}
    if kind == "site":
        yield {"at": "site", "key": value, "first": first, "last": last}


MEMBER = Barrier("blocked", _shut)
