"""Sheets that are named like no table are proposed, counted beside the total, and read on request."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from konvoi.flow.parse_documents import understand
from konvoi.flow.settings import settings
from konvoi.intake.read import read
from konvoi.intake.unread import near_table
from konvoi.intake.wire import packed_reading, unpacked_reading
from konvoi.model.document import Document, Reading, Unread

Workbook = Callable[[dict[str, list[list[object]]]], bytes]

HEAD: list[object] = ["package", "party", "day", "kind", "amount", "currency"]
NEW: list[list[object]] = [
    HEAD,
    ["P-8", "PL", "2031-02-01", "military", 40_000_000, "EUR"],
    ["P-9", "PL", "2031-02-02", "military", 6_500_000.5, "EUR"],
]
OLD: list[list[object]] = [HEAD, ["P-1", "PL", "2030-02-01", "military", 10, "EUR"]]
UNREAD = Unread("Packages 2026", "packages", 2, 46_500_000_50, "EUR")


def of(content: bytes, **sheets: str) -> Reading:
    asked = tuple((name.replace("_", " "), table) for name, table in sheets.items())
    return read(Document("PL/book.xlsx", content, "PL", sheets=asked))


def test_a_sheet_that_looks_like_a_table_is_proposed_with_its_rows_and_its_sum(workbook: Workbook) -> None:
    reading = of(workbook({"packages": OLD, "Packages 2026": NEW}))
    assert reading.unread == (UNREAD,)
    assert reading.entries["package"].to_list() == ["P-1"]
    finding = next(one for one in reading.findings if one.code == "sheet-proposed")
    assert (finding.place.sheet, finding.values["table"], finding.values["rows"]) == (
        "Packages 2026",
        "packages",
        "2",
    )
    assert finding.values["sums"] == "46500000.50 EUR"


def test_on_request_it_is_read_beside_the_sheet_that_bears_the_name(workbook: Workbook) -> None:
    reading = of(workbook({"Packages 2026": NEW, "packages": OLD}), packages_2026="Pakete")
    assert sorted(reading.entries["package"]) == ["P-1", "P-8", "P-9"]
    assert reading.unread == ()
    assert [one.code for one in reading.findings] == []
    assert set(reading.entries["sheet"]) == {"packages", "Packages 2026"}


def test_a_single_sheet_that_contains_the_name_is_read_with_a_warning(workbook: Workbook) -> None:
    reading = of(workbook({"Packages 2026": NEW}))
    assert sorted(reading.entries["package"]) == ["P-8", "P-9"]
    assert reading.unread == ()
    told = [(one.severity, one.code, one.place.sheet, one.values["table"]) for one in reading.findings]
    assert told == [("warning", "name-read-as-table", "Packages 2026", "packages")]


@pytest.mark.parametrize(
    "sheets",
    [
        ("Packages 2025", "Packages 2026"),
        ("Packages 2026", "Neue Pakete"),
        ("Packages (draft)",),
        ("Pakete alt",),
    ],
)
def test_a_name_that_two_sheets_contain_or_that_is_in_doubt_is_only_proposed(
    workbook: Workbook, sheets: tuple[str, ...]
) -> None:
    reading = of(workbook(dict.fromkeys(sheets, NEW)))
    assert [one.sheet for one in reading.unread] == list(sheets)
    assert reading.entries.height == 0


def test_a_name_without_the_columns_that_must_be_filled_is_not_read(workbook: Workbook) -> None:
    short = [[cell for cell in row if cell not in ("kind", "military")] for row in NEW]
    reading = of(workbook({"Packages 2026": short}))
    assert reading.entries.height == 0
    assert reading.unread


TEXT = "package,party,day,kind,amount,currency\nLT-1,LT,2031-02-01,energy,5,EUR\n"


@pytest.mark.parametrize(
    "name", ["LT packages.csv", "Packages_2031-02.csv", "LT/Пакети.лютий.csv", "x/pledges lt.tsv"]
)
def test_a_file_that_contains_the_name_is_read_with_a_warning(name: str) -> None:
    text = TEXT.replace(",", "\t") if name.endswith("tsv") else TEXT
    reading = read(Document(name, text.encode(), "LT"))
    assert reading.entries["package"].to_list() == ["LT-1"]
    assert [one.code for one in reading.findings] == ["name-read-as-table"]


@pytest.mark.parametrize("name", ["LT packages (draft).csv", "notes.csv", "needs and packages.csv"])
def test_a_file_whose_name_is_in_doubt_or_means_nothing_is_refused(name: str) -> None:
    assert read(Document(name, TEXT.encode(), "LT")).refused


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Packages 2026", "packages"),
        ("PL packages (final)", "packages"),
        ("Neue Pakete", "packages"),
        ("package", "packages"),
        ("Movements_Q3", "movements"),
        ("Пакети 2031", "packages"),
        ("Notes", ""),
        ("2026", ""),
    ],
)
def test_years_and_words_beside_the_name_and_other_languages_are_seen_through(name: str, table: str) -> None:
    found = near_table(name)
    assert (found.name if found else "") == table


def test_a_sheet_is_known_by_its_columns_whatever_its_name(workbook: Workbook) -> None:
    assert of(workbook({"goods": [["good", "name", "unit"]], "Sheet7": NEW})).unread[0].table == "packages"


def test_sheets_of_other_content_stay_unknown(workbook: Workbook) -> None:
    """A name alone is no table, and neither are columns of which what must be filled is missing."""
    notes: list[list[object]] = [["party", "amount", "currency"], ["PL", 3, "EUR"]]
    reading = of(workbook({"packages": OLD, "packages, remarks": [["who", "what"]], "Summary": notes}))
    assert reading.unread == ()
    assert [one.code for one in reading.findings] == ["sheet-unknown", "sheet-unknown"]


def test_amounts_in_two_currencies_are_not_added(workbook: Workbook) -> None:
    rows = [*NEW, ["P-10", "PL", "2031-02-03", "military", 7, "USD"]]
    parts = of(workbook({"packages": OLD, "Packages 2026": rows})).unread
    assert [(one.rows, one.amount_minor, one.currency) for one in parts] == [
        (3, 46_500_000_50, "EUR"),
        (3, 7_00, "USD"),
    ]


def test_a_sheet_without_amounts_has_no_sum(workbook: Workbook) -> None:
    rows: list[list[object]] = [["line", "package", "quantity", "unit"], ["L", "P-1", 4, "piece"]]
    assert of(workbook({"packages": OLD, "lines (draft)": rows})).unread == (
        Unread("lines (draft)", "lines", 1),
    )


def test_unread_sheets_survive_the_way_between_processes(workbook: Workbook) -> None:
    reading = of(workbook({"packages": OLD, "Packages 2026": NEW}))
    assert unpacked_reading(packed_reading(reading)).unread == reading.unread == (UNREAD,)


def test_the_settings_say_as_which_table_a_sheet_is_read(workbook: Workbook, tmp_path: Path) -> None:
    """What was read before without them is read anew."""
    document = Document("PL/book.xlsx", workbook({"packages": OLD, "Packages 2026": NEW}), "PL")
    known, findings = settings('[sheets]\n"Packages 2026" = "packages"')
    assert findings == ()
    (before,) = understand([document], cache=tmp_path)
    (after,) = understand([document], settings=known, cache=tmp_path)
    assert (before.entries.height, after.entries.height) == (1, 3)
    assert after.tables["packages"]["amount"].sum() == 46_500_010_50
    assert Decimal(before.tables["packages"]["amount"].sum()) == 10_00


def test_a_table_that_does_not_exist_is_an_error_of_the_settings() -> None:
    known, (finding,) = settings('[sheets]\n"Packages 2026" = "parcels"')
    assert (known.sheets, finding.code) == ({}, "settings-value")
