"""References of one source that differ in case or spacing alone are put to review."""

from typing import Any

import polars as pl
import pytest
from tests.reconcile.duplicates.test_announced_again import gift
from tests.reconcile.ledgers import entries, told

from konvoi.reconcile.relate import relate


def found(*rows: dict[str, object]) -> list[tuple[str, str, str, str]]:
    relations = relate(entries(*rows)).relations
    return told(relations.filter(pl.col("subtype") == "reference-respelt"))


def stated(entry: str, reference: str, amount: int, days: int = 0, **more: Any) -> dict[str, object]:
    """A gift of one source under a reference; each has a content and an amount of its own."""
    return gift(entry, f"Content of {entry}", amount, days, reference=reference, package=reference, **more)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("again", ["pl-1", "PL 1", "PL – 1", "Pl_1"])
def test_a_reference_in_another_spelling_is_proposed_whatever_else_it_states(again: str) -> None:
    made = found(stated("a", "PL-1", 10_000), stated("b", again, 8_731, 60, kind="military"))
    assert made == [("b", "restates", "a", "undecided")]


@pytest.mark.parametrize("other", ["PL-11", "PL-1.1", "PL-2", "XPL-1"])
def test_other_references_are_not(other: str) -> None:
    assert found(stated("a", "PL-1", 10_000), stated("b", other, 8_731)) == []


def test_references_of_two_sources_say_nothing_of_one_another() -> None:
    assert found(stated("a", "PL-1", 10_000), stated("b", "pl-1", 8_731, source="SE", party="SE")) == []
