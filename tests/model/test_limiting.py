"""Columns that limit a plan: declared once, documented, and complete."""

from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from konvoi.model.limiting import LIMITING, OF_TABLE, UNREAD, Unread, cells_of, noted, packed, unpacked
from konvoi.model.tables import BY_NAME
from konvoi.model.unreadable import Why
from konvoi.plan.clean import READ

PROBLEM = Path(__file__).parents[2] / "docs" / "reference" / "problem.md"
# What no cell of these tables can loosen: rates decide between equal plans only.
NO_LIMITS = {"rates"}
# Identifiers and texts that are always readable, and what decides between equal plans only.
NOT_LIMITING = {
    *("good", "unit", "codes", "weight", "recipient", "need", "offer", "line", "standard", "version"),
    *(
        "approval",
        "asked",
        "budget",
        "kit",
        "site",
        "region",
        "lane",
        "cost",
        "movement_cost",
        "currency",
        "carrier",
    ),
    *("supplier", "serves"),
}


def test_every_column_that_decides_a_plan_limits_it_or_is_named_here() -> None:
    """A column that is added to the problem cannot be forgotten."""
    forgotten = {
        (table, column)
        for table, columns in READ.items()
        if table not in NO_LIMITS
        for column in columns
        if column not in OF_TABLE[table] and column not in NOT_LIMITING
    }
    assert forgotten == set()


def test_every_limiting_column_is_a_column_of_its_table() -> None:
    for one in LIMITING:
        assert one.column in BY_NAME[one.table].schema(), one


def test_the_reference_says_what_closes_for_each_column() -> None:
    lines = PROBLEM.read_text("utf-8").splitlines()
    for one in LIMITING:
        told = [
            line
            for line in lines
            if line.startswith(f"| {one.table} |") and line.endswith(f" {one.closed} |")
        ]
        assert any(f"`{one.column}`" in line for line in told), one


@given(
    st.dictionaries(
        st.sampled_from(sorted(OF_TABLE["caps"])),
        st.builds(Unread, st.sampled_from(Why), st.text(max_size=9), st.just(()) | st.just(("1", "2"))),
    )
)
def test_unread_cells_are_noted_and_understood(cells: dict[str, Unread]) -> None:
    assert cells_of("caps", noted(cells)) == cells


@given(st.text(min_size=1))
def test_a_note_that_is_none_closes_every_limiting_column(text: str) -> None:
    found = cells_of("caps", text)
    assert found == {} or set(found) == set(OF_TABLE["caps"]) or text.strip() == "{}"


def test_rows_that_were_left_out_come_back_with_their_types() -> None:
    """A day, a number, a choice, an empty cell, and a cell of yes or no."""
    schema = BY_NAME["needs"].schema()
    row = {"need": "N", "quantity": "1.5", "due": "2026-01-05", "whole": True, "state": "validated"}
    origin = {
        "_file": "needs.csv",
        "_sheet": "needs",
        "_row": 2,
        UNREAD: noted({"site": Unread(Why.MISSING)}),
    }
    texts = pl.DataFrame([row | origin]).with_columns(
        quantity=pl.col("quantity").cast(schema["quantity"]), due=pl.col("due").str.to_date()
    )
    [(table, found)] = unpacked(packed(texts, "needs")).items()
    assert table == "needs"
    assert found.select(texts.columns).to_dicts() == texts.to_dicts()
    assert found.schema["quantity"] == schema["quantity"]
