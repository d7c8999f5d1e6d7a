"""The search for the best mix: price, add paying consignments, mix again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from konvoi.kit.progress import BY_HAND, Progress, Stop, never
from konvoi.plan import bound as bounds
from konvoi.plan.bound import Bound
from konvoi.plan.core.chunks import Chunks, chunks_of, part_of
from konvoi.plan.core.field import Field, Small
from konvoi.plan.core.links import blended
from konvoi.plan.core.market import LEAST, Found, Market, nothing_found
from konvoi.plan.core.pool import Columns, of_found
from konvoi.plan.core.programme import Programme, programme_of
from konvoi.plan.core.sweep import sweep
from konvoi.plan.core.tolls import tolls
from konvoi.plan.goal import Payoff
from konvoi.plan.limits import Limits
from konvoi.plan.links import NO_LINKS, Links
from konvoi.plan.net import Floats

_FIRST = 5
"""The first mix, from nothing, takes so many times the steps of a later one."""

_FAR = 0.03
"""A mix that is further below its bound than this part of it is far."""

_NEARER = 0.9
_PATIENCE = 8
_CLOSE = 1e-3
"""Thresholds of the search: a round that leaves less than _NEARER of the smallest gap makes progress; after
_PATIENCE rounds without progress, or with a gap of at most _CLOSE, HiGHS solves the mix."""

_TURNS = 3
_LINKS = 250
"""Rows for needs useful only in full: added in so many turns before the next pricing, and so many at most.
With more, as of needs that take half of all there is, a mix takes seconds and its prices do not settle."""


@dataclass(frozen=True)
class Pace:
    """Parameters of the search for a mix: counts only.

    steps: in a round; columns: found for a need and good at one pricing at most; times: consignments kept
    for each row; back: the share of the best prices so far in those at which a round prices; far: that share
    while the mix is far from its bound; threads: that price side by side; small: consignments up to which
    HiGHS solves the mix.
    """

    steps: int = 60
    columns: int = 6
    times: float = 1.6
    back: float = 0.6
    far: float = 0.6
    threads: int = 2
    small: int = 500
    corner: int = 12_000


@dataclass(frozen=True)
class Warm:
    """Start of a search that knows a plan: consignments, units of each, a price for every row."""

    columns: Columns
    units: Floats
    y: Floats


@dataclass
class Search:
    """The search so far: the mix, and the best proven bound."""

    limits: Limits
    field: Field
    chunks: Chunks
    programme: Programme
    pace: Pace
    best: Bound
    brings: float = 0.0

    @cached_property
    def everything(self) -> float:
        """Return the value of meeting every need in time: a bound without prices."""
        return float(bounds.all_there_is(self.limits))

    @property
    def most(self) -> float:
        """Return the best proven upper bound on the value of any plan."""
        return min(self.best.most, self.everything)

    @property
    def gap(self) -> float:
        """Return the distance of the mix from its bound, as a part of the bound."""
        return (self.most - self.brings) / max(abs(self.brings), 1e-9)

    @property
    def small(self) -> bool:
        """Return True if HiGHS solves the mix faster than first-order steps come near."""
        return len(self.programme.columns) <= self.pace.small

    def round(self, *, exactly: bool = False, bounding: bool = True) -> int:
        """Price, add, mix; return the number of consignments added.

        exactly: solve the mix to the end. bounding: False where it is paid otherwise than the plan is worth.
        """
        share = self.pace.far if self.gap > _FAR else self.pace.back
        back = share if bounding and np.isfinite(self.best.most) else 0.0
        center = self.best
        y = self.programme.y
        own = self.programme.links
        between = blended(own, center.own, back) if back and own else own
        found = self._priced(back * center.y + (1 - back) * y, between, bounding=bounding)
        self.programme.purge(self.pace.times)
        added = self.programme.add(found)
        if back and not added:
            added = self.programme.add(self._priced(y, own, bounding=bounding))
        self.brings = self.programme.solve() if exactly else self.programme.mix(self.pace.steps)
        return added

    def settle(self, rounds: int, gap: float, stop: Stop = never, value: float | None = None) -> str:
        """Run rounds until nothing pays, the gap is small or the rounds are over; return which.

        value: of the plan so far, passed to `stop` with the bound.
        """
        exactly = self.small
        closest = np.inf
        since = 0
        for number in range(rounds):
            added = self.round(exactly=exactly)
            if self.gap <= gap:
                return "gap"
            if not added and exactly:
                return "nothing pays more"
            nearer = self.gap < _NEARER * closest
            closest, since = (self.gap, 0) if nearer else (closest, since + 1)
            stuck = not added or self.gap <= _CLOSE or since >= _PATIENCE or (exactly and not nearer)
            exactly = self.small or (stuck and len(self.programme.columns) <= self.pace.corner)
            if stop(Progress("planning", number + 1, rounds, value, self.most)):
                return BY_HAND
        return "rounds"

    def widen(self) -> None:
        """Add the best consignments at no prices and at the best prices: alternatives among equals."""
        for y in (np.zeros(len(self.best.y)), self.best.y):
            found = priced(self.field, self.chunks, self.programme.payoff, y, self.pace)
            self.programme.add(of_found(found, self.chunks.pairs.astype(np.int64)))

    def tighten(self, rounds: int, gap: float, stop: Stop = never, value: float | None = None) -> bool:
        """Keep needs useful only in full from being met in part by what is cheapest; True if that was done.

        Rows for them are added to the mix (konvoi.plan.core.links) and priced, until the gap is small or the
        rounds are over. Left out where they have next to nothing in part, or the mix is large.
        """
        few = 0 < len(self.programme.columns) <= self.pace.corner
        if not few or self.programme.in_part <= gap * self.most:
            return False
        self.brings = self.programme.solve()
        for number in range(rounds):
            more = 0
            for _ in range(_TURNS):
                new = self.programme.link()
                if not new:
                    break
                more += new
                if len(self.programme.links.need) > _LINKS:
                    self.programme.links = NO_LINKS
                    self.brings = self.programme.solve()
                    return False
                self.brings = self.programme.solve()
            if number and not more and self.gap <= gap:
                break
            added = self.round(exactly=True)
            large = len(self.programme.columns) > self.pace.corner
            if large or not (added or more) or stop(Progress("planning", number, rounds, value, self.most)):
                break
        return True

    def sharpen(self, rounds: int, gap: float, stop: Stop = never) -> None:
        """Lower the bound by rounds whose mix is solved to the end, if it is not too large."""
        few = 0 < len(self.programme.columns) <= self.pace.corner
        self.brings = self.programme.solve() if few else self.brings
        for number in range(rounds if few else 0):
            if self.gap <= gap or len(self.programme.columns) > self.pace.corner:
                break
            if not self.round(exactly=True) or stop(Progress("planning", number, rounds, None, self.most)):
                break

    def proven(self, y: Floats, payoff: Payoff, own: Links = NO_LINKS) -> Bound:
        """Return the bound that some prices prove for a payoff; prices of needs are recomputed."""
        return self._proof(y, own, payoff, replace(self.pace, columns=1))[0]

    def _priced(self, y: Floats, own: Links, *, bounding: bool) -> Columns:
        """Return the consignments that pay at some prices; lower the bound if prices prove a better one."""
        proven, found = self._proof(y, own, self.programme.payoff, self.pace)
        if bounding:
            self.best = min(self.best, proven, key=lambda bound: bound.most)
        pairs = self.field.ground.pairs
        price = self.programme.of_needs(y)[pairs.need] * pairs.ratio
        found.source[found.gain <= price[:, None] + LEAST] = -1
        return of_found(found, self.chunks.pairs.astype(np.int64))

    def _proof(self, y: Floats, own: Links, payoff: Payoff, pace: Pace) -> tuple[Bound, Found]:
        """The bound at some prices, and the best consignments were there none of needs.

        So the price of each need is the least that proves anything, however far from it the mix's is.
        """
        free = self.programme.without_needs(y)
        found = priced(self.field, self.chunks, payoff, free, pace, own=own)
        proven = bounds.repaired(self.limits, free, gains(self.field, found))
        return replace(proven, own=own), found


def search_of(limits: Limits, field: Field, payoff: Payoff, start: Columns, pace: Pace) -> Search:
    """A search that begins with some consignments, such as those of the rule of thumb."""
    found = Search(
        limits=limits,
        field=field,
        chunks=chunks_of(field.ground),
        programme=programme_of(limits, field, payoff, start),
        pace=pace,
        best=Bound(float("inf"), bounds.nothing_priced(limits)),
    )
    found.brings = found.programme.solve() if found.small else found.programme.mix(_FIRST * pace.steps)
    return found


def warm_search(
    limits: Limits, field: Field, payoff: Payoff, start: Columns, pace: Pace, *, warm: Warm
) -> Search:
    """Return a search that begins with a mix and its prices; its bound is proven by them."""
    programme = programme_of(limits, field, payoff, warm.columns)
    programme.amounts[programme.kits :] = warm.units
    programme.y = warm.y.copy()
    programme.add(start)
    found = Search(limits, field, chunks_of(field.ground), programme, pace, Bound(float("inf"), warm.y))
    found.best = found.proven(warm.y, payoff)
    return found


def priced(
    field: Field, chunks: Chunks, payoff: Payoff, y: Floats, pace: Pace, *, own: Links = NO_LINKS
) -> Found:
    """The best consignments of each pair at some prices of rows; own: what single needs pay besides."""
    found = nothing_found(len(field.ground.pairs.need), pace.columns)
    market = Market(field.ground, chunks, tolls(field, y, payoff))
    every = np.arange(len(chunks.goal), dtype=np.int32)
    _side_by_side(lambda part: sweep(market, part, found), every, pace.threads)
    for need in np.unique(own.need).tolist():
        market = _of_one(field, chunks, payoff, y=y, own=own, need=need)
        sweep(market, np.arange(len(market.chunks.goal), dtype=np.int32), found)
    return found


def _of_one(field: Field, chunks: Chunks, payoff: Payoff, *, y: Floats, own: Links, need: int) -> Market:
    """Return the pairs of one need, at the prices that it pays: more for rows, less for being met."""
    rows, prices = own.at(need)
    raised = y.copy()
    raised[rows] += prices / field.upper[rows]
    paid = tolls(field, raised, payoff)
    paid.need[need] -= prices.sum() / field.ground.wants.quantity[need]
    return Market(field.ground, part_of(field.ground, chunks, need), paid)


def _side_by_side(turn: Callable[[Small], None], every: Small, threads: int) -> None:
    """Take turns in threads, each its own; what they write does not depend on which goes first."""
    parts = [every[first::threads] for first in range(threads) if len(every[first::threads])]
    if len(parts) <= 1:
        for part in parts:
            turn(part)
        return
    with ThreadPoolExecutor(len(parts)) as crew:
        list(crew.map(turn, parts))


def gains(field: Field, found: Found) -> Floats:
    """For each need the most that a unit of it could gain, 0 where nothing pays."""
    most = np.zeros(len(field.ground.wants.site))
    np.maximum.at(most, field.ground.pairs.need, found.best)
    return most
