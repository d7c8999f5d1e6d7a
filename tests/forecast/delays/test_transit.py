"""The quantiles of a lane's days are the ones that it states."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from konvoi.forecast.delay import Dice, Legs
from konvoi.forecast.delays.transit import MEMBER


def legs(p10: float, p50: float, p90: float, *, count: int = 1) -> Legs:
    ones = np.ones(count)
    return Legs(ones * p10, ones * p50, ones * p90, np.zeros(count, dtype=np.int64))


@given(st.floats(0.5, 2.9), st.floats(3, 6), st.floats(6.1, 40), st.integers(0, 9))
def test_a_tenth_is_below_p10_half_below_p50_nine_tenths_below_p90(
    p10: float, p50: float, p90: float, seed: int
) -> None:
    drawn = MEMBER.days(legs(p10, p50, p90), Dice.of(seed, 0), 4000)[0]
    for share, days in ((0.1, p10), (0.5, p50), (0.9, p90)):
        assert abs(float((drawn <= days).mean()) - share) < 0.04


def test_half_of_the_luck_is_shared() -> None:
    drawn = np.log(MEMBER.days(legs(1, 2, 4, count=2), Dice.of(3, 0), 8000))
    assert abs(float(np.corrcoef(drawn)[0, 1]) - 0.5) < 0.04


def test_blocks_and_seeds_draw_apart_and_alike_when_equal() -> None:
    one = MEMBER.days(legs(1, 2, 4), Dice.of(1, 0), 50)
    assert np.array_equal(one, MEMBER.days(legs(1, 2, 4), Dice.of(1, 0), 50))
    assert not np.array_equal(one, MEMBER.days(legs(1, 2, 4), Dice.of(1, 1), 50))
    assert not np.array_equal(one, MEMBER.days(legs(1, 2, 4), Dice.of(2, 0), 50))
