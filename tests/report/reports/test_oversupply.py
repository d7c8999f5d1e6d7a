"""Over-supplied needs in a brief."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report.cases import case

from konvoi.plan.oversupply import OVERSUPPLY
from konvoi.report.language import Language
from konvoi.report.page import Number
from konvoi.report.reports.oversupply import NONE, section


def test_each_contribution_beyond_a_need_is_a_row() -> None:
    known = case()
    need = known.tables["needs"].row(0, named=True)
    row = {
        "need": need["need"],
        "good": need["good"],
        "site": need["site"],
        "party": "ARV",
        "kind": "offer",
        "record": "O-1",
        "committed": date(2026, 1, 2),
        "over": Decimal(4),
    }
    rows = pl.DataFrame([{name: row.get(name) for name in OVERSUPPLY}], schema=OVERSUPPLY)
    found = section(replace(known, tables={**known.tables, "oversupply": rows}))
    assert Language("en").text(found.answer[0]).startswith("1 need oversupplied.")
    (cells,) = found.tables[0].rows
    assert isinstance(cells[4], Number)
    assert cells[4].value == 4


def test_without_any_it_says_so() -> None:
    assert section(case()).answer == (NONE,)
