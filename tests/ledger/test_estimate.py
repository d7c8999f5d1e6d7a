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


@given(cases(most=6, relations=8))
def test_drawn_decisions_are_consistent(case: Case) -> None:
    """A mean of consistent decisions lies in the exact range, for the total and for each row."""
    answer, exact = drawn(case), figures(case.total())
    for key, mean in estimates(answer).items():
        assert exact[key][1] <= mean <= exact[key][2]
    assert sum(part.estimate for part in answer.by) == answer.estimate


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
