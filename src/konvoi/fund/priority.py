"""Priority of a project: by need, readiness and money left, each also shown by itself."""

from dataclasses import dataclass
from decimal import Decimal

from konvoi.fund.project_places import InNeed
from konvoi.model.tables.projects import CANCELLED, COMPLETED, MAINTAINED, OUT_OF_USE

PARTS = ("need", "readiness", "money")
DONE = (COMPLETED, MAINTAINED, OUT_OF_USE, CANCELLED)
"""Stages in which nothing is to be decided any more: no priority."""

_PLACES = Decimal("0.000001")
_ALL = Decimal(1)


@dataclass(frozen=True)
class Weights:
    """Weights of the parts against each other; equal unless a workspace sets them."""

    need: int = 1
    readiness: int = 1
    money: int = 1


@dataclass(frozen=True)
class Priority:
    """A priority from 0 to 1 and its parts; None for a part that is not known.

    need: the share of people in need. readiness: the share of principles that are met; unknown is not met.
    money: what is left of what is still to be paid. value counts a part that is not known as nothing,
    highest as all of it, and unknown answers as met: the truth lies between them.
    """

    need: Decimal | None
    readiness: Decimal | None
    money: Decimal | None
    value: Decimal
    highest: Decimal


def priority(
    need: InNeed | None, counts: tuple[int, int, int], money: Decimal | None, weights: Weights
) -> Priority:
    """The priority of a project; counts: principles met, not met, unknown.

    >>> found = priority(None, (1, 1, 2), Decimal(1), Weights())
    >>> found.readiness, found.value, found.highest
    (Decimal('0.250000'), Decimal('0.416667'), Decimal('0.916667'))
    """
    met, _, unknown = counts
    asked = sum(counts)
    ready = (Decimal(met) / asked).quantize(_PLACES) if asked else None
    best = (Decimal(met + unknown) / asked).quantize(_PLACES) if asked else None
    share = need.share if need else None
    weighed = (weights.need, weights.readiness, weights.money)
    return Priority(
        need=share,
        readiness=ready,
        money=money,
        value=_mean((share, ready, money), weighed, Decimal(0)),
        highest=_mean((share, best, money), weighed, _ALL),
    )


def money_left(left: int | None, cost: int | None, paid: int | None) -> Decimal | None:
    """Return the funded share of all that is still to be paid; None if one of the three is unknown.

    >>> money_left(30, 100, 40), money_left(90, 100, 40), money_left(5, 40, 40), money_left(None, 1, 0)
    (Decimal('0.500000'), Decimal('1'), Decimal('1'), None)
    """
    if left is None or cost is None or paid is None:
        return None
    open_ = cost - paid
    if open_ <= 0:
        return _ALL
    return max(Decimal(0), min(_ALL, (Decimal(left) / open_).quantize(_PLACES)))


def _mean(parts: tuple[Decimal | None, ...], weights: tuple[int, ...], unknown: Decimal) -> Decimal:
    known = [unknown if part is None else part for part in parts]
    total = sum(part * weight for part, weight in zip(known, weights, strict=True))
    return (Decimal(total) / sum(weights)).quantize(_PLACES)
