"""Comparisons that any table may use: equal, alike in spelling, near in number or days."""

from collections.abc import Sequence

import numpy as np

from konvoi.link.comparison import OTHERWISE, Comparison, Level, Similarity
from konvoi.link.engine import name
from konvoi.link.keys import days as in_days

Shares = Sequence[tuple[float, float]]
_ALIKE: Shares = ((0.7, 0.01), (0.15, 0.02), (0.07, 0.07), (0.08, 0.9))
_NEAR: Shares = ((0.6, 0.02), (0.2, 0.03), (0.1, 0.1), (0.1, 0.85))
_DAYS: Shares = ((0.4, 0.01), (0.25, 0.02), (0.2, 0.07), (0.1, 0.3), (0.05, 0.6))


def equal(column: str, *, true: float = 0.9, chance: float = 0.05) -> Comparison:
    """Equal or not."""
    at = name(column)
    levels = (
        Level("equal", f"l.{at} = r.{at}", true, chance),
        Level("different", OTHERWISE, 1 - true, 1 - chance),
    )
    return Comparison(column, (column,), levels)


def alike(
    column: str,
    *,
    measure: str = "jaro-winkler",
    at_least: Sequence[float] = (0.92, 0.8),
    shares: Shares | None = None,
) -> Comparison:
    """Equal, or alike in spelling by at least each bound (falling); shares: one pair for each level."""
    key = f"{column} {measure}"
    tests = [
        ("equal", f"l.{name(column)} = r.{name(column)}"),
        *((f"alike by {bound:.0%} or more", f"s.{name(key)} >= {bound}") for bound in at_least),
        ("different", OTHERWISE),
    ]
    return Comparison(column, (column,), _levels(tests, shares, _ALIKE), (Similarity(key, column, measure),))


def near(
    column: str,
    *,
    within: Sequence[float] = (0.0, 0.01, 0.1),
    shares: Shares | None = None,
) -> Comparison:
    """Numbers that differ by at most each share of the bigger one (rising)."""
    left = f"l.{name(column)}"
    right = f"r.{name(column)}"
    tests = [
        *(
            (_by(bound), f"abs({left} - {right}) <= {bound} * greatest(abs({left}), abs({right}))")
            for bound in within
        ),
        ("different", OTHERWISE),
    ]
    return Comparison(column, (column,), _levels(tests, shares, _NEAR))


def days(
    column: str,
    *,
    within: Sequence[float] = (0, 7, 31, 366),
    shares: Shares | None = None,
) -> Comparison:
    """Days that lie apart by at most so many (rising), in either direction."""
    at = name(in_days(column))
    apart = f"abs(l.{at} - r.{at})"
    tests = [(_apart(bound), f"{apart} <= {bound:g}") for bound in within]
    return Comparison(column, (column,), _levels([*tests, ("greater distance", OTHERWISE)], shares, _DAYS))


def _apart(bound: float) -> str:
    return f"within {bound:g} days" if bound else "the same day"


def _by(bound: float) -> str:
    return f"within {bound:.1%}" if bound else "equal"


def _levels(tests: Sequence[tuple[str, str]], shares: Shares | None, default: Shares) -> tuple[Level, ...]:
    """The levels of these tests; without shares of their own they part the default ones among them."""
    shares = _parted(default, len(tests)) if shares is None else shares
    if len(tests) != len(shares):
        raise ValueError(f"{len(shares)} pairs of shares for {len(tests)} levels")
    return tuple(Level(*test, *share) for test, share in zip(tests, shares, strict=True))


def _parted(shares: Shares, count: int) -> Shares:
    """So many pairs that run as these do, from the strongest answer to the weakest.

    >>> _parted([(0.6, 0.1), (0.4, 0.9)], 4)
    [(0.3, 0.05), (0.3, 0.05), (0.2, 0.45), (0.2, 0.45)]
    """
    if len(shares) == count:
        return shares
    sums = np.vstack([np.zeros(2), np.cumsum(shares, axis=0)])
    places = np.linspace(0, len(shares), count + 1)
    run = np.diff([np.interp(places, np.arange(len(sums)), side) for side in sums.T]).round(6)
    return [(float(true), float(chance)) for true, chance in run.T]
