"""Half come on the planned day, nine of ten within 21 days of it, and none before it."""

import numpy as np
from tests.forecast.luck import share

from konvoi.forecast.delays.approval import MEMBER


def test_half_come_on_the_day_and_nine_of_ten_within_what_is_assumed() -> None:
    assert abs(share(MEMBER, MEMBER.spread(), 0) - 0.5) < 0.05
    assert abs(share(MEMBER, MEMBER.spread(), 21) - 0.9) < 0.02


def test_none_comes_before_its_day() -> None:
    assert (MEMBER.days(MEMBER.spread(), np.linspace(-4, 4, 99)) >= 0).all()
