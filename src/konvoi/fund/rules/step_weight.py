"""Pay the weight of each step that is met; weights of unmet steps are held back for twelve months, then lost.

After the method of partial payments of the Ukraine Facility: a late step is paid with a later tranche.
"""

from datetime import date

from konvoi.fund.rule import (
    NO_STEPS,
    NO_SUM,
    NO_WEIGHT,
    Estimate,
    Held,
    Request,
    Rule,
    Step,
    added,
    later,
    less,
)
from konvoi.model.tables.funds import MET

MONTHS = 12


def estimate(request: Request) -> Estimate:
    """The weights of the steps that are met, its own and late ones; nothing from weights not known."""
    own = request.steps
    failed = tuple(one for one in request.steps if _failed(one))
    held = tuple(_held(one, request.day) for one in failed if not _in_time(one))
    if not own and not request.late:
        return Estimate(None, request.amount, (), NO_STEPS)
    late = [one.amount for one in request.late if _in_time(one)]
    expected = _expected(request, failed, late)
    if not adds_up(request):
        return Estimate(None, None, held, NO_SUM)
    payable = added([*(one.amount for one in own if one.verdict == MET and not _failed(one)), *late])
    return Estimate(payable, expected, held, NO_WEIGHT if payable is None else "")


def adds_up(request: Request) -> bool:
    """Return True if the weights add up to the tranche, as far as both are known."""
    whole = added([one.amount for one in request.steps])
    if whole is None or request.amount is None or not request.exact or not request.steps:
        return True
    return whole == request.amount


def _failed(step: Step) -> bool:
    """Return True if a step does not pay with its own tranche: not met, met too late, or met with a later
    one.
    """
    return step.moved or (step.failed is not None and not _in_time(step))


def _in_time(step: Step) -> bool:
    """Return True if a step is met, and within the months after it was first found not met."""
    if step.verdict != MET or step.met is None:
        return False
    return step.failed is None or step.met <= later(step.failed, MONTHS)


def _held(step: Step, day: date) -> Held:
    until = later(step.failed, MONTHS) if step.failed else None
    return Held(step.condition, step.amount, until, until is not None and (day > until or _met_after(step)))


def _met_after(step: Step) -> bool:
    return step.verdict == MET and not _in_time(step)


def _expected(request: Request, failed: tuple[Step, ...], late: list[int | None]) -> int | None:
    return added([less(request.amount, added([one.amount for one in failed])), added(late)])


MEMBER = Rule("by step weight", estimate, MONTHS)
