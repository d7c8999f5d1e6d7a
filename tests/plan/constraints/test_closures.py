"""A shut lane takes no departure, a shut site neither departure nor arrival."""

from tests.plan.worlds import day, problem

from konvoi.plan.constraints.closures import MEMBER
from konvoi.plan.solve import solve


def test_lanes_and_sites_are_shut_and_other_ids_are_not() -> None:
    spans = [{"on": name, "from": day(0), "to": day(3)} for name in ("DX", "X", "nowhere")]
    found = MEMBER.shut(problem(closures=spans))
    assert found.select("at", "key", "first", "last").rows() == [("lane", "DX", 0, 3), ("site", "X", 0, 3)]


def test_a_leg_waits_until_its_lane_is_open() -> None:
    plan = solve(problem(closures=[{"on": "DX", "from": day(0), "to": day(3)}]))
    assert plan.legs["departs"].to_list() == [day(4), day(6)]


def test_nothing_arrives_at_a_shut_site() -> None:
    plan = solve(problem(closures=[{"on": "S", "from": day(2), "to": day(8)}]))
    assert plan.movements["arrives"].to_list() == [day(9)]


def test_nothing_leaves_a_shut_site_even_where_its_lanes_are_open() -> None:
    for site, departs in (("D", [day(5), day(7)]), ("X", [day(3), day(5)])):
        plan = solve(problem(closures=[{"on": site, "from": day(0), "to": day(4)}]))
        assert plan.legs["departs"].to_list() == departs
