"""Mappings survive the way into mapping.toml and back, and wrong ones say what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.formats.test_mapped import MAPPING

from konvoi.flow.sender_mappings import sender_mappings, with_mapping
from konvoi.intake.mapping import (
    TableMapping,
    WrongMapping,
    as_json,
    as_toml,
    mapping_from_json,
    mapping_of,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(st.dictionaries(st.sampled_from(["package", "title", "amount"]), TEXTS, min_size=1), TEXTS, TEXTS)
def test_a_mapping_comes_back_exactly(columns: dict[str, str], word: str, sheet: str) -> None:
    mapping = TableMapping(
        table="packages", sheet=sheet, columns=columns, words={"stage": {word: "?"}}, ignored=(word, sheet)
    )
    assert mapping_of(as_toml([mapping, MAPPING])) == (mapping, MAPPING)
    assert mapping_from_json(as_json(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[mapping]]\ntable = 'parcels'", "not a table"),
        ("[[mapping]]\ntable = 'packages'", "no column"),
        ("[[mapping]]\ntable = 'packages'\n[mapping.columns]\ncolour = 'x'", "colour"),
        ("[[mapping]]\ntable = 'packages'\nseparator = '#'\n[mapping.columns]\ntitle = 'x'", "separator"),
        (
            "[[mapping]]\ntable = 'packages'\n[mapping.columns]\ntitle = 'x'\n[mapping.times]\ntitle = 7",
            "times",
        ),
        (
            "[[mapping]]\ntable = 'packages'\n[mapping.columns]\ntitle = 'x'\n"
            "[mapping.constants]\ntitle = 'y'",
            "both",
        ),
        ("[[mapping]\n", "TOML"),
        ("mapping = 1", "mapping"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(WrongMapping, match=says):
        mapping_of(text)


def test_required_columns_without_a_source_are_open() -> None:
    mapping = TableMapping(table="packages", columns={"title": "T"}, constants={"kind": "?", "party": "NO"})
    assert mapping.open() == ("day", "kind", "package")
    assert MAPPING.open() == ()


def test_each_sender_has_its_own_mappings_and_one_of_the_same_headings_is_replaced() -> None:
    other = TableMapping(table="lines", columns={"line": "Nr"})
    known, _ = sender_mappings(with_mapping({}, "NO", MAPPING))
    known, _ = sender_mappings(with_mapping(known, "DK", other))
    again = TableMapping(
        **{**MAPPING.__dict__, "constants": {"currency": "EUR"}},
    )
    known, told = sender_mappings(with_mapping(known, "NO", again))
    assert told == ()
    assert known == {"DK": (as_json(other),), "NO": (as_json(again),)}


def test_a_file_of_mappings_that_cannot_be_used_is_one_error() -> None:
    known, (finding,) = sender_mappings("[[mapping]]\ntable = 'parcels'\n")
    assert (known, finding.severity, finding.code) == ({}, "error", "mapping-broken")
