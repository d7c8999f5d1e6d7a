"""A priority is explained by its parts; what is not known counts as nothing, and at most as all."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from konvoi.fund.priority import Weights, money_left, priority
from konvoi.fund.project_places import InNeed

SHARES = st.integers(0, 100)
COUNTS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


def in_need(people: int) -> InNeed:
    return InNeed("XV01", "health", 2031, people, 100, "people_in_need/XV01")


def test_all_parts_weigh_alike_unless_a_workspace_says_otherwise() -> None:
    """Need 60 %, readiness 1 of 2, money 100 %."""
    found = priority(in_need(60), (1, 1, 0), Decimal(1), Weights())
    assert (found.need, found.readiness, found.money) == (Decimal("0.6"), Decimal("0.5"), Decimal(1))
    assert found.value == found.highest == Decimal("0.700000")
    need_alone = priority(in_need(60), (1, 1, 0), Decimal(1), Weights(1, 0, 0))
    assert need_alone.value == Decimal("0.600000")


def test_what_is_not_known_counts_as_nothing_and_at_most_as_all() -> None:
    found = priority(None, (0, 0, 0), None, Weights())
    assert (found.readiness, found.value, found.highest) == (None, Decimal(0), Decimal(1))


def test_money_that_is_left_is_held_against_what_is_still_to_be_paid() -> None:
    """Of 100 that it costs 40 are paid and 15 are left: a quarter of the rest is there."""
    assert money_left(15, 100, 40) == Decimal("0.25")
    assert money_left(-5, 100, 40) == 0
    assert money_left(15, None, 40) is None


@given(people=SHARES, counts=COUNTS, money=st.integers(0, 100))
def test_an_answer_more_that_is_met_never_makes_it_less_pressing(
    people: int, counts: tuple[int, int, int], money: int
) -> None:
    met, failed, unknown = counts
    before = priority(in_need(people), (met, failed, unknown + 1), Decimal(money) / 100, Weights())
    after = priority(in_need(people), (met + 1, failed, unknown), Decimal(money) / 100, Weights())
    assert before.value <= after.value <= after.highest == before.highest
    assert 0 <= before.value <= before.highest <= 1
