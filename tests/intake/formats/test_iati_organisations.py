"""Budgets and documents of an organisation file become tables; nothing of them is posted."""

from pathlib import Path

import pytest

from konvoi.intake.formats.iati_organisations import IATI_ORGANISATIONS
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

SAMPLE = (Path(__file__).parent / "samples" / "iati_organisations" / "agency.xml").read_bytes()


def of(content: bytes = SAMPLE) -> Reading:
    return read(Document("agency.xml", content))


def test_budgets_are_kept_with_period_amount_and_recipient() -> None:
    rows = of().tables["iati_organisation_budgets"].rows(named=True)
    wholes = [row for row in rows if row["line"] is None]
    assert [(row["budget"], row["amount_minor"], row["currency"]) for row in wholes] == [
        ("total-budget", 120050, "EUR"),
        ("recipient-org-budget", 30000, "EUR"),
        ("recipient-country-budget", 50000, "EUR"),
        ("recipient-region-budget", 40000, "EUR"),
        ("total-expenditure", 90000, "EUR"),
    ]
    assert {row["party"] for row in rows} == {"iati-org:XX-AGE-7"}
    assert [row["recipient"] for row in wholes if row["recipient"]] == ["iati-org:XX-VER-9"]
    assert [(row["country"], row["region"]) for row in wholes][2:4] == [("UKR", None), (None, "1/89")]
    assert {(str(row["day_from"]), str(row["day_to"])) for row in wholes} == {
        ("2031-01-01", "2031-12-31"),
        ("2030-01-01", "2030-12-31"),
    }


def test_lines_stand_beside_their_budget_and_add_up_to_it() -> None:
    rows = of().tables["iati_organisation_budgets"].rows(named=True)
    lines = [row for row in rows if row["line"] and row["budget"] == "total-budget"]
    assert [(row["line"], row["text"], row["amount_minor"]) for row in lines] == [
        ("A", "Heating", 100000),
        ("2", "Travel", 20050),
    ]


def test_documents_are_kept_with_address_and_day() -> None:
    (row,) = of().tables["iati_documents"].rows(named=True)
    assert (row["address"], row["title"], row["categories"], row["languages"], row["countries"]) == (
        "https://example.org/report.pdf",
        "Annual report",
        "B01",
        "en",
        "UA",
    )
    assert (str(row["day"]), row["_sheet"], row["_row"]) == (
        "2031-01-31",
        "iati-organisation[1]/document-link[1]",
        47,
    )


def test_nothing_is_posted_and_the_sample_keeps_the_schema() -> None:
    reading = of()
    assert reading.entries.is_empty()
    assert [(one.code, one.values.get("rule")) for one in reading.findings] == [("iati-rule", "1.18.8")]
    assert reading.facts == {"version": "2.03", "organisations": "1", "budgets": "8", "documents": "1"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<organisation-identifier>XX-AGE-7", b"<organisation-identifier>", "iati-identifier-missing"),
        (b">300<", b">three<", "iati-value-missing"),
        (b'recipient-country code="UA"', b'recipient-country code="QQ"', "iati-country-unknown"),
        (b'status="2"', b'status="9"', "iati-code-unknown"),
        (b'<period-end iso-date="2031-12-31"/>', b"", "iati-schema"),
    ],
)
def test_what_is_wrong_is_told(old: bytes, new: bytes, code: str) -> None:
    assert code in {one.code for one in of(SAMPLE.replace(old, new)).findings}


def test_version_1_is_refused_by_its_number() -> None:
    reading = of(SAMPLE.replace(b'version="2.03"', b'version="1.03"'))
    assert (reading.refused, [(one.code, one.read) for one in reading.findings]) == (
        True,
        [("iati-version-old", "1.03")],
    )


def test_activities_are_not_taken_for_organisations() -> None:
    assert not IATI_ORGANISATIONS.recognises(Document("a.xml", b'<iati-activities version="2.03"/>'))
