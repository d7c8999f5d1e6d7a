"""Files hold what their document states, and rows stand where the writer says."""

import json
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from bench.coalition.dialects import CSV, WORKBOOKS, write
from bench.coalition.world import Document, Gift

GIFT = Gift(
    "PL",
    "humanitarian",
    date(2024, 5, 2),
    "Tents",
    Decimal(1_250_000),
    "PLN",
    "winter-tent",
    Decimal(1200),
    "PL-A0001",
)


def _document(dialect: str, party: str = "PL") -> Document:
    document = Document(party, "some", date(2024, 9, 30), dialect)
    document.add("packages", GIFT.package(party=party))
    if dialect not in ("iati", "fts"):
        document.add("lines", GIFT.line())
    return document


@pytest.mark.parametrize("dialect", CSV)
def test_a_row_of_a_csv_file_stands_where_its_spot_says(dialect: str, tmp_path: Path) -> None:
    files = write(_document(dialect), tmp_path)
    packages = next(file for file in files if file.path.name == "packages.csv")
    (spot,) = packages.spots
    line = packages.path.read_text(CSV[dialect].encoding).splitlines()[spot.row - 1]
    assert line.startswith("PL-A0001")


@pytest.mark.parametrize("dialect", WORKBOOKS)
def test_a_row_of_a_workbook_stands_where_its_spot_says(dialect: str, tmp_path: Path) -> None:
    for file in write(_document(dialect), tmp_path):
        book = openpyxl.load_workbook(file.path)
        for spot in file.spots:
            assert spot.key in [cell.value for cell in book[spot.sheet][spot.row]]


def test_the_german_dialect_has_points_between_thousands_and_a_decimal_comma(tmp_path: Path) -> None:
    write(_document("csv-semicolon"), tmp_path)
    lines = (tmp_path / "PL" / "some" / "packages.csv").read_text("utf-8").splitlines()
    assert lines == [
        "Paket;Partei;Tag;Art;Titel;Betrag;Währung",
        "PL-A0001;PL;02.05.2024;humanitär;Tents;1.250.000,00;PLN",
    ]


def test_a_flow_has_dollars_at_the_rate_of_its_currency(tmp_path: Path) -> None:
    document = _document("fts", "CA")
    document.tables["packages"] = [GIFT.package(party="CA", amount=Decimal(1487), currency="CAD")]
    (file,) = write(document, tmp_path)
    data = json.loads(file.path.read_text("utf-8"))["data"]
    # CAD 1,487 are EUR 1,000 and USD 1,085.
    assert data["flows"][0]["amountUSD"] == data["incoming"]["fundingTotal"] == 1085


def test_an_activity_has_a_commitment_of_the_amount(tmp_path: Path) -> None:
    (file,) = write(_document("iati", "NL"), tmp_path)
    (transaction,) = ET.parse(file.path).getroot().findall("iati-activity/transaction")
    value = transaction.find("value")
    assert value is not None
    assert (value.text, value.get("currency")) == ("1250000", "PLN")
