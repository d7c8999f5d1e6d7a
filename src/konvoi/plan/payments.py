"""Payments of tranches for purchases: the earliest order takes the earliest money that is left."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TypeVar

import polars as pl

from konvoi.plan.column import Column, Taken
from konvoi.plan.exact import day_of, decimal
from konvoi.plan.plan import PAYMENTS
from konvoi.plan.problem import Problem

_MILLION = 10**6
_Day = TypeVar("_Day", int, date)
_Amount = TypeVar("_Amount", int, Fraction)


def payments(problem: Problem, taken: Taken, names: dict[Column, str]) -> pl.DataFrame:
    """One line for each tranche that pays for a movement; names: the movements' ids.

    No tranche pays for what is ordered before its day, and none more than it holds: by the day of each
    tranche no more is ordered than all tranches so far hold.
    """
    left = _money(problem)
    lines: list[dict[str, object]] = []
    bought = [column for column in taken if problem.sources[column.source].budget]
    for column in sorted(bought, key=lambda one: (problem.sources[one.source].order, names[one])):
        source = problem.sources[column.source]
        owed = taken[column] * problem.goods[source.good].step * source.price
        for tranche, amount in earliest_money(left[source.budget], owed):
            lines.append(
                {
                    "movement": names[column],
                    "budget": source.budget,
                    "ordered": day_of(source.order, problem.start),
                    "tranche": day_of(tranche, problem.start),
                    "amount": decimal(amount),
                }
            )
    rows = {name: [line[name] for line in lines] for name in PAYMENTS}
    return pl.DataFrame(rows, schema=PAYMENTS).sort("budget", "ordered", "movement", "tranche")


def _money(problem: Problem) -> dict[str, dict[int, int]]:
    """The money of each tranche by budget and day, in millionths of a minor unit."""
    found: dict[str, dict[int, int]] = {}
    earlier: dict[str, int] = {}
    for tranche in sorted(problem.tranches, key=lambda one: (one.budget, one.day)):
        own = tranche.total - earlier.get(tranche.budget, 0)
        found.setdefault(tranche.budget, {})[tranche.day] = own * _MILLION
        earlier[tranche.budget] = tranche.total
    return found


def earliest_money(left: dict[_Day, _Amount], owed: _Amount) -> Iterator[tuple[_Day, _Amount]]:
    """Take the amount owed from the earliest money; yield the day of each tranche and its payment.

    left: money of each tranche by day; what is paid is taken from it.
    """
    for day in sorted(left):
        part = min(left[day], owed)
        if part > 0:
            left[day] -= part
            owed -= part
            yield day, part
