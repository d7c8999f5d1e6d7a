"""A good that is known to lack a mandatory point of a need's standard does not serve it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from konvoi.plan.constraint import Apart, Barrier
from konvoi.plan.exact import offset
from konvoi.plan.parts import Good, Need
from konvoi.plan.problem import Problem

_EVER = -(10**6)
_CHECKED = ("identity code", "interchangeable with")


class _Point(NamedTuple):
    """A point of a standard: the value that it asks, the standard, and the day from which it holds."""

    value: str
    standard: str
    since: int


Asked = dict[str, list[_Point]]


def _apart(problem: Problem) -> Apart:
    """Return each source and need whose standard the good lacks; unknown points do not count as lacking."""
    asked: dict[str, Asked] = defaultdict(lambda: defaultdict(list))
    for row in problem.tables["standards"].iter_rows(named=True):
        if row["mandatory"] is not False and row["requirement"] in _CHECKED:
            since = offset(row["in_force"], problem.start, _EVER)
            asked[row["good"]][row["requirement"]].append(_Point(row["value"], row["standard"], since))
    swaps = {(r["good"], r["serves"]) for r in problem.tables["equivalences"].iter_rows(named=True)}
    holding: dict[int, list[int]] = defaultdict(list)
    for number, source in enumerate(problem.sources):
        holding[source.good].append(number)

    def lacking(good: int, need: int) -> Iterator[Mapping[str, str]]:
        wanted = problem.needs[need]
        return _lacks(wanted, problem.goods[good], asked[wanted.good], swaps)

    pairs = [p for p in problem.pairs if problem.needs[p.need].good in asked and any(lacking(p.good, p.need))]
    sources = [holding[pair.good] for pair in pairs]
    needs = [np.full(len(held), pair.need, dtype=np.int32) for pair, held in zip(pairs, sources, strict=True)]
    return Apart(
        np.array([source for held in sources for source in held], dtype=np.int32),
        np.concatenate([np.zeros(0, dtype=np.int32), *needs]),
        "standard",
        lambda source, need: next(lacking(problem.sources[source].good, need)),
    )


def _lacks(need: Need, good: Good, asked: Asked, swaps: set[tuple[str, str]]) -> Iterator[Mapping[str, str]]:
    """Yield the points of standards in force on the due day that a good lacks; one point of a requirement
    suffices.
    """
    for requirement in sorted(asked):
        points = _last(asked[requirement], need.due)
        if points and not any(_meets(need, good, requirement, value, swaps) for value, _ in points):
            yield {"standard": points[0][1], "requirement": requirement, "good": good.id}


def _last(asked: list[_Point], due: int) -> list[tuple[str, str]]:
    """Return the points in force on a day: of each standard the latest version."""
    last = {name: since for _, name, since in sorted(asked, key=lambda one: one.since) if since <= due}
    return [(value, name) for value, name, since in asked if last.get(name) == since]


def _meets(need: Need, good: Good, requirement: str, value: str, swaps: set[tuple[str, str]]) -> bool:
    """Return True if a good meets one point, or if that is unknown."""
    if requirement == "interchangeable with":
        return good.id in {value, need.good} or (good.id, value) in swaps
    scheme = value.split(":")[0] + ":"
    known = [code for code in good.codes if ":" not in value or code.startswith(scheme)]
    return not known or value in known


MEMBER = Barrier("standard", apart=_apart)
