"""UBL despatch and receipt advices, of invented parties and of the standard's own examples."""

from pathlib import Path

import pytest
from tests.intake.papers.golden import expected

from konvoi.intake.formats.ubl import UBL
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

SAMPLES = Path(__file__).parent / "samples" / "ubl"
DESPATCH = (SAMPLES / "despatch.xml").read_bytes()
RECEIPT = (SAMPLES / "receipt.xml").read_bytes()


def of(content: bytes) -> Reading:
    return read(Document("paper.xml", content))


def changed(content: bytes, old: str, new: str) -> Reading:
    assert old.encode() in content
    return of(content.replace(old.encode(), new.encode()))


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize("name", ["despatch", "receipt", "faults"])
def test_each_sample_gives_what_is_written_beside_it(name: str) -> None:
    content = (SAMPLES / f"{name}.xml").read_bytes()
    assert expected(read(Document(f"{name}.xml", content))) == (SAMPLES / f"{name}.expected").read_text(
        "utf-8"
    )


def test_a_receipt_answers_the_line_of_the_despatch_that_it_names() -> None:
    sent, came = of(DESPATCH).tables["movements"], of(RECEIPT).tables["receipts"]
    assert came["reference"].to_list() == ["DA-2031-07/1", "DA-2031-07"]
    assert set(came["reference"]) <= {*sent["movement"], *sent["waybill"]}


def test_what_is_damaged_belongs_to_its_line_and_is_not_rejected() -> None:
    (first, _) = of(RECEIPT).tables["receipts"].to_dicts()
    assert (int(first["received"]), int(first["short"]), int(first["damaged"])) == (36, 1, 3)
    assert first["rejected"] is None


def test_ids_keep_their_schemes_and_those_of_konvoi_are_ours() -> None:
    assert of(DESPATCH).entries["party"].unique().to_list() == ["gln:4000001000128"]
    ours = changed(DESPATCH, '<cbc:ID schemeID="GLN">4000001000128', '<cbc:ID schemeID="konvoi">NO')
    assert ours.entries["party"].unique().to_list() == ["NO"]
    assert "NO" not in ours.tables["parties"]["party"].to_list()


def test_a_day_that_no_calendar_has_is_named() -> None:
    reading = changed(DESPATCH, "<cbc:ActualDespatchDate>2031-03-03", "<cbc:ActualDespatchDate>2031-09-31")
    assert codes(reading) == ["paper-day-missing", "paper-day-unreadable"]
    assert (reading.findings[1].place.column, reading.findings[1].read) == (
        "ActualDespatchDate",
        "2031-09-31",
    )


def test_a_line_without_a_number_is_known_by_its_position() -> None:
    line = "<cac:DespatchLine>"
    at = DESPATCH.decode().index("<cbc:ID", DESPATCH.decode().index(line))
    end = DESPATCH.decode().index("</cbc:ID>", at) + len("</cbc:ID>")
    reading = of((DESPATCH.decode()[:at] + DESPATCH.decode()[end:]).encode())
    (found,) = reading.findings
    assert (found.code, found.place.column) == ("paper-line-unnumbered", "ID")
    assert "DA-2031-07/line-1" in reading.tables["movements"]["movement"].to_list()


def test_a_day_that_is_not_stated_is_the_day_of_issue_and_that_is_told() -> None:
    day = "<cbc:ActualDespatchDate>2031-03-03</cbc:ActualDespatchDate>"
    reading = changed(DESPATCH, day, "")
    assert codes(reading) == ["paper-day-missing"]
    assert [str(found) for found in reading.entries["day_from"]] == ["2031-03-02", "2031-03-02"]


def test_a_quantity_that_is_no_number_is_unknown_and_told_with_its_line() -> None:
    reading = changed(DESPATCH, ">40<", ">4O<")
    assert codes(reading) == ["paper-number-unreadable"]
    assert (reading.findings[0].read, reading.findings[0].place.row) == ("4O", 36)
    assert reading.entries.sort("reference")["quantity"].to_list()[0] is None


def test_a_paper_without_a_number_counts_for_nothing() -> None:
    reading = changed(DESPATCH, "<cbc:ID>DA-2031-07</cbc:ID>", "")
    assert (codes(reading), reading.entries.height) == (["paper-number-missing"], 0)


def test_a_paper_without_lines_or_any_day_says_so() -> None:
    space = "urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2"
    reading = of(f'<DespatchAdvice xmlns="{space}"><ID>1</ID></DespatchAdvice>'.encode())
    assert [(one.code, one.remedy) for one in reading.findings] == [
        ("paper-without-lines", "Add the lines; nothing was read from it."),
        ("paper-day-missing", "Enter the date; it is unknown."),
    ]


def test_other_papers_are_named_and_count_for_nothing() -> None:
    reading = of(DESPATCH.replace(b"DespatchAdvice", b"Waybill"))
    assert (codes(reading), reading.entries.height) == (["ubl-paper-kept"], 0)
    assert reading.facts["paper"] == "Waybill"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (DESPATCH[:-40], "xml-broken"),
        (DESPATCH.replace(b"?>\n", b'?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n', 1), "xml-doctype"),
    ],
)
def test_what_is_broken_or_forbidden_is_refused(content: bytes, code: str) -> None:
    reading = of(content)
    assert (reading.refused, codes(reading)) == (True, [code])


def test_another_prefix_or_encoding_says_the_same() -> None:
    text = DESPATCH.decode().replace("cbc:", "b:").replace("xmlns:cbc", "xmlns:b").replace("UTF-8", "UTF-16")
    reading = of(text.encode("utf-16"))
    assert UBL.recognises(Document("paper.xml", text.encode("utf-16")))
    assert reading.tables["movements"].drop("_file").equals(of(DESPATCH).tables["movements"].drop("_file"))


@pytest.mark.real_data
def test_the_examples_of_the_standard_are_read(real_data: Path) -> None:
    readings = {
        path.name.split("-")[1]: read(Document(path.name, path.read_bytes()))
        for path in sorted((real_data / "ubl" / "examples").glob("*.xml"))
    }
    assert sorted(readings) == ["DespatchAdvice", "ReceiptAdvice", "TransportationStatus", "Waybill"]
    assert not any(reading.refused for reading in readings.values())
    (sent,) = readings["DespatchAdvice"].tables["movements"].to_dicts()
    (came,) = readings["ReceiptAdvice"].tables["receipts"].to_dicts()
    assert (sent["waybill"], int(sent["quantity"]), sent["unit"]) == ("565899", 90, "kg")
    assert (came["reference"], int(came["received"]), int(came["short"])) == ("565899", 90, 10)
    assert codes(readings["Waybill"]) == ["ubl-paper-kept"]
