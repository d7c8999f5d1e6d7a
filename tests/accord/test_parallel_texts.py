"""Sister texts clause by clause: which clauses are sisters, in whose words, where."""

from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.accord.negotiating import text

from konvoi.accord.parallel_texts import Text, side_by_side

ARLAND = {
    "I/1": "Arland will consult with Corland within 24 hours.",
    "I/2": "Arland shall train crews.",
    "II/1": "This Agreement holds for ten years.",
}
BORLAND = {
    "1": "Borland will consult with Corland within 72 hours.",
    "2": "This Agreement holds for ten years.",
    "3": "Borland gives seeds.",
}


def texts() -> list[Text]:
    """Two texts of one kind."""
    return [
        Text("A", text(ARLAND), ("Arland", "Corland")),
        Text("B", text(BORLAND), ("Borland", "Corland")),
    ]


def test_sisters_share_a_number_wherever_they_stand() -> None:
    found = side_by_side(texts())
    rows = {(row["document"], row["clause"]): row for row in found.iter_rows(named=True)}
    assert rows["A", "I/1"]["number"] == rows["B", "1"]["number"] == 1
    assert rows["A", "II/1"]["number"] == rows["B", "2"]["number"] == 3
    assert rows["B", "2"]["said"] == "same"
    assert rows["B", "3"]["said"] == "first"
    assert rows["B", "3"]["number"] == 4


def test_names_of_the_parties_make_no_difference_and_other_words_are_told_in_turn() -> None:
    found = side_by_side(texts())
    (row,) = found.filter((pl.col("document") == "B") & (pl.col("clause") == "1")).to_dicts()
    assert row["said"] == "different wording"
    assert row["like"] >= 90
    changed = [(part["sign"], part["text"]) for part in row["words"] if part["sign"] != "="]
    assert changed == [("-", "24"), ("+", "72")]


def test_what_only_a_later_text_has_stands_behind_what_it_stands_behind_there() -> None:
    between = {"1": BORLAND["1"], "2": "Borland gives seeds.", "3": BORLAND["2"]}
    found = side_by_side([texts()[0], Text("B", text(between), ("Borland", "Corland"))])
    order = found.filter(pl.col("said") == "first").sort("number")["clause"].to_list()
    assert order == ["I/1", "2", "I/2", "II/1"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*ARLAND.values(), *BORLAND.values()]), max_size=5), max_size=4))
def test_no_clause_of_any_text_is_lost_and_rows_are_numbered_through(many: list[list[str]]) -> None:
    own = [
        Text(str(at), text({f"I/{number}": words for number, words in enumerate(them)}))
        for at, them in enumerate(many)
    ]
    found = side_by_side(own)
    assert found.height == sum(map(len, many))
    assert found.filter(pl.col("said") == "first")["number"].to_list() == list(
        range(1, found["number"].n_unique() + 1)
    )
    assert found.select("number", "document").is_unique().all()


@pytest.mark.slow
@pytest.mark.real_data
def test_clauses_of_the_real_agreements_that_were_written_from_one_draft_are_found(real_data: Path) -> None:
    """Read by eye: the clause on ten years of support stands in seven of nine, under other numbers."""
    from konvoi.flow.agreements.read_agreements import agreements
    from konvoi.flow.workspace import opened

    found, _ = agreements(opened([real_data / "agreements"]))
    rows = side_by_side([Text(one.name, one.clauses) for one in found])
    (number,) = rows.filter((pl.col("document") == "uk-2024-01-12") & (pl.col("clause") == "II/s1/8"))[
        "number"
    ]
    sisters = dict(rows.filter(pl.col("number") == number).select("document", "clause").iter_rows())
    assert sisters == {
        "uk-2024-01-12": "II/s1/8",
        "de-2024-02-16": "II/6",
        "fr-2024-02-16": "IV/7/p10",
        "dk": "s2/10",
        "nl": "2/3",
        "lv": "1/p6",
        "se": "II/s1/8",
    }
    assert all(one <= other for one, other in pairwise(rows["number"]))
