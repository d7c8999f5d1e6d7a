"""Papers as UBL 2.4: valid against the official schemas, and back without difference."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.report.papers.cases import ALONE, ARRIVAL, DAY, DESPATCH, PAPERS, PLANNED, RECEIPT, line
from tests.report.papers.round_trip import differences, meant, read_back, tables
from tests.report.papers.ubl_schema import schema

from konvoi.model.paper import Paper
from konvoi.report.paper import writable
from konvoi.report.papers.ubl import UBL

MINE = [paper for paper in (*PAPERS, PLANNED) if writable(paper, UBL)]


def texts(paper: Paper, name: str) -> list[str | None]:
    (content,) = UBL.write([paper], DAY).values()
    return [element.text for element in etree.fromstring(content).iter(f"{{*}}{name}")]


@pytest.mark.real_data
def test_every_paper_keeps_the_official_schemas(real_data: Path) -> None:
    wrong = {}
    for name, content in UBL.write(MINE, DAY).items():
        tree = etree.fromstring(content)
        kind = etree.QName(tree).localname
        known = schema(real_data / "ubl" / "xsd", kind)
        if not known.validate(tree):
            wrong[name] = str(known.error_log)
    assert wrong == {}


@pytest.mark.real_data
def test_the_schemas_tell_what_is_wrong(real_data: Path) -> None:
    """Else the test above would say nothing."""
    (content,) = UBL.write([ALONE], DAY).values()
    known = schema(real_data / "ubl" / "xsd", "DespatchAdvice")
    assert known.validate(etree.fromstring(content))
    for damage in (
        (b"2031-03-05<", b"soon<"),
        (b"DeliveredQuantity", b"DelivredQuantity"),
        (b">1<", b">one<"),
    ):
        assert damage[0] in content
        assert not known.validate(etree.fromstring(content.replace(*damage)))


def test_movements_receipts_and_serials_come_back_as_they_were() -> None:
    readings = read_back(PAPERS, UBL)
    assert [finding.code for reading in readings for finding in reading.findings] == []
    assert differences(tables(readings), meant(PAPERS, UBL)) == []


def test_a_despatch_names_its_parties_its_day_and_its_places() -> None:
    assert texts(DESPATCH, "ActualDespatchDate") == ["2031-03-03"]
    assert texts(DESPATCH, "Name")[:3] == ["Norland", "Bordavia", "Fast & Co"]
    assert texts(DESPATCH, "DeliveredQuantity") == ["10", "2.5", "3"]


def test_what_is_damaged_stands_in_a_line_of_its_own_with_the_reason() -> None:
    assert texts(RECEIPT, "RejectedQuantity") == ["2", "0.5"]
    assert texts(RECEIPT, "RejectReasonCode") == ["damaged"]
    assert texts(RECEIPT, "ShortQuantity") == ["1"]


def test_an_arrival_has_no_form_in_ubl() -> None:
    assert not writable(ARRIVAL, UBL)


def test_what_is_planned_says_so_and_counts_for_nothing_when_it_is_read() -> None:
    (reading,) = read_back([PLANNED], UBL)
    assert (reading.entries.height, dict(reading.tables)) == (0, {})
    assert [finding.code for finding in reading.findings] == ["paper-planned"]


@pytest.mark.real_data
def test_a_paper_of_an_exercise_says_so_and_keeps_the_official_schemas(real_data: Path) -> None:
    """Planned or not, sent or received; where it is none nothing is said."""
    for paper in (DESPATCH, RECEIPT, PLANNED):
        told = replace(paper, exercise=True)
        assert texts(told, "Note") == ["Exercise: all parties and figures are invented"]
        assert texts(paper, "Note") == []
        (content,) = UBL.write([told], DAY).values()
        tree = etree.fromstring(content)
        known = schema(real_data / "ubl" / "xsd", etree.QName(tree).localname)
        assert known.validate(tree), known.error_log


def test_the_same_papers_give_the_same_bytes_and_each_paper_its_own_file() -> None:
    assert UBL.write(MINE, DAY) == UBL.write(MINE, DAY)
    assert len(UBL.write([ALONE, ALONE], DAY)) == 2


@given(text=st.text(max_size=30))
def test_any_text_is_written_as_text(text: str) -> None:
    (content,) = UBL.write([replace(ALONE, number="M-9", lines=(line("M-9", name=text),))], DAY).values()
    etree.fromstring(content)


quantities = st.one_of(st.none(), st.decimals("0", "99999999999", places=6))


@given(received=quantities, short=quantities, damaged=quantities, rejected=quantities, over=quantities)
def test_any_quantities_of_a_receipt_come_back(**counts: Decimal | None) -> None:
    """Nothing damaged is no line of its own; what was received beside it is none where it is unknown."""
    received = counts.pop("received")
    counts["damaged"] = counts["damaged"] or None
    if received is None and any(counts[name] is not None for name in ("short", "damaged", "rejected")):
        received = Decimal(0)
    paper = replace(RECEIPT, lines=(line("R-1", quantity=received, reference="M-1", **counts),))
    assert differences(tables(read_back([paper], UBL)), meant([paper], UBL)) == []
