"""Back-test days of orders: learnt is from what was placed before, asked of what is placed in the month."""

from datetime import date

import numpy as np
from bench.forecasting.orders import NOUGHT, rounds
from bench.forecasting.rounds import History

from konvoi.forecast.leadtimes.cases import CASES
from konvoi.model.entries import frame

PLACED = (date(2008, 1, 10), date(2008, 1, 20), date(2008, 2, 5), date(2008, 2, 7), date(2008, 3, 1))
TOOK = (30, 5, 10, 400, 20)
TRAVELS_WITH = (0, 1, 1, 3, 4)
"""The third order, of February, is in one shipment with the second, of January."""


def _told() -> History:
    since = np.array([day.toordinal() for day in PLACED])
    cases = frame([{"case": f"C{number}"} for number in range(len(PLACED))], CASES)
    return History(cases, since + NOUGHT, since + np.array(TOOK), since[list(TRAVELS_WITH)], NOUGHT)


def test_each_order_is_asked_of_once_on_the_first_of_its_month_and_learnt_from_after_it() -> None:
    found = {now.day: (now.learn.tolist(), now.ask.tolist()) for now in rounds(_told())}
    assert found[date(2008, 1, 1)] == ([], [0, 1])
    assert found[date(2008, 2, 1)] == ([0, 1], [3])
    assert found[date(2008, 3, 1)] == ([0, 1, 2, 3], [4])


def test_what_had_not_come_by_the_day_is_open_and_has_lasted_so_far() -> None:
    february = next(now for now in rounds(_told()) if now.day == date(2008, 2, 1))
    assert february.is_open.tolist() == [True, False]
    assert (february.seen + NOUGHT).tolist() == [22, 5]


def test_days_are_counted_from_the_order() -> None:
    told = _told()
    assert (told.late + NOUGHT).tolist() == list(TOOK)
