"""Parts that make up a sum: at most one of each list, searched from both halves, never cut silently."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 200_000
SHOWN = 20


@dataclass(frozen=True)
class Selection:
    """Ways to make up a sum, each as the place chosen of every list (None: none of it), sorted.

    complete: whether these are all. Where they are not, either the lists allow too many sums to be looked
    at (then there are none here), or more ways were found than are shown.
    """

    ways: tuple[tuple[int | None, ...], ...] = ()
    complete: bool = True


def selections(
    lists: Sequence[Sequence[int]], low: int, high: int, *, each: bool = True, most: int = MOST
) -> Selection:
    """Return every way to take one figure of each list, or at most one (not each), with a sum from low to
    high.

    Figures are whole numbers. most: largest number of sums of one half; beyond that nothing is tried.

    >>> selections([[10, 20], [5], [7, 30]], 32, 42).ways
    ((1, 0, 0),)
    >>> selections([[10], [5], [7]], 12, 12, each=False).ways
    ((None, 0, 0),)
    """
    half = _half(lists, each=each)
    front = lists[:half]
    back = lists[half:]
    if max(_sums(front, each=each), _sums(back, each=each)) > most:
        return Selection(complete=False)
    ahead = sorted(_every(back, each=each), key=lambda one: one[0])
    totals = [total for total, _ in ahead]
    ways: list[tuple[int | None, ...]] = []
    for total, taken in _every(front, each=each):
        first = bisect_left(totals, low - total)
        last = bisect_right(totals, high - total)
        if len(ways) + last - first > most:
            return Selection(complete=False)
        ways += [(*taken, *ahead[at][1]) for at in range(first, last)]
    found = sorted((way for way in ways if any(place is not None for place in way)), key=_order)
    return Selection(tuple(found[:SHOWN]), complete=len(found) <= SHOWN)


def _sums(lists: Sequence[Sequence[int]], *, each: bool) -> int:
    """Return the number of sums of a row of lists."""
    count = 1
    for one in lists:
        count *= len(one) + (not each)
    return count


def _half(lists: Sequence[Sequence[int]], *, each: bool) -> int:
    """Return the place to split the lists so that the larger side has the fewest sums."""
    places = range(len(lists) + 1)
    return min(places, key=lambda at: max(_sums(lists[:at], each=each), _sums(lists[at:], each=each)))


def _every(lists: Sequence[Sequence[int]], *, each: bool) -> list[tuple[int, tuple[int | None, ...]]]:
    """All sums, with what was taken."""
    found: list[tuple[int, tuple[int | None, ...]]] = [(0, ())]
    for figures in lists:
        choices: list[tuple[int, int | None]] = [(figure, place) for place, figure in enumerate(figures)]
        choices += [] if each else [(0, None)]
        found = [(total + figure, (*taken, place)) for total, taken in found for figure, place in choices]
    return found


def _order(way: tuple[int | None, ...]) -> tuple[int, ...]:
    return tuple(-1 if place is None else place for place in way)
