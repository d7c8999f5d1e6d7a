"""Exchanges only ever raise the value, keep every row, and find what a single exchange by hand finds."""

from hypothesis import given
from tests.plan.core.laid import laid, left
from tests.plan.test_oracle import Tables, worlds
from tests.plan.worlds import problem

from konvoi.plan.core.pool import consignments
from konvoi.plan.core.whole import worth
from konvoi.plan.exchange import bundles_of, improved
from konvoi.plan.greedy import priority_first
from konvoi.plan.read_problem import from_tables


def test_what_is_worth_less_for_a_tonne_gives_way_and_takes_what_is_left() -> None:
    """By priority ten tents go to A at 3 each; of stoves, at 2 each, a lane takes twice as many."""
    posed = problem(
        goods=[{}, {"good": "stove", "weight_kg": 500}],
        needs=[
            {"need": "A", "weight": 3},
            {"need": "B", "good": "stove", "weight": 2, "quantity": 14},
        ],
        offers=[{}, {"offer": "Q", "good": "stove", "quantity": 14}],
        capacities=[{"on": "XS", "tonnes": 5}],
    )
    _, _, whole = laid(posed)
    first = priority_first(whole)
    plan = improved(whole, first)
    steps = dict.fromkeys("AB", 0)
    for column, many in zip(consignments(posed, plan[0]), plan[1].tolist(), strict=True):
        steps[posed.needs[column.need].id] += many
    assert worth(whole, first) == 30 * 10**24
    assert steps == {"A": 3, "B": 14}
    assert worth(whole, plan) == (3 * 3 + 14 * 2) * 10**24


def test_a_kit_is_one_bundle_and_each_other_need_its_own() -> None:
    posed = problem(
        needs=[{"need": name, "weight": 1} for name in "ABC"],
        kits=[{"kit": "K", "need": name, "per_kit": 5, "weight": 10} for name in "AC"],
    )
    _, _, whole = laid(posed)
    found = bundles_of(whole)
    assert (found.first.tolist(), found.needs.tolist()) == ([0, 2, 3], [0, 2, 1])
    assert (found.first_kit.tolist(), found.kits.tolist()) == ([0, 1, 1], [0])
    assert found.of.tolist() == [0, 1, 0]
    assert found.density.tolist() == [2.0, 1.0]


def test_kits_with_a_need_in_common_are_one_bundle() -> None:
    posed = problem(
        needs=[{"need": name, "weight": 1} for name in "ABCDE"],
        kits=[
            {"kit": kit, "need": name, "per_kit": 5, "weight": 10}
            for kit, names in (("K", "AC"), ("L", "DE"), ("M", "CB"))
            for name in names
        ],
    )
    _, _, whole = laid(posed)
    found = bundles_of(whole)
    assert (found.first.tolist(), found.needs.tolist()) == ([0, 3, 5], [0, 2, 1, 3, 4])
    assert (found.first_kit.tolist(), found.kits.tolist()) == ([0, 2, 3], [0, 2, 1])
    assert found.of.tolist() == [0, 0, 0, 1, 1]


@given(worlds())
def test_an_exchanged_plan_keeps_every_row_and_is_worth_no_less(world: Tables) -> None:
    _, rows, whole = laid(from_tables(world))
    first = priority_first(whole)
    plan = improved(whole, first)
    assert worth(whole, plan) >= worth(whole, first)
    assert all(free >= 0 or row in rows.rounded for row, free in enumerate(left(rows, plan)))
    again = improved(whole, first)
    assert (plan[0].marks().tolist(), plan[1].tolist()) == (again[0].marks().tolist(), again[1].tolist())
