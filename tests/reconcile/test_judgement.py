"""Decisions are appended, undone by new rows, and keyed by what outlives a new version."""

from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reconcile.ledgers import entries

from konvoi.model.entries import frame
from konvoi.reconcile.judgement import JUDGEMENTS, in_force, judged, known_by, names, taken_back

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


def at(number: int) -> str:
    return f"2022-06-01T10:00:{number:02d}.000000+00:00"


def test_what_was_taken_back_holds_no_more_and_what_it_superseded_holds_again() -> None:
    first = row("same", at(0))
    second = row("different", at(1), supersedes=first["judgement"])
    back = taken_back(second, by="desk", at=at(2))
    assert in_force(table(first, second, back))["judgement"].to_list() == [first["judgement"]]
    assert in_force(table(first, taken_back(first, by="desk", at=at(3)))).is_empty()


def test_a_row_that_takes_back_may_itself_be_taken_back() -> None:
    first = row("same", at(0))
    back = taken_back(first, by="desk", at=at(1))
    again = taken_back(back, by="desk", at=at(2))
    assert in_force(table(first, back, again))["verdict"].to_list() == ["same"]


def test_rows_by_hand_that_take_each_other_back_in_a_circle_take_back_nothing() -> None:
    first = row("same", at(0))
    one = taken_back(first, by="desk", at=at(1)) | {"judgement": "x", "supersedes": "y"}
    other = one | {"judgement": "y", "supersedes": "x"}
    assert in_force(table(first, one, other))["verdict"].to_list() == ["same"]


@given(st.lists(st.sampled_from(["same", "different", "unsure", "back"]), max_size=8), st.randoms())
def test_taking_everything_back_leaves_what_was_there_before(steps: list[str], chance: Random) -> None:
    """Whatever was decided and taken back in between, and in whichever order the rows stand."""
    before = [row("unsure", at(0))]
    rows, standing = list(before), []
    for number, step in enumerate(steps, start=1):
        if step != "back":
            held = in_force(table(*rows))["judgement"].to_list()
            rows.append(row(step, at(number), supersedes=held[0]))
            standing.append(rows[-1])
        elif standing:
            rows.append(taken_back(standing.pop(), by="desk", at=at(number)))
    held = [(standing or before)[-1]["judgement"]]
    assert in_force(table(*rows))["judgement"].to_list() == held
    for number, one in enumerate(reversed(standing)):
        rows.append(taken_back(one, by="desk", at=at(20 + number)))
    chance.shuffle(rows)
    assert in_force(table(*rows)).to_dicts() == in_force(table(*before)).to_dicts()


def test_a_decision_counts_from_its_own_day_or_else_from_that_on_which_it_was_taken() -> None:
    rows = frame(
        [
            {"judgement": "a", "at": "2026-05-01T10:00:00+00:00", "on": "2031-02-01"},
            {"judgement": "b", "at": "2026-05-01T10:00:00+00:00"},
            {"judgement": "c", "at": "2026-05-03T10:00:00+00:00", "on": ""},
        ],
        JUDGEMENTS,
    )
    assert known_by(rows, date(2026, 5, 2))["judgement"].to_list() == ["b"]
    assert known_by(rows, date(2026, 5, 3))["judgement"].to_list() == ["b", "c"]
    assert known_by(rows, date(2031, 2, 1))["judgement"].to_list() == ["a", "b", "c"]
