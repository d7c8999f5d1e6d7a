"""Which figures of several lists make up a sum: all ways, in both halves, and never a silent cut."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from konvoi.reconcile.shares import SHOWN, selections

LISTS = st.lists(st.lists(st.integers(-50, 50), min_size=1, max_size=3), min_size=1, max_size=5)


def test_one_figure_of_each_list_makes_up_the_sum() -> None:
    """10 + 5 + 30 = 45 alone; 20 + 5 + 7 = 32 alone."""
    assert selections([[10, 20], [5], [7, 30]], 45, 45).ways == ((0, 0, 1),)
    assert selections([[10, 20], [5], [7, 30]], 32, 42).ways == ((1, 0, 0),)


def test_a_list_may_be_left_out_where_that_is_asked_but_not_all_of_them() -> None:
    assert selections([[10], [5], [7]], 12, 12, each=False).ways == ((None, 0, 0),)
    assert selections([[10], [5]], 0, 0, each=False).ways == ()
    assert selections([[10], [5], [7]], 12, 12).ways == ()


def test_two_ways_are_both_told() -> None:
    assert selections([[3, 4], [4, 3]], 7, 7).ways == ((0, 0), (1, 1))


@given(LISTS, st.integers(-100, 100), st.integers(0, 20), st.booleans())
def test_the_ways_are_those_that_trying_all_finds(
    lists: list[list[int]], low: int, wide: int, each: bool
) -> None:
    choices = [[*range(len(one)), *([] if each else [None])] for one in lists]
    every = {
        way
        for way in product(*choices)
        if any(place is not None for place in way)
        and low <= sum(lists[n][place] for n, place in enumerate(way) if place is not None) <= low + wide
    }
    found = selections(lists, low, low + wide, each=each)
    assert found.complete == (len(every) <= SHOWN)
    assert set(found.ways) <= every
    assert len(found.ways) == min(len(every), SHOWN)


def test_what_is_too_much_to_try_is_said_to_be_incomplete() -> None:
    """Forty lists of two figures have a million sums in each half."""
    found = selections([[1, 2]] * 40, 60, 60)
    assert (found.ways, found.complete) == ((), False)


def test_more_ways_than_are_told_are_said_to_be_more() -> None:
    found = selections([[1, 1]] * 6, 6, 6)
    assert len(found.ways) == SHOWN
    assert not found.complete
