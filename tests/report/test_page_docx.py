"""A page as a document for a word processor."""

import io
from dataclasses import replace
from datetime import date

from docx import Document

from konvoi.report.page import Column, Message, Page, Section, Table
from konvoi.report.page_docx import MOST, as_docx


def page(rows: int) -> Page:
    """A page with one table of so many rows."""
    table = Table(
        "t",
        Message("Action items"),
        (Column(Message("Action item")), Column(Message("Due date"), "", "day")),
        tuple((f"S{at}\x00", date(2031, 1, 1)) for at in range(rows)),
        Message("No action items submitted. Fill the table “steps” after each meeting."),
    )
    section = Section("s", Message("Action items"), (Message("None of them is late."),), (), (table,))
    return Page(
        title="Merrow Coalition",
        day=date(2031, 3, 3),
        audience="public",
        marking=Message("public"),
        exercise=True,
        sections=(section,),
        records=(),
        head=Message("Session pack as of {day}"),
        file="session",
    )


def test_marking_and_exercise_stand_on_every_page() -> None:
    document = Document(io.BytesIO(as_docx(page(1), "de")))
    head = document.sections[0].header.paragraphs[0].text
    parts = ["Merrow Coalition", "3. März 2031", "Einstufung: öffentlich"]
    assert head.split(" · ") == [*parts, "Übung: Alle Beteiligten und Zahlen sind erfunden"]


def test_a_long_table_says_how_many_rows_it_has_and_where_they_are() -> None:
    document = Document(io.BytesIO(as_docx(page(MOST + 5), "en")))
    assert len(document.tables[0].rows) == MOST + 1
    assert document.paragraphs[-1].text == f"{MOST} of {MOST + 5} shown; session.en.html contains all."


def test_a_character_that_no_document_holds_is_left_out() -> None:
    document = Document(io.BytesIO(as_docx(page(1), "en")))
    assert document.tables[0].rows[1].cells[0].text == "S0"


def test_an_empty_table_says_why() -> None:
    document = Document(io.BytesIO(as_docx(page(0), "en")))
    assert document.tables == []
    assert document.paragraphs[-1].text.startswith("No action items submitted")


def test_equal_pages_give_equal_bytes() -> None:
    assert as_docx(page(2), "uk") == as_docx(page(2), "uk")


def test_a_day_stands_in_one_line_and_a_text_takes_the_room_that_is_left() -> None:
    """Widths follow what stands in a column: a short reference leaves its room to the words beside it."""
    words = "Name the day on which the thirty generators leave, and the crossing that they take."
    columns = (
        Column(Message("No.")),
        Column(Message("Due date"), "", "day"),
        Column(Message("Document")),
    )
    table = Table(
        "t", Message("Action items"), columns, (("S1", date(2031, 2, 20), words),), Message("No step.")
    )
    whole = page(1)
    section = replace(whole.sections[0], tables=(table,))
    document = Document(io.BytesIO(as_docx(replace(whole, sections=(section,)), "en")))
    step, due, text = (cell.width.mm for cell in document.tables[0].rows[1].cells)
    assert step < due < text
    assert due >= 2 * len("20 Feb 2031")
    assert step + due + text <= 261.5


def test_no_page_parts_a_row_and_the_head_stands_on_each() -> None:
    document = Document(io.BytesIO(as_docx(page(3), "en")))
    head, *rows = document.tables[0].rows
    assert "w:tblHeader" in head._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in rows)
