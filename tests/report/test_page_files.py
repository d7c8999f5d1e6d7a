"""A page as files in each language."""

from datetime import date

from konvoi.report.page import Message, Page
from konvoi.report.page_files import page_files

PAGE = Page(
    title="Merrow Coalition",
    day=date(2031, 3, 3),
    audience="public",
    marking=Message("public"),
    exercise=True,
    sections=(),
    records=(),
    head=Message("Session pack as of {day}"),
    file="session",
)


def test_each_language_has_a_page_and_a_document_and_names_the_others() -> None:
    found = page_files(PAGE, ("de", "en"))
    assert list(found) == ["session.de.docx", "session.de.html", "session.en.docx", "session.en.html"]
    assert b"session.en.html" in found["session.de.html"]
    assert found["session.de.docx"] != found["session.en.docx"]
