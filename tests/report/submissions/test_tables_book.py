"""Tables written as a workbook are read back as they were."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.flow.parse_documents import understand
from konvoi.intake.cell import Ask
from konvoi.intake.numbers import exact
from konvoi.intake.sheet import Row
from konvoi.intake.table import Origin, read_table
from konvoi.model.document import Document
from konvoi.model.tables import BY_NAME
from konvoi.report.submissions.tables_book import _number, tables_book

ROWS = {
    "packages": (
        "package,party,day,kind,amount,currency,marking,title,stage",
        "P-1,DE,2031-02,energy,1234.567,KWD,own,=1+1,committed",
        "P-2,DE,2031,energy,1000,JPY,FR;PL,-,-",
        "P-3,DE,2031-01-02,energy,0.10,EUR,,  Зошит «А»,pledged",
    ),
    "lines": ("line,package,good,quantity,promised", "L-1,P-1,tent,1.125,2031-03-01", "L-2,P-1,tent,1200,-"),
    "caps": ("party,what,most,currency", "DE,tonnes,?,"),
}


def frame(name: str) -> pl.DataFrame:
    rows = [
        Row(at, tuple(cell or None for cell in line.split(",")))
        for at, line in enumerate(ROWS[name], start=1)
    ]
    return read_table(BY_NAME[name], rows, Origin("x", name))[0]


def test_rows_of_a_workbook_are_read_as_they_were() -> None:
    tables = {name: frame(name) for name in ROWS}
    assert tables["caps"].height == 0 or "_unread" in tables["caps"].columns
    tables = {name: rows for name, rows in tables.items() if rows.height}
    head = {"party": "DE", "day": "2031-02-01", "marking": "coalition"}
    content = tables_book(head, tables)
    assert content == tables_book(head, tables)
    [again] = understand([Document("DE/0001.xlsx", content, "DE")])
    assert {name: again.facts[name] for name in head} == head
    origin = ("_file", "_sheet", "_row")
    for name, rows in tables.items():
        assert again.tables[name].drop(origin).equals(rows.drop(origin)), name


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_a_number_is_written_so_that_it_can_be_read_in_one_way(value: Decimal) -> None:
    ask = Ask(BY_NAME["lines"], next(one for one in BY_NAME["lines"].columns if one.name == "quantity"))
    cell = exact(_number(value), ask)
    assert (cell.value, cell.faults) == (value, ())


@pytest.mark.parametrize("text", ["1.125", "-0.125", "1.1"])
def test_three_places_get_a_fourth(text: str) -> None:
    assert len(_number(Decimal(text)).partition(".")[2]) != 3
