"""Kits take their components only from what is there in time."""

from tests.plan.worlds import day, problem

from konvoi.plan.constraints.kits import MEMBER
from konvoi.plan.solve import solve

KIT = [{"kit": "K", "need": "N", "per_kit": 2, "weight": 5}]


def test_each_component_has_a_row() -> None:
    rows = MEMBER.rows(problem(kits=KIT))
    assert rows.bounds.select("kind", "key", "resource", "upper").rows() == [("kit", "K", "N", 0)]
    assert rows.terms.select("at", "per", "factor").rows() == [
        ("need", "served on time", -1),
        ("kit", "kit", 2),
    ]


def test_components_that_come_late_make_no_kit() -> None:
    late = [{"weight": 0, "due": day(2), "last_useful": day(20)}]
    assert str(solve(problem(kits=KIT, needs=late)).value) == "0"
    assert str(solve(problem(kits=KIT, needs=[{"weight": 0}])).value) == "25"
