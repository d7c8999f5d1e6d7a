"""The small template: four sheets, drop-downs from lists, an example that is never imported."""

import io
from datetime import date

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from konvoi.intake.read import read
from konvoi.model.desk_sheets import DESK_SHEETS
from konvoi.model.document import Document, Reading
from konvoi.model.naming import localized
from konvoi.model.party import LANGUAGES
from konvoi.report.submissions.desk_template import Good, Lists, desk_template

DAY = date(2031, 4, 2)
LISTS = Lists(
    goods=(Good("Tent, winterised", "tent-w", "piece"), Good("=1+1", "odd", "kg")),
    partners=("Poland", "XA"),
    carriers=("X-HAUL",),
    sites=("Port",),
    agreements=("D-1",),
    items=("PL-1/1", "=IF(1,2)"),
)


def book(filler: str = "desk", language: str = "en", lists: Lists | None = LISTS) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(desk_template(language, filler, day=DAY, lists=lists)))


def saved(made: openpyxl.Workbook, name: str = "a.xlsx", party: str = "PL") -> Reading:
    """The workbook as a program without formulas saves it, read again."""
    stream = io.BytesIO()
    made.save(stream)
    return read(Document(name, stream.getvalue(), party))


def fill(sheet: Worksheet, row: int, values: dict[str, object]) -> None:
    """Write values below heads, found without unit and star."""
    head = next(
        number for number in range(1, 12) if any("*" in str(cell.value or "") for cell in sheet[number])
    )
    at = {str(cell.value).partition("[")[0].strip(" *").lower(): cell.column for cell in sheet[head]}
    for name, value in values.items():
        sheet.cell(row, at[name] or 0).value = value  # type: ignore[assignment]


def pledged(made: openpyxl.Workbook, **changed: object) -> None:
    made["Pledge"]["B2"] = "PL"
    made["Pledge"]["B3"] = date(2031, 3, 1)
    made["Pledge"]["B4"] = "coalition"
    usual = {"pledge": "PL-9", "day": date(2031, 2, 20), "kind": "energy", "amount": 500, "currency": "EUR"}
    fill(made["Pledge"], 10, usual | changed)
    item = {
        "item": "PL-9/1",
        "pledge": "PL-9",
        "good": "Tent, winterised",
        "quantity": 7,
        "promised": "2031-05",
    }
    fill(made["Items"], 4, item)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", sorted(DESK_SHEETS))
