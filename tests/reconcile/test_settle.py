"""Chains and circles are found whatever else hangs on them."""

from hypothesis import given
from hypothesis import strategies as st

from konvoi.model.finding import Place
from konvoi.reconcile.settle import _cycle, between, circles

NAMES = st.sampled_from("abcdef")
EDGES = st.lists(st.tuples(NAMES, NAMES).filter(lambda e: e[0] != e[1]), max_size=10)


def test_dead_ends_are_no_part_of_a_chain() -> None:
    assert between([("a", "b"), ("b", "c"), ("b", "x")], "a", "c") == [("a", "b"), ("b", "c")]


def test_both_ways_round_are_part_of_a_chain() -> None:
    edges = [("a", "b"), ("a", "d"), ("b", "c"), ("c", "d")]
    assert between(edges, "a", "c") == edges


def test_circles_that_do_not_meet_are_two() -> None:
    assert circles([("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "c")]) == [("a", "b"), ("c", "d")]


@given(EDGES)
def test_without_its_circles_nothing_leads_back(edges: list[tuple[str, str]]) -> None:
    inside = [set(circle) for circle in circles(edges)]
    straight = [(a, b) for a, b in edges if not any(a in ring and b in ring for ring in inside)]
    assert circles(straight) == []


def test_a_circle_is_told_of_at_the_column_of_relations() -> None:
    place = Place("MD/m.xlsx", "Packages", 3, "amount")
    found = _cycle("restates", ("a", "b"), {"a": place}, {})
    assert (found.place.row, found.place.column) == (3, "relates")
