"""Stocks in a brief: what was drawn and what is left above the floor; nothing for who may see none."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import case

from konvoi.flow.planning.tables import STOCK_USE
from konvoi.report.language import Language
from konvoi.report.page import Section
from konvoi.report.reports.stocks import section


def made(**values: object) -> Section | None:
    row = {
        "party": "ARV",
        "good": "gen",
        "unit": "piece",
        "stock": Decimal(50),
        "floor": Decimal(30),
        "drawn": Decimal(5),
        "share": 0.1,
        "left": Decimal(45),
        "spare": Decimal(15),
        "reserved": Decimal(20),
        "free": Decimal(-5),
        "lines": ["L-1"],
    }
    rows = pl.DataFrame([row | values], schema=STOCK_USE.schema())
    return section(replace(case(), tables=cases.tables() | {"stock_use": rows}))


def test_the_answer_counts_stocks_below_their_floor_and_committed_beyond_it() -> None:
    found = made()
    assert found is not None
    assert Language("en").text(found.answer[0]) == (
        "1 stock reported; below the floor: 0; reserved beyond the floor: 1."
    )
    row = [Language("en").text(cell) for cell in found.tables[0].rows[0]]
    assert row[3:] == [
        "50 pieces",
        "5 pieces",
        "10\N{NO-BREAK SPACE}%",
        "30 pieces",
        "15 pieces",
        "20 pieces",
    ]


def test_line_items_without_a_stated_channel_are_named_as_counted() -> None:
    found = made(not_stated=["L-1"])
    assert found is not None
    assert found.tables[0].note is not None
    note = Language("en").text(found.tables[0].note)
    assert note.endswith(
        "1 line item without a stated channel is counted as from stock; "
        "what is left is the least that it can be."
    )


def test_a_stock_below_its_floor_is_counted_as_such_alone() -> None:
    found = made(spare=Decimal(-1), free=Decimal(-21))
    assert found is not None
    assert Language("de").text(found.answer[0]).startswith("1 Bestand gemeldet; unter dem Mindestbestand: 1;")


def test_who_may_see_no_stock_has_no_part() -> None:
    assert section(case()) is None
