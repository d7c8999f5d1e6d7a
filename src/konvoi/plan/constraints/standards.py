"""A good that is known to lack a mandatory point of a need's standard does not serve it."""

import json
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from konvoi.plan.constraint import Barrier, shut
from konvoi.plan.exact import offset
from konvoi.plan.parts import Good, Need
from konvoi.plan.problem import Problem

_EVER = -(10**6)
_CHECKED = ("identity code", "interchangeable with")


def _shut(problem: Problem) -> pl.DataFrame:
    """Each source and need whose standard the good lacks; what is not known is not held against it."""
    asked: dict[str, dict[str, list[tuple[str, str, int]]]] = defaultdict(lambda: defaultdict(list))
    for row in problem.tables["standards"].iter_rows(named=True):
        if row["mandatory"] is not False and row["requirement"] in _CHECKED:
            since = offset(row["in_force"], problem.start, _EVER)
            asked[row["good"]][row["requirement"]].append((row["value"], row["standard"], since))
    swaps = {(r["good"], r["serves"]) for r in problem.tables["equivalences"].iter_rows(named=True)}
    sources = defaultdict(list)
    for source in problem.sources:
        sources[source.good].append(source.key)
    return shut(
        {"at": "pair", "key": key, "need": need.id, "cause": "standard", "values": values}
        for pair in problem.pairs
        for need in (problem.needs[pair.need],)
        for values in _lacks(need, problem.goods[pair.good], asked[need.good], swaps)
        for key in sources[pair.good]
    )


def _lacks(
    need: Need, good: Good, asked: dict[str, list[tuple[str, str, int]]], swaps: set[tuple[str, str]]
) -> Iterator[str]:
    """What a good lacks of the standards in force on the due day; of one requirement any point will do."""
    for requirement in sorted(asked):
        points = _last(asked[requirement], need.due)
        if points and not any(_meets(need, good, requirement, value, swaps) for value, _ in points):
            names = {"standard": points[0][1], "requirement": requirement, "good": good.id}
            yield json.dumps(names, sort_keys=True, ensure_ascii=False)


def _last(asked: list[tuple[str, str, int]], due: int) -> list[tuple[str, str]]:
    """The points in force on a day: of each standard the version that came last."""
    last = {name: since for _, name, since in sorted(asked, key=lambda one: one[2]) if since <= due}
    return [(value, name) for value, name, since in asked if last.get(name) == since]


def _meets(need: Need, good: Good, requirement: str, value: str, swaps: set[tuple[str, str]]) -> bool:
    """Whether a good meets one point, or may meet it for all that is known."""
    if requirement == "interchangeable with":
        return good.id in {value, need.good} or (good.id, value) in swaps
    scheme = value.split(":")[0] + ":"
    known = [code for code in good.codes if ":" not in value or code.startswith(scheme)]
    return not known or value in known


MEMBER = Barrier("standard", _shut)
