"""Goods that are named have a row."""

from konvoi.intake.check import whole
from konvoi.intake.checks.catalogue import goods_without_row
from konvoi.intake.read import read
from konvoi.model.document import Document

LINES = "line,package,good,quantity\nL-1,P-1,Leopard 2,3\nL-2,P-1,Leopard 2,1\nL-3,P-1,,\n"


def found(*tables: tuple[str, str]) -> list[tuple[int, str, str]]:
    readings = [read(Document(f"PL/{name}.csv", text.encode(), "PL")) for name, text in tables]
    told = goods_without_row(whole(readings))
    return [(one.place.row, one.place.column, one.read) for one in told]


def test_a_good_is_told_of_once_where_no_goods_were_handed_in() -> None:
    assert found(("lines", LINES)) == [(2, "good", "Leopard 2")]


def test_where_goods_were_handed_in_it_is_a_reference_as_any_other() -> None:
    assert found(("lines", LINES), ("goods", "good,name,unit\ntent,Tent,piece\n")) == []
