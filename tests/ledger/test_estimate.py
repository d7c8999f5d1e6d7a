"""Estimates of clusters whose decisions are too many to go through."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from tests.ledger.test_range import Case, cases, estimates, expected, figures

from konvoi.ledger import estimate
from konvoi.ledger import range as ranging
from konvoi.ledger.answer import Total
from konvoi.ledger.decisions import Cluster, Consistency, Option


@contextmanager
def too_large() -> Iterator[None]:
    """Treat each cluster as one that is too large to go through."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranging, "EXACT", -1)
        patch.setattr(ranging, "LIMIT", 0)
        yield


def drawn(case: Case) -> Total:
    """The total of a case, its clusters drawn instead of gone through."""
    with too_large():
        return case.total()


@pytest.mark.slow
@given(cases(most=6, relations=8))
def test_drawn_decisions_are_consistent(case: Case) -> None:
    """A mean of consistent decisions lies in the exact range, for the total and for each row."""
    answer, exact = drawn(case), figures(case.total())
    for key, mean in estimates(answer).items():
        assert exact[key][1] <= mean <= exact[key][2]
    assert sum(part.estimate for part in answer.by) == answer.estimate


@pytest.mark.slow
@settings(max_examples=40)
@given(cases(most=5, relations=5))
def test_draws_come_near_the_mean_of_all_consistent_decisions(case: Case) -> None:
    """Within a tenth of what the records state together."""
    values = sum(abs(amount) for amount, _, _ in case.units) / 100
    found = float(estimates(drawn(case))[""])
    assert found == pytest.approx(expected(case)[""], abs=0.1 * values + 0.02)


def test_more_draws_lead_to_the_mean() -> None:
    """Five reports, each pair the same with .3: the exact mean within 1 per cent by 4,000 draws."""
    pairs = combinations(range(5), 2)
    case = Case(
        tuple((1_000 * 2**n, "A", "A") for n in range(5)),
        tuple((f"e{a}", "same_as", f"e{b}", "undecided", 0.3) for a, b in pairs),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimate, "DRAWS", 4_000)
        patch.setattr(estimate, "WORK", 10**9)
        found = estimates(drawn(case))[""]
    assert float(found) == pytest.approx(float(estimates(case.total())[""]), rel=0.01)


def test_a_large_cluster_of_likely_pairs_counts_about_once() -> None:
    """40 reports of EUR 10, each pair the same with .9: hardly any consistent decision leaves two of them."""
    pairs = combinations(range(40), 2)
    rows = tuple((f"e{a}", "same_as", f"e{b}", "undecided", 0.9) for a, b in pairs)
    many = Case(tuple((1_000, "A", "A") for _ in range(40)), rows)
    assert estimates(many.total())[""] == Decimal("10.00")


def world(*accepted: tuple[str, str, str], apart: tuple[tuple[str, str], ...] = ()) -> estimate._World:
    """Return a draw of four units in which some relations hold already."""
    rows = tuple(related(*one) for one in accepted)
    cluster = Cluster(tuple("abcd"), rows, (), frozenset(apart))
    return estimate._World(Consistency(cluster), cluster, {})


def related(left: str, relation: str, right: str) -> dict[str, object]:
    return {"left": left, "right": right, "relation": relation, "subtype": "", "most": None}


def fits(drawn: estimate._World, *told: tuple[str, str, str]) -> list[bool]:
    """Return for each relation, in turn, True if it fits; those that fit hold from then on."""
    found = []
    for one in told:
        row = related(*one)
        found.append(drawn._fits(row))
        if found[-1]:
            drawn._accept(Option(one[1], (row,)))
    assert not drawn.broken
    return found


def test_a_draw_joins_no_two_that_are_apart_and_relates_no_two_that_are_the_same() -> None:
    same, part = ("a", "same_as", "b"), ("a", "part_of", "b")
    assert fits(world(), same, part, ("b", "restates", "a"), same) == [True, False, False, True]
    assert fits(world(), part, same) == [True, False]
    assert fits(world(apart=(("a", "c"),)), same, ("b", "same_as", "c")) == [True, False]
    assert fits(world(apart=(("a", "c"),)), ("c", "same_as", "d"), ("d", "same_as", "a")) == [True, False]


def test_a_draw_leads_in_no_circle_not_even_by_joining() -> None:
    chain = [("a", "restates", "b"), ("b", "restates", "c")]
    closing = (("c", "restates", "a"), ("c", "reimburses", "a"))
    assert fits(world(), *chain, *closing) == [True, True, False, True]
    assert fits(world(), *chain, ("a", "same_as", "c")) == [True, True, False]
    assert fits(world(), *chain, ("c", "same_as", "d"), ("d", "restates", "a")) == [True, True, True, False]
    free = world(("a", "restates", "b"), ("b", "restates", "a"))
    assert fits(free, ("c", "restates", "d"), ("d", "restates", "c")) == [True, True]


def test_a_draw_gives_a_part_one_whole_or_as_many_as_hold_already() -> None:
    wholes = [("a", "part_of", "b"), ("a", "part_of", "c")]
    assert fits(world(), *wholes) == [True, False]
    assert fits(world(), ("b", "same_as", "c"), *wholes) == [True, True, True]
    other = (("a", "part_of", "b"), ("d", "part_of", "c"), ("a", "same_as", "d"))
    assert fits(world(), *other) == [True, True, False]
    assert fits(world(*wholes), ("a", "part_of", "d"), ("b", "contracts_for", "d")) == [False, True]
    assert fits(world(*wholes), ("a", "same_as", "d")) == [True]
