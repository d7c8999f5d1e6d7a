"""The quantiles of a lane's days are the ones that it states."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.luck import share

from konvoi.forecast.delay import Spread
from konvoi.forecast.delays.transit import MEMBER


@given(st.floats(0.5, 2.9), st.floats(3, 6), st.floats(6.1, 40))
def test_a_tenth_is_below_p10_half_below_p50_nine_tenths_below_p90(
    p10: float, p50: float, p90: float
) -> None:
    """In whole days, rounded up: what is below a whole number of days above the stated one is below it."""
    for part, days in ((0.1, p10), (0.5, p50), (0.9, p90)):
        drawn = MEMBER.days(Spread(p10, p50, p90), np.array([-3.0, 0.0, 3.0]))
        assert (np.diff(drawn) >= 0).all()
        assert share(MEMBER, Spread(p10, p50, p90), int(np.ceil(days))) >= part - 0.004
        assert share(MEMBER, Spread(p10, p50, p90), int(np.ceil(days)) - 1) <= part + 0.004


def test_half_take_p50_days_at_most_exactly() -> None:
    assert abs(share(MEMBER, Spread(1, 2, 4), 2) - 0.5) < 1e-9


def test_where_a_lane_states_no_p10_and_p90_they_are_parts_of_p50() -> None:
    assert MEMBER.spread(10.0) == Spread(8.0, 10.0, 15.0)
