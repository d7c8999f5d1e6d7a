"""On which side of a boundary an entry lies: from its places and years, or from the document's word."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.model.boundary import SIDES, parsed, sides, written
from konvoi.model.entries import SCOPES, frame

HERE = {"country": "AFG", "year": "2020"}


def scopes(*, source: str = "", destination: str = "", entry: str = "E") -> list[dict[str, str]]:
    """Scope rows from texts such as "AFG JOR 2020"."""
    return [
        {
            "entry": entry,
            "side": side,
            "dimension": "year" if value.isdigit() else "country",
            "value": value,
        }
        for side, values in (("source", source), ("destination", destination))
        for value in values.split()
    ]


def side_of(*, source: str = "", destination: str = "") -> tuple[str, bool]:
    rows = sides(frame(scopes(source=source, destination=destination), SCOPES), HERE)
    assert rows.schema == SIDES
    return str(rows["side"][0]), bool(rows["shared"][0])


@pytest.mark.parametrize(
    ("source", "destination", "side"),
    [
        ("CHE 2020", "AFG 2020", "incoming"),
        ("2020", "AFG 2020", "incoming"),
        ("AFG 2019", "AFG 2020", "incoming"),
        ("AFG 2020", "AFG 2020", "internal"),
        ("AFG 2020", "JOR 2020", "outgoing"),
        ("AFG 2020", "AFG 2021", "outgoing"),
        ("CHE 2020", "JOR 2020", "outside"),
        ("CHE 2020", "AFG", "outside"),
    ],
)
def test_an_end_is_inside_when_it_names_the_place_and_the_year(
    source: str, destination: str, side: str
) -> None:
    assert side_of(source=source, destination=destination) == (side, False)


def test_a_flow_with_several_values_in_the_end_that_is_inside_is_shared() -> None:
    assert side_of(source="CHE 2020", destination="AFG JOR 2020") == ("incoming", True)
    assert side_of(source="CHE 2020", destination="AFG 2020 2021") == ("incoming", True)
    assert side_of(source="AFG JOR 2020", destination="IRQ 2020") == ("outgoing", True)


def test_several_values_in_an_end_outside_do_not_make_a_flow_shared() -> None:
    assert side_of(source="CHE DEU 2019 2020", destination="AFG 2020") == ("incoming", False)


def test_a_place_named_twice_is_one_place() -> None:
    assert side_of(source="CHE 2020", destination="AFG AFG 2020") == ("incoming", False)


def test_what_a_document_states_for_this_boundary_counts_and_the_recomputed_side_stays_in_sight() -> None:
    stated = {"entry": "E", "side": "stated", "dimension": written(HERE), "value": "incoming"}
    rows = frame([*scopes(source="AFG 2020", destination="AFG 2020"), stated], SCOPES)
    assert sides(rows, HERE).row(0) == ("E", "incoming", False, "internal", "incoming")
    assert sides(rows, {"country": "AFG"}).row(0) == ("E", "internal", False, "internal", None)


def test_a_boundary_of_one_dimension_asks_for_no_other() -> None:
    rows = frame(scopes(source="CHE 2019", destination="AFG 2021 2022"), SCOPES)
    assert sides(rows, {"country": "AFG"}).row(0)[:3] == ("E", "incoming", False)


def test_no_scopes_give_no_sides() -> None:
    assert sides(frame([], SCOPES), HERE).is_empty()


def test_a_boundary_is_written_the_same_however_it_was_spelled() -> None:
    assert written(parsed(" year:2020 , country:AFG,,colour ")) == "country:AFG,year:2020"


@given(st.permutations(scopes(source="AFG 2020 2021", destination="AFG JOR 2020") + scopes(entry="F")))
def test_the_order_of_scopes_does_not_matter(rows: list[dict[str, str]]) -> None:
    assert sides(frame(rows, SCOPES), HERE).rows() == [("E", "internal", True, "internal", None)]


@given(
    st.lists(st.sampled_from(["AFG", "JOR", "CHE", "2020", "2021"])),
    st.lists(st.sampled_from(["AFG", "2020"])),
)
def test_turning_an_entry_round_turns_its_side_round(source: list[str], destination: list[str]) -> None:
    turned = {"incoming": "outgoing", "outgoing": "incoming"}
    forth = frame(scopes(source=" ".join(source), destination=" ".join(destination)), SCOPES)
    back = frame(scopes(source=" ".join(destination), destination=" ".join(source)), SCOPES)
    there, here = sides(forth, HERE), sides(back, HERE)
    assert there["shared"].equals(here["shared"])
    assert there["side"].to_list() == [turned.get(side, side) for side in here["side"]]


def test_entries_come_in_order() -> None:
    rows = frame([*scopes(destination="AFG 2020", entry="b"), *scopes(source="AFG 2020", entry="a")], SCOPES)
    assert sides(rows, HERE).select(pl.col("entry")).to_series().to_list() == ["a", "b"]
