"""Days until a shut lane opens: none mostly, and what is left of a closure that is met on any of its days."""

import math

import numpy as np
import pytest
from tests.forecast.luck import share

from konvoi.forecast.delay import Spread
from konvoi.forecast.delays.closure import MEMBER, Shut

FOUR = Shut(4, 4, 4, a_year=12)
"""Four days, twelve times a year."""


def test_it_is_met_as_often_as_it_is_shut() -> None:
    """Shut on 48 days of a year, those of closures that meet counted once."""
    assert share(MEMBER, FOUR, 0) == pytest.approx(math.exp(-48 / 365.25), abs=0.01)


def test_a_closure_of_four_days_is_met_on_each_of_them_alike() -> None:
    met = 1 - math.exp(-48 / 365.25)
    for left in (1, 2, 3, 4):
        assert share(MEMBER, FOUR, left) == pytest.approx(1 - met * (1 - left / 4), abs=0.01)


def test_what_nobody_states_shuts_nothing() -> None:
    luck = np.array([-4.0, 0.0, 4.0])
    assert MEMBER.days(MEMBER.spread(), luck).tolist() == [0.0] * 3
    assert MEMBER.days(Shut(1, 2, 3, a_year=0), luck).tolist() == [0.0] * 3
    assert MEMBER.days(Spread(1, 2, 3), luck).tolist() == [0.0] * 3


def test_days_do_not_fall_as_luck_grows_worse() -> None:
    days = MEMBER.days(Shut(1, 3, 20, a_year=6), np.linspace(-4.5, 4.5, 400))
    assert (np.diff(days) >= 0).all()
    assert days[0] == 0
    assert days[-1] > 20
