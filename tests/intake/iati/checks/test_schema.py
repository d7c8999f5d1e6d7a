"""What the schema forbids is told by its kind, with line, path and remedy."""

import pytest
from lxml import etree
from tests.intake.iati.records import faults, record

from konvoi.intake.iati.checks.schema import schema, schemas
from konvoi.model.finding import filled


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03"])
def test_schemas_of_each_version_are_shipped(version: str) -> None:
    assert set(schemas(version)) == {
        *("iati-activity", "iati-activities", "iati-organisation", "iati-organisations")
    }


def test_a_complete_activity_has_no_fault() -> None:
    assert faults(schema) == []


@pytest.mark.parametrize(
    ("old", "new", "expected", "path", "column", "read"),
    [
        ("<activity-status code", "<foo/><activity-status code", "at this place: ", "foo", "", "foo"),
        ('<sector vocabulary="1" code="11110"/>', "<sector/>", "the attribute code", "sector", "code", ""),
        ('vocabulary="1" code', 'colour="1" code', "no attribute colour", "sector", "colour", ""),
        ("2026-01-01", "2026-31-01", "a value of the type date", "", "iso-date", "2026-31-01"),
        (">10<", ">ten<", "a value of the type decimal", "", "", "ten"),
        (
            "<title><narrative>Heating</narrative></title>",
            "<title/>",
            "the element narrative",
            "title",
            "",
            "",
        ),
        (
            '<activity-status code="2"/>',
            '<activity-status code="2">x</activity-status>',
            "elements",
            "",
            "",
            "",
        ),
    ],
)
def test_each_kind_of_fault_is_put_into_words(
    old: str, new: str, expected: str, path: str, column: str, read: str
) -> None:
    found = faults(schema, (old, new))
    assert any(
        filled(one.words[0], one.values).startswith(expected)
        and one.path.endswith(path)
        and column in one.column
        and one.read == read
        and one.line
        for one in found
    ), [(one.words, one.values, one.path, one.column, one.read) for one in found]


def test_an_activity_is_judged_by_the_version_that_its_file_states() -> None:
    tag = ("<budget type", '<tag vocabulary="1" code="1"/><budget type')
    assert faults(schema, tag) == []
    assert [one.read for one in faults(schema, tag, version="2.02")] == ["tag"]


def test_a_record_stays_in_its_tree() -> None:
    root = etree.Element("iati-activities")
    root.append(record())
    assert schemas("2.03")["iati-activity"].validate(root[0])
    assert root[0].getparent() is root
