"""What was arranged is sent again where another plan is worth no more, or next to nothing more."""

from decimal import Decimal

import numpy as np
from tests.plan.core.laid import laid, left
from tests.plan.worlds import Rows, problem

from konvoi.plan.closer import as_good, closer
from konvoi.plan.column import Column
from konvoi.plan.core.pool import columns_of, consignments
from konvoi.plan.core.whole import Sent, Whole, worth
from konvoi.plan.goals import earliness

ONE: Rows = [{"lane": "a", "from": "D", "to": "S", "days_p50": 1}]
TWO: Rows = [{"need": "A", "quantity": 5}, {"need": "B", "quantity": 5}]


def _sent(whole: Whole, *parts: tuple[int, int, int]) -> Sent:
    """Steps to a need that leave by the one lane on a day, for each (need, day, steps)."""
    found = {Column(need, 0, ((0, leaves),), leaves, leaves + 1, 10**6): n for need, leaves, n in parts}
    return columns_of(whole.problem, found), np.array([found[one] for one in sorted(found)], dtype=np.int64)


def _parts(whole: Whole, plan: Sent) -> list[tuple[int, int, int]]:
    rows = zip(consignments(whole.problem, plan[0]), plan[1].tolist(), strict=True)
    return sorted((one.need, one.departs, steps) for one, steps in rows)


def test_what_is_in_force_goes_first_and_the_other_need_takes_its_place() -> None:
    """Five a week: in force A goes in the second week and B in the first. The plan has it the other way
    round, and neither can change alone."""
    _, rows, whole = laid(problem(lanes=ONE, needs=TWO, capacities=[{"on": "a", "tonnes": 5}]))
    plan, force = _sent(whole, (0, 0, 5), (1, 7, 5)), _sent(whole, (0, 7, 5), (1, 0, 5))
    found = closer(whole, plan, force, plan[0], (earliness.MEMBER,))
    assert _parts(whole, found) == [(0, 7, 5), (1, 0, 5)]
    assert worth(whole, found) == worth(whole, plan)
    assert min(left(rows, found)) >= 0


def test_what_is_in_force_is_not_sent_where_that_costs_value() -> None:
    """Of five tents all go to B, which counts double; in force they went to A."""
    needs: Rows = [TWO[0], dict(TWO[1]) | {"weight": 2}]
    _, _, whole = laid(problem(lanes=ONE, needs=needs, offers=[{"quantity": 5}]))
    plan, force = _sent(whole, (1, 0, 5)), _sent(whole, (0, 0, 5))
    assert _parts(whole, closer(whole, plan, force, plan[0], ())) == [(1, 0, 5)]


def test_a_plan_is_as_good_up_to_two_in_a_thousand() -> None:
    needs: Rows = [{"quantity": 1000}]
    _, _, whole = laid(problem(lanes=ONE, needs=needs, offers=[{"quantity": Decimal(1000)}]))
    all_of_it = _sent(whole, (0, 0, 1000))
    assert as_good(whole, _sent(whole, (0, 0, 999)), all_of_it)
    assert not as_good(whole, _sent(whole, (0, 0, 997)), all_of_it)
