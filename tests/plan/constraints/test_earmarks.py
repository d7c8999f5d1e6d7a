"""A tied offer goes only where it is tied to; of several ties any one is enough."""

import pytest
from tests.plan.worlds import problem

from konvoi.plan.constraints.earmarks import MEMBER
from konvoi.plan.problem import Problem
from konvoi.plan.solve import solve


def _apart(posed: Problem) -> list[tuple[str, str]]:
    """The offers and needs that do not go together."""
    assert MEMBER.apart is not None
    found = MEMBER.apart(posed)
    pairs = zip(found.source.tolist(), found.need.tolist(), strict=True)
    return [(posed.sources[source].offer, posed.needs[need].id) for source, need in pairs]


@pytest.mark.parametrize(
    ("to", "value"), [("need", "N"), ("site", "S"), ("region", "east"), ("recipient", "UA")]
)
def test_an_offer_reaches_what_it_is_tied_to(to: str, value: str) -> None:
    needs = [{"recipient": "UA"}]
    here = problem(needs=needs, earmarks=[{"offer": "O", "to": to, "value": value}])
    assert _apart(here) == []
    away = problem(needs=needs, earmarks=[{"offer": "O", "to": to, "value": "elsewhere"}])
    assert _apart(away) == [("O", "N")]
    assert solve(away).unmet["cause"].to_list() == ["earmarked"]


def test_of_two_ties_one_is_enough() -> None:
    ties = [{"offer": "O", "to": "site", "value": value} for value in ("S", "elsewhere")]
    assert solve(problem(earmarks=ties)).movements.height == 1


def test_a_need_without_region_is_not_what_an_empty_tie_means() -> None:
    ties = [{"offer": "O", "to": "recipient", "value": "UA"}]
    assert solve(problem(earmarks=ties)).movements.height == 0
