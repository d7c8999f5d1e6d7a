"""The front door: each document finds its format, or is refused with a reason and a remedy."""

from collections.abc import Callable

import pytest

from konvoi.intake.formats import FORMATS
from konvoi.intake.read import read
from konvoi.model.document import Document

Maker = Callable[[dict[str, list[list[object]]]], bytes]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "file-empty"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "container-broken"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "workbook-damaged"),
        ("a.pdf", b"%PDF-1.7", "text-broken"),
        ("a.csv", b"x,y\n1,2\n", "format-unknown"),
        ("a.json", b"[]", "format-unknown"),
        ("a.xml", b"<a/>", "format-unknown"),
    ],
)
def test_what_is_no_submission_is_refused_with_one_reason(name: str, content: bytes, code: str) -> None:
    reading = read(Document(name, content, "PL"))
    assert reading.refused
    assert [one.code for one in reading.findings] == [code]
    assert all(one.expected and one.remedy and one.place.file == name for one in reading.findings)
    assert (reading.party, reading.entries.height) == ("PL", 0)


def test_a_workbook_of_other_sheets_is_unknown(workbook: Maker) -> None:
    assert [one.code for one in read(Document("a.xlsx", workbook({"S": [["a"]]}))).findings] == [
        "format-unknown"
    ]


def test_names_of_formats_are_all_different() -> None:
    names = [format.name for format in FORMATS]
    assert len(names) == len(set(names))


def test_xml_of_an_unknown_kind_that_ends_too_early_is_said_to_be_cut_short() -> None:
    whole = b'<?xml version="1.0"?><export><entity/></export>'
    codes = [
        [finding.code for finding in read(Document("list.xml", content)).findings]
        for content in (whole, whole[:-4], whole[:30], b"<?xml version='1.0'?><a></b>")
    ]
    assert codes == [["format-unknown"], ["xml-broken"], ["xml-broken"], ["format-unknown"]]
