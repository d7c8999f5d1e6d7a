"""The tables as CSV: any encoding and separator that a spreadsheet writes, the same reading."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from konvoi.intake.formats.konvoi_csv import KONVOI_CSV
from konvoi.intake.join import joined
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Severity

SAMPLES = Path(__file__).parent / "samples" / "konvoi_csv"
PARTIES = "party,name,kind,name_de\nNORLAND,Norland,state,Nordländer\n"


def sample(name: str) -> Reading:
    return read(
        Document(f"submissions/NORLAND/{name}.csv", (SAMPLES / f"{name}.csv").read_bytes(), "NORLAND")
    )


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_packages_become_entries_down_to_the_line_of_the_file() -> None:
    reading = sample("packages")
    assert reading.entries.select("reference", "amount_minor", "row", "day_to").rows() == [
        ("N-1", 150_000_000, 2, date(2031, 1, 10)),
        ("N-3", None, 4, date(2031, 2, 28)),
    ]
    assert [(one.code, one.place.row) for one in reading.findings] == [
        ("day-ambiguous", 3),
        ("day-is-span", 4),
    ]
    assert set(reading.entries["source"]) == {"NORLAND"}


def test_a_row_without_a_marking_has_that_of_its_document() -> None:
    content = (SAMPLES / "packages.csv").read_bytes()
    for marking in ("coalition", "own"):
        reading = read(Document("packages.csv", content, "NORLAND", marking))
        assert set(reading.entries["marking"]) == {marking}


def test_lines_wait_for_their_package_without_a_complaint() -> None:
    reading = sample("lines")
    assert reading.tables["lines"]["quantity"].to_list() == [Decimal("12.5")]
    assert reading.entries.height == 0
    assert reading.findings == ()


def test_a_cyrillic_code_page_is_read_with_a_warning() -> None:
    reading = sample("parties")
    assert reading.tables["parties"].select("kind", "name_uk").rows() == [("recipient", "Судерія")]
    assert [(one.severity, one.values["page"]) for one in reading.findings] == [(Severity.WARNING, "cp1251")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_separators_and_ends_of_lines_change_nothing(
    encoding: str, separator: str, end: str
) -> None:
    content = PARTIES.replace(",", separator).replace("\n", end).encode(encoding)
    if encoding == "utf-16-le":
        content = b"\xff\xfe" + content
    reading = read(Document("parties.csv", content))
    assert reading.tables["parties"].select("party", "name_de").rows() == [("NORLAND", "Nordländer")]
    assert codes(reading) == (["text-not-utf-8"] if encoding == "cp1252" else [])


def test_a_quotation_mark_left_open_loses_no_line_before_it() -> None:
    rest = ",PL,2031-01-01,energy,"
    text = f'package,party,day,kind,title\nA{rest}"x"\nB{rest}"y\nC{rest}z\n'
    reading = read(Document("packages.csv", text.encode()))
    assert reading.tables["packages"]["package"].to_list() == ["A"]
    assert [(one.code, one.place.row) for one in reading.findings] == [("csv-unreadable", 3)]


def test_text_after_a_closed_quotation_mark_costs_that_line_alone() -> None:
    text = 'package,party,day,kind\n"A"a,PL,2031-01-01,energy\nB,PL,2031-01-01,energy\n'
    reading = read(Document("packages.csv", text.encode()))
    assert reading.tables["packages"]["package"].to_list() == ["B"]
    assert [(one.code, one.place.row) for one in reading.findings] == [("csv-unreadable", 2)]


def test_the_head_alone_is_a_file_of_its_own() -> None:
    reading = read(Document("PL/konvoi.csv", b"party,Poland\nday,2031-04-02\n"))
    assert (reading.party, reading.facts["day"]) == ("PL", "2031-04-02")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("a/lines.csv", True),
        ("Zeilen.CSV", True),
        ("рядки.csv", True),
        ("konvoi.csv", True),
        ("horizon.tsv", True),
        ("lines.xlsx", False),
        ("list.csv", False),
    ],
)
def test_it_is_known_by_the_name_of_its_table(name: str, known: bool) -> None:
    assert KONVOI_CSV.recognises(Document(name, b"line,package\n")) is known


def test_a_workbook_under_the_name_of_a_csv_is_not_taken_for_text() -> None:
    assert not KONVOI_CSV.recognises(Document("lines.csv", b"PK\x03\x04"))


def test_packages_lines_and_movements_may_be_withdrawn() -> None:
    """A line has the stage of its package unless it states its own."""
    sheets = {
        "packages": "package,party,day,kind,stage\nP,NORLAND,2031-01-10,military,committed\n",
        "lines": "line,package,good,stage\nA,P,tent,withdrawn\nB,P,tent,\nC,P,tent,відкликана\n",
        "movements": "movement,line,day,stage,quantity\nM,B,2031-02-10,withdrawn,4\n",
    }
    found = joined([read(Document(f"{name}.csv", text.encode(), "NORLAND")) for name, text in sheets.items()])
    stages = {row[0]: row[1] for one in found for row in one.entries.select("reference", "stage").rows()}
    assert stages == {
        "P": "committed",
        "A": "withdrawn",
        "B": "committed",
        "C": "withdrawn",
        "M": "withdrawn",
    }
    assert [one.code for reading in found for one in reading.findings] == []


def test_lines_of_a_package_that_is_withdrawn_are_withdrawn() -> None:
    packages = "package,party,day,kind,stage\nP,NORLAND,2031-01-10,military,withdrawn\n"
    lines = "line,package,good,quantity\nA,P,tent,4\n"
    named = {"packages.csv": packages, "lines.csv": lines}
    found = joined([read(Document(name, text.encode(), "NORLAND")) for name, text in named.items()])
    assert [one.entries["stage"].to_list() for one in found] == [["withdrawn"], ["withdrawn"]]
