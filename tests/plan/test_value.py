"""The one definition of value."""

from decimal import Decimal

from tests.plan.worlds import Rows, day, problem

from konvoi.plan.value import Delivery, value

ONE = 10**12


def worth(deliveries: list[Delivery], **changed: Rows) -> Decimal:
    return value(problem(**changed), deliveries)


def test_in_time_full_late_half_then_nothing() -> None:
    need = [{"weight": 3, "due": day(5), "last_useful": day(9)}]
    assert worth([Delivery(0, 2 * ONE, 5)], needs=need) == 6
    assert worth([Delivery(0, 2 * ONE, 6)], needs=need) == 3
    assert worth([Delivery(0, 2 * ONE, 10)], needs=need) == 0


def test_a_whole_need_counts_only_in_full_and_nothing_counts_beyond() -> None:
    need = [{"whole": True, "last_useful": day(20)}]
    assert worth([Delivery(0, 9 * ONE, 0)], needs=need) == 0
    assert worth([Delivery(0, 104 * ONE // 10, 0)], needs=need) == 10
    assert worth([Delivery(0, 9 * ONE, 0), Delivery(0, 2 * ONE, 20)], needs=need) == Decimal("9.5")


def test_kits_count_whole_ones_only() -> None:
    kit = [{"kit": "K", "need": "N", "per_kit": 4, "weight": 10}]
    assert worth([Delivery(0, 7 * ONE, 0)], needs=[{"weight": 0}], kits=kit) == 10


def test_the_value_is_exact_to_the_last_place() -> None:
    need = [{"weight": "0.000001", "due": day(0), "last_useful": day(3)}]
    late = worth([Delivery(0, 1, 2)], needs=need, horizon=[{"late_credit": "0.000001"}])
    assert late == Decimal("1e-24")
