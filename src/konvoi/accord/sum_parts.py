"""Sums that are part of a larger one in the same words: "EUR 2 billion, including EUR 500 million for …"."""

import re
from collections.abc import Sequence
from decimal import Decimal

from konvoi.accord.obligation_strength import force
from konvoi.accord.sums import Sum

_CONTAINS = re.compile(
    r"\b(?:including|includes?|inclusive of|of which|of that|thereof|among(?:st)? which|comprising|comprises|"
    r"consisting of|consists of|made up of|composed of|broken down|(?:instal?lments|tranches|phases|steps))\b"
    r"[^;.]*$",
    re.IGNORECASE,
)
_COLON = re.compile(r"[^;:]{0,80}:(?!\S)[^;]*$")
_OF_IT = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:of (?:which|it|that|this|these|them)|thereof)\b", re.IGNORECASE)
_FROM_WHOLE = re.compile(
    r"(?:\b(?:as part of|part of|within|under|out of)|^of|\bfrom)\s+(?:the|its|an?|this|that)\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_IS_PART = re.compile(
    r"\b(?:within|as part of|part of|forms? part of|out of|drawn from|funded from|financed from|from|under|"
    r"included in)\s+(?:the|its|an?|this|that|their)?\s*(?:[\w-]+\s+){0,5}?(?:of|worth|totalling)?\s*"
    r"(?:(?:up to|at least|about)\s+)?$",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(
    r"(?:of|from|within|out of|under|as part of) (?:this|that|these|those|the (?:same|above|said))\b"
    r"|(?:this|that|these|the) (?:[\w-]+ ){0,3}(?:includes?|comprises?|consists? of|contains?)\b|thereof\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:in addition|plus|as well as|further|additional(?:ly)?|moreover|another)\b", re.I)


def containing(sentence: str, found: Sequence[Sum], before: Sum | None) -> list[Sum | None]:
    """Return for each sum of a sentence the larger one that contains it, by the words between them.

    before: the sum that a sentence may go on about ("Of this amount, …").
    """
    wholes: list[Sum | None] = [None] * len(found)
    if before is not None and found and _OF_BEFORE.match(sentence[: found[0].start]):
        wholes[0] = _larger(before, found[0])
    for at in range(1, len(found)):
        left, one = found[at - 1], found[at]
        between = sentence[left.end : one.start]
        above = wholes[at - 1] or left
        until = found[at + 1].start if at + 1 < len(found) else len(sentence)
        if _IS_PART.search(between) and _larger(one, left):
            wholes[at - 1] = one
        elif (
            (_lists(between) and _within(one, above))
            or _OF_IT.match(sentence[one.end : until])
            or _FROM_WHOLE.search(sentence[: left.start])
        ):
            wholes[at] = _larger(above, one) or _larger(left, one)
        elif wholes[at - 1] is not None and _goes_on(between, above, one):
            wholes[at] = _larger(above, one)
    for at, one in enumerate(found):
        if parts := _adding_up(one, found[at + 1 :]):
            wholes[at + 1 : at + 1 + parts] = [one] * parts
        elif parts := _adding_up(one, found[:at][::-1]):
            wholes[at - parts : at] = [one] * parts
    return wholes


def _lists(between: str) -> bool:
    """Return True if the words between two sums say that the second is in the first: without a new verb."""
    found = _CONTAINS.search(between) or _COLON.match(between)
    return found is not None and not _MORE.search(found[0]) and force(found[0]) is None


def _adding_up(whole_sum: Sum, behind: Sequence[Sum]) -> int:
    """Return how many of the sums behind another one add up to it: at least two, or none."""
    added = Decimal(0)
    for count, one in enumerate(behind, 1):
        if not one.currency or one.currency != whole_sum.currency or not _within(one, whole_sum):
            return 0
        added += one.value
        if added >= whole_sum.value:
            return count if added == whole_sum.value and count > 1 else 0
    return 0


def _larger(above: Sum, part: Sum) -> Sum | None:
    """Return the first of two sums if it can contain the second."""
    return above if above.currency and above.currency == part.currency and above.value > part.value else None


def _within(one: Sum, above: Sum) -> bool:
    """Return True unless the years of a sum reach beyond those of another."""
    return one.years is None or above.years is None or one.years.last <= above.years.last


def _goes_on(between: str, above: Sum, one: Sum) -> bool:
    """Return True if words go on counting the parts of a sum: no new verb, no further sum, no other years."""
    return _within(one, above) and ";" not in between and not _MORE.search(between) and force(between) is None
