"""The form of a payment rule: the disbursable amount of a tranche by its assessments, and amounts held back.

Members lie in `rules/`, one file each. Their result is our estimate, whatever an authority decides; none
of them finds a step met.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

NO_STEPS = "no conditions reported"
NO_WEIGHT = "weights not known"
NO_AMOUNT = "amount not known"
NO_SUM = "weights do not add up"
REASONS = (NO_STEPS, NO_WEIGHT, NO_AMOUNT, NO_SUM)
"""Reasons why a rule gives no amount."""
MOST = 2**63 - 1
"""The largest amount that is kept, in minor units."""


@dataclass(frozen=True)
class Step:
    """A condition as it stands on the day.

    amount: its weight in minor units; None: not known. verdict: of its last assessment; None: none. met:
    the day on which it was found met. failed: the first day on which it was found not met. proven: of
    spending, what was found proven. moved: whether it was found met with a later tranche, which pays for it.
    """

    condition: str
    amount: int | None = None
    verdict: str | None = None
    met: date | None = None
    failed: date | None = None
    proven: int | None = None
    moved: bool = False


@dataclass(frozen=True)
class Request:
    """A tranche as a rule looks at it.

    amount: with all steps met, in minor units; None: not known. exact: whether it is exactly that. steps: its
    own. late: those of earlier tranches that are claimed with it. room: what of the programme's loan is not
    paid out; None: not known.
    """

    day: date
    amount: int | None = None
    exact: bool = True
    steps: tuple[Step, ...] = ()
    late: tuple[Step, ...] = ()
    room: int | None = None


@dataclass(frozen=True)
class Held:
    """Money that is held back for a step, or for all of them (condition empty).

    until: the last day on which the step may be met; None: without an end. lost: whether that day is past.
    """

    condition: str
    amount: int | None
    until: date | None = None
    lost: bool = False


@dataclass(frozen=True)
class Estimate:
    """An estimate of ours; never the finding of an authority.

    payable: what may be paid by what was assessed so far. expected: the same with all that is not assessed
    yet. Both in minor units; None: not known. reason: why payable is not known, one of REASONS.
    """

    payable: int | None
    expected: int | None
    held: tuple[Held, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Rule:
    """One way to pay.

    name: as `programmes.rule` names it. months: how long after a negative assessment a step may be met;
    None: without an end, or never.
    """

    name: str
    estimate: Callable[[Request], Estimate]
    months: int | None = None


def later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of that month.

    >>> later(date(2031, 2, 28), 12), later(date(2031, 8, 31), 6)
    (datetime.date(2032, 2, 28), datetime.date(2032, 2, 29))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def added(amounts: Sequence[int | None]) -> int | None:
    """The sum; None where a part is not known, or where it is larger than can be kept.

    >>> added([1, 2]), added([1, None]), added([]), added([MOST, 1])
    (3, None, 0, None)
    """
    known = [one for one in amounts if one is not None]
    return sum(known) if len(known) == len(amounts) and abs(sum(known)) <= MOST else None


def less(whole: int | None, part: int | None) -> int | None:
    """Return the rest of a whole; None if one of the two is unknown.

    >>> less(3, 2), less(None, 2)
    (1, None)
    """
    return added([whole, None if part is None else -part])
