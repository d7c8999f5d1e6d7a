"""Recipients of the supplies that could serve a need: this need itself, or another and its weight."""

import numpy as np

from konvoi.plan.core.look import Asks
from konvoi.plan.exact import decimal
from konvoi.plan.scene import Scene
from konvoi.plan.sieve import Cause


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
    """Return the cause that names the recipient of what could arrive in time."""
    problem = seen.problem
    needs, source, amount = seen.taken
    mine = np.isin(source, sorted({source for _, source in reached}))
    got: dict[int, int] = {}
    for other, more in zip(needs[mine].tolist(), amount[mine].tolist(), strict=True):
        got[other] = got.get(other, 0) + more
    own = got.pop(number, 0)
    if not got:
        return "all-sent", {"quantity": str(decimal(own))}
    most = max(got, key=lambda other: (got[other], -other))
    return _by(seen, number, most, {"need": problem.needs[most].id, "quantity": str(decimal(got[most]))})


def _by(seen: Scene, number: int, other: int, values: dict[str, str]) -> Cause:
    """Return the cause, with the sentence that fits the weights of both."""
    mine, theirs = (seen.problem.needs[one].weight for one in (number, other))
    told = values | {"weight": str(decimal(mine)), "other": str(decimal(theirs))}
    if theirs <= mine and other in seen.kits:
        return "outbid-kit", values | {"kit": seen.kits[other].id}
    if not mine and number in seen.kits:
        return "outbid-of-kit", values | {"kit": seen.kits[number].id, "other": told["other"]}
    if theirs > mine:
        return "outbid", told
    return "outbid-equal" if theirs == mine else "outbid-less", told
