"""A marked workbook: red cells, notes, a list that leads to each; nothing else changes, twice the same."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.naming import localized
from konvoi.model.tables import TABLES
from konvoi.report.marking.colours import SIGN
from konvoi.report.marking.notes import MOST
from konvoi.report.marking.notes import SIGN as NOTE
from konvoi.report.marking.workbook import marked
from konvoi.report.submissions.template import template

DAY = date(2031, 4, 2)
HEAD = {"party": "PL", "day": "2031-03-02", "marking": "coalition"}
PACKAGES: list[list[object]] = [
    ["P-1", "PL", date(2031, 1, 1), "energy", None, "Generators", "pledged", 1000, "EUR"],
    ["P-2", "PL", "03/04/2031", "energy", None, "Cables", None, 12.5, None],
    ["P-3", "PL", "2031-01", "energy"],
]
LINES: list[list[object]] = [["L-1", "P-1", "tent", "4O"], ["L-2", "P-1", "tent", 40]]


@cache
def empty(language: str) -> bytes:
    return template(language, day=DAY, head=HEAD)


def workbook(rows: Mapping[str, Sequence[Sequence[object]]] | None = None, *, language: str = "en") -> bytes:
    """The template with rows typed in, as openpyxl saves it: other parts' names, prefixes, no shared view."""
    book = opened(empty(language))
    for table, lines in ({"packages": PACKAGES, "lines": LINES} if rows is None else rows).items():
        name = localized("table", table, language)
        for line in lines:
            book[name[:1].upper() + name[1:]].append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@lru_cache(maxsize=4)
def reading(content: bytes) -> Reading:
    return read(Document("PL/list.xlsx", content, "PL"))


def come_back(content: bytes, language: str = "en") -> bytes:
    return marked(content, reading(content).findings, language)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return {name: container.read(name) for name in container.namelist()}


def says_the_same(left: bytes, right: bytes) -> bool:
    one, other = reading(left), reading(right)
    return (
        one.findings == other.findings
        and one.entries.equals(other.entries)
        and {name: frame.rows() for name, frame in one.tables.items()}
        == {name: frame.rows() for name, frame in other.tables.items()}
    )


def coloured(content: bytes, sheet: str) -> set[str]:
    """The cells that our rules colour."""
    rules = opened(content)[sheet].conditional_formatting
    found: set[str] = set()
    for one in rules:
        if any(SIGN in rule.formula for rule in one.rules):
            found |= {cell for box in str(one.sqref).split() for cell in _cells(box)}
    return found


def _cells(box: str) -> set[str]:
    sheet = openpyxl.Workbook().active
    assert sheet is not None
    found = sheet[box] if ":" in box else ((sheet[box],),)
    return {cell.coordinate for row in found for cell in row}


def test_cells_with_errors_and_warnings_are_coloured_and_have_a_note() -> None:
    back = come_back(workbook())
    assert coloured(back, "Packages") == {"C3", "H3", "C4"}
    assert coloured(back, "Lines") == {"D2"}
    note = opened(back)["Lines"]["D2"].comment
    assert note is not None
    assert note.text == f"{NOTE}\nError: “4O” is not a number. Did you mean 40?"


def test_a_note_has_a_box_that_stays_hidden_until_it_is_asked_for() -> None:
    back = parts(come_back(workbook()))
    boxes = [content for name, content in back.items() if name.endswith(".vml") and b"<x:Row>1<" in content]
    assert len(boxes) == 1
    assert b"visibility:hidden" in boxes[0]


def test_the_list_leads_to_each_cell_and_the_workbook_opens_on_it() -> None:
    book = opened(come_back(workbook()))
    sheet = book["Konvoi findings"]
    assert book.active == sheet
    assert sum(bool(one.sheet_view.tabSelected) for one in book.worksheets) == 1
    links = {link.location for row in sheet.iter_rows() for cell in row if (link := cell.hyperlink)}
    assert links == {"'Packages'!C3", "'Packages'!H3", "'Packages'!C4", "'Lines'!D2"}
    assert sheet["A1"].value == "Error: 3, Warning: 1, Note: 0"
    assert [sheet.cell(5, at).value for at in (1, 2, 3, 6)] == ["Error", "Packages", "C3", "day-ambiguous"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "uk"])
