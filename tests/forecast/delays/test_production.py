"""Production takes its planned days half the time, and nine times in ten no more than half again."""

from tests.forecast.luck import share

from konvoi.forecast.delays.production import MEMBER


def test_half_take_no_longer_than_planned_and_nine_of_ten_no_longer_than_half_as_long_again() -> None:
    spread = MEMBER.spread(40.0)
    assert abs(share(MEMBER, spread, 40) - 0.5) < 1e-9
    assert abs(share(MEMBER, spread, 60) - 0.9) < 0.01
    assert abs(share(MEMBER, spread, 36) - 0.1) < 0.01
