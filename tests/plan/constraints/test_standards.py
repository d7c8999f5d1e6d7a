"""A good known to lack a mandatory point is not sent; what is not known is not held against it."""

import pytest
from tests.plan.worlds import day, problem

from konvoi.plan.constraints.standards import MEMBER
from konvoi.plan.solve import solve

CODE: dict[str, object] = {"standard": "T", "good": "tent", "requirement": "identity code", "value": "NSN:2"}


@pytest.mark.parametrize(
    ("codes", "sent"), [("NSN:1", 0), ("NSN:2", 1), ("HS:6306; NSN:2", 1), ("HS:6306", 1), (None, 1)]
)
def test_an_identity_code_is_held_against_codes_of_its_scheme(codes: str | None, sent: int) -> None:
    plan = solve(problem(goods=[{"codes": codes}], standards=[CODE]))
    assert plan.movements.height == sent


def test_what_lacks_a_point_is_told_with_the_standard() -> None:
    plan = solve(problem(goods=[{"codes": "NSN:1"}], standards=[CODE]))
    assert plan.unmet["cause"].to_list() == ["standard"]
    assert '"standard": "T"' in plan.unmet["parameters"][0]


@pytest.mark.parametrize("changed", [{"mandatory": False}, {"in_force": day(60)}, {"good": "stove"}])
def test_advisory_later_and_other_standards_bar_nothing(changed: dict[str, object]) -> None:
    here = problem(goods=[{"codes": "NSN:1"}, {"good": "stove"}], standards=[CODE | changed])
    assert MEMBER.apart is not None
    assert not len(MEMBER.apart(here).source)


def test_a_substitute_must_be_interchangeable_with_what_is_named() -> None:
    swap = {"standard": "T", "good": "tent", "requirement": "interchangeable with", "value": "hall"}
    serves = [{"good": "hut", "serves": "tent", "ratio": 1}]
    goods = [{}, {"good": "hut"}, {"good": "hall"}]
    offers = [{"good": "hut"}]
    assert (
        solve(problem(goods=goods, offers=offers, equivalences=serves, standards=[swap])).movements.height
        == 0
    )
    both = [*serves, {"good": "hut", "serves": "hall", "ratio": 1}]
    assert (
        solve(problem(goods=goods, offers=offers, equivalences=both, standards=[swap])).movements.height == 1
    )
