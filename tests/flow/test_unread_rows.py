"""Rows that limit and could not be read: they replace earlier statements and are replaced by later ones."""

from decimal import Decimal

import pytest

from konvoi.flow.rows import standing
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.limiting import UNREAD_ROWS
from konvoi.plan.clean import Notes, clean

HEAD = "party,good,stock,floor\n"


def stated(name: str, *rows: str) -> Reading:
    lines = "\n".join(rows)
    return read(Document(f"{name}/stocks.csv", f"{HEAD}{lines}\n".encode(), "PL"))


def spare(*readings: Reading) -> list[Decimal]:
    """Return what may be sent of each stock, the readings in the order of their days."""
    tables, _ = standing(readings, {one.document: age for age, one in enumerate(readings)})
    goods = read(Document("goods.csv", b"good,name,unit,weight_kg\ntent,Tent,piece,1\nhut,Hut,piece,1"))
    rows = clean({**goods.tables, **tables}, Notes())["stocks"].sort("good")
    return [row["stock"] - row["floor"] for row in rows.iter_rows(named=True)]


def test_a_later_statement_that_cannot_be_read_replaces_an_earlier_one() -> None:
    assert spare(stated("may", "PL,tent,10,2")) == [8]
    assert spare(stated("may", "PL,tent,10,2"), stated("july", "PL,tent,10,nine")) == [0]


def test_a_later_statement_that_can_be_read_replaces_one_that_could_not() -> None:
    may = stated("may", "PL,tent,10,nine", "PL,hut,5,five")
    assert spare(may) == [0, 0]
    assert spare(may, stated("july", "PL,tent,10,3")) == [0, 7]


@pytest.mark.parametrize("later", ["PL,tent,10,3", "PL,tent,10,nine"])
def test_a_repeated_row_goes_with_the_document_that_repeats_it(later: str) -> None:
    """In May two rows differ: the stricter holds. What July states replaces both."""
    may = stated("may", "PL,tent,10,2", "PL,tent,10,6")
    assert spare(may) == [4]
    assert spare(may, stated("july", later)) == [7 if later.endswith("3") else 0]


def test_rows_that_were_left_out_stand_apart() -> None:
    tables, _ = standing([stated("may", "PL,tent,10,nine")], {"may/stocks.csv": 0})
    assert tables["stocks"].is_empty()
    assert tables[UNREAD_ROWS]["table"].to_list() == ["stocks"]
