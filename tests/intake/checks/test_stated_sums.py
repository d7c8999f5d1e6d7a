"""Sums of published data are compared with what they are made of."""

import json
from pathlib import Path

import pytest
from tests.intake.iati.records import COMPLETE

from konvoi.intake.check import whole
from konvoi.intake.checks.stated_sums import stated_sums_differ
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding

BUDGETS = Path(__file__).parents[1] / "formats" / "samples" / "iati_organisations" / "agency.xml"


def found(*readings: Reading) -> tuple[Finding, ...]:
    return stated_sums_differ(whole(readings))


def contract(value: float, *items: tuple[float, float | None], net: float | None = None) -> Reading:
    listed = [
        {
            "id": str(number),
            "quantity": quantity,
            "unit": {"value": None if price is None else {"amount": price, "currency": "EUR"}},
        }
        for number, (quantity, price) in enumerate(items)
    ]
    stated = {"amount": value, "currency": "EUR"} | ({} if net is None else {"amountNet": net})
    release = {
        "ocid": "ocds-213czf-1",
        "id": "1",
        "date": "2031-01-01T00:00:00Z",
        "tag": ["contract"],
        "contracts": [{"id": "C", "value": stated, "items": listed}],
    }
    text = json.dumps({"version": "1.1", "releases": [release]})
    return read(Document("a.json", text.encode()))


def test_a_contract_that_is_not_the_sum_of_its_items_is_told_with_the_difference() -> None:
    (one,) = found(contract(100, (2, 30.0), (1, 20.0)))
    assert (one.code, one.read, one.values["sum"], one.values["rest"]) == (
        *("value-items-differ", "100.00 EUR"),
        *("80.00", "20.00"),
    )
    assert (one.place.sheet, one.place.row, one.place.column) == ("releases[0].contracts", 1, "value")


@pytest.mark.parametrize("items", [((2, 40.0), (1, 20.0)), ((2, None), (1, 20.0)), ()])
def test_equal_sums_and_unknown_prices_contradict_nothing(items: tuple[tuple[float, float | None]]) -> None:
    assert found(contract(100, *items)) == ()


def test_the_sum_of_items_is_rounded_last() -> None:
    """10 times 12.346 is 123.46, not ten times the 12.35 that one costs in whole cents."""
    (one,) = found(contract(100, (10, 12.346)))
    assert (one.values["sum"], one.values["rest"]) == ("123.46", "23.46")


def test_items_that_are_the_net_value_contradict_nothing() -> None:
    """Prozorro states the value with value added tax, the items without."""
    assert found(contract(120, (2, 50.0), net=100)) == ()
    (one,) = found(contract(120, (2, 45.0), net=100))
    assert (one.read, one.values["sum"]) == ("120.00 EUR", "90.00")


def test_sums_that_no_contract_has_are_not_compared() -> None:
    """They do not fit into the numbers of a table."""
    assert found(contract(1e15, (1e15, 1e15), net=1e18)) == ()


def organisation(line: bytes) -> Reading:
    return read(Document("agency.xml", BUDGETS.read_bytes().replace(b">1000.00<", b">" + line + b"<")))


def test_lines_that_exceed_their_budget_are_told() -> None:
    (one,) = found(organisation(b"1100.00"))
    assert (one.code, one.read, one.values["sum"], one.values["rest"]) == (
        *("budget-lines-exceed", "1300.50 EUR"),
        *("1200.50", "100.00"),
    )
    assert found(organisation(b"1000.00")) == found(organisation(b"5")) == ()


def activity(spent: str, budget: str = "10") -> Reading:
    text = COMPLETE.replace('value-date="2026-02-01">10<', f'value-date="2026-02-01">{spent}<')
    text = text.replace('value-date="2026-01-01">10<', f'value-date="2026-01-01">{budget}<')
    return read(Document("a.xml", f'<iati-activities version="2.03">{text}</iati-activities>'.encode()))


def test_spending_above_the_budgets_of_an_activity_is_told() -> None:
    (one,) = found(activity("12"))
    assert (one.code, one.read, one.values["rest"], one.place.row) == (
        *("spending-exceeds-budgets", "12.00 EUR", "2.00"),
        1,
    )
    assert found(activity("10")) == found(activity("12", "much")) == ()
