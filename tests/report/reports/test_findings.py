"""Findings: where, what was read, what to do, in each language."""

import pytest
from tests.report.cases import case

from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.language import Language
from konvoi.report.reports.findings import section
from konvoi.report.sentences import sentence, whole

PLACE = Place("a.xlsx", "Lines", 14, "quantity")
NUMBER = Finding(
    Severity.ERROR, "not-a-number", PLACE, "4O", "a number", "Did you mean {meant}?", {"meant": "40"}
)


def test_a_number_that_is_none_is_told_as_the_house_tells_it() -> None:
    assert Language("en").text(whole(NUMBER)) == (
        "Sheet “Lines”, row 14, column “quantity”: “4O” is not a number. Did you mean 40?"
    )


@pytest.mark.parametrize(
    ("read", "expected", "remedy", "said"),
    [
        ("x", "a column y", "Add it.", "Value: “x”. Expected: a column y. Remedy: Add it."),
        ("", "a column y", "add it", "Expected: a column y. Remedy: add it."),
        ("x", "", "", "Value: “x”."),
        ("x", "", "nothing", "Value: “x”. Remedy: nothing."),
        ("", "", "", ""),
    ],
)
def test_what_is_known_of_a_finding_is_told_and_closed_by_a_full_stop(
    read: str, expected: str, remedy: str, said: str
) -> None:
    finding = Finding(Severity.NOTE, "x", PLACE, read, expected, remedy)
    assert Language("en").text(sentence(finding)) == said


def test_what_was_read_is_shown_with_its_strange_characters_escaped() -> None:
    finding = Finding(Severity.NOTE, "x", PLACE, "a\u202eb")
    assert "a\\u202eb" in Language("en").text(sentence(finding))


def test_the_heaviest_stand_first_with_a_sign_and_a_word() -> None:
    found = section(case())
    severities = [Language("de").text(row[0]) for row in found.tables[-1].rows]
    assert severities == ["■ Fehler", "▲ Warnung"]
    assert Language("en").text(found.answer[0]).startswith("Findings: errors 1, warnings 1, notes 0.")


def test_without_findings_the_section_says_so() -> None:
    assert "No findings." in Language("en").text(section(case(findings=())).answer[0])
