"""Plans that allow for delays: an arrival is paid its mean value over its possible days."""

import numpy as np
import polars as pl

from konvoi.plan.core.whole import Sent, Whole, brought
from konvoi.plan.goal import Payoff
from konvoi.plan.goals.earliness import worth
from konvoi.plan.net import Floats
from konvoi.plan.problem import Problem
from konvoi.plan.value import full
from konvoi.plan.value import whole as sets

CHANCES = pl.Schema({"site": pl.String(), "need": pl.String(), "days": pl.Int64(), "share": pl.Float64()})
"""Shares of planned arrivals for a need or, where need is null, at a site, by days of delay (0: as planned
or earlier); the shares of a need, and of a site, add up to 1. A need without rows takes those of its site; a
site without rows is reached as planned."""


def mindful(problem: Problem, payoff: Payoff, chances: pl.DataFrame) -> Payoff:
    """A payoff in which each arrival is paid the average over its days; chances: CHANCES.

    A unit that belongs to a kit loses its part of the kit's worth as far as it is likely to miss the due day.
    """
    arrival = payoff.arrival.copy()
    kits = [whole - need.weight / 10**6 for whole, need in zip(worth(problem), problem.needs, strict=True)]
    days = np.arange(arrival.shape[1])
    late = _late(problem, chances)
    for number, need in enumerate(problem.needs):
        if number not in late:
            continue
        in_time = np.where(days <= need.due, kits[number], 0.0)
        gained = arrival[number] + in_time
        mean = sum(share * _moved(gained, by) for by, share in late[number])
        # Never less than what is paid for coming later: it could have waited.
        arrival[number] = np.maximum.accumulate((mean - in_time)[::-1])[::-1]
    return Payoff(arrival, payoff.haul, payoff.source)


def expected(whole: Whole, plan: Sent, paid: Payoff) -> float:
    """Return the mean value of a plan at a payoff with delays; kits count as if all arrived as planned."""
    problem = whole.problem
    there = brought(whole, plan)
    found = 0.0
    for number, deliveries in there.items():
        need = problem.needs[number]
        if not need.whole or full(need, deliveries):
            left = need.quantity / 10**6
            for delivery in sorted(deliveries, key=lambda one: one.arrives):
                units = min(left, delivery.served / 10**12)
                left -= units
                found += units * float(paid.arrival[number, delivery.arrives])
    return found + sum(kit.weight / 10**6 * sets(problem, kit, there) for kit in problem.kits)


def _late(problem: Problem, chances: pl.DataFrame) -> dict[int, list[tuple[int, float]]]:
    """Return days of delay and their shares, by need."""
    own: dict[str, list[tuple[int, float]]] = {}
    at: dict[str, list[tuple[int, float]]] = {}
    for site, need, days, share in chances.sort("site", "need", "days").iter_rows():
        group, name = (at, site) if need is None else (own, need)
        group.setdefault(name, []).append((days, share))
    known = ((n, own.get(one.id, at.get(problem.sites[one.site].id))) for n, one in enumerate(problem.needs))
    return {number: shares for number, shares in known if shares}


def _moved(paid: Floats, by: int) -> Floats:
    """Return the payments if everything arrives so many days later; zero past the horizon."""
    moved = np.zeros_like(paid)
    if by < len(paid):
        moved[: len(paid) - by] = paid[by:]
    return moved
