"""The one definition of value."""

from decimal import Decimal

from tests.plan.worlds import Rows, day, problem

from konvoi.plan.value import Delivery, value

ONE = 10**12


def worth(deliveries: list[Delivery], **changed: Rows) -> Decimal:
    return value(problem(**changed), deliveries)


def test_in_time_full_late_half_then_nothing() -> None:
    need = [{"weight": 3, "due": day(5), "last_useful": day(9)}]
    assert worth([Delivery(0, 2 * ONE, 5, ONE)], needs=need) == 6
    assert worth([Delivery(0, 2 * ONE, 6, ONE)], needs=need) == 3
    assert worth([Delivery(0, 2 * ONE, 10, ONE)], needs=need) == 0


def test_a_whole_need_counts_where_less_than_a_step_is_missing() -> None:
    need = [{"whole": True}]
    assert worth([Delivery(0, 9 * ONE, 0, ONE)], needs=need) == 0
    assert worth([Delivery(0, 96 * ONE // 10, 0, 8 * ONE // 10)], needs=need) == Decimal("9.6")


def test_kits_count_whole_ones_only() -> None:
    kit = [{"kit": "K", "need": "N", "per_kit": 4, "weight": 10}]
    assert worth([Delivery(0, 7 * ONE, 0, ONE)], needs=[{"weight": 0}], kits=kit) == 10


def test_the_value_is_exact_to_the_last_place() -> None:
    need = [{"weight": "0.000001", "due": day(0), "last_useful": day(3)}]
    late = worth([Delivery(0, 1, 2, 1)], needs=need, horizon=[{"late_credit": "0.000001"}])
    assert late == Decimal("1e-24")
