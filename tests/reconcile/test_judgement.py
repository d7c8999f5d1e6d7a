"""Decisions are appended, undone by new rows, and keyed by what outlives a new version."""

import polars as pl
import pytest
from tests.reconcile.ledgers import entries

from konvoi.reconcile.judgement import JUDGEMENTS, in_force, judged, names

LEDGER = entries(
    {"entry": "1", "reference": "N-1"}, {"entry": "2", "reference": "N-2", "package": "N-1", "line": "L-7"}
)


def row(verdict: str, at: str = "2022-06-01T10:00:00Z", supersedes: str = "") -> dict[str, str]:
    return judged(
        ("1", "2"), verdict, relation="same_as", by="desk", at=at, entries=LEDGER, supersedes=supersedes
    )


def table(*rows: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=JUDGEMENTS)


def test_a_record_is_named_by_source_and_reference_and_its_line() -> None:
    assert names(LEDGER)["name"].to_list() == ["NL-1#N-1", "NL-1#N-2#L-7"]


def test_a_record_without_a_reference_is_named_by_its_entry() -> None:
    loose = entries({"entry": "9", "reference": None, "package": None})
    assert names(loose)["name"].to_list() == ["9"]


def test_undo_is_a_new_row() -> None:
    first = row("same")
    undone = row("unsure", at="2022-06-02T10:00:00Z", supersedes=first["judgement"])
    assert in_force(table(first, undone))["verdict"].to_list() == ["unsure"]


def test_undo_holds_even_when_its_clock_was_slow() -> None:
    first = row("same")
    undone = row("different", at="2022-05-01T10:00:00Z", supersedes=first["judgement"])
    assert in_force(table(undone, first))["verdict"].to_list() == ["different"]


def test_the_latest_of_two_decisions_holds_from_whichever_side_it_was_made() -> None:
    later = row("different", at="2022-06-03T10:00:00Z")
    turned = later | {"left": later["right"], "right": later["left"]}
    assert in_force(table(turned, row("same")))["verdict"].to_list() == ["different"]


def test_columns_that_a_file_leaves_out_are_empty() -> None:
    bare = pl.DataFrame({"left": ["x"], "right": ["y"], "relation": ["same_as"], "verdict": ["same"]})
    assert in_force(bare).height == 1


def test_there_are_three_verdicts() -> None:
    with pytest.raises(ValueError, match="no such verdict: 'maybe'"):
        row("maybe")
