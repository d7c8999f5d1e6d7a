"""Expected figures of clusters with too many undecided pairs to go through all decisions."""

from collections.abc import Callable, Mapping
from math import exp, log
from random import Random

from konvoi.ledger.decisions import Cluster, Consistency, Decision, Option, Row
from konvoi.ledger.once import Values, counting

DRAWS = 64
"""Number of times that the decisions of a cluster are drawn."""

WORK = 10_000
"""Decisions drawn in one cluster at most, but for the first `FEWEST` draws."""

FEWEST = 8

SEED = 1

_MOST = 300.0
"""The highest logarithm of odds, so that they stay numbers."""

_ByKey = Callable[[Mapping[str, int]], Mapping[str | None, int]]


def sampled(cluster: Cluster, values: Values, by_key: _ByKey) -> dict[str | None, float]:
    """Return an approximation of the mean figures by key over all consistent decisions of a cluster.

    Decisions are drawn one by one, the most probable first, among the answers that are consistent with those
    drawn before. An answer by which two groups become the same is as likely as all the pairs between them
    are together. Each draw weighs as much as its decisions are likelier than the way in which it was drawn
    (importance sampling), which leads to the exact mean as draws grow in number. The stream of chance is
    fixed. Each draw is consistent, so that the mean lies in the range.
    """
    rules = Consistency(cluster)
    ordered = sorted(cluster.decisions, key=lambda one: (-max(o.probability for o in one.options), one.ends))
    chance = Random(SEED)
    draws = max(FEWEST, min(DRAWS, WORK // len(ordered))) if ordered else 1
    found: list[tuple[float, Mapping[str | None, int]]] = []
    near = _near(cluster, rules.start.group)
    for _ in range(draws):
        world = _World(rules, cluster, near)
        weight = sum(world.draw(decision, chance) for decision in ordered)
        if world.broken:
            continue
        rows = sorted(world.rows, key=_order)
        found.append((weight, by_key(counting(values, rows).counts)))
    if not found:
        found = [(0.0, by_key(counting(values, sorted(cluster.accepted, key=_order)).counts))]
    most = max(weight for weight, _ in found)
    weights = [exp(weight - most) for weight, _ in found]
    sums: dict[str | None, float] = {}
    for weight, (_, counts) in zip(weights, found, strict=True):
        for key, count in counts.items():
            sums[key] = sums.get(key, 0.0) + weight * count
    return {key: amount / sum(weights) for key, amount in sums.items()}


def _order(row: Mapping[str, object]) -> tuple[str, str, str]:
    return str(row["relation"]), str(row["left"]), str(row["right"])


_Near = Mapping[str, Mapping[str, float]]
"""Groups that may be one, with the logarithm of the odds; each pair stands at both of its groups."""


def _near(cluster: Cluster, group: Mapping[str, str]) -> _Near:
    """Return the odds of all pairs of units between two groups together; group: of each unit."""
    near: dict[str, dict[str, float]] = {}
    for decision in cluster.decisions:
        for option in decision.options:
            if option.relation == "same_as":
                one, other = decision.ends
                near.setdefault(one, {})[other] = near.setdefault(other, {})[one] = log(option.odds)
    between: dict[str, dict[str, float]] = {}
    for unit, others in near.items():
        of = between.setdefault(group[unit], {})
        for other, odds in others.items():
            if group[other] != group[unit]:
                of[group[other]] = of.get(group[other], 0.0) + odds
    return between


class _World:
    """One draw of the decisions of a cluster, by the rules of `konvoi.ledger.decisions`.

    broken: what an option brings contradicted what was drawn; the draw does not count.
    """

    def __init__(self, rules: Consistency, cluster: Cluster, near: _Near) -> None:
        start = rules.start
        self.rows = list(cluster.accepted)
        self.broken = False
        self._above = dict(start.group)
        self._apart: dict[str, set[str]] = {}
        self._ahead: dict[str, dict[str, list[str]]] = {}
        self._free = rules.circular
        self._allowed = rules.allowed
        self._size = dict.fromkeys(cluster.units, 0)
        for unit in cluster.units:
            self._size[self._root(unit)] += 1
        self._near = {one: dict(others) for one, others in near.items()}
        for ends in start.other:
            self._part(self._root(ends[0]), self._root(ends[1]))
        for row in cluster.accepted:
            if row["relation"] != "same_as":
                self._lead(row)

    def draw(self, decision: Decision, chance: Random) -> float:
        """Decide a pair; return the logarithm of the odds of the answer over how likely it was drawn."""
        usable = [option for option in decision.options if self._consistent(option)]
        left, right = (self._root(end) for end in decision.ends)
        same = any(option.relation == "same_as" for option in decision.options)
        odds = [self._together(option, left, right) for option in usable]
        if not (same and left == right):
            odds.append(1.0)
        if not odds:
            self.broken = True
            return 0.0
        at = chance.choices(range(len(odds)), odds)[0]
        likely = log(odds[at] / sum(odds))
        if at < len(usable):
            self._accept(usable[at])
            return log(usable[at].odds) - likely
        if same:
            self._part(left, right)
        return -likely

    def _together(self, option: Option, left: str, right: str) -> float:
        """The odds of an option, and of all pairs of two groups that it makes the same."""
        if option.relation != "same_as" or left == right:
            return option.odds
        return exp(max(-_MOST, min(_MOST, self._near.get(left, {}).get(right, 0.0))))

    def _consistent(self, option: Option) -> bool:
        return all(self._fits(row) for row in option.rows)

    def _fits(self, row: Row) -> bool:
        """Return True if a relation contradicts nothing that is drawn."""
        left = self._root(row["left"])
        right = self._root(row["right"])
        kind = row["relation"]
        if kind != "same_as":
            return left != right and self._acyclic(kind, right, left) and self._one_whole(row, left, right)
        if left == right:
            return True
        if right in self._apart.get(left, ()):
            return False
        kinds = {*self._ahead.get(left, ()), *self._ahead.get(right, ())}
        return all(
            self._acyclic(of, left, right) and self._acyclic(of, right, left) for of in sorted(kinds)
        ) and self._wholes_agree(left, right)

    def _acyclic(self, kind: str, start: str, end: str) -> bool:
        """Return True unless relations of a kind lead from one group to another."""
        if kind in self._free:
            return True
        seen = {start}
        waiting = [start]
        while waiting:
            for unit in self._led(kind, waiting.pop()):
                name = self._root(unit)
                if name == end:
                    return False
                if name not in seen:
                    seen.add(name)
                    waiting.append(name)
        return True

    def _one_whole(self, row: Row, part: str, whole: str) -> bool:
        if row["relation"] != "part_of":
            return True
        wholes = {self._root(unit) for unit in self._led("part_of", part)} | {whole}
        return len(wholes) <= max(self._allowed.get(row["left"], 1), 1)

    def _wholes_agree(self, left: str, right: str) -> bool:
        wholes = {self._root(unit) for one in (left, right) for unit in self._led("part_of", one)}
        return len(wholes) <= max(1, *(self._allowed.get(one, 1) for one in (left, right)))

    def _accept(self, option: Option) -> None:
        for row in option.rows:
            if not self._fits(row):
                self.broken = True
                return
            self.rows.append(row)
            left = self._root(row["left"])
            right = self._root(row["right"])
            if row["relation"] != "same_as":
                self._part(left, right)
                self._lead(row)
            elif left != right:
                self._join(left, right)

    def _join(self, left: str, right: str) -> None:
        # The smaller group goes into the larger, so that each unit is moved seldom.
        left, right = sorted((left, right), key=lambda root: -self._size[root])
        self._above[right] = left
        self._size[left] += self._size.pop(right)
        for other, odds in self._near.pop(right, {}).items():
            if other == left:
                del self._near[left][right]
                continue
            del self._near[other][right]
            for one, two in ((left, other), (other, left)):
                of = self._near.setdefault(one, {})
                of[two] = of.get(two, 0.0) + odds
        for other in self._apart.pop(right, set()):
            self._apart[other].discard(right)
            self._part(left, other)
        for kind, units in self._ahead.pop(right, {}).items():
            self._ahead.setdefault(left, {}).setdefault(kind, []).extend(units)

    def _part(self, left: str, right: str) -> None:
        self._apart.setdefault(left, set()).add(right)
        self._apart.setdefault(right, set()).add(left)

    def _lead(self, row: Row) -> None:
        of = self._ahead.setdefault(self._root(row["left"]), {})
        of.setdefault(row["relation"], []).append(row["right"])

    def _led(self, kind: str, root: str) -> list[str]:
        """Return the units to which relations of a kind lead from a group."""
        return self._ahead.get(root, {}).get(kind, [])

    def _root(self, unit: str) -> str:
        above = self._above
        while above[unit] != unit:
            above[unit] = above[above[unit]]
            unit = above[unit]
        return unit
