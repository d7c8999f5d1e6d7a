"""Exposure: the interval that a reader can infer for an amount from the figures that the reader knows."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

# A programme is scaled to figures of at most 1, at which HiGHS is exact to about this.
_EXACT = 1e-9

Weights = Mapping[str, float]
"""A weighted sum of amounts, by the name of each amount."""


@dataclass(frozen=True)
class Known:
    """A weighted sum of unknown amounts of which a reader knows the lowest and the highest value.

    An exact figure has the same value twice, a band its two ends.
    """

    weights: Weights
    low: float
    high: float


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
    names = sorted({name for one in known for name in one.weights})
    at = {name: number for number, name in enumerate(names)}
    scale = max((abs(end) for one in known for end in (one.low, one.high)), default=0.0) or 1.0
    highs = _programme(known, at, scale)
    return [_interval(highs, target, at, scale) for target in targets]


def _programme(known: Iterable[Known], at: Mapping[str, int], scale: float) -> highspy.Highs:
    """The programme whose solutions are the amounts that agree with what is known."""
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
    for _ in at:
        highs.addCol(0.0, 0.0, highspy.kHighsInf, 0, *nothing)
    for one in known:
        index = np.array([at[name] for name in one.weights], dtype=np.int32)
        weights = np.array(list(one.weights.values()), dtype=float)
        highs.addRow(one.low / scale, one.high / scale, len(index), index, weights)
    highs.run()
    # Whatever has no best value from here on has none because it has no end.
    if at and highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ValueError("no amounts agree with the figures that are known")
    return highs


def _interval(highs: highspy.Highs, target: Weights, at: Mapping[str, int], scale: float) -> Interval:
    """The interval of one target; an amount that is in no known figure can have any value."""
    free = [weight for name, weight in target.items() if name not in at]
    costs = np.zeros(len(at))
    for name, weight in target.items():
        if name in at:
            costs[at[name]] = weight
    low = None if any(weight < 0 for weight in free) else _end(highs, costs, highspy.ObjSense.kMinimize)
    high = None if any(weight > 0 for weight in free) else _end(highs, costs, highspy.ObjSense.kMaximize)
    return Interval(
        None if low is None else _whole(low * scale, scale, math.floor),
        None if high is None else _whole(high * scale, scale, math.ceil),
    )


def _end(highs: highspy.Highs, costs: "npt.NDArray[np.float64]", sense: highspy.ObjSense) -> float | None:
    """The best value of the costs; None where there is no end to it."""
    if not len(costs):
        return 0.0
    highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    highs.changeObjectiveSense(sense)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return float(highs.getInfo().objective_function_value)


def _whole(value: float, scale: float, widened: Callable[[float], int]) -> int:
    """A value as a whole number: the nearest where it differs by no more than the solver's own error."""
    nearest = round(value)
    return nearest if abs(value - nearest) <= 100 * _EXACT * scale else widened(value)
