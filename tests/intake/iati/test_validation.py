"""Findings on the standard have place and bound, and keep nothing out."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tests.intake.iati.records import COMPLETE

from konvoi.intake.iati.batch import EACH
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

SOURCE = Path(__file__).resolve().parents[3] / "src" / "konvoi"


def of(*activities: str, head: str = 'version="2.03"') -> Reading:
    text = f"<iati-activities {head}>" + "\n".join(activities) + "</iati-activities>"
    return read(Document("a.xml", text.encode(), "PL"))


def test_a_complete_file_has_no_finding() -> None:
    assert of(COMPLETE).findings == ()


def test_a_finding_names_path_line_and_column() -> None:
    bad = COMPLETE.replace('type="3" iso-date="2026-12-31"', 'type="9" iso-date="2026-12-31"')
    (found,) = of(COMPLETE.replace("-P1", "-P0"), bad).findings
    assert (found.place.sheet, found.place.row, found.place.column, found.read) == (
        *("iati-activity[2]/activity-date[2]", 34),
        *("type", "9"),
    )


def test_what_departs_from_the_standard_is_read_all_the_same() -> None:
    reading = of(COMPLETE.replace("<value value-date", "<value colour='red' value-date"))
    assert (reading.entries.height, {one.code for one in reading.findings}) == (1, {"iati-schema"})


def test_many_faults_of_one_kind_are_counted() -> None:
    bad = COMPLETE.replace('activity-status code="2"', 'activity-status code="9"')
    found = of(*(bad.replace("-P1", f"-P{number}") for number in range(EACH + 7))).findings
    assert len(found) == EACH + 1
    assert [one.values["count"] for one in found if "count" in one.values] == ["7"]


@pytest.mark.parametrize(
    ("inside", "head", "column"),
    [("", 'version="2.03"', ""), ("<colour/>" + COMPLETE, 'version="2.03"', "")],
)
def test_the_first_element_is_checked_too(inside: str, head: str, column: str) -> None:
    found = [one for one in of(inside, head=head).findings if one.code == "iati-schema"]
    assert [one.place.column for one in found] == [column]


def _sentences() -> set[str]:
    folder = SOURCE / "intake" / "iati"
    found: set[str] = set()
    for path in (*folder.glob("checks/*.py"), folder / "validation.py"):
        tree = ast.parse(path.read_text("utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
            if re.match(r"[A-Za-z]+( [\w{}()]+){2,}", node.value)
        }
    return found - {"Expected is (?:one of )?\\( (.*?) \\)"}


@pytest.mark.parametrize("language", ["de", "uk"])
def test_each_sentence_is_translated_with_the_same_blanks(language: str) -> None:
    with (SOURCE / "report" / "locale" / language / "standards.po").open("rb") as stream:
        known = {str(one.id): str(one.string) for one in read_po(stream, locale=language) if one.id}
    said = _sentences()
    assert len(said) > 40
    assert [one for one in sorted(said) if not known.get(one)] == []
    blanks = {text: sorted(re.findall(r"\{\w+\}", text)) for text in (*known, *known.values())}
    assert [one for one, told in known.items() if blanks[one] != blanks[told]] == []
