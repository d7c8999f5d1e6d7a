"""The Kiel workbook: small workbooks of its sheets and headings with invented rows."""

import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.examine import examine
from konvoi.intake.formats.kiel import KIEL
from konvoi.model.document import Document, Reading
from konvoi.model.entries import CLAIMS, ENTRIES
from konvoi.model.finding import Finding
from konvoi.model.tables import BY_NAME

SAMPLE = Path(__file__).parent / "samples" / "kiel" / "workbook.xlsx"

Cell = str | int | float | date | None
Rows = Sequence[Sequence[Cell]]

MAIN = "Bilateral assistance, MAIN DATA"
HEADINGS = (
    *("ID", "countries", "Announcement Date", "Type of Aid General", "Type of Aid Specific", "Explanation"),
    *("Original Currency", "Monetary Value as Given by Source", None, "Type of item", "Sub-type of item"),
    *("Soviet origin (1)", "No. of Units", "No. of Units delivered (in-kind military aid)"),
    *(
        "Unit Price in USD",
        "Value committed (own estimate, in USD)",
        "Value delivered (own estimate, in USD)",
    ),
    *("Total ", "Converted Value in EUR", "Official Source", "Source of Aid 1", "Source of Aid 2"),
    *("Total_value_dummy (1 is first row in the package)", "value_source_commitments", "Sub-type of item"),
)
_AT = {
    "package": 0,
    "party": 1,
    "day": 2,
    "kind": 3,
    "form": 4,
    "currency": 6,
    "given": 7,
    "item": 8,
    "type": 9,
    "units": 12,
    "delivered": 13,
    "price": 14,
    "value": 15,
    "value_delivered": 16,
    "total": 17,
    "eur": 18,
    "source": 20,
    "head": 22,
    "valuation": 23,
    "class_": 24,
}
TITLE = "Tracker of Nordland, 1st release (covering January 24 to October 3, 2022)"
RATES = (
    "Source: ECB (October 6, 2022). We use the average over the month (September 6 until October 6, 2022)."
)


def row(**cells: Cell) -> list[Cell]:
    """A head row of Nordland with a gift of one million euro, but for what is said; `None` empties a cell."""
    usual: dict[str, Cell] = {
        "package": "NLM1",
        "party": "Nordland",
        "day": date(2022, 3, 1),
        "kind": "Military",
        "form": "Weapons and equipment",
        "currency": "EUR",
        "given": 1_000_000,
        "item": ".",
        "type": ".",
        "class_": ".",
        "units": ".",
        "delivered": ".",
        "price": ".",
        "value": ".",
        "value_delivered": ".",
        "total": 1_000_000,
        "eur": 1_000_000,
        "source": "https://nordland.example/announcement",
        "head": 1,
        "valuation": "Value is given by the source",
    }
    line: list[Cell] = [None] * len(HEADINGS)
    for name, cell in (usual | cells).items():
        line[_AT[name]] = cell
    return line


def item(**cells: Cell) -> list[Cell]:
    """A further row of the package: four tanks of which three are delivered, at one million dollars each."""
    usual: dict[str, Cell] = {
        "item": "T-0 tank",
        "type": "Heavy weapon",
        "class_": "Main Battle Tank (MBT)",
        "units": 4,
        "delivered": 3,
        "price": 1_000_000,
        "value": 4_000_000,
        "value_delivered": 3_000_000,
        "total": None,
        "eur": None,
        "head": 0,
    }
    return row(**(usual | cells))


def workbook(rows: Rows, sheets: Mapping[str, Rows] | None = None) -> bytes:
    """A workbook of these rows of the main sheet; `sheets` adds further ones or replaces the usual."""
    pages: dict[str, Rows] = {
        "ReadMe": [[TITLE]],
        MAIN: [HEADINGS, *rows],
        "Exchange rates": [["Currency", "1 EUR"], ["EUR", 1], ["USD", 0.5], ["NOK", 10], [RATES]],
    }
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": datetime(2022, 10, 3)})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, page in (pages | dict(sheets or {})).items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(page):
            for at, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, at, datetime(cell.year, cell.month, cell.day), day)
                elif cell is not None:
                    sheet.write(number, at, cell)
    book.close()
    return content.getvalue()


