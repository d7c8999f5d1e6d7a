"""The value of a plan: the one definition that planner, rule of thumb and benchmarks use."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from konvoi.plan.exact import decimal
from konvoi.plan.parts import Kit, Need
from konvoi.plan.problem import Problem

_PARTS = 24
_MILLION = 10**6


@dataclass(frozen=True)
class Delivery:
    """Units of need that arrive on a day, in parts of 10^-12."""

    need: int
    served: int
    arrives: int


def value(problem: Problem, deliveries: Iterable[Delivery]) -> Decimal:
    """Weight x units by the due day, the late credit of it until the last useful day, and whole kits.

    No more counts than is needed; a need that is useful only in full counts where all of it came. Exact.
    """
    return to_decimal(parts(problem, deliveries))


def to_decimal(whole: int) -> Decimal:
    """A value in its parts of 10^-24 as a decimal."""
    return decimal(whole, _PARTS)


def parts(problem: Problem, deliveries: Iterable[Delivery]) -> int:
    """The value in parts of 10^-24."""
    by_need: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        by_need[delivery.need].append(delivery)
    total = sum(of_need(problem, number, found) for number, found in by_need.items())
    return total + sum(kit.weight * 10**18 * whole(problem, kit, by_need) for kit in problem.kits)


def of_need(problem: Problem, number: int, found: Sequence[Delivery]) -> int:
    """Return the value of one need's own units, in parts of 10^-24."""
    need = problem.needs[number]
    if need.whole and not full(need, found):
        return 0
    in_time, late = usable(need, found)
    return need.weight * (in_time * _MILLION + late * problem.late_credit)


def usable(need: Need, found: Sequence[Delivery]) -> tuple[int, int]:
    """Return the amount of a need met in time, and the further amount met late; at most its quantity."""
    asked = need.quantity * _MILLION
    in_time = late = 0
    for one in found:
        if one.arrives <= need.due:
            in_time += one.served
        elif one.arrives <= need.last:
            late += one.served
    in_time = min(asked, in_time)
    return in_time, min(asked - in_time, late)


def full(need: Need, found: Sequence[Delivery]) -> bool:
    """Return True if a need is met in full by its last useful day."""
    return sum(usable(need, found)) == need.quantity * _MILLION


def whole(problem: Problem, kit: Kit, by_need: Mapping[int, Sequence[Delivery]]) -> int:
    """Return the number of whole kits that arrive in time."""
    return min(
        _in_time(problem.needs[need], by_need.get(need, ())) // (per_kit * _MILLION)
        for need, per_kit in kit.parts
    )


def kits_of(problem: Problem) -> dict[int, list[Kit]]:
    """Return the kits of each need that is in any."""
    found: dict[int, list[Kit]] = defaultdict(list)
    for kit in problem.kits:
        for need, _ in kit.parts:
            found[need].append(kit)
    return dict(found)


def _in_time(need: Need, found: Sequence[Delivery]) -> int:
    """Return the usable amount of a need by its due day."""
    if need.whole and not full(need, found):
        return 0
    return usable(need, found)[0]
