"""Who misses the week in which he has room waits for free room, in the order in which people come."""

from decimal import Decimal

import polars as pl
import pytest
from tests.forecast.test_run import CALM, Planned, move, planned
from tests.plan.worlds import Rows, day, tables

from konvoi.forecast.delay import Spread
from konvoi.forecast.outlook import Outlook
from konvoi.forecast.run import run

SLOW: Rows = [
    {"lane": "DX", "from": "D", "to": "X", "days_p10": 8, "days_p50": 8, "days_p90": 8},
    {"lane": "XS", "from": "X", "to": "S", "days_p10": 1, "days_p50": 1, "days_p90": 1},
]


def loaded(*moves: tuple[str, int]) -> Planned:
    """Movements of some tonnes over DX and XS, planned as if DX took two days."""
    one = planned(*(move(name, 0, ("DX", 0, 2), ("XS", 2, 3)) for name, _ in moves))
    tonnes = {name: Decimal(weight) for name, weight in moves}
    found = pl.Series([tonnes[name] for name in one.legs["movement"]])
    return Planned(one.movements, one.legs.with_columns(tonnes=found))


def queued(plan: Planned, *limits: dict[str, object], due: int) -> Outlook:
    every = tables(lanes=SLOW, needs=[{"due": day(due)}], capacities=list(limits))
    return run(every, plan, samples=20, assumed=CALM)


def test_where_there_is_room_in_the_next_week_nobody_waits() -> None:
    """What comes to X on day 8, a week late, leaves on Monday, day 14, and is there on day 15."""
    row = queued(loaded(("A", 5)), {"on": "XS", "tonnes": 5}, due=15).queues.row(0, named=True)
    assert (row["runs"], row["free"], row["queued"]) == (20, 1.0, 1.0)


def test_two_that_come_late_to_room_for_one_leave_a_week_apart() -> None:
    plan = loaded(("A", 5), ("B", 5))
    inside = queued(plan, {"on": "XS", "tonnes": 5}, due=15).queues.row(0, named=True)
    assert (inside["free"], inside["queued"]) == (1.0, 0.0)
    later = queued(plan, {"on": "XS", "tonnes": 5}, due=22).queues.row(0, named=True)
    assert later["queued"] == 1.0


def test_a_site_without_room_is_waited_for_at_its_gate() -> None:
    """X takes nothing in the second week: what comes on day 8 is let in on day 14 and leaves then."""
    shut = {"on": "X", "tonnes": 0, "from": day(7), "to": day(13)}
    assert queued(loaded(("A", 5)), shut, due=14).queues["queued"][0] == 0.0
    assert queued(loaded(("A", 5)), shut, due=15).queues["queued"][0] == 1.0


def test_without_limits_there_are_no_queues() -> None:
    assert queued(loaded(("A", 5)), due=15).queues.is_empty()


def test_who_is_not_late_takes_his_own_room_though_the_plan_fills_it() -> None:
    quick: Rows = [dict(row) | {"days_p10": 2, "days_p50": 2, "days_p90": 2} for row in SLOW]
    every = tables(lanes=quick, needs=[{"due": day(4)}], capacities=[{"on": "XS", "tonnes": 5}])
    assert run(every, loaded(("A", 5)), samples=20, assumed=CALM).queues["queued"][0] == 1.0


@pytest.mark.parametrize("seed", [0, 5])
def test_without_waiting_these_are_the_very_runs_of_the_forecast(seed: int) -> None:
    """Fewer runs than one block: then the forecast counts the same ones."""
    risky: Rows = [dict(row) | {"days_p10": 1, "days_p50": 4, "days_p90": 9} for row in SLOW]
    every = tables(lanes=risky, needs=[{"due": day(9)}], capacities=[{"on": "XS", "tonnes": 99}])
    assumed = {**CALM, "hand over": Spread(0, 0, 2)}
    found = run(every, loaded(("A", 5)), samples=150, seed=seed, assumed=assumed)
    assert found.queues["free"][0] == pytest.approx(found.needs["on_time"][0])
    assert found.queues["queued"][0] == found.queues["free"][0]
