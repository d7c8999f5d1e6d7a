"""A record without a version is known as one of version 1 by how it names things."""

import pytest
from tests.intake.iati.records import COMPLETE, record

from konvoi.intake.iati.version import is_version_1
from konvoi.intake.read import read
from konvoi.model.document import Document

OLD = (
    '<title>Heating</title><transaction><transaction-type code="3"/></transaction>',
    '<transaction><transaction-type code="D"/></transaction>',
    '<activity-date type="start-planned" iso-date="2012-01-01"/>',
    '<participating-org role="Funding" ref="XX-1"/>',
    "<activity-website>https://example.org</activity-website>",
    '<reporting-org ref="XX-1" type="10">Agency</reporting-org>',
)


@pytest.mark.parametrize("inside", OLD)
def test_names_of_version_1_refuse_the_file_with_the_way_in(inside: str) -> None:
    text = f"<iati-activities><iati-activity><iati-identifier>X</iati-identifier>{inside}</iati-activity>"
    reading = read(Document("a.xml", (text + "</iati-activities>").encode(), "PL"))
    assert (reading.refused, [(one.code, one.read) for one in reading.findings]) == (
        True,
        [("iati-version-old", "1 (no version attribute)")],
    )
    assert reading.findings[0].remedy


def test_a_record_of_version_2_is_read_and_the_attribute_asked_for() -> None:
    assert not is_version_1(record())
    reading = read(Document("a.xml", f"<iati-activities>{COMPLETE}</iati-activities>".encode(), "PL"))
    found = [(one.code, one.place.column) for one in reading.findings]
    assert (reading.refused, reading.entries.height) == (False, 1)
    assert found == [("iati-schema", "version"), ("iati-version-unknown", "version")]


def test_a_later_record_refuses_the_file_as_well() -> None:
    old = f"<iati-activity>{OLD[1]}</iati-activity>"
    reading = read(Document("a.xml", f"<iati-activities>{COMPLETE}{old}</iati-activities>".encode(), "PL"))
    assert (reading.refused, reading.entries.height) == (True, 0)
