"""Files as people send them: each is read, or refused with what it is and the way in."""

import io
import zipfile

import openpyxl
import pytest

from konvoi.intake.csv_text import is_binary
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

PACKAGES = "package,party,day,kind,title\nN-1,XA,2031-02-28,energy,Übung\n"
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def told(reading: Reading) -> list[tuple[str, str, str]]:
    return [(one.code, one.expected, one.remedy) for one in reading.findings]


def zipped(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_table_is_read_in_every_form_of_unicode(codec: str) -> None:
    content = PACKAGES.encode(codec)
    assert not is_binary(content)
    reading = read(Document("packages.csv", content, "XA"))
    assert reading.entries["text"].to_list() == ["Übung"]
    assert told(reading) == []


@pytest.mark.parametrize("content", [b"\0" * 2000, b"\0\1\1\0" * 500, PACKAGES.encode() + b"\0"])
def test_bytes_of_zero_elsewhere_are_no_text_of_another_form(content: bytes) -> None:
    assert is_binary(content)


def test_a_workbook_of_opendocument_with_a_password_is_said_to_have_one() -> None:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    content = zipped(mimetype=MIME, content_xml=b"\x99\1" * 400, **{"META-INF__manifest_xml": manifest})
    assert [code for code, _, _ in told(read(Document("list.ods", content)))] == ["workbook-old-or-encrypted"]


def test_a_table_as_a_web_page_is_saved_again_and_a_login_page_is_downloaded_again() -> None:
    page = b"<html><body>{}<table><tr><th>a<th>b</tr><tr><td>1</td><td>2</td></tr></table></body></html>"
    ((code, expected, remedy),) = told(read(Document("list.xls", page.replace(b"{}", b""))))
    assert (code, expected.partition("; ")[2]) == ("format-not-read", "this is a table written as a web page")
    assert remedy == "Open it in a spreadsheet program and save it as .ods or .xlsx."
    ((_, _, remedy),) = told(read(Document("list.xls", page.replace(b"{}", b"<form></form>"))))
    assert "login or error page" in remedy


def test_an_archive_of_workbooks_is_unpacked() -> None:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    content = zipped(**{"list.xlsx": book.getvalue()})
    ((code, _, remedy),) = told(read(Document("lists.zip", content)))
    assert (code, remedy) == ("format-not-read", "Unpack it and submit its files, or their folder.")


def test_a_cell_that_is_too_long_is_not_called_a_matter_of_quotation_marks() -> None:
    content = PACKAGES + f"N-2,XA,2031-02-28,energy,{'x' * 200_000}\n" + PACKAGES.splitlines()[1]
    reading = read(Document("packages.csv", content.encode(), "XA"))
    assert [expected for _, expected, _ in told(reading)][:1] == ["cells of at most 131,068 characters"]
