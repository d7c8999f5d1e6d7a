"""Durations with open (right-censored) cases: the estimator of Kaplan and Meier."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

Case = tuple[int, bool]
"""A duration in days, and True if the case has ended."""


def percentile(cases: Iterable[Case], share: Fraction) -> int | None:
    """The least length by which at least `share` of all cases have ended; None where so many never have.

    A case that is open counts as one that lasts longer than it has so far. Of cases of one length those that
    ended come before those that are open. Exact: no floats.

    >>> percentile([(1, True), (2, True), (3, True), (4, True), (9, True)], Fraction(8, 10))
    4
    >>> percentile([(1, True), (5, False)], Fraction(8, 10)) is None
    True
    """
    known = list(cases)
    ended = Counter(length for length, over in known if over)
    gone = Counter(length for length, _ in known)
    at_risk = len(known)
    alive = Fraction(1)
    for length in sorted(gone):
        alive *= 1 - Fraction(ended[length], at_risk)
        if alive <= 1 - share:
            return length
        at_risk -= gone[length]
    return None


def curve(cases: Iterable[Case]) -> tuple[tuple[int, Fraction], ...]:
    """The share that has not ended after each length at which any ended: (length, share), from the shortest.

    Before the first of them the share is 1. Beyond the longest case nothing is known.

    >>> curve([(1, True), (3, False), (5, True)])
    ((1, Fraction(2, 3)), (5, Fraction(0, 1)))
    """
    known = list(cases)
    ended = Counter(length for length, over in known if over)
    gone = Counter(length for length, _ in known)
    at_risk = len(known)
    alive = Fraction(1)
    found = []
    for length in sorted(gone):
        if ended[length]:
            alive *= 1 - Fraction(ended[length], at_risk)
            found.append((length, alive))
        at_risk -= gone[length]
    return tuple(found)
