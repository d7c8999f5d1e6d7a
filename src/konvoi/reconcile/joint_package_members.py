"""One whole and who takes part in it: which of their undertakings it is made of, and how sure that is."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from konvoi.kit.union import components
from konvoi.reconcile.shares import selections

# Reports of one sum differ by rounding and rates.
_LIKE = 0.03
_NEAR = 0.012
_COMMON = 4
_OFTEN = 4
_TWO = 2


@dataclass(frozen=True)
class Part:
    """A record of a participant. known: number of good, place, number in common with the whole.

    told: whether good or number are known to be equal.
    """

    id: str
    member: str
    day: int
    amount: float | None
    currency: str | None
    eur: float | None
    number: str | None
    known: int
    told: bool


@dataclass(frozen=True)
class Undertaking:
    """Records of one participant about the same; `id` is the one that stands for them."""

    id: str
    member: str
    days: frozenset[int]
    amount: float | None
    currency: str | None
    number: str | None
    known: int
    told: bool
    records: int


@dataclass(frozen=True)
class Whole:
    """A joint contribution. slack: tolerance for the sum of its parts, in minor units of `currency`.

    due: of members whose share is stated what they give by it, from and to.
    """

    id: str
    members: tuple[str, ...]
    amount: int | None
    currency: str | None
    slack: int
    due: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """Undertakings of a whole with the probability that each is part of it, and the result of the sum.

    alone: the only one of its participant that fits. untried: there were too many sums to try. stated:
    whether an undertaking (id) is the share that is stated of its participant; not there where none is.
    """

    parts: tuple[tuple[Undertaking, float, bool], ...] = ()
    verified: str = "unknown"
    ways: int = 0
    untried: bool = False
    stated: Mapping[str, bool] = field(default_factory=dict)


EXACT = "exact"
ANNOUNCED = "announced"
NEARLY = "nearly"
LESS = "less"
NOT = "not"
UNKNOWN = "unknown"
# Share of undertakings that are part of the whole, by result and number of equal good, place and number, on
# made-up records (bench.relations, 40,000 each of seeds 1-5; two of 24 goods and a name of six others
# hidden from the lexicon). Of those that are the only one of their participant none was wrong: of 621 in a
# sum with one way to make it up, of 250 with two or three in common beside participants who report nothing.
_SURE: Mapping[str, tuple[float, float, float, float]] = {
    "single": (0.3, 0.97, 0.985, 0.99),
    "several": (0.2, 0.9, 0.95, 0.97),
    LESS: (0.1, 0.85, 0.985, 0.985),
    NOT: (0.1, 0.46, 0.75, 0.95),
    UNKNOWN: (0.05, 0.3, 0.96, 0.97),
}
# If the sum would fit without it too, or fits at the rates of no single day, it weighs less.
_UNSEEN = 0.93
_CHOSEN = 0.8
_ROUGH = 0.55
# Not the share that is stated: hardly a part of it as a whole (set by judgement).
_AGAINST = 0.3


def undertakings(
    parts: Iterable[Part], same: frozenset[tuple[str, str]], number: str | None
) -> tuple[Undertaking, ...]:
    """Parts put together by participant: those that are the same (pairs of ids) or of nearly one sum.

    What gives another number to the thing is another. Records without a sum belong to the one undertaking of
    their participant, if there is but one.
    """
    of: dict[str, list[Part]] = {}
    for part in sorted(parts, key=lambda one: one.id):
        of.setdefault(part.member, []).append(part)
    found = [one for member in sorted(of) for one in _together(of[member], same)]
    return _of_one_number(found, number)


def _together(parts: list[Part], same: frozenset[tuple[str, str]]) -> list[Undertaking]:
    edges = [
        (a.id, b.id)
        for n, a in enumerate(parts)
        for b in parts[n:]
        if a is b or (_one_number(a, b) and (_one_sum(a, b) or (a.id, b.id) in same or (b.id, a.id) in same))
    ]
    groups: dict[str, list[Part]] = {}
    root: dict[str, str] = components(edges)
    for part in parts:
        groups.setdefault(root[part.id], []).append(part)
    priced = [group for group in groups.values() if any(part.amount is not None for part in group)]
    if len(priced) == 1:
        rest = [part for group in groups.values() if group is not priced[0] for part in group]
        return [_undertaking([*priced[0], *rest])]
    return [_undertaking(group) for group in priced or groups.values()]


def _undertaking(group: list[Part]) -> Undertaking:
    sums = Counter((p.amount, p.currency) for p in group if p.amount is not None)
    amount, currency = (
        max(sums, key=lambda one: (sums[one], -(one[0] or 0), one[1] or "")) if sums else (None, None)
    )
    first = min(
        (p for p in group if amount is None or (p.amount, p.currency) == (amount, currency)),
        key=lambda p: (p.day, p.id),
    )
    numbers = sorted({p.number for p in group if p.number is not None})
    return Undertaking(
        first.id,
        first.member,
        frozenset(p.day for p in group),
        amount,
        currency,
        numbers[0] if numbers else None,
        max(p.known for p in group),
        any(p.told for p in group),
        len(group),
    )


def _one_number(a: Part, b: Part) -> bool:
    return a.number is None or b.number is None or a.number == b.number


def _one_sum(a: Part, b: Part) -> bool:
    if a.amount is not None and (a.amount, a.currency) == (b.amount, b.currency):
        return True
    return bool(a.eur and b.eur and abs(a.eur - b.eur) <= _LIKE * max(abs(a.eur), abs(b.eur)))


def _of_one_number(found: list[Undertaking], whole: str | None) -> tuple[Undertaking, ...]:
    """Without those of another number, where most participants have one of the same: it is the whole's."""
    borne = Counter(number for _, number in {(u.member, u.number) for u in found if u.number is not None})
    if not borne:
        return tuple(found)
    number, count = max(borne.items(), key=lambda one: (one[1], one[0]))
    with_it = {u.member for u in found if u.number == number}
    if count < 2:
        return tuple(found)
    kept = [u for u in found if u.number == number or (u.number is None and u.member not in with_it)]
    # A number that participants have in common is the whole's, if the whole itself states none.
    more = int(whole is None)
    return tuple(replace(u, known=u.known + more) if u.number == number else u for u in kept)


