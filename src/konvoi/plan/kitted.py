"""Missing components of a kit: those that really are missing for one more set, each checked on its own."""

from collections.abc import Mapping

from konvoi.plan.core.look import Group
from konvoi.plan.exact import decimal
from konvoi.plan.parts import Kit
from konvoi.plan.scarce import exhausted, full_or_short
from konvoi.plan.scene import Scene
from konvoi.plan.sieve import Cause

_MILLION = 10**6


def of_kit(seen: Scene, number: int) -> Cause:
    """Return the cause of a gap in a need without weight of its own: the gap of its kit, or no gain."""
    kit = seen.kits.get(number)
    if kit is None or not kit.weight or _whole(seen, kit) >= kit.most:
        return "no-weight", {}
    lacks = _lacks(seen, kit)
    if number in lacks:
        return lacks[number]
    if lacks:
        least = min(lacks, key=lambda need: (seen.there(need) // dict(kit.parts)[need], need))
        return "kit-incomplete", {"kit": kit.id, "need": seen.problem.needs[least].id}
    return ("not-found", {}) if _fits(seen, kit) else ("kit-together", {"kit": kit.id})


def _whole(seen: Scene, kit: Kit) -> int:
    """Return the number of whole kits that arrive in time."""
    return min(seen.there(need) // per_kit for need, per_kit in kit.parts)


def _wanted(seen: Scene, kit: Kit) -> Mapping[int, int]:
    """Return the additional amount of each component for one more kit, in millionths; only missing ones."""
    more = _whole(seen, kit) + 1
    wanted = {need: per_kit * more - seen.there(need) for need, per_kit in kit.parts}
    return {need: amount for need, amount in wanted.items() if amount > 0}


def _lacks(seen: Scene, kit: Kit) -> Mapping[int, Cause]:
    """Return the components that are short for one more kit, with the cause; computed once for each kit."""
    if kit.id not in seen.lacks:
        wanted = _wanted(seen, kit)
        causes = {need: _lack(seen, kit, need, amount) for need, amount in wanted.items()}
        seen.lacks[kit.id] = {need: cause for need, cause in causes.items() if cause}
    return seen.lacks[kit.id]


def _lack(seen: Scene, kit: Kit, number: int, wanted: int) -> Cause | None:
    """Return the cause why so much more of a component, alone, does not arrive in time; None if it would."""
    due = seen.problem.needs[number].due
    if due < 0:
        return "past-due", {}
    asks, why = seen.sieve.usable(number, due)
    if why is not None:
        return why
    glimpse = seen.look.at(asks, due)
    if not glimpse.reached:
        return seen.unreached(asks)
    if not glimpse.able:
        return exhausted(seen, number, glimpse.reached)
    could = seen.look.brings(glimpse.able, due)
    if could >= wanted * _MILLION:
        return None
    short = {"kit": kit.id, "quantity": str(decimal(could, 12)), "wanted": str(decimal(wanted))}
    return full_or_short(seen, glimpse, due) or ("kit-short", short)


def _fits(seen: Scene, kit: Kit) -> bool:
    """Return True if one more kit finds room, its components one after the other, whichever is first."""
    wanted = list(_wanted(seen, kit).items())
    groups = []
    for number, amount in wanted:
        due = seen.problem.needs[number].due
        asks, _ = seen.sieve.usable(number, due)
        groups.append(Group(seen.look.at(asks, due).able, due, amount * _MILLION))
    return any(seen.look.together(groups[at:] + groups[:at]) for at in range(len(groups)))
