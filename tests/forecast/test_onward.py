"""When what is there on a day goes on."""

from tests.forecast.test_run import move, planned
from tests.plan.worlds import START, Rows, day, tables

from konvoi.forecast.core.draw import FARTHEST
from konvoi.forecast.onward import FOR_EVER, Lines
from konvoi.forecast.steps import ways


def onward(*closures: dict[str, object], departs: int = 2) -> list[int]:
    """For each day from START the day on which the first leg of a movement leaves."""
    every = tables(closures=list(closures))
    (way,) = ways(every, planned(move("M", departs, ("DX", departs, departs + 2))), {})
    lines, _, number = Lines.of(every, START, way.steps).drawn(way.steps, 30, 20)
    return [int(leaves) for leaves in lines[number[0]]]


def test_who_is_early_waits_for_the_planned_day_and_who_is_late_in_the_week_goes_at_once() -> None:
    assert onward()[:7] == [2, 2, 2, 3, 4, 5, 6]


def test_who_comes_in_another_week_leaves_on_a_monday() -> None:
    assert onward()[7:16] == [7, 14, 14, 14, 14, 14, 14, 14, 21]


def test_only_a_lane_that_is_never_shut_goes_by_weeks() -> None:
    for closures, goes in (((), True), (({"on": "DX", "from": day(2), "to": day(3)},), False)):
        every = tables(closures=list(closures))
        (way,) = ways(every, planned(move("M", 2, ("DX", 2, 4))), {})
        _, weekly, number = Lines.of(every, START, way.steps).drawn(way.steps, 30, 20)
        waits = [flag for step, flag in zip(way.steps, weekly[number], strict=True) if step.lane]
        assert waits == [goes]
        far = Lines.of(every, START, way.steps).drawn(way.steps, FARTHEST, 1)[1]
        assert not far.any()


def test_a_shut_lane_is_waited_for_and_so_is_the_site_it_leaves_but_not_the_one_it_reaches() -> None:
    for on in ("DX", "D"):
        assert onward({"on": on, "from": day(2), "to": day(8)})[:4] == [9, 9, 9, 9]
    assert onward({"on": "X", "from": day(2), "to": day(8)})[:3] == [2, 2, 2]


def test_closures_that_meet_or_lie_in_one_another_are_one() -> None:
    both = ({"on": "DX", "from": day(2), "to": day(5)}, {"on": "D", "from": day(4), "to": day(10)})
    assert onward(*both)[0] == 11
    assert onward(*both[::-1])[0] == 11


def test_what_waits_for_a_lane_that_never_opens_comes_after_all_other_days() -> None:
    shut: Rows = [{"kind": "lane", "value": "DX", "from": day(1), "to": None}]
    every = tables(blocked=shut)
    (way,) = ways(every, planned(move("M", 2, ("DX", 2, 4))), {})
    lines = Lines.of(every, START, way.steps)
    assert lines.shut["DX"] == ((1, FOR_EVER),)
    drawn, weekly, number = lines.drawn(way.steps, 30, 20)
    assert not weekly.any()
    assert drawn[number[0]][0] == 30
    assert (drawn[number[0]] >= range(50)).all()
