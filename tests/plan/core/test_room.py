"""Rows are counted in whole numbers, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from tests.plan.core.laid import laid, left
from tests.plan.test_oracle import Tables, worlds
from tests.plan.worlds import problem

from konvoi.plan.core.room import MOST, Units
from konvoi.plan.core.whole import put
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.read_problem import from_tables


@pytest.mark.slow
@given(worlds())
def test_what_is_free_is_what_the_rows_say_rounded_to_what_all_steps_share(world: Tables) -> None:
    """No row is exceeded, but a need's by less than its last step."""
    _, rows, whole = laid(from_tables(world))
    plan = rule_of_thumb(whole)
    free = put(whole, plan).room.free.tolist()
    for row, exact in enumerate(left(rows, plan)):
        part = whole.units.of(row)
        assert free[row] == (-(-exact // part) if row in rows.rounded else exact // part)
        assert exact >= 0 or row in rows.rounded


def test_a_step_takes_whole_parts_and_the_rest_that_none_can_take_is_left_out() -> None:
    """Tents of 1.5 t in a lane of 10 t a week: six parts of 1.5 t, of which a tent takes one."""
    posed = problem(goods=[{"weight_kg": 1500}], capacities=[{"on": "DX", "tonnes": 10}])
    _, rows, whole = laid(posed)
    row = next(row for row, key in enumerate(rows.frame["key"]) if key == "DX")
    assert Decimal(whole.units.of(row)).scaleb(-24) == Decimal("1.5")
    assert whole.room.free[row] == 6


def test_a_row_that_is_too_long_to_count_is_counted_coarser_to_the_safe_side() -> None:
    """Of 2^62 + 5 in ones: parts of three, a step of four takes two of them."""
    units = Units((2**62 + 5,), frozenset())
    units.share(0, 1)
    assert units.of(0) == 3
    assert units.bound(0) == (2**62 + 5) // 3 <= MOST
    assert (units.amount(0, 4), units.amount(0, 3), units.amount(0, 2**80)) == (2, 1, MOST)


def test_more_of_a_row_counts_with_the_rest_that_was_left_out() -> None:
    """Seven in parts of two are three; one more makes four."""
    units = Units((7,), frozenset())
    units.share(0, 2)
    assert (units.bound(0), units.more(0, 1)) == (3, 1)
