"""Exposure: the interval that a reader can infer for an amount from the figures that the reader knows."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

# HiGHS is exact to about this in a programme whose amounts lie between 0 and 1.
_EXACT = 1e-9

Weights = Mapping[str, Fraction | int]
"""A weighted sum of amounts, by the name of each amount."""


@dataclass(frozen=True)
class Known:
    """A weighted sum of unknown amounts of which a reader knows the lowest and the highest value.

    weights: above 0. low, high: at least 0; equal for an exact figure, the two ends for a band.
    """

    weights: Weights
    low: int
    high: int


@dataclass(frozen=True)
class Interval:
    """All values that a sum of amounts can have, in whole smallest units; None: without an end."""

    low: int | None
    high: int | None


def intervals(known: Sequence[Known], targets: Sequence[Weights]) -> list[Interval]:
    """Return the lowest and the highest value of each target over all amounts that agree with what is known.

    Amounts are not negative. Ends that are not whole are widened to the next whole number.
    Raises ValueError where no amounts agree with what is known.
    """
    rows = [_Row(one.weights, Fraction(one.low), Fraction(one.high)) for one in known]
    rows += [_Row(weights, value, value) for weights, value in _reduced(known)]
    most = _most(rows)
    names = {name: number for number, name in enumerate(most)}
    highs = _programme(rows, most, names)
    return [_interval(highs, target, most, names) for target in targets]


class _Row(NamedTuple):
    """A weighted sum with its lowest and its highest value; weights may be below 0."""

    weights: Weights
    low: Fraction
    high: Fraction


def _most(rows: Iterable[_Row]) -> dict[str, float]:
    """The most that each amount can be by one row alone, of rows in which nothing is taken off."""
    found: dict[str, float] = {}
    for weights, _, high in rows:
        if all(weight > 0 for weight in weights.values()):
            for name, weight in weights.items():
                found[name] = min(found.get(name, math.inf), float(high / weight))
    return dict(sorted(found.items()))


def _programme(rows: Sequence[_Row], most: Mapping[str, float], names: Mapping[str, int]) -> highspy.Highs:
    """The programme whose solutions are the amounts that agree with what is known.

    Each amount is counted in the most that it can be, and each row in its largest part. With the figures
    stand their differences (`_reduced`): what a small amount adds to a large sum would be lost in the error
    of the solver.
    """
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "parallel": "off",
        "presolve": "off",
        "primal_feasibility_tolerance": _EXACT,
        "dual_feasibility_tolerance": _EXACT,
    }
    for name, setting in options.items():
        highs.setOptionValue(name, setting)
    nothing = np.zeros(0, dtype=np.int32), np.zeros(0)
    for upper in most.values():
        highs.addCol(0.0, 0.0, 1.0 if upper else 0.0, 0, *nothing)
    for weights, low, high in rows:
        index = np.array([names[name] for name in weights], dtype=np.int32)
        parts = np.array([float(weight) * (most[name] or 1.0) for name, weight in weights.items()])
        scale = float(np.abs(parts).max())
        highs.addRow(float(low) / scale, float(high) / scale, len(index), index, parts / scale)
    highs.run()
    # Whatever has no best value from here on has none because the figures contradict each other.
    if most and highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ValueError("no amounts agree with the figures that are known")
    return highs


def _reduced(known: Iterable[Known]) -> list[tuple[Weights, Fraction]]:
    """Return the exact figures in reduced form: each has an amount that is in no other of them."""
    rows: dict[str, tuple[dict[str, Fraction], Fraction]] = {}
    for one in known:
        if one.low != one.high:
            continue
        weights = {name: Fraction(weight) for name, weight in one.weights.items()}
        value = Fraction(one.low)
        for lead, (other, its) in rows.items():
            value -= _take_off(weights, lead, other) * its
        if not weights:
            # The figure follows from those before it.
            continue
        lead = min(weights)
        first = weights[lead]
        weights = {name: weight / first for name, weight in weights.items()}
        value /= first
        for at, (other, its) in rows.items():
            times = _take_off(other, lead, weights)
            rows[at] = other, its - times * value
        rows[lead] = weights, value
    return list(rows.values())


def _take_off(weights: dict[str, Fraction], lead: str, other: Mapping[str, Fraction]) -> Fraction:
    """Take a sum off another until an amount is gone from it; return how often it was taken.

    other: a sum in which the amount `lead` weighs 1.
    """
    times = weights.get(lead, Fraction(0))
    if not times:
        return times
    for name, weight in other.items():
        left = weights.get(name, Fraction(0)) - times * weight
        if left:
            weights[name] = left
        else:
            weights.pop(name, None)
    return times


def _interval(
    highs: highspy.Highs, target: Weights, most: Mapping[str, float], names: Mapping[str, int]
) -> Interval:
    """The interval of one target; an amount that is in no known figure can have any value."""
    free = [weight for name, weight in target.items() if name not in names]
    costs = np.zeros(len(names))
    for name, weight in target.items():
        if name in names:
            costs[names[name]] = float(weight) * (most[name] or 1.0)
    scale = float(np.abs(costs).max(initial=0.0)) or 1.0
    low = None if any(weight < 0 for weight in free) else _end(highs, costs / scale, lowest=True)
    high = None if any(weight > 0 for weight in free) else _end(highs, costs / scale, lowest=False)
    return Interval(
        None if low is None else _whole(low * scale, scale, math.floor),
        None if high is None else _whole(high * scale, scale, math.ceil),
    )


def _end(highs: highspy.Highs, costs: "npt.NDArray[np.float64]", *, lowest: bool) -> float:
    """The lowest or the highest value of a sum; every amount is bounded by the figures that it is in."""
    if not len(costs):
        return 0.0
    highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    highs.changeObjectiveSense(highspy.ObjSense.kMinimize if lowest else highspy.ObjSense.kMaximize)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ValueError("no amounts agree with the figures that are known")
    return float(highs.getInfo().objective_function_value)


def _whole(value: float, scale: float, widened: Callable[[float], int]) -> int:
    """A value as a whole number: the nearest where it differs by no more than the solver's own error."""
    nearest = round(value)
    return nearest if abs(value - nearest) <= 100 * _EXACT * scale else widened(value)
