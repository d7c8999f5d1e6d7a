"""The network on which all consignments of a small problem flow: days at sites, legs, departures, deliveries.

One commodity is a good on its way to one site, from sources that may serve the same needs there. Only days on
which a departure can matter are laid out: any plan can be moved to them, leg by leg as early as possible
within the same weeks, without using a row otherwise or arriving later. Circles are left out, for waiting
costs nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from konvoi.plan.core.paths import DAYS, FIRST, HEAD, LAST, NEVER, RAGGED, SITE
from konvoi.plan.core.whole import Whole

LEG, WAIT, LEAVE, IN_TIME, LATE = range(5)
"""Kinds of edges: a leg on a lane; waiting for a later day; a source's units set out; a need is served."""

_WEEK = 7
_OUTSIDE = -1


class Commodity(NamedTuple):
    """A good on its way to a site: the pairs that it may serve there, and sources that serve them all."""

    good: int
    goal: int
    pairs: tuple[int, ...]
    sources: tuple[int, ...]


class Edge(NamedTuple):
    """Steps that move from one node to another, -1 being outside the network.

    what: the lane, source or pair. first: the first leg after its source, which also uses the source's site.
    """

    kind: int
    commodity: int
    tail: int
    head: int
    what: int
    day: int
    first: bool = False


class Place(NamedTuple):
    """A site on a day; at its source where `origin`, and then only on that day where `apart`."""

    commodity: int
    origin: bool
    apart: bool
    site: int
    day: int


@dataclass
class Network:
    """Commodities, nodes and edges; nodes are numbered in order of their first use."""

    whole: Whole
    commodities: list[Commodity]
    nodes: dict[Place, int] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def node(self, place: Place) -> int:
        """Return the number of a node."""
        return self.nodes.setdefault(place, len(self.nodes))


def network_of(whole: Whole, most: int) -> Network | None:
    """Lay out all consignments of a problem; None where that takes more than so many edges."""
    found = Network(whole, list(_commodities(whole)))
    for number in range(len(found.commodities)):
        _Layout(found, number).lay()
        if len(found.edges) > most:
            return None
    return found


def _commodities(whole: Whole) -> Iterator[Commodity]:
    """Yield the commodities: sources that serve the same pairs of a good at one site flow together."""
    pairs = whole.field.ground.pairs
    site = whole.field.ground.wants.site
    serves: dict[tuple[int, int, int], list[int]] = {}
    for number, pair in enumerate(whole.problem.pairs):
        for source in pairs.sources[pairs.first[number] : pairs.first[number + 1]].tolist():
            serves.setdefault((pair.good, int(site[pair.need]), source), []).append(number)
    shared: dict[tuple[int, int, tuple[int, ...]], list[int]] = {}
    for (good, goal, source), served in serves.items():
        shared.setdefault((good, goal, tuple(served)), []).append(source)
    for (good, goal, pairs_of), sources in sorted(shared.items()):
        yield Commodity(good, goal, pairs_of, tuple(sorted(sources)))


