"""Files of known forms that are not read are refused by name, with the way in."""

import io
import json
import zipfile

import pytest

from konvoi.intake.known_forms import FORMS
from konvoi.intake.read import read
from konvoi.model.document import Document


def zipped(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as container:
        for part in parts:
            container.writestr(part, "x")
    return made.getvalue()


FILES: dict[str, bytes] = {
    "Flat OpenDocument spreadsheet": (
        b'<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
    ),
    "Web page": b"<!DOCTYPE html>\n<html><body>Login</body></html>",
    "Table as a web page": b"<html><table><tr><th>a<th>b</tr><tr><td>1<td>2</tr></table></html>",
    "News feed": b'<?xml version="1.0"?><rss version="2.0"/>',
    "GeoJSON": json.dumps({"type": "FeatureCollection", "features": []}).encode(),
    "Rich text": b"{\\rtf1\\ansi hello}",
    "Image": b"\x89PNG\r\n\x1a\n00",
    "Binary Excel workbook (.xlsb)": zipped("[Content_Types].xml", "xl/workbook.bin"),
    "Apple Numbers workbook": zipped("Index/Document.iwa", "Metadata/Properties.plist"),
    "Archive": zipped("a.csv", "b.csv"),
    "E-mail message": b"From: a@example.org\nSubject: list\nMIME-Version: 1.0\n\nhello",
}


def test_every_form_is_tried() -> None:
    assert {form.name for form in FORMS} == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_it_is_refused_by_its_name_with_what_to_do(name: str) -> None:
    reading = read(Document("file", FILES[name], "PL"))
    assert reading.refused
    assert [(one.code, one.values["form"]) for one in reading.findings] == [("format-not-read", name)]
    assert reading.findings[0].remedy


def test_a_table_that_nobody_maps_names_the_command_that_does() -> None:
    reading = read(Document("x.csv", b"colour,shape\nred,round\n", "PL"))
    assert "konvoi map FILE" in reading.findings[0].remedy
