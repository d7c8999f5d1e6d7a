"""Amounts that findings on scale or currency mean, on single entries."""

from decimal import Decimal

import polars as pl
import pytest
from tests.intake.checks.plausible import line, package

from konvoi.flow.gathered import DOCUMENTS, Gathered
from konvoi.flow.ledger.plausible import with_plausible
from konvoi.ledger.post import post
from konvoi.model.entries import CLAIMS, frame
from konvoi.model.finding import Finding, Place, Severity

SCALE, CURRENCY, CHANGED = "amount-out-of-scale", "currency-implausible", "amount-changed-scale"


def meant(code: str, *rows: dict[str, object], at: int = 2, **values: str) -> list[tuple[str, int, str]]:
    """Return entry, amount and currency as a finding on one row says that they may be meant."""
    named = [{"entry": f"e{n}", "package": f"P{n}", "row": n + 2} | row for n, row in enumerate(rows)]
    ledger = post([frame(named)])
    whole = Gathered(ledger, {}, DOCUMENTS.to_frame(), pl.DataFrame(schema=CLAIMS), ())
    place = Place("SE/list.xlsx", "Packages", at, "amount")
    found = with_plausible(whole, [Finding(Severity.WARNING, code, place, "", "", "", values)])
    columns = ("entry", "amount_minor", "currency")
    return found.ledger.plausible.select(columns).rows()


@pytest.mark.parametrize(("amount", "is_meant"), [(60_000_000, 60_000), (60, 60_000), (600_000, 60_000)])
def test_an_amount_of_another_scale_is_moved_by_powers_of_ten(amount: int, is_meant: int) -> None:
    assert meant(SCALE, package(amount), usual="50000") == [("e0", is_meant * 100, "EUR")]


def test_an_amount_near_the_usual_one_or_without_a_usual_one_means_itself() -> None:
    assert meant(SCALE, package(60_000), usual="50000") == []
    assert meant(SCALE, package(60_000), usual="0") == []
    assert meant(SCALE, package(60_000)) == []


def test_the_price_of_a_unit_decides_where_the_finding_names_a_unit() -> None:
    assert meant(SCALE, line(60_000, 6), usual="10", unit="piece") == [("e0", 60_00, "EUR")]
    assert meant(SCALE, line(60_000, 6), usual="10000", unit="piece") == []
    none = line(60_000, 6) | {"quantity": None}
    assert meant(SCALE, none, usual="60", unit="piece") == [("e0", 60_00, "EUR")]


def test_another_currency_is_meant_with_its_own_minor_units() -> None:
    assert meant(CURRENCY, package(600, "EUR"), own="SEK") == [("e0", 600_00, "SEK")]
    assert meant(CURRENCY, package(600, "EUR"), own="JPY") == [("e0", 600, "JPY")]
    assert meant(CURRENCY, package(600, "EUR")) == []


def test_a_changed_amount_is_meant_as_before() -> None:
    assert meant(CHANGED, package(600), before_minor="6000") == [("e0", 6000, "EUR")]


def test_the_same_amount_of_the_same_package_is_meant_likewise() -> None:
    same: dict[str, object] = {
        "package": "P0",
        "line": "L",
        "good": "tent",
        "quantity": Decimal(3),
        "unit": "piece",
    }
    rows = (package(600), package(600) | same, package(600), package(700, package="P0", line="M"))
    assert meant(CHANGED, *rows, before_minor="6000") == [("e0", 6000, "EUR"), ("e1", 6000, "EUR")]
    other = package(600, "SEK") | same
    assert meant(CHANGED, package(600), other, before_minor="6000") == [("e0", 6000, "EUR")]
    press = package(600) | same | {"source": "press"}
    assert meant(CHANGED, package(600), press, before_minor="6000") == [("e0", 6000, "EUR")]


def test_registers_other_rows_and_other_findings_mean_nothing_else() -> None:
    assert meant(CHANGED, package(600) | {"variant": "iati"}, before_minor="6000") == []
    assert meant(CHANGED, package(600), at=9, before_minor="6000") == []
    assert meant("some-other", package(600), before_minor="6000") == []
