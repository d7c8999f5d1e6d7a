"""What is too small by itself goes with others where much hangs on it, in place of what counts less."""

from tests.plan.test_executable import ROAD, planned


def test_the_last_part_of_a_need_useful_only_in_full_takes_the_place_of_what_counts_less() -> None:
    """Eleven tonnes a week: of twelve one goes in the second week, where the other need leaves it no room.

    Three at least go together: two more of the twelve go with the one, in place of two that count a fifth.
    """
    plan = planned(
        goods=[{"least": 3}],
        lanes=[ROAD],
        capacities=[{"on": "road", "tonnes": 11}],
        offers=[{"quantity": 12}, {"offer": "O2", "quantity": 10}],
        needs=[{"quantity": 12, "whole": True, "weight": 5}, {"need": "N2", "quantity": 10}],
        earmarks=[
            {"offer": "O", "to": "need", "value": "N"},
            {"offer": "O2", "to": "need", "value": "N2"},
        ],
    )
    assert int(plan.value) >= 68
    assert min(plan.movements["quantity"].to_list()) >= 3
