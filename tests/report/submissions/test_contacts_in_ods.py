"""Contacts of an OpenDocument spreadsheet are replaced in their cells, whatever repeats; all else stays."""

import io
import zipfile

from tests.intake.test_ods import SPACES, cell

from konvoi.intake.ods import ods_sheets
from konvoi.model.document import Document
from konvoi.report.submissions.contacts_apart import (
    ContactCells,
    apart_of,
    apart_wire,
    found_of,
    found_wire,
    packed,
)

MIME = "application/vnd.oasis.opendocument.spreadsheet"
HEADS = ("name", "party", "function", "email")
NAME, ADDRESS = "Alma Merrowdale", "alma.merrowdale@exercise.invalid"
META = f"""<office:document-meta {SPACES} xmlns:meta="urn:meta" xmlns:dc="urn:dc"><office:meta>
<meta:initial-creator>{NAME}</meta:initial-creator><dc:creator>{NAME}</dc:creator><dc:title>List</dc:title>
</office:meta></office:document-meta>"""


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def book(*contacts: str, title: str = "Relief", history: str = "") -> bytes:
    """An ODS with a sheet of packages and one of contacts, made by the contact."""
    sheets = {
        "Packages": row(cell("title")) + row(cell(title)),
        "Contacts": row(*map(cell, HEADS)) + "".join(contacts),
    }
    tables = "".join(
        f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items()
    )
    content = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet>{history}{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        zipped.writestr("content.xml", content)
        zipped.writestr("meta.xml", META)
        zipped.writestr("Thumbnails/thumbnail.png", NAME)
        zipped.writestr("styles.xml", "<as-it-was/>")
    return made.getvalue()


def apart(content: bytes) -> tuple[bytes, list[tuple[str, str]], list[ContactCells]]:
    """Return a file with ids in place of its contacts, what is left of them, and the contacts."""
    found = found_of(found_wire(content))
    instead = [ContactCells(one.sheet, one.row, f"person-{one.row}", "", "none") for one in found]
    after, left = apart_of(apart_wire(packed(content, instead)))
    return after, left, found


def parts(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return " ".join(zipped.read(one).decode() for one in zipped.infolist())


def rows(content: bytes, sheet: str) -> list[tuple[int, tuple[object, ...]]]:
    found = ods_sheets(Document("list.ods", content))
    assert not found.findings
    return [(one.number, one.cells) for one in found.by_name[sheet].rows]


def test_a_contact_is_replaced_and_nothing_else_changes() -> None:
    note = f"<office:annotation><text:p>{NAME}</text:p></office:annotation>"
    given = book(row(cell(NAME), cell("XA"), cell(f"Desk officer{note}"), cell(ADDRESS), cell("kept")))
    after, left, found = apart(given)
    assert [(one.row, one.name, one.email) for one in found] == [(2, NAME, ADDRESS)]
    assert left == []
    for text in (NAME, ADDRESS, "Desk officer"):
        assert text not in parts(after)
    assert rows(after, "Contacts")[1] == (2, ("person-2", "XA", None, "none", "kept"))
    assert rows(after, "Packages") == rows(given, "Packages")
    assert "<as-it-was/>" in parts(after)
    assert "List" in parts(after)
    # OpenDocument files are known by a first part that is stored plain.
    assert after[30:38] + after[38 : 38 + len(MIME)] == b"mimetype" + MIME.encode()


def test_rows_and_cells_that_repeat_are_replaced_one_by_one() -> None:
    twice = 'table:number-rows-repeated="2"'
    same = 'table:number-columns-repeated="2"'
    given = book(
        row(cell(""), more='table:number-rows-repeated="3"'),
        row(cell(NAME, same), cell("Officer"), cell(ADDRESS), more=twice),
        row(cell("Bo Second"), cell("XA"), cell("", same)),
    )
    after, left, found = apart(given)
    assert [one.row for one in found] == [5, 6, 7]
    assert [one.name for one in found_of(found_wire(after))] == ["person-5", "person-6", "person-7"]
    assert [(number, cells[0]) for number, cells in rows(after, "Contacts")[1:]] == [
        (5, "person-5"),
        (6, "person-6"),
        (7, "person-7"),
    ]
    assert rows(after, "Contacts")[3] == (7, ("person-7", "XA", None, "none"))
    # The second cell of the pair says the name where a party stands; it is told, not cut.
    assert left == [(NAME, "Contacts")]


def test_a_name_elsewhere_is_told_with_its_sheet_and_earlier_states_go() -> None:
    history = f"<table:tracked-changes><text:p>{ADDRESS}</text:p></table:tracked-changes>"
    given = book(row(cell(NAME), cell("XA"), cell(""), cell(ADDRESS)), title=f"Ask {NAME}", history=history)
    after, left, _ = apart(given)
    assert left == [(NAME, "Packages")]
    assert ADDRESS not in parts(after)
