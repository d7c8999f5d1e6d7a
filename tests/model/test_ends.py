"""Ends of relations become entries, whichever way they were named."""

from datetime import date

import polars as pl

from konvoi.model.ends import resolved
from konvoi.model.entries import RELATIONS, frame

ENTRIES = frame(
    [
        {"entry": "a2", "reference": "R", "package": "P", "known_on": date(2031, 1, 2)},
        {"entry": "a1", "reference": "R", "package": "P", "known_on": date(2031, 1, 3)},
        {"entry": "b", "reference": "S", "package": "Q"},
        {"entry": "c"},
    ]
)


def ends(left: str, right: str) -> list[tuple[str, str]]:
    relations = frame([{"left": left, "right": right, "relation": "part_of"}], RELATIONS)
    found = resolved(relations, ENTRIES)
    assert found.schema == RELATIONS
    return found.select("left", "right").rows()


def test_a_reference_means_the_entry_that_is_known_latest() -> None:
    assert ends("R", "b") == [("a1", "b")]


def test_a_package_means_its_first_entry() -> None:
    assert ends("Q", "P") == [("b", "a1")]


def test_an_entry_means_itself() -> None:
    assert ends("a2", "c") == [("a2", "c")]


def test_an_end_that_nobody_handed_in_and_an_entry_to_itself_make_no_relation() -> None:
    assert ends("R", "Z") == []
    assert ends("a1", "R") == []


def test_two_ways_of_naming_one_relation_make_one() -> None:
    rows = [{"left": left, "right": "b", "relation": "part_of"} for left in ("R", "a1", "P")]
    assert resolved(frame(rows, RELATIONS), ENTRIES).height == 1


def test_what_has_no_package_is_no_end_of_a_relation_without_a_name() -> None:
    assert resolved(pl.DataFrame(schema=RELATIONS), ENTRIES).is_empty()
