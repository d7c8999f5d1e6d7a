"""A plan goes into files and comes back the same."""

import pytest
from tests.plan.worlds import problem

from konvoi.plan.folder import files, plan_of
from konvoi.plan.solve import solve

PLAN = solve(problem(capacities=[{"on": "DX", "tonnes": 3}]))


def test_a_plan_comes_back_from_its_files() -> None:
    again = plan_of(files(PLAN))
    assert files(again) == files(PLAN)
    assert again.movements.equals(PLAN.movements)
    assert again.legs.equals(PLAN.legs)
    assert again.unmet.equals(PLAN.unmet)
    assert again.prices.equals(PLAN.prices)
    assert (again.value, again.bound, again.problem) == (PLAN.value, PLAN.bound, PLAN.problem)


def test_the_files_are_those_of_the_reference() -> None:
    tables = ["legs.csv", "movements.csv", "payments.csv"]
    assert sorted(files(PLAN)) == [*tables, "plan.json", "prices.csv", "unmet.csv"]


def test_a_plan_from_before_payments_were_written_is_read() -> None:
    content = {name: part for name, part in files(PLAN).items() if name != "payments.csv"}
    assert plan_of(content).payments.is_empty()


def test_a_plan_without_movements_comes_back_too() -> None:
    empty = solve(problem(offers=[]))
    assert plan_of(files(empty)).movements.equals(empty.movements)


@pytest.mark.parametrize("name", ["plan.json", "movements.csv", "prices.csv"])
def test_a_file_that_is_missing_or_damaged_is_named(name: str) -> None:
    content = files(PLAN)
    with pytest.raises(ValueError, match="not a plan"):
        plan_of({key: part for key, part in content.items() if key != name})
    with pytest.raises(ValueError, match="not a plan"):
        plan_of(content | {name: b"\xff\x00{"})
