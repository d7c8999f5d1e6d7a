"""What runs are worth: units in time, late, in full and in whole kits, as in each of them."""

import numpy as np
import polars as pl
import pytest
from tests.forecast.test_run import move, planned
from tests.plan.worlds import START, Rows, day, tables

from konvoi.forecast.journeys import journeys
from konvoi.forecast.run import run
from konvoi.forecast.worth import worth


def _worth(days: list[list[int]], **changed: Rows) -> float:
    """Of two movements of five tents to N, due on day 13, that come on these days in each run."""
    every = tables(**changed)
    plan = planned(move("A", 0, ("DX", 0, 2), ("XS", 2, 3)), move("B", 0, ("DX", 0, 2), ("XS", 2, 3)))
    laid = journeys(every, plan)
    start = (START - laid.start).days
    return float(worth(every, laid, np.array(days, dtype=np.uint16) + np.uint16(start)).mean())


def test_what_comes_in_time_counts_its_weight_and_what_is_late_the_credit() -> None:
    """Ten in time; five in time and five late; all too late: 20, 15 and 0 at weight 2."""
    needs: Rows = [{"weight": 2, "last_useful": day(20)}]
    assert _worth([[3, 3, 21], [13, 14, 21]], needs=needs) == pytest.approx((20 + 15 + 0) / 3)


def test_a_need_in_full_counts_only_in_the_runs_in_which_all_of_it_came() -> None:
    needs: Rows = [{"whole": True}]
    assert _worth([[3, 3], [3, 14]], needs=needs) == pytest.approx(10 / 2)


def test_kits_count_whole_in_each_run() -> None:
    """A kit takes four: of ten two are whole, of five one."""
    needs: Rows = [{"weight": 0}]
    kits: Rows = [{"kit": "K", "need": "N", "per_kit": 4, "weight": 10}]
    assert _worth([[3, 3], [3, 14]], needs=needs, kits=kits) == pytest.approx((20 + 10) / 2)


def test_no_more_counts_than_is_needed() -> None:
    assert _worth([[3], [3]], needs=[{"quantity": 7}]) == 7.0


def test_a_forecast_says_how_late_each_movement_comes_and_the_shares_add_up() -> None:
    lanes: Rows = [
        {"lane": "DX", "from": "D", "to": "X", "days_p10": 1, "days_p50": 2, "days_p90": 4},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
    ]
    outlook = run(tables(lanes=lanes), planned(move("A", 0, ("DX", 0, 2), ("XS", 2, 3))), samples=500)
    assert outlook.lateness["share"].sum() == pytest.approx(1.0)
    in_time = outlook.lateness.filter(pl.col("days") <= 10)["share"].sum()
    assert in_time == pytest.approx(outlook.movements["on_time"][0])
