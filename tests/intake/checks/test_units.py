"""Units are known."""

from konvoi.intake.check import whole
from konvoi.intake.checks.units import units_unknown
from konvoi.intake.read import read
from konvoi.model.document import Document


def found(unit: str, *more: tuple[str, str]) -> list[tuple[str, int, str, str]]:
    lines = ("lines", f"line,package,good,quantity,unit\nL-1,P-1,tent,3,{unit}\n")
    readings = [read(Document(f"PL/{name}.csv", text.encode(), "PL")) for name, text in (lines, *more)]
    told = units_unknown(whole(readings))
    return [(one.code, one.place.row, one.read, one.values.get("meant", "")) for one in told]


def test_a_unit_that_nobody_knows_is_told_with_the_nearest() -> None:
    assert found("crate") == [("unit-unknown", 2, "crate", "")]
    assert found("peices") == [("unit-unknown", 2, "peices", "piece")]


def test_what_people_write_codes_and_the_units_of_goods_are_known() -> None:
    assert [found(unit) for unit in ("Stk", "m³", "KGM", "шт", "")] == [[]] * 5
    assert found("crate", ("goods", "good,name,unit\ntent,Tent,crate\n")) == []
