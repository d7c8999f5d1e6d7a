"""Versions compared: each kind of change on a document of a few words, and properties of any two."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.accord.agreed import document, said

from konvoi.accord.compare import COMPARED, compared, differences, stood_on

OLD = (
    "# I. Aims",
    "1. The Parties will defend each other against every attack.",
    "2. Arland will give ten tanks and twenty lorries each year.",
    "3. This part may be amended in writing.",
)


def changes(*new: str, old: tuple[str, ...] = OLD) -> list[tuple[object, ...]]:
    found = compared(document("T", *old), document("T", *new)).filter(pl.col("change") != "same")
    return list(said(found, "change", "before", "after"))


def test_nothing_changed_is_nothing() -> None:
    assert changes(*OLD) == []
    assert changes(*(text.replace(" will ", "  will ") for text in OLD)) == []


def test_a_changed_clause_tells_its_words_in_turn() -> None:
    new = (*OLD[:2], "2. Arland will give eleven tanks and twenty lorries each year.", OLD[3])
    assert changes(*new) == [("changed", "I/2", "I/2")]
    found = compared(document("T", *OLD), document("T", *new)).filter(pl.col("change") == "changed")
    assert [(one["sign"], one["text"]) for one in found["words"][0]] == [
        *(
            ("=", "Arland will give"),
            ("-", "ten"),
            ("+", "eleven"),
            ("=", "tanks and twenty lorries each year."),
        )
    ]


def test_an_insertion_moves_what_stands_behind_it() -> None:
    new = (
        *OLD[:2],
        "2. Whoever is attacked will tell the other at once.",
        "3." + OLD[2][2:],
        "4." + OLD[3][2:],
    )
    assert changes(*new) == [("new", None, "I/2"), ("moved", "I/2", "I/3"), ("moved", "I/3", "I/4")]


def test_what_is_left_out_is_gone_where_it_stood() -> None:
    assert changes(*OLD[:2], "2." + OLD[3][2:]) == [("gone", "I/2", None), ("moved", "I/3", "I/2")]


def test_a_clause_that_moved_and_changed_is_known_by_its_words() -> None:
    moved = "1. Arland will give ten tanks and forty lorries each year."
    found = compared(document("T", *OLD), document("T", *OLD[:2], "2." + OLD[3][2:], "# II. Gifts", moved))
    rows = found.filter(pl.col("before") == "I/2")
    assert said(rows, "change", "moved", "after") == [("changed", True, "II/1")]


def test_another_clause_under_the_same_number_is_no_version_of_it() -> None:
    found = changes(*OLD[:2], "2. Quite xyz!", OLD[3])
    assert found == [("gone", "I/2", None), ("new", None, "I/2")]


def test_the_text_as_it_stood_on_a_day_is_that_of_the_newest_version_by_then() -> None:
    versions = {
        "a": date(2031, 1, 5),
        "b": date(2031, 3, 1),
        "c": date(2031, 3, 1),
        "d": date(2031, 2, 1),
    }
    days = (date(2031, 1, 4), date(2031, 1, 5), date(2031, 2, 28), date(2031, 3, 1))
    assert [stood_on(versions, day) for day in days] == [None, "a", "d", "c"]


words = st.lists(
    st.sampled_from("the Parties will give ten tanks and lorries each year".split()), min_size=1
).map(" ".join)
texts = st.lists(words, min_size=1, max_size=6)


@given(old=texts, new=texts)
def test_every_clause_of_both_versions_stands_once_and_words_give_both_texts_again(
    old: list[str], new: list[str]
) -> None:
    before, after = document("T", "# I. A", *old), document("T", "# I. A", *new)
    found = compared(before, after)
    assert found.schema == COMPARED
    assert sorted(found["before"].drop_nulls()) == sorted(before["clause"])
    assert found["after"].drop_nulls().to_list() == after["clause"].to_list()
    for row in found.filter(pl.col("change") == "changed").iter_rows(named=True):
        kept = {sign: [one["text"] for one in row["words"] if one["sign"] in (sign, "=")] for sign in "-+"}
        assert (" ".join(kept["-"]), " ".join(kept["+"])) == (row["old"], row["new"])


def test_words_are_compared_whole() -> None:
    assert differences("ten", "ten tanks") == [("=", "ten"), ("+", "tanks")]