def test_the_reader_is_told_in_the_workbooks_language(language: str) -> None:
    book = opened(come_back(workbook(language=language), language))
    words = {
        "de": ("Konvoi-Befunde", "Fehler", "Ist 40 gemeint?"),
        "uk": ("Зауваження Konvoi", "Помилка", "40?"),
    }
    name, error, asked = words[language]
    texts = [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value]
    assert error in texts
    assert any(asked in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_read_again_it_says_the_same_and_marked_again_it_is_the_same(language: str) -> None:
    content = workbook(language=language)
    back = come_back(content, language)
    assert says_the_same(content, back)
    assert come_back(back, language) == back


def test_what_bears_no_mark_is_there_byte_for_byte() -> None:
    content = workbook()
    before, after = parts(content), parts(come_back(content))
    changed = {name for name in before if after[name] != before[name]}
    touched = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert {name for name in changed if "comment" not in name and "/sheet" not in name} <= touched
    cells = [name for name in before if name.startswith("xl/worksheets/sheet")]
    for name in cells:
        end = before[name].index(b"</sheetData>") if b"</sheetData>" in before[name] else 0
        start = before[name].index(b"<sheetData")
        assert before[name][start:end] in after[name]


def test_formats_drop_downs_filters_and_notes_of_the_sender_stay() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["Lines"]["D2"].comment = Comment("mine", "A. Desk")
    book["Lines"]["D3"].number_format = "0.000"
    stream = io.BytesIO()
    book.save(stream)
    sheet = opened(come_back(stream.getvalue()))["Lines"]
    assert sheet["D2"].comment is not None
    assert sheet["D2"].comment.text == "mine"
    assert sheet["D3"].number_format == "0.000"
    assert sheet.auto_filter.ref
    assert len(sheet.data_validations.dataValidation) >= 3
    assert sheet["A1"].comment is not None
    assert "D2" in coloured(come_back(stream.getvalue()), "Lines")


@pytest.mark.slow
def test_a_mended_cell_loses_its_marks_when_the_workbook_is_marked_again() -> None:
    """Saved by another program in between, as a desk does it."""
    book = opened(come_back(workbook()))
    book["Lines"]["D2"] = 40
    stream = io.BytesIO()
    book.save(stream)
    again = come_back(stream.getvalue())
    assert coloured(again, "Lines") == set()
    assert opened(again)["Lines"]["D2"].comment is None
    assert coloured(again, "Packages") == {"C3", "H3", "C4"}
    assert opened(again).sheetnames.count("Konvoi findings") == 1


@pytest.mark.slow
def test_without_findings_the_list_says_so() -> None:
    back = come_back(workbook({}))
    assert opened(back)["Konvoi findings"]["A1"].value == "No findings."
    assert all(coloured(back, sheet) == set() for sheet in opened(back).sheetnames[:-1])


def test_a_finding_on_a_whole_row_or_sheet_is_listed_and_marks_at_most_the_rows_first_cell() -> None:
    content = workbook()
    findings = [
        Finding(Severity.ERROR, "row", Place("f", "Lines", 3), remedy="Mend it."),
        Finding(Severity.ERROR, "sheet", Place("f", "Goods"), remedy="Mend it."),
        Finding(Severity.ERROR, "document", Place("f"), remedy="Mend it."),
        Finding(Severity.ERROR, "elsewhere", Place("f", "No such sheet", 2, "line"), remedy="Mend it."),
    ]
    back = marked(content, findings)
    assert coloured(back, "Lines") == {"A3"}
    assert coloured(back, "Goods") == set()
    assert opened(back)["Konvoi findings"].max_row == 4 + len(findings)


@pytest.mark.slow
def test_no_sheet_gets_more_notes_than_a_spreadsheet_can_bear() -> None:
    rows: list[list[object]] = [[f"L-{at}", "P-1", "tent", "many"] for at in range(MOST + 50)]
    back = come_back(workbook({"packages": PACKAGES[:1], "lines": rows}))
    sheet = opened(back)["Lines"]
    notes = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(notes) == MOST
    assert len(coloured(back, "Lines")) == MOST + 50


CELLS = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.integers(-10, 10_000),
    st.dates(date(2030, 1, 1), date(2031, 1, 1)),
    st.sampled_from(["P-1", "PL", "EUR", "1.000", "03/04/2031", "=1+1", "'", "<&>", "\u202e"]),
)


@pytest.mark.slow
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=14), max_size=6))
def test_whatever_is_typed_in_it_reads_the_same_marked(rows: list[list[object]]) -> None:
    typed = [[_typed(cell) for cell in row] for row in rows]
    content = workbook({"lines": typed, "packages": typed})
    back = come_back(content)
    assert says_the_same(content, back)
    assert come_back(back) == back


def _typed(cell: object) -> object:
    """What a spreadsheet can hold of it."""
    return "".join(letter for letter in cell if letter.isprintable()) if isinstance(cell, str) else cell


@pytest.mark.slow
def test_every_table_can_be_marked() -> None:
    """In each table at least one row that says too little."""
    content = workbook({table.name: [["x", "no day"], ["y"]] for table in TABLES})
    back = come_back(content)
    assert says_the_same(content, back)
    for sheet in opened(back).sheetnames[1 : 1 + len(TABLES)]:
        assert coloured(back, sheet), sheet