def solved(whole: Whole, found: tuple[Undertaking, ...], values: Mapping[int, Mapping[str, int]]) -> Answer:
    """Return the undertakings that make up a whole.

    values: by day of valuation what each undertaking (id) is worth in minor units of the whole's currency.
    Of a participant's undertakings those that are the share stated of it stand before all others. Where the
    sum does not verify a part, its stated share does, or contradicts it.
    """
    told = {u.id: fits for u in found if (fits := _due(whole, u, values)) is not None}
    right = {u.member for u in found if told.get(u.id)}
    kept = tuple(u for u in found if u.member not in right or told.get(u.id))
    answer = _solved(whole, kept, values)
    parts = tuple((u, _borne_out(answer, u, p, told), alone) for u, p, alone in answer.parts)
    return replace(answer, parts=parts, stated=told)


def _due(whole: Whole, undertaking: Undertaking, values: Mapping[int, Mapping[str, int]]) -> bool | None:
    """Return True if it matches the stated share of its participant; None if that cannot be decided."""
    if undertaking.member not in whole.due or undertaking.amount is None or not values:
        return None
    low, high = whole.due[undertaking.member]
    return any(low <= at[undertaking.id] <= high for at in values.values())


def _borne_out(answer: Answer, undertaking: Undertaking, sure: float, told: Mapping[str, bool]) -> float:
    """Return the probability of a part given its stated share; a sum that verifies it is never overruled."""
    fits = told.get(undertaking.id)
    if fits is None or answer.verified in (EXACT, ANNOUNCED, NEARLY):
        return sure
    level = _SURE[answer.verified][undertaking.known]
    return sure / level * (max(level, _SURE["single"][undertaking.known]) if fits else min(level, _AGAINST))


