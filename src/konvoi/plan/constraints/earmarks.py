"""An offer that is tied goes only where it is tied to."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from konvoi.plan.constraint import Apart, Barrier, Small
from konvoi.plan.parts import Need
from konvoi.plan.problem import Problem

Place = tuple[str, str]


def _apart(problem: Problem) -> Apart:
    """Each source and need that do not go together; of several ties of one offer any one is enough."""
    ties: dict[str, set[Place]] = defaultdict(set)
    for row in problem.tables["earmarks"].iter_rows(named=True):
        ties[row["offer"]].add((row["to"], row["value"]))
    served = _served(problem)
    reached = _reached(problem)
    none = np.zeros(0, dtype=np.int32)
    sources = []
    needs = []
    found: dict[tuple[int, frozenset[Place]], Small] = {}
    for number, source in enumerate(problem.sources):
        if source.offer not in ties:
            continue
        tied = (source.good, frozenset(ties[source.offer]))
        if tied not in found:
            able = [reached.get(place, none) for place in sorted(tied[1])]
            found[tied] = np.setdiff1d(served.get(source.good, none), np.concatenate(able))
        sources.append(np.full(len(found[tied]), number, dtype=np.int32))
        needs.append(found[tied])

    def words(source: int, need: int) -> Mapping[str, str]:
        offer = problem.sources[source].offer
        return {"offer": offer, "to": ", ".join(f"{to} {value}" for to, value in sorted(ties[offer]))}

    return Apart(np.concatenate([none, *sources]), np.concatenate([none, *needs]), "earmarked", words)


def _served(problem: Problem) -> dict[int, Small]:
    """Return the needs that each good serves."""
    found: dict[int, list[int]] = defaultdict(list)
    for pair in problem.pairs:
        found[pair.good].append(pair.need)
    return {good: np.array(needs, dtype=np.int32) for good, needs in found.items()}


def _reached(problem: Problem) -> dict[Place, Small]:
    """The needs that an offer with a tie may serve."""
    found: dict[Place, list[int]] = defaultdict(list)
    for number, need in enumerate(problem.needs):
        for place in _places(problem, need):
            found[place].append(number)
    return {place: np.array(needs, dtype=np.int32) for place, needs in found.items()}


def _places(problem: Problem, need: Need) -> set[Place]:
    """All that an offer may be tied to so that it serves a need."""
    site = problem.sites[need.site]
    return {
        ("need", need.id),
        ("site", site.id),
        ("region", site.region),
        ("recipient", need.recipient),
    } - {("region", ""), ("recipient", "")}


MEMBER = Barrier("earmark", apart=_apart)
