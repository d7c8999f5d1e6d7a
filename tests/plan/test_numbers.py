"""Consignments bear short numbers: unique within an issue, and the same in the next."""

from hypothesis import given
from hypothesis import strategies as st

from konvoi.plan.numbers import numbers

ONE, TWIN, OTHER = "8c345cf18307319d", "8c349d0000000000", "0072439805b91def"


def test_a_number_is_short_and_taken_from_the_id() -> None:
    assert numbers([ONE, OTHER]) == {ONE: "K-8C34", OTHER: "K-0072"}


def test_ids_that_begin_alike_get_as_many_signs_as_tell_them_apart() -> None:
    assert numbers([ONE, TWIN, OTHER]) == {ONE: "K-8C345", TWIN: "K-8C349", OTHER: "K-0072"}


def test_an_id_that_somebody_chose_is_its_own_number() -> None:
    assert numbers(["M-1", "Sendung 7"]) == {"M-1": "M-1", "Sendung 7": "Sendung 7"}


def test_what_had_a_number_keeps_it_when_another_begins_alike() -> None:
    """On the telephone K-8C34 has to mean the same consignment this week as last."""
    before = {ONE: {"number": "K-8C34"}}
    assert numbers([TWIN, ONE], before) == {ONE: "K-8C34", TWIN: "K-8C349"}


def test_the_number_of_a_consignment_that_is_gone_goes_to_no_other() -> None:
    assert numbers([TWIN], {ONE: {"number": "K-8C34"}}) == {TWIN: "K-8C349"}


def test_an_issue_without_numbers_is_no_obstacle() -> None:
    assert numbers([ONE], {ONE: {"quantity": "3"}}) == {ONE: "K-8C34"}


@given(st.sets(st.text("01", min_size=16, max_size=16), max_size=40), st.integers(0, 40))
def test_no_two_numbers_are_equal_and_the_order_of_ids_does_not_matter(ids: set[str], kept: int) -> None:
    every = sorted(ids)
    first = numbers(every[:kept])
    after = numbers(reversed(every), {id: {"number": number} for id, number in first.items()})
    assert len(set(after.values())) == len(ids)
    assert {id: after[id] for id in first} == first
