"""Feasibility of exchanging movements of a plan for others: each allowed, and room for all of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from konvoi.plan.clean import Notes, clean
from konvoi.plan.plan import Plan
from konvoi.plan.problem import NEED_STATES, OFFER_STATES
from konvoi.plan.recount import Key, count, faults, origin, room
from konvoi.plan.world import Row, World, world


@dataclass(frozen=True)
class Possible:
    """Use of each resource by a plan, as the audit counts it; `takes`: that of each movement."""

    world: World
    room: Mapping[Key, Fraction]
    taken: Mapping[Key, Fraction]
    takes: Mapping[str, Mapping[Key, Fraction]]

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], plan: Plan) -> "Possible":
        """A plan as it stands in the tables of its problem."""
        states = plan.states()
        here = world(
            clean(tables, Notes()),
            states.get("states", NEED_STATES),
            states.get("offer_states", OFFER_STATES),
        )
        legs = _by_movement(plan.legs.rows(named=True))
        takes = {
            move["movement"]: found
            for move in plan.movements.iter_rows(named=True)
            if (found := _takes(here, move, legs.get(move["movement"], []))) is not None
        }
        return cls(here, room(here), _added(takes.values()), takes)

    def __call__(self, gone: Collection[str], moves: Sequence[Row], legs: Sequence[Row]) -> bool:
        """Return True if these movements may stand in place of those that are gone, the rest as planned."""
        by = _by_movement(legs)
        takes = []
        for move in moves:
            found = _takes(self.world, move, by.get(move["movement"], []))
            if found is None:
                return False
            takes.append(found)
        more = _added(takes)
        freed = _added(self.takes.get(one, {}) for one in gone)
        none = Fraction(0)
        for key, amount in more.items():
            before = freed.get(key, none)
            # An amount no larger than before is no worse, even if the plan itself exceeded the bound.
            worse = key in self.room and amount > before
            if worse and self.taken.get(key, none) - before + amount > self.room[key]:
                return False
        return True


def _added(takes: Iterable[Mapping[Key, Fraction]]) -> dict[Key, Fraction]:
    """Return what several movements use together of each resource."""
    found: dict[Key, Fraction] = {}
    for one in takes:
        for key, amount in one.items():
            found[key] = found[key] + amount if key in found else amount
    return found


def _by_movement(legs: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for leg in sorted(legs, key=lambda leg: (leg["movement"], leg["leg"])):
        found.setdefault(leg["movement"], []).append(leg)
    return found


def _takes(here: World, move: Row, legs: list[Row]) -> dict[Key, Fraction] | None:
    """Return the use of resources by a movement; None if it is not allowed."""
    if move["need"] not in here.needs:
        return None
    placed = {**move, "_from": origin(here, move, legs)}
    if any(True for _ in faults(here, placed, legs)):
        return None
    return dict(count(here, [placed], {move["movement"]: legs}).taken)
