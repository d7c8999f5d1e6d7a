"""A heading that holds the name of a column that is not there is proposed, as a warning."""

from datetime import date

from tests.intake.test_read import Maker

from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.model.finding import Finding


def unknown(workbook: Maker, heading: str, *, further: str = "title") -> list[Finding]:
    head: list[object] = ["package", "party", "day", "kind", further, heading]
    content = workbook({"packages": [head, ["A", "NO", date(2031, 1, 2), "energy", "x", 5]]})
    return [one for one in read(Document("a.xlsx", content, "NO")).findings if one.code == "column-unknown"]


def test_a_renamed_amount_is_a_warning_that_names_the_column(workbook: Maker) -> None:
    (finding,) = unknown(workbook, "Betrag in Euro")
    assert (finding.severity, finding.values["meant"]) == ("warning", "amount")


def test_a_heading_of_a_column_that_is_there_or_of_two_is_a_note(workbook: Maker) -> None:
    for heading in ("Title of the day", "Amount and currency"):
        (finding,) = unknown(workbook, heading)
        assert (finding.severity, finding.values.get("meant", "")) == ("note", "")
