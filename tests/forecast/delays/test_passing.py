"""Nine times in ten no day is lost, and now and then several are."""

import numpy as np
from tests.forecast.luck import share

from konvoi.forecast.delays.passing import MEMBER


def test_nine_times_in_ten_no_day_is_lost() -> None:
    assert abs(share(MEMBER, MEMBER.spread(), 0) - 0.9) < 0.005


def test_in_very_bad_luck_several_days_are_lost_and_never_less_than_none() -> None:
    drawn = MEMBER.days(MEMBER.spread(), np.array([-4.0, 0.0, 3.5]))
    assert drawn.tolist()[:2] == [0.0, 0.0]
    assert drawn[2] >= 3
