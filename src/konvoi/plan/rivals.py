"""Who got what could serve a need: this need itself, or another, and what that one counts."""

import numpy as np

from konvoi.plan.core.look import Asks
from konvoi.plan.exact import decimal
from konvoi.plan.scene import Scene
from konvoi.plan.sieve import Cause


def outbid(seen: Scene, number: int, reached: Asks) -> Cause:
    """Who got what could arrive in time; of a need that is useful only in full, whether it was enough."""
    problem = seen.problem
    need = problem.needs[number]
    there = sum(
        problem.pairs[pair].ratio * (problem.sources[source].quantity or 0) for pair, source in reached
    )
    if need.whole and there < need.quantity * 10**6 and not _bought(seen, reached):
        return "not-in-full", {"quantity": str(decimal(there, 12))}
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


def _bought(seen: Scene, reached: Asks) -> bool:
    """Whether some of it is bought, so that no quantity says how much there is."""
    return any(seen.problem.sources[source].quantity is None for _, source in reached)


def _by(seen: Scene, number: int, other: int, values: dict[str, str]) -> Cause:
    """By the weights of both: which sentence is true."""
    mine, theirs = (seen.problem.needs[one].weight for one in (number, other))
    told = values | {"weight": str(decimal(mine)), "other": str(decimal(theirs))}
    if theirs <= mine and other in seen.kits:
        return "outbid-kit", values | {"kit": seen.kits[other].id}
    if not mine and number in seen.kits:
        return "outbid-of-kit", values | {"kit": seen.kits[number].id, "other": told["other"]}
    if theirs > mine:
        return "outbid", told
    return "outbid-equal" if theirs == mine else "outbid-less", told
