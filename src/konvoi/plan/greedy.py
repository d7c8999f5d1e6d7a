"""The rule of thumb: most value for a tonne first, each need from what can be there first. Always there."""

from collections.abc import Iterable
from dataclasses import dataclass

from konvoi.plan.column import Column
from konvoi.plan.goals.earliness import worth
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.parts import Pair
from konvoi.plan.room import Room, Taken, deliveries
from konvoi.plan.route import Router
from konvoi.plan.value import full


@dataclass(frozen=True)
class Filler:
    """Fills needs in a room, one after the other."""

    net: Net
    limits: Limits
    room: Room
    router: Router

    @classmethod
    def of(cls, net: Net, limits: Limits) -> "Filler":
        """A filler of an empty room."""
        room = Room(limits)
        return cls(net, limits, room, Router(net, limits, room))

    def fill(self, order: Iterable[int]) -> Taken:
        """Fill needs in this order; one that is useful only in full is filled or left."""
        for need in order:
            self.one(need)
        return dict(self.room.taken)

    def one(self, number: int, *, late: bool = True) -> None:
        """Fill one need as far as there is room, first in time, then late."""
        need = self.net.problem.needs[number]
        sent: list[tuple[Column, int]] = []
        in_time = min(need.due, need.last)
        for last in sorted({in_time, need.last if late else in_time}):
            barred: dict[tuple[int, int], int] = {}
            for pair, source in self.sources(number):
                if not self._barred(barred, pair, source, last):
                    sent += self.send(pair, source, last)
                    self._bar(barred, pair, source, last)
        if need.whole and sent and not self.is_full(number):
            for column, steps in sent:
                self.room.take(column, -steps)

    def _barred(self, barred: dict[tuple[int, int], int], pair: Pair, source: int, last: int) -> bool:
        """Whether a like unit that could leave no later found no way."""
        since = barred.get((pair.good, self.net.problem.sources[source].site))
        return since is not None and not self.net.source_open[source, : min(since, last + 1)].any()

    def _bar(self, barred: dict[tuple[int, int], int], pair: Pair, source: int, last: int) -> None:
        """Remember that from a day on no way leads from a site, where a source could leave on each day."""
        days = self.net.source_open[source, : max(0, last + 1)]
        first = int(days.argmax()) if days.any() else last + 1
        if self.able(pair, source) and days[first:].all():
            place = (pair.good, self.net.problem.sources[source].site)
            barred[place] = min(first, barred.get(place, first))

    def is_full(self, number: int) -> bool:
        """Whether a need is met in full."""
        mine = {column: steps for column, steps in self.room.taken.items() if column.need == number}
        return full(self.net.problem.needs[number], deliveries(self.net.problem, mine))

    def sources(self, number: int) -> list[tuple[Pair, int]]:
        """What may serve a need: stock before purchases, what is ready first, by key."""
        problem = self.net.problem
        found = [
            (problem.pairs[pair], source)
            for pair in self.net.pairs_of[number]
            for source in self.net.serving[pair]
        ]
        return sorted(
            found,
            key=lambda one: (
                bool(problem.sources[one[1]].budget),
                problem.sources[one[1]].ready,
                problem.sources[one[1]].key,
            ),
        )

    def send(self, pair: Pair, source: int, last: int) -> list[tuple[Column, int]]:
        """Send what fits of one source, way by way, until none is left."""
        sent: list[tuple[Column, int]] = []
        while last >= 0 and self.able(pair, source):
            column = self.router.way(pair, source, last)
            steps = self.room.most(column) if column else 0
            if column is None or steps <= 0:
                break
            self.room.take(column, steps)
            sent.append((column, steps))
        return sent

    def able(self, pair: Pair, source: int) -> bool:
        """Whether need and source have room for a step, wherever it goes."""
        return self.room.most(Column(pair.need, source, (), 0, 0, pair.ratio)) > 0


def density(net: Net) -> list[int]:
    """Needs by value for a tonne, kits' weight spread over their components; the densest first."""
    problem = net.problem
    known = {good.id: good.tonnes / 10**9 for good in problem.goods}
    values = worth(problem)
    heavy = [values[n] / max(known.get(need.good, 1.0), 1e-9) for n, need in enumerate(problem.needs)]
    return sorted(range(len(problem.needs)), key=lambda n: (-heavy[n], problem.needs[n].id))


def greedy(net: Net, limits: Limits) -> Taken:
    """A plan by the rule of thumb."""
    return Filler.of(net, limits).fill(density(net))
