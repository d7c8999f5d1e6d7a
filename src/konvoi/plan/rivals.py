"""Recipients of the supplies that could serve a need: this need, or another at which a unit is worth more."""

import numpy as np

from konvoi.plan.core.look import Asks
from konvoi.plan.exact import decimal
from konvoi.plan.scene import Scene
from konvoi.plan.sieve import Cause

_NEARLY = 1 + 1e-9


def too_little(seen: Scene, number: int, reached: Asks) -> Cause | None:
    """Return the cause if offers in time fall short of a need useful only in full; None if unquantified."""
    problem = seen.problem
    need = problem.needs[number]
    there = 0
    for pair, source in reached:
        held = problem.sources[source].quantity
        if held is None:
            return None
        there += problem.pairs[pair].ratio * held
    if not need.whole or there >= need.quantity * 10**6:
        return None
    return "offered-in-part", {"quantity": str(decimal(there, 12))}


def outbid(seen: Scene, number: int, reached: Asks) -> Cause:
    """Return the cause that names the recipient of what could arrive in time, if a unit is worth more there.

    Between recipients at which it is not worth more, arrival, room and fair shares decide; none is named.
    """
    problem = seen.problem
    needs, source, amount = seen.taken
    mine = np.isin(source, sorted({source for _, source in reached}))
    elsewhere = 0
    own = 0
    dearer: dict[tuple[int, int], int] = {}
    rows = zip(needs[mine].tolist(), source[mine].tolist(), amount[mine].tolist(), strict=True)
    for other, one, more in rows:
        if other == number:
            own += more
            continue
        elsewhere += more
        good = problem.sources[one].good
        if _unit(seen, other, good) > _unit(seen, number, good) * _NEARLY:
            dearer[other, good] = dearer.get((other, good), 0) + more
    if not elsewhere:
        return "all-sent", {"quantity": str(decimal(own))}
    if not dearer:
        return "used-elsewhere", {"quantity": str(decimal(elsewhere))}
    most = max(dearer, key=lambda key: (dearer[key], -key[0]))
    return _by(seen, number, most, str(decimal(dearer[most])))


def _unit(seen: Scene, need: int, good: int) -> float:
    """Return the value of one unit of a good at a need, with its share of a kit."""
    return seen.worths[need] * seen.ratios.get((need, good), 0) / 10**6


def _by(seen: Scene, number: int, taker: tuple[int, int], quantity: str) -> Cause:
    """Return the cause, with the sentence that fits both needs; weights are of one unit of the good."""
    other, good = taker
    mine, theirs = (
        decimal(seen.problem.needs[one].weight * seen.ratios[one, good], 12) for one in (number, other)
    )
    values = {"need": seen.problem.needs[other].id, "quantity": quantity}
    if theirs <= mine and other in seen.kits:
        return "outbid-kit", values | {"kit": seen.kits[other].id}
    if not mine and number in seen.kits:
        return "outbid-of-kit", values | {"kit": seen.kits[number].id, "other": str(theirs)}
    return "outbid", values | {"weight": str(mine), "other": str(theirs)}