class _Layout:
    """The nodes and edges of one commodity, day by day."""

    def __init__(self, network: Network, number: int) -> None:
        """Prepare the days on which each lane may matter."""
        self.network = network
        self.number = number
        self.one = network.commodities[number]
        whole = network.whole
        self.whole = whole
        self.land = whole.land
        wants = whole.field.ground.wants
        needs = [whole.problem.pairs[pair].need for pair in self.one.pairs]
        self.last = max((int(wants.last[need]) for need in needs), default=-1)
        self.far = self.land.far[:, self.one.goal]
        self.sets_out: dict[Place, list[int]] = {}
        self.leaving: dict[int, list[int]] = {}
        for lane, (tail, head, _) in enumerate(self.land.lanes.tolist()):
            if tail != self.one.goal and self.far[head] < NEVER:
                self.leaving.setdefault(tail, []).append(lane)
        self.turns = {lane: self._turns(lane) for lanes in self.leaving.values() for lane in lanes}

    def lay(self) -> None:
        """Add all nodes and edges of the commodity."""
        for source in self.one.sources:
            self._leave(source)
        days: dict[int, set[Place]] = {}
        for place in self.sets_out:
            days.setdefault(place.day, set()).add(place)
        for day in range(self.last + 1):
            # A leg takes a day at least, so all that reaches this day is known when its turn comes.
            for place in sorted(days.get(day, ())):
                for reached in (*self._legs(place), *self._waits(place)):
                    days.setdefault(reached.day, set()).add(reached)
        self._deliver(sorted(place for places in days.values() for place in places))

    def _leave(self, source: int) -> None:
        """Add the days on which units of a source may set out, or be handed over where they lie."""
        stock = self.land.stock[source]
        site = int(stock[SITE])
        leaves = self.land.leaves[source]
        able = [day for day in range(int(stock[FIRST]), min(int(stock[LAST]), self.last) + 1) if leaves[day]]
        if site == self.one.goal:
            here = [day for day in able if self.land.open[site, day]][:1]
            places = [Place(self.number, False, False, site, day) for day in here]
        elif able and not stock[RAGGED] and stock[LAST] >= self.last:
            places = [Place(self.number, True, False, site, able[0])]
        else:
            wanted = {day for lane in self.leaving.get(site, ()) for day in self._departures(lane, able)}
            places = [Place(self.number, True, True, site, day) for day in sorted(wanted)]
        for place in places:
            self.sets_out.setdefault(place, []).append(source)
            self._edge(LEAVE, _OUTSIDE, self.network.node(place), source, place.day)

    def _departures(self, lane: int, able: list[int]) -> Iterator[int]:
        """Yield the days on which units that may leave on some days only may matter on a lane."""
        turns = self.turns[lane]
        known = set(able)
        for day in able:
            # The first open day of a stretch, or after a day on which the weeks of its rows change.
            opens = bool(self.whole.field.ground.ways.open[day, lane])
            begins = day - 1 not in known or not self.whole.field.ground.ways.open[day - 1, lane]
            if opens and (begins or day in turns):
                yield day

    def _turns(self, lane: int) -> frozenset[int]:
        """Return the days on which a departure begins to count in other weeks, as far as that matters."""
        tail, head, takes = self.land.lanes[lane].tolist()
        weeks = self.land.weeks
        sites = len(self.land.lanes) * weeks
        found = set[int]()
        for week in range(weeks):
            begins = week * _WEEK
            around = {week, max(0, week - 1)}
            # The source's site counts a first leg alone; in transit its weeks only add some days.
            if any(
                self._limited(at + near) for at in (lane * weeks, sites + tail * weeks) for near in around
            ):
                found.add(begins)
            if begins >= takes and any(self._limited(sites + head * weeks + near) for near in around):
                found.add(begins - takes)
        return frozenset(int(self.land.after[lane, day]) for day in found if day <= self.last)

    def _limited(self, place: int) -> bool:
        """Return True if a place's week has a row that the good uses."""
        room = self.whole.room
        return any(
            room.amounts[room.place[k, 1], self.one.good]
            for k in range(room.place_first[place], room.place_first[place + 1])
        )

    def _fits(self, place: int) -> bool:
        """Return True if one step fits into all rows of a place's week."""
        room = self.whole.room
        return all(
            room.free[room.place[k, 0]] >= room.amounts[room.place[k, 1], self.one.good]
            for k in range(room.place_first[place], room.place_first[place + 1])
        )

    def _legs(self, place: Place) -> Iterator[Place]:
        """Add the legs that depart from a place on its day; yield where they lead."""
        weeks = self.land.weeks
        sites = len(self.land.lanes) * weeks
        if place.origin and not self._fits(sites + place.site * weeks + place.day // _WEEK):
            return
        for lane in self.leaving.get(place.site, ()):
            if self.land.after[lane, place.day] != place.day:
                continue
            head = int(self.land.lanes[lane, HEAD])
            there = place.day + int(self.land.lanes[lane, DAYS])
            if there + self.far[head] > self.last:
                continue
            fits = self._fits(lane * weeks + place.day // _WEEK)
            if fits and self._fits(sites + head * weeks + there // _WEEK):
                reached = Place(self.number, False, False, head, there)
                tail = self.network.node(place)
                self._edge(LEG, tail, self.network.node(reached), lane, place.day, first=place.origin)
                yield reached

    def _waits(self, place: Place) -> Iterator[Place]:
        """Add waiting for the next day on which a departure there may matter; yield where it leads."""
        if place.apart or place.site == self.one.goal:
            return
        days = set[int]()
        for lane in self.leaving.get(place.site, ()):
            days.add(int(self.land.after[lane, place.day]))
            days |= self.turns[lane]
        after = min((day for day in days if place.day < day <= self.last), default=None)
        if after is not None:
            waits = place._replace(day=after)
            self._edge(WAIT, self.network.node(place), self.network.node(waits), _OUTSIDE, place.day)
            yield waits

    def _deliver(self, places: list[Place]) -> None:
        """Add waiting at the goal, and deliveries from the last day on which they are in time, or late."""
        days = [place for place in places if place.site == self.one.goal]
        for place, later in pairwise(days):
            tail, head = self.network.node(place), self.network.node(later)
            self._edge(WAIT, tail, head, _OUTSIDE, place.day)
        wants = self.whole.field.ground.wants
        for pair in self.one.pairs:
            need = self.whole.problem.pairs[pair].need
            for kind, until in ((IN_TIME, int(wants.due[need])), (LATE, int(wants.last[need]))):
                there = [place for place in days if place.day <= until]
                if there and not (kind == LATE and until <= wants.due[need]):
                    self._edge(kind, self.network.node(there[-1]), _OUTSIDE, pair, there[-1].day)

    def _edge(self, kind: int, tail: int, head: int, what: int, day: int, *, first: bool = False) -> None:
        self.network.edges.append(Edge(kind, self.number, tail, head, what, day, first))
