"""The problem as flat arrays, for compiled code; all orders are those of the problem."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from konvoi.plan.limits import Limits, Weekly
from konvoi.plan.net import Bools, Floats, Ints, Net
from konvoi.plan.parts import USES, Pair
from konvoi.plan.problem import Problem

Small = NDArray[np.int32]
Short = NDArray[np.int16]
LEGS = 24
"""A consignment of more legs is not used; the bound counts it all the same."""
_EXACT = 1e-12
"""Part by which floats may miss: what fits exactly must not count as too large."""


class Ways(NamedTuple):
    """Lanes and sites by day.

    Lanes of site s are `lanes[first[s] : first[s + 1]]`. open[day, lane]: a leg may depart; site[site, day].
    """

    first: Small
    lanes: Small
    tails: Small
    heads: Small
    days: Small
    open: Bools
    site: Bools


class Terms(NamedTuple):
    """Terms of each row: those of thing k are first[k] to first[k + 1]; factor: of one unit of use."""

    first: Small
    row: Small
    use: Small
    factor: Floats


class Wants(NamedTuple):
    """Needs: their site, due and last day, quantity in units."""

    site: Small
    due: Small
    last: Small
    quantity: Floats


class Pairs(NamedTuple):
    """Goods that serve needs. ratio: units of need for one; loads[pair, use]: what one unit counts as.

    The sources of pair k are `sources[first[k] : first[k + 1]]`. ratio: where one step brings more than all
    that is needed, only that counts.
    """

    need: Small
    good: Small
    ratio: Floats
    loads: Floats
    first: Small
    sources: Small


class Stock(NamedTuple):
    """Sources: their site, the first day on which each may leave, and the last of the days that follow.

    ragged: it may not leave on all days from first to last; see `open[source, day]`.
    """

    site: Small
    first: Small
    last: Small
    ragged: Bools
    open: Bools


class Fits(NamedTuple):
    """Places and sources that take one whole step at all: lane[week, lane, good], site[week, site, good].

    Of others no plan uses any part, so neither do the mix and the bound.
    """

    lane: Bools
    site: Bools
    source: Bools


class Ground(NamedTuple):
    """The network, needs, pairs and stock, as compiled code needs them at every turn."""

    ways: Ways
    wants: Wants
    pairs: Pairs
    stock: Stock
    fits: Fits


@dataclass(frozen=True)
class Field:
    """All of it. Terms of lanes and sites hang on place x weeks + week; row bounds in `upper`."""

    weeks: int
    ground: Ground
    source: Terms
    lane: Terms
    site: Terms
    served: Terms
    in_time: Terms
    upper: Floats


def field_of(net: Net, limits: Limits) -> Field:
    """Lay a problem out."""
    problem = net.problem
    weeks = max(1, problem.weeks)
    served: list[Sequence[tuple[int, int, int]]] = [
        [(row, 0, factor) for row, factor in limits.served.get(n, ())] for n in range(len(problem.needs))
    ]
    in_time: list[Sequence[tuple[int, int, int]]] = [
        [(row, 0, factor) for row, factor in limits.in_time.get(n, ())] for n in range(len(problem.needs))
    ]
    return Field(
        weeks=weeks,
        ground=Ground(_ways(net), _wants(net), _pairs(net), _stock(net), _fits(limits, weeks)),
        source=_terms([limits.source.get(n, ()) for n in range(len(problem.sources))]),
        lane=_weekly(limits.lane_weeks, len(problem.lanes) * weeks, weeks),
        site=_weekly(limits.site_weeks, len(problem.sites) * weeks, weeks),
        served=_terms(served),
        in_time=_terms(in_time),
        upper=limits.bounds,
    )


def _small(numbers: Iterable[int]) -> Small:
    """Whole numbers that fit into 32 bits."""
    return np.fromiter(numbers, dtype=np.int32)


def starts(sizes: Ints | Small | list[int]) -> Small:
    """Return the start of each run, and the end of the last."""
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def _ways(net: Net) -> Ways:
    """The lanes by the site they leave."""
    return Ways(
        first=starts([len(lanes) for lanes in net.leaving]),
        lanes=_small(lane for lanes in net.leaving for lane in lanes),
        tails=net.tails.astype(np.int32),
        heads=net.heads.astype(np.int32),
        days=net.transit.astype(np.int32),
        open=np.ascontiguousarray(net.lane_open.T),
        site=net.site_open,
    )


def _wants(net: Net) -> Wants:
    """Return the needs: quantities, places and days."""
    needs = net.problem.needs
    return Wants(
        site=_small(need.site for need in needs),
        due=_small(need.due for need in needs),
        last=_small(need.last for need in needs),
        quantity=np.array([need.quantity / 10**6 for need in needs]),
    )


def _pairs(net: Net) -> Pairs:
    """Return the pairs of sources and needs."""
    problem = net.problem
    loads = np.array([good.loads for good in problem.goods], dtype=np.float64).reshape(-1, len(USES)) / 10**9
    goods = np.array([pair.good for pair in problem.pairs], dtype=np.int64)
    return Pairs(
        need=_small(pair.need for pair in problem.pairs),
        good=_small(pair.good for pair in problem.pairs),
        ratio=np.array([_ratio(problem, pair) for pair in problem.pairs]),
        loads=np.ascontiguousarray(loads[goods]),
        first=net.serving.first.astype(np.int32),
        sources=net.serving.sources,
    )


def _ratio(problem: Problem, pair: Pair) -> float:
    """Return the units of need that one unit counts as, if one step brings no more than is needed."""
    return min(pair.ratio / 10**6, problem.needs[pair.need].quantity / problem.goods[pair.good].step)


def _fits(limits: Limits, weeks: int) -> Fits:
    """Return the places and sources that have room for a step of each good when nothing else is sent."""
    problem = limits.problem
    steps = np.array([[load * good.step / 10**15 for load in good.loads] for good in problem.goods])
    bounds = limits.bounds * (1.0 + _EXACT)
    able = []
    for found, places in ((limits.lane_weeks, len(problem.lanes)), (limits.site_weeks, len(problem.sites))):
        fits = np.ones((weeks, places, len(problem.goods)), dtype=np.bool_)
        for good, step in enumerate(steps):
            over = found.factor * step[found.use] > bounds[found.row]
            fits[found.week[over], found.place[over], good] = False
        able.append(fits)
    source = [
        all(
            factor * problem.goods[one.good].loads[use] * problem.goods[one.good].step <= limits.upper[row]
            for row, use, factor in limits.source.get(number, ())
        )
        for number, one in enumerate(problem.sources)
    ]
    return Fits(able[0], able[1], np.array(source, dtype=np.bool_))


def _stock(net: Net) -> Stock:
    """Return the days on which sources may leave."""
    able = net.source_open
    days = able.shape[1]
    some = able.any(axis=1) if days else np.zeros(len(able), dtype=np.bool_)
    first = np.where(some, able.argmax(axis=1) if days else 0, days).astype(np.int32)
    last = np.where(some, days - 1 - able[:, ::-1].argmax(axis=1) if days else 0, -1).astype(np.int32)
    count = able.sum(axis=1)
    return Stock(
        site=_small(source.site for source in net.problem.sources),
        first=first,
        last=last,
        ragged=count < np.maximum(0, last - first + 1),
        open=able,
    )


def _terms(found: list[Sequence[tuple[int, int, int]]]) -> Terms:
    """Terms by what they hang on."""
    flat = np.array([term for terms in found for term in terms], dtype=np.int64).reshape(-1, 3)
    return Terms(
        first=starts([len(terms) for terms in found]),
        row=flat[:, 0].astype(np.int32),
        use=flat[:, 1].astype(np.int32),
        factor=flat[:, 2] / 10**9,
    )


def _weekly(found: Weekly, size: int, weeks: int) -> Terms:
    """Terms of lanes or sites by week."""
    at = found.place * weeks + found.week
    order = np.argsort(at, kind="stable")
    return Terms(
        first=starts(np.bincount(at, minlength=size)),
        row=found.row[order].astype(np.int32),
        use=found.use[order].astype(np.int32),
        factor=found.factor[order],
    )
