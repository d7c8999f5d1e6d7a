"""Units without a price, where the other lines of a document have one."""

from decimal import Decimal

from konvoi.intake.check import whole
from konvoi.intake.checks.prices import units_without_price
from konvoi.model.document import Reading
from konvoi.model.entries import frame


def line(name: str, amount: int | None, **other: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "submission": "f.xlsx",
        "stage": "committed",
        "quantity": Decimal(4),
        "unit": "t",
    }
    priced = {"amount_minor": amount, "valuation": "by price" if amount is not None else "none"}
    return usual | {"entry": name, "line": name} | priced | other


def found(*rows: dict[str, object]) -> list[str]:
    return [f.read for f in units_without_price(whole([Reading("f.xlsx", "", "t", entries=frame(rows))]))]


def test_a_line_without_a_price_among_priced_ones_is_told() -> None:
    assert found(line("a", 100), line("b", None)) == ["b: 4 t"]


def test_a_document_that_values_nothing_by_price_is_left_alone() -> None:
    assert found(line("a", None)) == []
    assert found(line("a", 100), line("b", None, submission="other.xlsx")) == []


def test_an_unknown_quantity_needs_no_price() -> None:
    assert found(line("a", 100), line("b", None, quantity=None)) == []
