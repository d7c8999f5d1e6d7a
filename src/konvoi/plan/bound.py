"""The proven bound: no plan can be worth more, whatever prices it is drawn from."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import numpy as np

from konvoi.plan.exact import WIDE, decimal
from konvoi.plan.limits import Limits
from konvoi.plan.links import NO_LINKS, Links
from konvoi.plan.net import Floats

_SAFETY = 1e-9


@dataclass(frozen=True)
class Bound:
    """A bound and the prices that prove it: no consignment gains anything over them.

    own: further prices that single needs useful only in full pay.
    """

    most: float
    y: Floats
    own: Links = NO_LINKS


def repaired(limits: Limits, y: Floats, gain: Floats) -> Bound:
    """Raise each need's price until no consignment pays: then the rows' worth at these prices is a bound.

    gain: for each need the most that a unit of need gains over the prices y (all at least 0). What a kit
    gains over the prices of its components is added for all the kits there could be.
    """
    problem = limits.problem
    raised = y.copy()
    for number, terms in limits.served.items():
        row, factor = terms[0]
        raised[row] += gain[number] * 10**9 / factor
    kits = 0.0
    for number, kit in enumerate(problem.kits):
        components = sum(y[row] * factor / 10**9 for row, factor in limits.kit[number])
        kits += kit.most * max(0.0, kit.weight / 10**6 - components)
    return Bound(float(raised @ limits.bounds) + kits, raised)


def all_there_is(limits: Limits) -> Decimal:
    """The value of meeting every need in time."""
    problem = limits.problem
    units = sum(need.quantity * need.weight for need in problem.needs)
    return decimal(units + sum(kit.most * kit.weight * 10**6 for kit in problem.kits), 12)


def rounded_up(proof: Bound) -> Decimal:
    """A bound as a decimal with six places, raised by more than any error of its floats.

    Zero is exact where no need pays prices of its own: with these it is the difference of equal sums.
    """
    if proof.most == 0 and not proof.own:
        return Decimal(0)
    safe = Decimal(proof.most + _SAFETY * (1.0 + abs(proof.most)))
    return safe.quantize(Decimal("0.000001"), rounding=ROUND_CEILING, context=WIDE)


def nothing_priced(limits: Limits) -> Floats:
    """Prices of zero."""
    return np.zeros(len(limits.upper))
