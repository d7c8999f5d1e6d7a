"""A source is shut before it is ready and after it lapses."""

from tests.plan.worlds import day, problem

from konvoi.plan.constraints.readiness import MEMBER
from konvoi.plan.solve import solve


def test_the_days_before_and_after_are_shut() -> None:
    found = MEMBER.shut(problem(offers=[{"ready": day(4), "until": day(9)}]))
    assert found.select("first", "last", "cause").rows() == [
        (None, 3, "ready-late"),
        (10, None, "offer-lapses"),
    ]


def test_what_is_ready_too_late_is_told_with_its_day() -> None:
    plan = solve(problem(offers=[{"ready": day(20)}]))
    assert plan.unmet["cause"].to_list() == ["ready-late"]
    assert '"day": "2026-01-25"' in plan.unmet["parameters"][0]


def test_an_offer_that_lapses_before_its_way_opens_is_told() -> None:
    closed = [{"on": "D", "from": day(0), "to": day(9)}]
    plan = solve(problem(offers=[{"until": day(-1)}], closures=closed))
    assert plan.unmet["cause"].to_list() == ["offer-lapses"]
