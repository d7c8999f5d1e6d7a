"""Gaps of a need split by cause, where part of the offers was sent and part cannot be."""

from collections.abc import Iterator
from typing import NamedTuple

from konvoi.plan.scene import Scene
from konvoi.plan.sieve import Cause

_OWN = {"tranche-late": "budget"}
"""Parameter that alone identifies a cause: for a budget, only the first tranche is reported."""


_PARTS = frozenset({"all-sent", "budget-spent", "offered-in-part"})
"""Causes beside which further offers may exist that cannot arrive."""


class _Kept(NamedTuple):
    """An amount that cannot arrive, in 10^-12, and its cause."""

    amount: int
    cause: Cause


def split(seen: Scene, number: int, missing: int, cause: Cause) -> Iterator[tuple[int, Cause]]:
    """Yield amounts and causes that add up to the gap, in 10^-12.

    If all that could arrive is sent, other offers are behind barriers: each kind of barrier is reported once,
    with the amount that it keeps back, the largest first, as far as it explains the gap; further ones are
    added to the last as `also`. Money that comes too late is distinguished from money that is spent.
    """
    code, values = cause
    kept = _kept(seen, number, missing) if code in _PARTS else []
    if code == "budget-spent":
        late = ("tranche-late", values["budget"])
        kept = [one for one in kept if (one.cause[0], one.cause[1].get("budget")) == late]
    kept = _merged(kept)
    left = missing
    for place, (amount, why) in enumerate(kept):
        if amount >= left:
            yield left, _beside(why, [other for _, other in kept[place + 1 :]])
            return
        yield amount, why
        left -= amount
    if left > 0:
        yield left, ("all-offered", {}) if kept and code == "all-sent" else cause


def _merged(kept: list[_Kept]) -> list[_Kept]:
    """Return one amount for each code, the largest first, with the parameters of its largest part.

    `more`: the number of other offers, budgets or places that the code holds for.
    """
    amounts = dict[str, int]()
    causes = dict[str, list[Cause]]()
    for amount, why in kept:
        amounts[why[0]] = amounts.get(why[0], 0) + amount
        causes.setdefault(why[0], []).append(why)
    found = list[_Kept]()
    for code in sorted(amounts, key=lambda code: (-amounts[code], code)):
        _, values = causes[code][0]
        more = len(causes[code]) - 1
        found.append(_Kept(amounts[code], (code, {**values, "more": str(more)} if more else values)))
    return found


def _beside(why: Cause, others: list[Cause]) -> Cause:
    """A cause with others that keep something back, too."""
    code, values = why
    also = [{"cause": other, "parameters": dict(told)} for other, told in others]
    return code, {**values, "also": also} if also else values


def _kept(seen: Scene, number: int, most: int) -> list[_Kept]:
    """Return the offers that cannot arrive in time, by cause, the largest first."""
    last = seen.until(number)
    amounts = dict[tuple[str, ...], int]()
    causes: dict[tuple[str, ...], Cause] = {}
    for pair in seen.net.pairs_of[number]:
        good = seen.problem.pairs[pair].good
        ratio = seen.problem.pairs[pair].ratio
        for source in seen.sieve.holding.get(good, ()):
            why = seen.sieve.barred(number, source, last) or _unreached(seen, pair, source, last)
            held = 0 if why is None else min(most, _held(seen, source, most) * ratio)
            if why is not None and held > 0:
                key = _key(why)
                causes.setdefault(key, why)
                amounts[key] = amounts.get(key, 0) + held
    return [_Kept(amounts[key], causes[key]) for key in sorted(amounts, key=lambda key: (-amounts[key], key))]


def _key(why: Cause) -> tuple[str, ...]:
    code, values = why
    own = {_OWN[code]: values[_OWN[code]]} if code in _OWN else values
    return (code, *(f"{name}={own[name]}" for name in sorted(own)))


def _unreached(seen: Scene, pair: int, source: int, last: int) -> Cause | None:
    """Return the cause why goods that may leave arrive late even if nothing is full; None if they do not."""
    asks = [(pair, source)]
    return None if seen.look.at(asks, last).reached else seen.unreached(asks)


def _held(seen: Scene, number: int, most: int) -> int:
    """Return the amount of a source, in millionths; of a purchase, what its own tranche pays for."""
    source = seen.problem.sources[number]
    if not source.budget or not source.price:
        return most if source.quantity is None else source.quantity
    totals = {t.day: t.total for t in seen.problem.tranches if t.budget == source.budget}
    earlier = max((total for day, total in totals.items() if day < source.order), default=0)
    paid = (totals[source.order] - earlier) * 10**6 // source.price
    step = seen.problem.goods[source.good].step
    return min(paid // step * step, paid if source.quantity is None else source.quantity)