def sample_rows() -> Rows:
    """Two invented partners with every kind of cell that the workbook's main sheet has."""
    return [
        row(package="NLF1", kind="Financial", form="Loan", day="until 5/31/2022"),
        row(package="NLM1", given=3_000_000, total=3_000_000, eur=3_000_000),
        item(),
        item(item="M-0 howitzer", class_="155mm howitzer", units=6, delivered="undisclosed", value=600_000),
        item(item="T-0 tank", units="undisclosed", delivered="dozens", value="No price"),
        row(package="NLM2", day="unclear, 09/2022", currency="NOK", given=10_000_000, total=10_000_000),
        row(
            package="SLM1",
            party="Sundland",
            day=date(2922, 2, 9),
            currency="USD",
            given="Not given",
            total=50_000,
            eur=100_000,
            valuation="Value is calculated with prices",
            item="ammunition for M-0 howitzer",
            type="Ammunition for heavy weapon",
            class_="155mm howitzer ammunition",
            units="1.000.00",
            value=50_000,
        ),
        row(
            package="SLH1",
            party="Sundland",
            kind="Humanitarian",
            currency=".",
            given="Not given",
            total=".",
            eur=".",
            source="said on the radio",
            valuation="Value is not given at all",
            item="ton of medicine",
            units=7.725,
            value="No price",
        ),
        row(package="SLM2", party="Sundland", day="until 4/6/2027", eur=None),
    ]


SAMPLE_FIGURES: dict[str, Rows] = {
    "Figure 5 Military commitments": [
        [None],
        [None, "Country", "Specific weapons and equipment", "Financial commitments", "Total commitments"],
        [None, "Nordland", 0.003, 0, 0.004],
        [None, "Sundland", 0.0001, 0, 0.0001],
        [None, "Total", 0.0031, 0, 0.0041],
    ],
    "EPF aid shares": [
        ["Country", "Share of GNI"],
        ["Nordland", 0.75],
        ["Sundland", 0.25],
        ["2 Countries total", 1],
    ],
    "Committed weapons": [
        [None, "Total Number", "Type", "Nordland", "Sundland"],
        ["T-0 tank", 5, "Tank", 5, 0],
    ],
}


def sample() -> bytes:
    """The committed sample."""
    return workbook(sample_rows(), SAMPLE_FIGURES)


def read(rows: Rows, sheets: Mapping[str, Rows] | None = None) -> Reading:
    return KIEL.read(Document("nordland.xlsx", workbook(rows, sheets)))


def codes(findings: Sequence[Finding]) -> Counter[str]:
    """How often each code stands, without the names of the invented parties."""
    return Counter(finding.code for finding in findings if finding.code != "party-unknown")


def expected(reading: Reading) -> str:
    """What was read, as text to compare with the file beside the sample."""
    facts = [
        json.dumps({k: v for k, v in row.items() if v is not None}, default=str, ensure_ascii=False)
        for row in reading.entries.drop("submission", "sheet").to_dicts()
    ]
    claims = [" | ".join(map(str, row)) for row in reading.claims.rows()]
    tables = [f"{name}: {row}" for name in ("rates", "shares") for row in reading.tables[name].rows()]
    told = [
        f"{f.severity} {f.code} {f.place.sheet} {f.place.row} {f.place.column} {f.read}"
        for f in (*reading.findings, *examine([reading]))
    ]
    return "\n".join([*facts, *claims, *tables, *told]) + "\n"


def test_the_sample_gives_what_is_written_beside_it() -> None:
    """Every kind of cell of the workbook stands in it once."""
    reading = KIEL.read(Document("workbook.xlsx", SAMPLE.read_bytes()))
    assert expected(reading) == SAMPLE.with_suffix(".expected").read_text(encoding="utf-8")


def test_the_sample_is_the_one_that_is_built_here() -> None:
    """Read alike, so that the sample can be made again when a column is added."""
    fresh, kept = (KIEL.read(Document("w", content)) for content in (sample(), SAMPLE.read_bytes()))
    assert fresh.entries.equals(kept.entries)
    assert fresh.findings == kept.findings