def test_an_empty_template_is_read_without_a_finding(filler: str, language: str) -> None:
    reading = read(Document("a.xlsx", desk_template(language, filler, day=DAY, lists=LISTS)))
    assert reading.findings == ()
    assert {name: rows.height for name, rows in reading.tables.items()} == {
        sheet.table.name: 0 for sheet in DESK_SHEETS[filler]
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_visible_sheets_are_those_of_the_filler(language: str) -> None:
    made = book(language=language)
    visible = [sheet.title for sheet in made if sheet.sheet_state == "visible"]
    assert visible == [sheet.title(language) for sheet in DESK_SHEETS["desk"]]


@pytest.mark.parametrize("language", ["de", "uk"])
def test_no_text_of_the_template_is_left_in_english(language: str) -> None:
    texts = {str(cell.value) for sheet in book() for row in sheet["A1:M9"] for cell in row if cell.value}
    other = {
        str(cell.value)
        for sheet in book(language=language)
        for row in sheet["A1:M9"]
        for cell in row
        if cell.value
    }
    same = {one for one in texts & other if any(sign.isalpha() for sign in one) and not one.startswith("=")}
    assert same - {"Name *", "EUR", "desk@example.org", "CMR 4711", "X-HAUL", "D-1"} <= {
        *(
            "Generator, 100 kVA",
            "cell only",
            "coalition",
            "USD",
            "GBP",
            "PLN",
            "SEK",
            "NOK",
            "DKK",
            "CHF",
            "CZK",
        ),
        *(
            "Tent, winterised",
            "tent-w",
            "Poland",
            "XA",
            "Port",
            "PL-1/1",
            "odd",
            "kg",
            "g",
            "t",
            "l",
            "m³",
            "m",
        ),
        *("km", "m²", "de", "uk"),
    }


def test_what_is_filled_in_becomes_a_submission_of_the_party_in_the_head() -> None:
    """Formulas without a stored value, as other programs leave them, are no finding."""
    made = book()
    pledged(made)
    reading = saved(made, party="")
    assert [(one.severity, one.code) for one in reading.findings] == [("warning", "day-is-span")]
    assert reading.party == "PL"
    assert reading.facts["marking"] == "coalition"
    package = reading.tables["packages"].to_dicts()
    assert [(one["package"], one["party"], one["amount"]) for one in package] == [("PL-9", "PL", 50_000)]
    line = reading.tables["lines"].to_dicts()
    assert [(one["good"], one["quantity"], one["promised"]) for one in line] == [
        ("Tent, winterised", 7, date(2031, 5, 31))
    ]


def test_an_example_that_was_changed_is_an_error_and_not_imported() -> None:
    made = book()
    pledged(made)
    fill(made["Pledge"], 9, {"amount": 99})
    reading = saved(made)
    told = [one for one in reading.findings if one.severity == "error"]
    assert [(one.code, one.place.sheet, one.place.row) for one in told] == [("example-changed", "Pledge", 9)]
    assert reading.tables["packages"]["package"].to_list() == ["PL-9"]


def test_an_example_counts_as_unchanged_in_every_language_and_with_cells_emptied() -> None:
    made = book()
    pledged(made)
    fill(made["Pledge"], 9, {"title": None, "kind": localized("choice", "humanitarian", "de")})
    assert "example-changed" not in {one.code for one in saved(made).findings}


def test_rows_without_a_party_are_not_imported_and_one_finding_says_so() -> None:
    made = book()
    pledged(made)
    made["Pledge"]["B2"] = None
    reading = saved(made, party="")
    assert [one.code for one in reading.findings if one.severity == "error"] == ["party-missing"]
    assert reading.tables["packages"].is_empty()


def test_texts_of_the_workspace_never_become_formulas() -> None:
    hidden = book()["_lists"]
    texts = {cell.value for row in hidden.iter_rows() for cell in row if cell.data_type == "f"}
    assert all(str(one).startswith("=IF('Items'!$A$") for one in texts)
    plain = {cell.value for row in hidden.iter_rows() for cell in row if cell.data_type == "s"}
    assert {"=1+1", "=IF(1,2)"} <= plain


def test_drop_downs_name_goods_units_currencies_partners_places_agreements_and_items() -> None:
    made = book()

    def picked(sheet: str, cell: str) -> list[object]:
        rules = made[sheet].data_validations.dataValidation
        source = next(rule.formula1 for rule in rules if cell in rule.sqref)
        name, _, area = source.rpartition("!")
        return [one.value for row in made[name.strip("'")][area.replace("$", "")] for one in row]

    assert picked("Items", "C4") == ["Tent, winterised", "=1+1"]
    assert "piece" in picked("Items", "F4")
    assert picked("Items", "K4") == ["D-1"]
    assert picked("Pledge", "H10") == ["Poland", "XA"]
    assert "EUR" in picked("Pledge", "G10")
    assert picked("Movements", "I4") == ["X-HAUL"]
    assert picked("Movements", "G4") == ["Port"]
    assert picked("Movements", "B4")[:3] == ["PL-1/1", "=IF(1,2)", "=IF('Items'!$A$4=\"\",\"\",'Items'!$A$4)"]
    assert len(picked("Items", "B4")) == 200


def test_the_identifier_and_the_unit_are_looked_up_by_the_name() -> None:
    made = book()
    sheet = made["Items"]
    assert "INDEX(_lists!" in str(sheet["D4"].value)
    assert "INDEX(_lists!" in str(sheet["F4"].value)
    assert "INDEX" not in str(book(lists=None)["Items"]["D4"].value)


def test_days_are_days_references_are_text_and_pages_fit_a4() -> None:
    sheet = book()["Pledge"]
    assert sheet["C9"].is_date
    assert sheet["C9"].number_format == "yyyy-mm-dd"
    assert sheet["A9"].number_format == "@"
    assert sheet.freeze_panes == "B9"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.print_title_rows == "$8:$8"
    assert all(cell.comment for cell in sheet[8])


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert desk_template("de", "desk", day=DAY, lists=LISTS) == desk_template(
        "de", "desk", day=DAY, lists=LISTS
    )


def test_tags_below_the_heads_change_nothing() -> None:
    made = openpyxl.load_workbook(io.BytesIO(desk_template("en", "desk", day=DAY, lists=LISTS, hxl=True)))
    fill(made["Items"], 5, {"item": "PL-9/1", "pledge": "PL-9", "good": "Tent, winterised", "quantity": 7})
    rows = saved(made).tables["lines"]
    assert rows.select(pl.col("line"), pl.col("_row")).rows() == [("PL-9/1", 5)]
