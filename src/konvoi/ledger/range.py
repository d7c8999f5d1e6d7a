"""Lowest, highest and expected figures over all consistent decisions on undecided pairs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import isfinite, prod
from typing import NamedTuple

from konvoi.kit.union import components
from konvoi.ledger.decisions import Cluster, Consistency, Decision, Option, Partial
from konvoi.ledger.estimate import sampled
from konvoi.ledger.once import Values, counting

EXACT = 12
"""Clusters of up to so many undecided pairs are exact, whatever it takes."""

LIMIT = 4096
"""A larger cluster is exact where so many steps suffice; otherwise it gets an outer bound."""

TOTAL = None
"""The key of the whole figure, among those of its rows."""

Key = str | None
Reading = Mapping[str, object]
"""A unit by another reading of its statements, as `konvoi.ledger.once.counting` takes it."""

Split = Callable[[str, int], Mapping[str, int]]
"""The rows of a total to which a unit adds, with the amount for each."""


@dataclass(frozen=True)
class Range:
    """Contribution of one cluster to a figure: by accepted relations, at least, at most, and as expected.

    estimate: the mean over all consistent decisions, weighted by the match probabilities of their pairs,
    rounded to a whole number; for clusters that are too large to go through an approximation
    (konvoi.ledger.estimate). Those of the rows of a total add up to that of the total.
    """

    value: int
    lowest: int
    highest: int
    estimate: int

    def __add__(self, other: "Range") -> "Range":
        """Return the sum of two clusters, which are decided independently."""
        return Range(
            self.value + other.value,
            self.lowest + other.lowest,
            self.highest + other.highest,
            self.estimate + other.estimate,
        )


NOTHING = Range(0, 0, 0, 0)
"""Contribution of a cluster to a row in which none of its units is."""


def ranges(
    clusters: Iterable[Cluster],
    values: Values,
    split: Split,
    readings: Mapping[str, Sequence[Reading]] | None = None,
) -> dict[Key, Range]:
    """Return the range that clusters together add to the total and to each of its rows.

    values: units as `konvoi.ledger.once.counting` takes them. readings: the same units by other readings of
    their statements. Rows and total are decided together, but each
    has its lowest and highest for itself: those of the rows need not add up to those of the total.
    """
    found: dict[Key, Range] = {}
    alone: list[Cluster] = []

    def add(more: Mapping[Key, Range]) -> None:
        for key, one in more.items():
            found[key] = found[key] + one if key in found else one

    for cluster in clusters:
        others = {unit: readings[unit] for unit in cluster.units if unit in readings} if readings else {}
        if others:
            add(_with_readings(cluster, values, others, split))
            continue
        if sum(unit in values for unit in cluster.units) < 2:
            continue
        if cluster.accepted or len(cluster.decisions) != 1 or len(cluster.decisions[0].options) != 1:
            add(cluster_range(cluster, values, split))
        else:
            alone.append(cluster)
    for one in _alone(alone, values, split):
        add(one)
    return found


Bounds = dict[Key, tuple[int, int]]


class _Read(NamedTuple):
    """A unit by one reading of its statements."""

    unit: str
    row: Reading


def _with_readings(
    cluster: Cluster, values: Values, readings: Mapping[str, Sequence[Reading]], split: Split
) -> dict[Key, Range]:
    """The range of a cluster over all readings of its statements; an outer bound where there are too many.

    Readings have no probability: the estimate takes the statements in force, as the value does.
    """
    found = cluster_range(cluster, values, split)
    choices: list[list[_Read]] = [
        [_Read(unit, values[unit]), *(_Read(unit, row) for row in rows)] for unit, rows in readings.items()
    ]
    if prod(map(len, choices)) > LIMIT or not _exhaustible(cluster, _atoms(cluster)):
        # Each unit read at its lowest, then each at its highest, beside all decisions.
        choices = [_extremes(some) for some in choices]
        worlds: Iterable[Sequence[_Read]] = zip(*choices, strict=True)
    else:
        worlds = product(*choices)
    for world in worlds:
        other = cluster_range(cluster, {**values, **dict(world)}, split, drawn=False)
        for key in sorted({*found, *other}, key=str):
            base = found.get(key, NOTHING)
            more = other.get(key, NOTHING)
            low = min(base.lowest, more.lowest)
            high = max(base.highest, more.highest)
            found[key] = replace(base, lowest=low, highest=high)
    return found


def _extremes(choices: Sequence[_Read]) -> list[_Read]:
    """The lowest and the highest of several readings of one unit."""
    ordered = sorted(choices, key=lambda one: int(str(one.row["value"])))
    return [ordered[0], ordered[-1]]


def _alone(clusters: Sequence[Cluster], values: Values, split: Split) -> Iterator[dict[Key, Range]]:
    """The ranges of clusters of one pair each, all counted together: they are most of all clusters."""
    rows = [row for one in clusters for row in one.decisions[0].options[0].rows]
    rows.sort(key=_order)
    inside = {unit: values[unit] for one in clusters for unit in one.units if unit in values}
    whole = counting(inside, rows)
    parts = counting(inside, rows, parts_count=True) if whole.exceeded else whole
    for cluster in clusters:
        units = [unit for unit in cluster.units if unit in values]
        apart = _by_key({unit: int(str(values[unit]["value"])) for unit in units}, split)
        worlds = [_by_key({unit: way.counts[unit] for unit in units}, split) for way in (whole, parts)]
        likely = cluster.decisions[0].options[0].probability
        means = {key: value + likely * (worlds[0].get(key, 0) - value) for key, value in apart.items()}
        estimates = _whole(means)
        yield {
            key: Range(
                value,
                min(value, *(one.get(key, 0) for one in worlds)),
                max(value, *(one.get(key, 0) for one in worlds)),
                estimates[key],
            )
            for key, value in apart.items()
        }


def cluster_range(cluster: Cluster, values: Values, split: Split, *, drawn: bool = True) -> dict[Key, Range]:
    """Return the range of one cluster: exact, or an outer bound where it is too large to go through.

    drawn: draw the estimate where it is not found exactly; otherwise the value stands for it.
    """
    inside = {unit: values[unit] for unit in cluster.units if unit in values}
    rows = {key for unit, row in inside.items() for key in split(unit, int(str(row["value"])))}
    if len(rows) == 1:
        # All of the cluster is in one row, which then has the range of the whole.
        whole = _cluster_range(cluster, inside, lambda unit, count: {}, drawn=drawn)
        return {TOTAL: whole[TOTAL], rows.pop(): whole[TOTAL]}
    return _cluster_range(cluster, inside, split, drawn=drawn)


def _cluster_range(cluster: Cluster, inside: Values, split: Split, *, drawn: bool) -> dict[Key, Range]:
    known = sorted(cluster.accepted, key=_order)
    value = _by_key(counting(inside, known).counts, split)
    bounds, means = _bounded(cluster, inside, split)
    if means is None and drawn:
        means = sampled(cluster, inside, lambda counts: _by_key(counts, split))
    estimates = value if means is None else _whole(means)
    return {
        key: Range(
            value.get(key, 0),
            min(bounds[key][0] if key in bounds else 0, value.get(key, 0)),
            max(bounds[key][1] if key in bounds else 0, value.get(key, 0)),
            estimates.get(key, 0),
        )
        for key in sorted({*value, *bounds, *estimates}, key=str)
    }


def _bounded(cluster: Cluster, inside: Values, split: Split) -> tuple[Bounds, dict[Key, float] | None]:
    """Return lowest and highest by key, and the expected figures where all decisions are gone through."""
    atoms = _atoms(cluster)
    if _exhaustible(cluster, atoms):
        limit = None if len(cluster.decisions) <= EXACT else LIMIT
        blocks = _Blocks(cluster, atoms, inside, split, limit=limit)
        if (bounds := blocks.bounds()) is not None:
            return bounds, blocks.means
    return _outer(cluster, inside, split), None


def _exhaustible(cluster: Cluster, atoms: Sequence[Sequence[str]]) -> bool:
    """Return True if the decisions of a cluster may be few enough to go through all."""
    return len(cluster.decisions) <= EXACT or _least_steps(cluster, atoms) <= LIMIT


def _whole(means: Mapping[Key, float]) -> dict[Key, int]:
    """The means of a total and its rows as whole numbers: the rows still add up to the total.

    >>> _whole({None: 2.0, "A": 0.5, "B": 1.5}), _whole({None: 1.0, "A": 1 / 3, "B": 1 / 3, "C": 1 / 3})
    ({None: 2, 'A': 0, 'B': 2}, {None: 1, 'A': 1, 'B': 0, 'C': 0})
    """
    found = {key: round(mean) for key, mean in means.items()}
    rows = sorted((key for key in means if key is not None), key=str)
    if not rows:
        return found
    missing = found[TOTAL] - sum(found[key] for key in rows)
    step = 1 if missing > 0 else -1
    rows.sort(key=lambda key: (-step * (means[key] - found[key]), str(key)))
    for key in rows[: abs(missing)]:
        found[key] += step
    return found


def _order(row: Mapping[str, object]) -> tuple[str, str, str]:
    return str(row["relation"]), str(row["left"]), str(row["right"])


def _by_key(counts: Mapping[str, int], split: Split) -> dict[Key, int]:
    """Return the values of units, in total and by row."""
    sums: dict[Key, int] = {TOTAL: sum(counts.values())}
    for unit, count in counts.items():
        for key, part in split(unit, count).items():
            sums[key] = sums.get(key, 0) + part
    return sums


class _TooLarge(Exception):
    """A cluster has more possibilities than are gone through."""


@dataclass
class _Block:
    """The bounds of a block by key, the weight of all its decisions, and its figures by key times weight."""

    bounds: Bounds = field(default_factory=dict)
    weight: float = 0.0
    sums: dict[Key, float] = field(default_factory=dict)

    def add(self, weight: float, counts: Mapping[Key, int], others: Mapping[Key, int]) -> None:
        """Add what counts by one decision of this weight, and in `others` what may count instead."""
        self.weight += weight
        for key, amount in counts.items():
            self.sums[key] = self.sums.get(key, 0.0) + weight * amount
        for one in (counts, others):
            for key, amount in one.items():
                low, high = self.bounds.get(key, (amount, amount))
                self.bounds[key] = (min(low, amount), max(high, amount))


class _Blocks:
    """A cluster as the blocks into which decisions may divide it.

    What holds connects some of the units and leaves the others apart, and nothing between two such blocks
    matters to either. So the consistent decisions of each connected block are gone through once, and the
    lowest sum over all divisions of the cluster into blocks is found from the blocks' lowest sums. That is
    far less than all decisions of the cluster: a chain of 12 pairs has 91 blocks and 4,096 decisions.

    A decision's weight is the product of the odds of what holds by it. That is the product of p of what holds
    and 1 - p of what does not, up to a factor that all decisions of the cluster have in common.
    """

    def __init__(
        self,
        cluster: Cluster,
        atoms: Sequence[Sequence[str]],
        values: Values,
        split: Split,
        *,
        limit: int | None,
    ) -> None:
        self._values = values
        self._split = split
        self._limit = limit
        self._steps = 0
        self._rules = Consistency(cluster)
        self._bit = {unit: 1 << at for at, atom in enumerate(atoms) for unit in atom}
        self._valued = [(unit, self._bit[unit]) for unit in sorted(values)]
        self._whole = (1 << len(atoms)) - 1
        self._decisions = [self._placed(one) for one in cluster.decisions]
        self.means: dict[Key, float] | None = None
        """The expected figures by key; None where they are not found."""

    def _placed(self, decision: Decision) -> tuple[Decision, tuple[tuple[Option, int], ...]]:
        """A decision with the atoms that each of its options connects."""
        options = []
        for option in decision.options:
            mask = 0
            for row in option.rows:
                mask |= self._bit[row["left"]] | self._bit[row["right"]]
            options.append((option, mask))
        return decision, tuple(options)

    def bounds(self) -> Bounds | None:
        """Lowest and highest of the whole cluster by key; None where that is not found."""
        try:
            blocks = self._blocks()
            bounds = self._divided(blocks)
        except _TooLarge:
            return None
        self.means = _means(self._whole, blocks)
        return bounds

    def _step(self) -> None:
        self._steps += 1
        if self._limit is not None and self._steps > self._limit:
            raise _TooLarge

    def _blocks(self) -> dict[int, dict[int, _Block]]:
        """Each block by its first atom and its mask."""
        found: dict[int, dict[int, _Block]] = {}
        first = 1
        while first <= self._whole:
            # A block that reaches below its first atom is one of that atom's.
            mine = found.setdefault(first, {})
            everything = tuple(range(len(self._decisions)))
            for mask, taken, weight in self._grown(first, first, everything, self._rules.start, 1.0):
                if self._rules.holds(taken):
                    self._evaluate(mine.setdefault(mask, _Block()), mask, taken, weight)
            first <<= 1
        return found

    def _grown(
        self, mask: int, first: int, todo: tuple[int, ...], taken: Partial, weight: float
    ) -> Iterator[tuple[int, Partial, float]]:
        """All ways in which a block grows from a mask: the final mask, what is decided, and its weight."""
        self._step()
        for at, number in enumerate(todo):
            decision, options = self._decisions[number]
            usable = [(o, m) for o, m in options if m & mask and not m & (first - 1)]
            if not usable and not any(m & mask for _, m in options):
                continue
            rest = (*todo[:at], *todo[at + 1 :])
            rejected = self._rules.reject(taken, decision)
            if rejected is not None:
                yield from self._grown(mask, first, rest, rejected, weight)
            for option, more in usable:
                accepted = self._rules.accept(taken, option)
                if accepted is not None:
                    yield from self._grown(mask | more, first, rest, accepted, weight * option.odds)
            return
        yield mask, taken, weight

    def _evaluate(self, block: _Block, mask: int, taken: Partial, weight: float) -> None:
        """Add to a block what it counts under these decisions."""
        values = {unit: self._values[unit] for unit, bit in self._valued if bit & mask}
        if len(values) < 2:
            block.add(weight, _by_key(counting(values, ()).counts, self._split), {})
            return
        rows = [row for row in taken.rows if self._bit[row["left"]] & mask]
        rows.sort(key=_order)
        outcome = counting(values, rows)
        others: dict[Key, int] = {}
        if outcome.exceeded:
            others = _by_key(counting(values, rows, parts_count=True).counts, self._split)
        block.add(weight, _by_key(outcome.counts, self._split), others)

    def _divided(self, blocks: Mapping[int, Mapping[int, _Block]]) -> Bounds | None:
        """The bounds over all divisions of the cluster into blocks; None where there is no division."""
        keys = _keys(blocks)
        found: Bounds = {}
        for key in keys:
            listed = {
                first: [(mask, *one.bounds.get(key, (0, 0))) for mask, one in some.items()]
                for first, some in blocks.items()
            }
            best = self._best(self._whole, listed, {0: (0, 0)})
            if best is None:
                return None
            found[key] = best
        return found

    def _best(
        self,
        left: int,
        listed: Mapping[int, Sequence[tuple[int, int, int]]],
        known: dict[int, tuple[int, int] | None],
    ) -> tuple[int, int] | None:
        """Lowest and highest over all divisions of the atoms that are left."""
        if left in known:
            return known[left]
        self._step()
        found: tuple[int, int] | None = None
        for mask, least, most in listed[left & -left]:
            rest = None if mask & ~left else self._best(left ^ mask, listed, known)
            if rest is None:
                continue
            low = least + rest[0]
            high = most + rest[1]
            found = (low, high) if found is None else (min(low, found[0]), max(high, found[1]))
        known[left] = found
        return found


def _keys(blocks: Mapping[int, Mapping[int, _Block]]) -> list[Key]:
    return sorted({key for some in blocks.values() for one in some.values() for key in one.bounds}, key=str)


def _means(whole: int, blocks: Mapping[int, Mapping[int, _Block]]) -> dict[Key, float] | None:
    """The means by key over all divisions of a cluster into blocks; None where there is no division."""
    keys = _keys(blocks)
    known: dict[int, _Block] = {0: _Block(weight=1.0)}

    def of(left: int) -> _Block:
        if left not in known:
            found = _Block()
            for mask, one in blocks[left & -left].items():
                if mask & ~left:
                    continue
                rest = of(left ^ mask)
                found.weight += one.weight * rest.weight
                for key in keys:
                    more = one.sums.get(key, 0.0) * rest.weight + one.weight * rest.sums.get(key, 0.0)
                    found.sums[key] = found.sums.get(key, 0.0) + more
            known[left] = found
        return known[left]

    every = of(whole)
    means = {key: every.sums[key] / every.weight for key in keys} if every.weight else {}
    return means if means and all(map(isfinite, means.values())) else None


def _atoms(cluster: Cluster) -> list[list[str]]:
    """Units that accepted relations connect, those with the most decisions first."""
    of: dict[str, str] = components(sorted((row["left"], row["right"]) for row in cluster.accepted))
    atoms: dict[str, list[str]] = {}
    for unit in cluster.units:
        atoms.setdefault(of.get(unit, unit), []).append(unit)
    degree = dict.fromkeys(atoms, 0)
    for decision in cluster.decisions:
        for end in decision.ends:
            degree[of.get(end, end)] += 1
    # A division begins with the first atom: beginning with the busiest leaves the fewest remainders.
    return [atoms[name] for name in sorted(atoms, key=lambda name: (-degree[name], name))]


def _least_steps(cluster: Cluster, atoms: Sequence[Sequence[str]]) -> int:
    """So many blocks a cluster has at least: those of a chain of its atoms, or of its busiest as a star."""
    of = {unit: at for at, atom in enumerate(atoms) for unit in atom}
    beside: dict[int, set[int]] = {}
    for decision in cluster.decisions:
        one, two = (of[end] for end in decision.ends)
        if one != two:
            beside.setdefault(one, set()).add(two)
            beside.setdefault(two, set()).add(one)
    most = max(map(len, beside.values()), default=0)
    return int(max(len(atoms) * (len(atoms) + 1) // 2, 2**most))


def _outer(cluster: Cluster, values: Values, split: Split) -> Bounds:
    """Bounds that no consistent decisions go beyond, without going through them.

    Of reports that are accepted as the same at most one counts, and no unit counts more than its value. Where
    no value is negative, at least one unit counts in full, alone or divided with its parts.
    """
    group = Consistency(cluster).start.group
    most: dict[Key, dict[str, int]] = {TOTAL: {}}
    least: dict[Key, dict[str, int]] = {TOTAL: {}}
    amounts: dict[str, int] = {}
    for unit, row in values.items():
        amounts[unit] = int(str(row["value"]))
        sums: dict[Key, int] = {TOTAL: amounts[unit]}
        sums.update(split(unit, amounts[unit]))
        for key, part in sums.items():
            above = most.setdefault(key, {})
            below = least.setdefault(key, {})
            above[group[unit]] = max(above.get(group[unit], 0), part)
            below[group[unit]] = min(below.get(group[unit], 0), part)
    bounds = {key: (sum(least[key].values()), sum(most[key].values())) for key in most}
    smallest = min(amounts.values())
    if smallest > 0:
        whole = (smallest, bounds[TOTAL][1])
        bounds[TOTAL] = whole
        if len(bounds) == 2:
            bounds = dict.fromkeys(bounds, whole)
    return bounds
