"""Distributions side by side: chances by day, quantiles, draws, and what is left after some days."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.forecast.distribution import NEVER, Basis, Distribution

_BASIS = Basis("deliveries", "d1", "2012-01-01", "mode=Air", 40)
TWO = Distribution(-1, np.array([[0.25, 0.75, 1.0], [0.0, 0.5, 0.5]]), (_BASIS, _BASIS))
"""A day early in one of four, on the day in two, a day late in one; on the day or never, as often each."""


def test_chances_before_the_first_column_are_none_and_after_the_last_stay() -> None:
    assert TWO.by(np.array([-2, 7])).tolist() == [0.0, 0.5]
    assert TWO.late(0).tolist() == [0.25, 0.5]


def test_quantiles_are_the_least_days_by_which_the_share_has_ended() -> None:
    days = TWO.quantiles(np.array([0.1, 0.25, 0.5, 0.75, 0.9]))
    assert days[0].tolist() == [-1, -1, 0, 0, 1]
    assert days[1].tolist() == [0, 0, 0, NEVER, NEVER]


def test_a_draw_of_nought_gives_the_first_day_that_can_be() -> None:
    assert TWO.draw(np.array([0, 1]), np.array([0.0, 0.0])).tolist() == [-1, 0]


def test_draws_at_even_numbers_come_as_often_as_the_chances_say() -> None:
    rows, even = np.zeros(8, dtype=np.int64), (np.arange(8) + 0.5) / 8
    assert TWO.draw(rows, even).tolist() == TWO.table(8)[0].tolist() == [-1, -1, 0, 0, 0, 0, 1, 1]
    assert TWO.table(4)[1].tolist() == [0, 0, NEVER, NEVER]


def test_what_has_not_ended_yet_has_its_chances_made_whole_again() -> None:
    later = TWO.after(np.array([-1, -1]))
    assert later.until[0].tolist() == pytest.approx([0.0, 2 / 3, 1.0])
    assert later.until[1].tolist() == pytest.approx([0.0, 0.5, 0.5])


def test_what_had_surely_ended_and_has_not_ends_on_the_next_day() -> None:
    sure = Distribution(0, np.array([[1.0, 1.0, 1.0]]), (_BASIS,))
    assert sure.after(np.array([0])).until.tolist() == [[0.0, 1.0, 1.0]]


def test_a_row_without_basis_says_nothing_whatever_has_passed() -> None:
    none = Distribution(0, np.zeros((1, 3)), (None,))
    assert none.known.tolist() == [False]
    assert none.after(np.array([0])).until.tolist() == [[0.0, 0.0, 0.0]]
    assert none.quantiles(np.array([0.5])).tolist() == [[NEVER]]


@given(
    st.lists(st.integers(0, 9), min_size=2, max_size=6).filter(any),
    st.integers(-5, 5),
    st.floats(0, 1, exclude_max=True),
)
def test_a_draw_is_a_day_with_a_chance_of_its_own(mass: list[int], first: int, uniform: float) -> None:
    until = np.cumsum(mass)[None, :] / sum(mass)
    drawn = int(Distribution(first, until, (_BASIS,)).draw(np.array([0]), np.array([uniform]))[0])
    assert mass[drawn - first] > 0
