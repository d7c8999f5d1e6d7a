"""The bank's table of rates becomes rows of `rates`, and what is wrong with it is told."""

import io
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.formats.ecb_rates import ECB_RATES, SOURCE
from konvoi.model.document import Document, Reading
from konvoi.model.tables import BY_NAME

SAMPLES = Path(__file__).parent / "samples" / "ecb_rates"
PLAIN = (SAMPLES / "eurofxref-hist.csv").read_bytes()
ZIPPED = (SAMPLES / "eurofxref-hist.zip").read_bytes()


def read(content: bytes = PLAIN, name: str = "eurofxref-hist.csv") -> Reading:
    return ECB_RATES.read(Document(name, content))


def table(*rows: str) -> Reading:
    return read("\n".join(["Date,USD,JPY,PLN,", *rows]).encode())


def codes(reading: Reading) -> Counter[str]:
    return Counter(finding.code for finding in reading.findings)


def zipped(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as container:
        for name, text in parts.items():
            container.writestr(f"{name}.csv", text)
    return content.getvalue()


def test_each_cell_is_what_one_euro_was_worth_and_an_absent_rate_is_no_row() -> None:
    rates = read().tables["rates"]
    assert rates.schema == BY_NAME["rates"].schema()
    assert rates.height == 15
    assert rates.filter(currency="USD").select("day", "per_eur", "source", "_row").rows() == [
        (date(2022, 1, 3), Decimal("1.1355"), SOURCE, 4),
        (date(2022, 2, 24), Decimal("1.1163"), SOURCE, 3),
        (date(2022, 2, 25), Decimal("1.1216"), SOURCE, 2),
    ]
    assert rates.filter(currency="CYP").is_empty()


def test_the_zip_holds_what_the_plain_file_says() -> None:
    columns = ["currency", "day", "per_eur"]
    assert read(ZIPPED).tables["rates"].select(columns).equals(read().tables["rates"].select(columns))
    assert read(ZIPPED).tables["rates"]["_sheet"].unique().to_list() == ["eurofxref-hist.csv"]


def test_files_of_the_bank_are_recognised_and_no_others() -> None:
    contents = [
        PLAIN,
        ZIPPED,
        b"Date,Party,Amount\n",
        zipped(other="x"),
        zipped(eurofxref="x", more="y"),
        b"",
    ]
    assert [ECB_RATES.recognises(Document("x", content)) for content in contents] == [True, True] + [
        False
    ] * 4


@pytest.mark.parametrize("text", ["-1", "0", "1,5", "many", "1.0000001"])
def test_what_is_no_rate_is_told_and_not_used(text: str) -> None:
    reading = table(f'2022-01-03,1.1,"{text}",4.5,')
    assert reading.tables["rates"]["currency"].to_list() == ["PLN", "USD"]
    assert [(f.code, f.place.row, f.place.column) for f in reading.findings] == [
        ("ecb-rate-unreadable", 2, "JPY")
    ]


def test_a_row_without_a_day_is_told_and_the_others_are_read() -> None:
    reading = table("2022-02-30,1,2,3,", "2022-02,1,2,3,", "2022-03-01,1,2,3,", "")
    assert codes(reading) == {"ecb-day-unreadable": 2}
    assert reading.tables["rates"].height == 3


def test_of_two_rates_of_one_day_the_first_is_kept_and_the_second_told() -> None:
    reading = table("2022-03-01,1,2,3,", "2022-03-01,1,2,4,")
    assert codes(reading) == {"ecb-day-twice": 1}
    assert reading.tables["rates"].filter(currency="PLN")["per_eur"].to_list() == [Decimal(3)]


def test_a_head_that_names_no_currency_is_told() -> None:
    reading = read(b"Date,USD,JPY,PLN,dollar\n2022-03-01,1,2,3,4\n")
    assert codes(reading) == {"currency-unknown": 1}
    assert reading.tables["rates"].height == 3


def test_a_damaged_zip_or_an_open_quote_is_refused() -> None:
    assert codes(read(ZIPPED[:-30])) == {"container-broken": 1}
    harmed = ZIPPED[:60] + b"\0\0\0\0" + ZIPPED[64:]
    assert read(harmed).refused
    assert codes(table('"2022')) == {"ecb-broken": 1}
    assert table('"2022').refused


@given(st.sampled_from([PLAIN, ZIPPED]), st.integers(0, 400), st.binary(max_size=20))
def test_a_damaged_file_never_raises(content: bytes, at: int, harm: bytes) -> None:
    read(content[:at] + harm + content[at:])
    read(content[:at] + harm + content[at + len(harm) :])


@pytest.mark.slow
@pytest.mark.real_data
def test_the_real_history_is_read_whole_and_has_no_hryvnia(real_data: Path) -> None:
    content = (real_data / "fx" / "eurofxref-hist.zip").read_bytes()
    document = Document("eurofxref-hist.zip", content)
    assert ECB_RATES.recognises(document)
    reading = ECB_RATES.read(document)
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        lines = container.read("eurofxref-hist.csv").decode().splitlines()
    cells = sum(len([c for c in line.split(",")[1:] if c not in ("", "N/A")]) for line in lines[1:])
    rates = reading.tables["rates"]
    assert (reading.findings, rates.height) == ((), cells)
    assert "UAH" not in rates["currency"].unique().to_list()
    row = rates.filter(currency="USD", day=date(2026, 4, 13))
    assert row.select("per_eur", "_row").row(0) == (Decimal("1.1684"), 2)
    assert reading.facts["first day"] == "1999-01-04"
