"""The rules of thumb, by hand."""

from tests.plan.core.laid import laid
from tests.plan.worlds import Rows, day, problem

from konvoi.plan.core.pool import consignments
from konvoi.plan.core.whole import Sent, Whole
from konvoi.plan.greedy import density, priority, priority_first, rule_of_thumb


def lines(whole: Whole, plan: Sent) -> list[tuple[str, str, int, int]]:
    """Need, offer, arrival and steps of each consignment."""
    problem = whole.problem
    return [
        (problem.needs[c.need].id, problem.sources[c.source].offer, c.arrives, steps)
        for c, steps in zip(consignments(problem, plan[0]), plan[1].tolist(), strict=True)
    ]


def test_what_is_worth_most_for_a_tonne_goes_first_and_what_is_due_where_weights_are_alike() -> None:
    """A stove of 50 kg at weight 0.8 is worth 16 for a tonne; priority asks for weight, then the day."""
    posed = problem(
        goods=[{}, {"good": "stove", "weight_kg": 50}],
        needs=[
            {"need": "A", "weight": 8.5, "due": day(20)},
            {"need": "B", "weight": 2.5, "due": day(15)},
            {"need": "C", "good": "stove", "weight": 0.8},
            {"need": "D", "weight": 8, "due": day(12)},
        ],
    )
    assert [posed.needs[n].id for n in density(posed)] == ["C", "A", "D", "B"]
    assert [posed.needs[n].id for n in priority(posed)] == ["D", "A", "B", "C"]


def test_each_need_is_filled_from_what_is_ready_first_and_in_time_before_late() -> None:
    posed = problem(
        needs=[{"due": day(6), "last_useful": day(27)}],
        offers=[{"offer": "O", "ready": day(2), "quantity": 3}, {"offer": "Q", "quantity": 4}],
        capacities=[{"on": "DX", "tonnes": 5}],
    )
    _, _, whole = laid(posed)
    assert lines(whole, rule_of_thumb(whole)) == [("N", "Q", 3, 4), ("N", "O", 5, 1), ("N", "O", 10, 2)]


def test_what_comes_in_part_only_leaves_its_room_to_the_next() -> None:
    needs: Rows = [{"whole": True, "quantity": 11, "weight": 9}, {"need": "Z", "quantity": 10}]
    _, _, whole = laid(problem(needs=needs))
    for plan in (rule_of_thumb(whole), priority_first(whole)):
        assert lines(whole, plan) == [("Z", "O", 3, 10)]