def _solved(whole: Whole, found: tuple[Undertaking, ...], values: Mapping[int, Mapping[str, int]]) -> Answer:
    """Return the same by sums alone."""
    of = {m: [u for u in found if u.member == m] for m in whole.members}
    of = {member: each for member, each in of.items() if each}
    silent = len(of) < len(whole.members)
    if whole.amount is None or any(u.amount is None for each in of.values() for u in each):
        return _closest(of, UNKNOWN)
    if silent:
        least = min((_least(of, at) for at in values.values()), default=0)
        return _closest(of, LESS if least < whole.amount + whole.slack else NOT)
    exact = whole.slack <= abs(whole.amount) // 100_000
    for slack, level in (
        (whole.slack, EXACT if exact else ANNOUNCED),
        (round(abs(whole.amount) * _NEAR), NEARLY),
    ):
        ways, complete = _ways(whole, of, values, slack)
        if not complete:
            return Answer(untried=True)
        if ways:
            seen = {u for u in sum(ways, ()) if u.told and _seen(u, values, slack)}
            return _shared(ways, of, level, seen)
    return _closest(of, NOT)


def _seen(undertaking: Undertaking, values: Mapping[int, Mapping[str, int]], slack: int) -> bool:
    """Return True if the sum would not fit without it: what is smaller than its last place is not
    verified.
    """
    return all(at[undertaking.id] > 2 * slack for at in values.values())


def _least(of: Mapping[str, list[Undertaking]], at: Mapping[str, int]) -> int:
    return sum(min(at[u.id] for u in each) for each in of.values())


def _ways(
    whole: Whole,
    of: Mapping[str, list[Undertaking]],
    values: Mapping[int, Mapping[str, int]],
    slack: int,
) -> tuple[set[tuple[Undertaking, ...]], bool]:
    """Return all ways to make up the whole at the rates of some day, and True if all were tried."""
    ways: set[tuple[Undertaking, ...]] = set()
    assert whole.amount is not None
    each = list(of.values())
    for _, at in sorted(values.items()):
        lists = [[at[u.id] for u in some] for some in each]
        found = selections(lists, whole.amount - slack, whole.amount + slack)
        if not found.complete and not found.ways:
            return set(), False
        ways |= {
            tuple(each[n][place] for n, place in enumerate(way) if place is not None) for way in found.ways
        }
    return ways, True


def _shared(
    ways: set[tuple[Undertaking, ...]],
    of: Mapping[str, list[Undertaking]],
    level: str,
    seen: Collection[Undertaking],
) -> Answer:
    """Each undertaking of some way: as sure as the ways that it stands in are many of all.

    seen: those that the sum verifies, and whose good or number is the whole's.
    """
    weights = {way: math.prod(_weight(u) for u in way) for way in sorted(ways, key=_ids)}
    every = sum(weights.values())
    parts = []
    for undertaking in sorted({u for way in ways for u in way}, key=lambda u: (u.member, u.id)):
        alone = len(of[undertaking.member]) == 1
        share = sum(weight for way, weight in weights.items() if undertaking in way) / every
        sure = _SURE["single" if len(ways) == 1 else "several"][undertaking.known]
        if undertaking.known < _TWO:
            chosen = 1.0 if alone else _ROUGH if level == NEARLY else _CHOSEN
            sure = min(sure, chosen, 1.0 if undertaking in seen and level != NEARLY else _UNSEEN)
        parts.append((undertaking, sure * share, alone))
    return Answer(tuple(parts), level, len(ways))


def _ids(way: tuple[Undertaking, ...]) -> list[str]:
    return [u.id for u in way]


def _weight(undertaking: Undertaking) -> float:
    """Return the weight of a part against parts with less in common with the whole, or fewer records."""
    return float(_COMMON**undertaking.known * min(undertaking.records, _OFTEN))


def _closest(of: Mapping[str, list[Undertaking]], level: str) -> Answer:
    """Return each participant's undertaking with most in common with the whole; if several, all of them."""
    parts = []
    for each in of.values():
        every = sum(_weight(u) for u in each)
        parts += [(u, _SURE[level][u.known] * _weight(u) / every, len(each) == 1) for u in each]
    return Answer(tuple(parts), level, 1)
