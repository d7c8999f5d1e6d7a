"""A tied offer goes only where it is tied to; of several ties any one is enough."""

import pytest
from tests.plan.worlds import problem

from konvoi.plan.constraints.earmarks import MEMBER
from konvoi.plan.solve import solve


@pytest.mark.parametrize(
    ("to", "value"), [("need", "N"), ("site", "S"), ("region", "east"), ("recipient", "UA")]
)
def test_an_offer_reaches_what_it_is_tied_to(to: str, value: str) -> None:
    needs = [{"recipient": "UA"}]
    here = problem(needs=needs, earmarks=[{"offer": "O", "to": to, "value": value}])
    assert MEMBER.shut(here).height == 0
    away = problem(needs=needs, earmarks=[{"offer": "O", "to": to, "value": "elsewhere"}])
    assert MEMBER.shut(away).select("at", "key", "need").rows() == [("pair", "O", "N")]
    assert solve(away).unmet["cause"].to_list() == ["earmarked"]


def test_of_two_ties_one_is_enough() -> None:
    ties = [{"offer": "O", "to": "site", "value": value} for value in ("S", "elsewhere")]
    assert solve(problem(earmarks=ties)).movements.height == 1


def test_a_need_without_region_is_not_what_an_empty_tie_means() -> None:
    ties = [{"offer": "O", "to": "recipient", "value": "UA"}]
    assert solve(problem(earmarks=ties)).movements.height == 0
