"""Exposure: the interval of an amount by linear programmes, against arithmetic and against counting."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.ledger.exposure import Interval, Known, intervals


def exact(value: int, **weights: Fraction | int) -> Known:
    return Known(weights, value, value)


def test_an_amount_of_a_sum_lies_between_nothing_and_the_sum() -> None:
    assert intervals([exact(100, a=1, b=1, c=1)], [{"a": 1}]) == [Interval(0, 100)]


def test_two_sums_that_differ_by_one_amount_give_it_away() -> None:
    known = [exact(100, a=1, b=1, c=1), exact(145, a=1, b=1, c=1, d=1)]
    assert intervals(known, [{"d": 1}, {"a": 1}]) == [Interval(45, 45), Interval(0, 100)]


def test_a_sum_of_some_amounts_is_bounded_by_what_is_left() -> None:
    """Of 100 in all and 70 of a and b, c is 30, and a alone between 0 and 70."""
    known = [exact(100, a=1, b=1, c=1), exact(70, a=1, b=1)]
    assert intervals(known, [{"c": 1}, {"a": 1}, {"a": 1, "c": 1}]) == [
        Interval(30, 30),
        Interval(0, 70),
        Interval(30, 100),
    ]


def test_a_band_bounds_each_amount_by_its_upper_end() -> None:
    assert intervals([Known({"a": 1, "b": 1}, 20, 50)], [{"a": 1}, {"a": 1, "b": 1}]) == [
        Interval(0, 50),
        Interval(20, 50),
    ]


def test_rates_weigh_an_amount() -> None:
    """Half of a and all of b are 100: a is at most 200."""
    assert intervals([exact(100, a=Fraction(1, 2), b=1)], [{"a": 1}, {"b": 1}]) == [
        Interval(0, 200),
        Interval(0, 100),
    ]


def test_an_end_that_is_not_whole_is_widened() -> None:
    """Twice a is 5: a is 2.5."""
    assert intervals([exact(5, a=2)], [{"a": 1}]) == [Interval(2, 3)]


def test_an_amount_that_is_in_no_figure_has_no_upper_end() -> None:
    assert intervals([], [{"a": 1}]) == [Interval(0, None)]
    assert intervals([exact(5, a=1)], [{"z": 1}, {"a": 1, "z": -1}]) == [
        Interval(0, None),
        Interval(None, 5),
    ]


def test_large_amounts_keep_their_last_unit() -> None:
    known = [exact(5_000_000_000_00, a=1, b=1), exact(5_000_000_000_01, a=1, b=1, c=1)]
    assert intervals(known, [{"c": 1}]) == [Interval(1, 1)]


def test_a_small_amount_is_not_lost_in_large_sums() -> None:
    """Three figures: 1 is what the second has and the first has not, 3 what the third has besides."""
    wide = {"a": 1, "b": 1}
    known = [exact(10**13, **wide), exact(10**13 + 1, **wide, c=1), exact(10**13 + 4, **wide, c=1, d=1)]
    assert intervals(known, [{"c": 1}, {"d": 1}]) == [Interval(1, 1), Interval(3, 3)]


def test_figures_that_contradict_each_other_are_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="no amounts agree"):
        intervals([exact(5, a=1), exact(6, a=1)], [{"a": 1}])


RUNS = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted)


@settings(max_examples=60, deadline=None)
@given(
    truth=st.lists(st.integers(0, 5), min_size=4, max_size=4),
    runs=st.lists(RUNS, min_size=1, max_size=4),
    wide=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_the_interval_holds_the_truth_and_is_that_of_counting(
    truth: list[int], runs: list[list[int]], wide: list[bool]
) -> None:
    """Sums of neighbours have whole corners, so that counting whole amounts finds the same ends."""
    known = []
    for (first, last), band in zip(runs, wide, strict=False):
        value = sum(truth[first : last + 1])
        weights = {str(at): 1 for at in range(first, last + 1)}
        known.append(Known(weights, value - value % 3 if band else value, value + 2 if band else value))
    inside = {at for one in known for at in one.weights}
    most = max(int(one.high) for one in known)
    every = [
        amounts
        for amounts in product(*(range(most + 1) if str(at) in inside else (0,) for at in range(4)))
        if all(one.low <= sum(amounts[int(at)] for at in one.weights) <= one.high for one in known)
    ]
    for at, found in enumerate(intervals(known, [{str(at): 1} for at in range(4)])):
        assert found.low is not None
        assert found.low <= truth[at]
        if str(at) not in inside:
            assert found == Interval(0, None)
            continue
        assert found.high is not None
        assert truth[at] <= found.high
        counted = [amounts[at] for amounts in every]
        assert (found.low, found.high) == (min(counted), max(counted))


@settings(max_examples=40, deadline=None)
@given(
    truth=st.lists(st.integers(0, 2), min_size=4, max_size=4),
    sums=st.lists(st.sets(st.integers(0, 3), min_size=1), min_size=1, max_size=6),
    weights=st.lists(st.integers(1, 3), min_size=4, max_size=4),
)
def test_the_interval_of_any_sums_holds_all_whole_amounts_that_agree(
    truth: list[int], sums: list[set[int]], weights: list[int]
) -> None:
    """Sums that are no runs of neighbours may have broken corners: then the interval may be wider."""
    known = [
        exact(sum(truth[at] * weights[at] for at in one), **{str(at): weights[at] for at in one})
        for one in sums
    ]
    inside = sorted({at for one in sums for at in one})
    most = max(one.high for one in known)
    every = [
        amounts
        for amounts in product(*(range(min(most, 8) + 1) if at in inside else (0,) for at in range(4)))
        if all(one.low == sum(amounts[int(at)] * part for at, part in one.weights.items()) for one in known)
    ]
    for at, found in zip(inside, intervals(known, [{str(at): 1} for at in inside]), strict=True):
        assert found.low is not None
        assert found.high is not None
        assert found.low <= min(amounts[at] for amounts in every) <= truth[at]
        assert truth[at] <= max(amounts[at] for amounts in every) <= found.high


def test_figures_that_follow_from_others_change_nothing() -> None:
    known = [exact(30, z=1, b=1), exact(70, a=1, z=1), exact(100, a=1, b=1, z=2), exact(40, a=1, c=1)]
    assert intervals(known, [{"b": 1}, {"z": 1}]) == intervals(known[:2] + known[3:], [{"b": 1}, {"z": 1}])
