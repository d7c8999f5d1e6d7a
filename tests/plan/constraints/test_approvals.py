"""Nothing leaves without its approval: given, or expected on a day that is still to come."""

import json

from tests.plan.worlds import day, problem

from konvoi.plan.constraints.approvals import MEMBER
from konvoi.plan.plan import Plan
from konvoi.plan.solve import solve

PAPER: dict[str, object] = {"approval": "A", "kind": "export licence", "party": "XX", "covers": "O"}


def with_paper(**changed: object) -> Plan:
    return solve(problem(approvals=[PAPER | changed]))


def test_an_approval_opens_on_its_day_and_closes_when_it_expires() -> None:
    found = MEMBER.shut(problem(approvals=[PAPER | {"given": day(2), "expires": day(8)}]))
    assert found.select("key", "first", "last", "cause").rows() == [
        ("O", None, 1, "approval-late"),
        ("O", 9, None, "approval-expires"),
    ]


def test_what_is_expected_is_planned_for_its_day() -> None:
    assert with_paper(due=day(5)).movements["departs"].to_list() == [day(5)]


def test_what_should_have_come_and_did_not_has_no_day() -> None:
    plan = with_paper(due=day(-9), asked=day(-30))
    assert plan.unmet["cause"].to_list() == ["approval-open"]
    assert json.loads(plan.unmet["parameters"][0])["days"] == "30"


def test_a_refusal_stands_even_where_a_day_is_given() -> None:
    assert with_paper(given=day(-9), refused=day(-2)).unmet["cause"].to_list() == ["approval-refused"]


def test_an_approval_of_the_line_covers_its_offer() -> None:
    plan = solve(problem(offers=[{"line": "L"}], approvals=[PAPER | {"covers": "L", "given": day(3)}]))
    assert plan.movements["departs"].to_list() == [day(3)]


def test_each_of_two_approvals_is_needed() -> None:
    other = PAPER | {"approval": "Z", "kind": "transit", "given": day(6)}
    plan = solve(problem(approvals=[PAPER | {"given": day(1)}, other]))
    assert plan.movements["departs"].to_list() == [day(6)]