def test_tables_have_their_schemas() -> None:
    reading = read([row(), item()])
    assert reading.entries.schema == ENTRIES
    assert reading.claims.schema == CLAIMS
    assert reading.tables["rates"].schema == BY_NAME["rates"].schema()


def test_the_workbook_is_known_by_its_sheets_and_no_other_is_taken_for_it() -> None:
    assert KIEL.recognises(Document("any name", workbook([])))
    other = io.BytesIO()
    with xlsxwriter.Workbook(other) as book:
        book.add_worksheet(MAIN)
    assert not KIEL.recognises(Document("kiel.xlsx", other.getvalue()))
    assert not KIEL.recognises(Document("kiel.xlsx", b"PK\x03\x04 no workbook"))


def test_only_the_head_row_carries_the_value_of_its_package() -> None:
    entries = read([row(), item(), item(item="helmet", class_=".", units=10)]).entries
    assert entries.filter(pl.col("stated_minor").is_not_null())["line"].to_list() == [None]
    assert entries["line"].drop_nulls().unique().sort().to_list() == ["NLM1/helmet", "NLM1/t-0-tank"]


def test_a_delivered_number_is_handed_over_between_the_announcement_and_the_end_of_the_release() -> None:
    entries = read([row(), item(delivered=3)]).entries
    given_over = entries.filter(pl.col("stage") == "handed over").row(0, named=True)
    assert given_over["quantity"] == 3
    assert given_over["rule"] == "as stated by the source"
    assert (given_over["day_from"], given_over["day_to"]) == (date(2022, 3, 1), date(2022, 10, 3))


def test_an_undisclosed_delivery_is_unknown_and_none_is_zero() -> None:
    """Zero is a fact; what was not disclosed is none."""
    entries = read([row(), item(delivered="undisclosed"), item(item="lorry", delivered=0)]).entries
    handed = entries.filter(pl.col("stage") == "handed over")
    assert handed.select("line", "quantity").rows() == [("NLM1/lorry", 0)]


def test_a_value_that_the_workbook_does_not_convert_stays_unknown_and_is_told() -> None:
    """Otherwise a total in euro would differ from the workbook's own."""
    reading = read([row(currency="CAD", total=3_850_000, eur=None)])
    assert reading.entries["amount_minor"].to_list() == [None]
    told = next(f for f in reading.findings if f.code == "value-not-converted")
    assert "CAD 3850000" in str(told.as_dict()["remedy"])


def test_an_amount_of_zero_beside_a_positive_value_in_euro_is_not_given() -> None:
    reading = read([row(currency="CAD", total=0, eur=2_500_000), row(package="B", total=0, eur=0)])
    amounts = reading.entries.select("amount_minor", "currency", "stated_minor").rows()
    assert sorted(amounts, reverse=True)[0] == (250_000_000, "EUR", 250_000_000)
    assert amounts[1][0] == 0
    (told,) = [one for one in reading.findings if one.code == "amount-zero-converted"]
    assert told.read == "CAD 0, EUR 2500000"


def test_a_row_that_moves_keeps_its_ids_and_a_changed_value_gets_a_new_one() -> None:
    """Ids follow from what is said, never from where it stands."""
    first = read([row(package="A"), row(package="B")]).entries["entry"]
    moved = read([row(package="B"), row(package="A")]).entries["entry"]
    changed = read([row(package="A", eur=2), row(package="B")]).entries["entry"]
    assert set(first) == set(moved)
    assert len(set(first) & set(changed)) == 1


def test_a_workbook_without_its_main_columns_is_refused_with_the_heading_that_is_missing() -> None:
    reading = KIEL.read(Document("w.xlsx", workbook([], {MAIN: [["ID", "Announcement Date"]]})))
    assert reading.refused
    assert "countries" in [finding.read for finding in reading.findings]


def test_a_missing_sheet_of_figures_is_no_fault() -> None:
    assert codes(read([row()]).findings) == {}


cells = st.one_of(
    st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=9)
)


@pytest.mark.slow
@given(st.lists(st.lists(cells, max_size=26), max_size=4))
def test_whatever_stands_in_the_cells_nothing_raises(rows: list[list[Cell]]) -> None:
    """Wrong cells become findings; every package that has an id is kept."""
    reading = read(rows)
    examine([reading])
    assert not reading.refused
