"""An answer workbook: each answer in its own type, and every oddity told of with its place."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Severity

SAMPLE = Path(__file__).parent / "samples" / "konvoi_answers" / "answers.xlsx"


def changed(change: Callable[[Worksheet], None], party: str = "AR") -> Reading:
    """The sample after a change of its second sheet."""
    book = openpyxl.load_workbook(io.BytesIO(SAMPLE.read_bytes()))
    change(book.worksheets[1])
    stream = io.BytesIO()
    book.save(stream)
    return read(Document("AR/answers.xlsx", stream.getvalue(), party))


def whole(party: str = "AR") -> Reading:
    return read(Document("AR/answers.xlsx", SAMPLE.read_bytes(), party))


def answers(reading: Reading) -> dict[str, str]:
    """Answers by kind."""
    return dict(reading.tables["answers"].select("kind", "answer").iter_rows())


def row_of(sheet: Worksheet, kind: str) -> int:
    """The number of a kind's row."""
    return next(
        at for at, row in enumerate(sheet.iter_rows(min_row=2), 2) if kind in [one.value for one in row]
    )


def column_of(sheet: Worksheet, name: str) -> int:
    return [one.value for one in sheet[1]].index(name) + 1


def test_each_answer_is_read_in_its_own_type_and_any_language() -> None:
    """A number, a day in German words, a choice in German, a real date."""
    reading = whole()
    assert reading.format == "konvoi-answers"
    assert answers(reading) == {
        "findings": "12",
        "duplicates": "different",
        "promises": "2031-05-01",
        "despatches": "2031-04-01",
    }
    assert reading.findings == ()


def test_a_row_that_is_not_answered_is_no_row() -> None:
    def emptied(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "promises"), column_of(sheet, "Answer")).value = "."

    assert "promises" not in answers(changed(emptied))


def test_a_date_of_another_locale_is_asked_about_and_the_rest_is_read() -> None:
    def odd(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "promises"), column_of(sheet, "Answer")).value = "03/04/2031"

    reading = changed(odd)
    (finding,) = reading.findings
    assert (finding.code, finding.place.column) == ("day-ambiguous", "answer")
    assert set(answers(reading)) == {"findings", "duplicates", "despatches"}


def test_a_choice_with_a_slip_of_the_pen_names_what_is_meant() -> None:
    def slip(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "duplicates"), column_of(sheet, "Answer")).value = "diferent"

    (finding,) = changed(slip).findings
    assert (finding.code, finding.values["meant"]) == ("choice-unknown", "different")


def test_a_renamed_column_is_recognised_as_what_it_may_have_been() -> None:
    def renamed(sheet: Worksheet) -> None:
        sheet.cell(1, column_of(sheet, "Answer")).value = "Anwser"

    reading = changed(renamed)
    (finding,) = reading.findings
    assert (finding.code, finding.read, finding.values["name"]) == (
        "answer-column-missing",
        "Anwser",
        "answer",
    )
    assert finding.severity == Severity.ERROR
    assert reading.tables["answers"].is_empty()


def test_a_column_that_can_be_missed_does_not_stop_the_rest() -> None:
    def renamed(sheet: Worksheet) -> None:
        sheet.cell(1, column_of(sheet, "Remark")).value = "Remarks"

    reading = changed(renamed)
    assert [one.severity for one in reading.findings] == [Severity.WARNING]
    assert len(answers(reading)) == 4


def test_merged_cells_are_told_of_with_their_place() -> None:
    def merged(sheet: Worksheet) -> None:
        at = column_of(sheet, "Remark")
        sheet.merge_cells(start_row=2, end_row=3, start_column=at, end_column=at)

    (finding,) = changed(merged).findings
    assert (finding.code, finding.place.row) == ("answer-cells-merged", 2)


def test_a_formula_is_told_of_with_its_place() -> None:
    def formula(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "findings"), column_of(sheet, "Answer")).value = "=6+6"

    reading = changed(formula)
    assert "answer-formula" in {one.code for one in reading.findings}
    assert len(answers(reading)) == 3


def test_a_quantity_below_zero_is_not_taken() -> None:
    def below(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "findings"), column_of(sheet, "Answer")).value = -1

    reading = changed(below)
    assert [one.code for one in reading.findings] == ["answer-below-zero"]
    assert "findings" not in answers(reading)


def test_an_answer_without_its_number_is_told_of() -> None:
    def lost(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "findings"), 1).value = None

    assert [one.code for one in changed(lost).findings] == ["answer-without-question"]


def test_the_workbook_of_another_party_is_told_of() -> None:
    codes = [one.code for one in whole("CA").findings]
    assert codes == ["answer-other-party"]


@pytest.mark.parametrize("name", ["Questions", "Fragen", "Питання"])
def test_the_sheet_is_known_in_every_language(name: str) -> None:
    def titled(sheet: Worksheet) -> None:
        sheet.title = name

    assert len(answers(changed(titled))) == 4


def test_the_day_of_the_answer_is_that_of_the_head_else_that_of_the_question() -> None:
    assert set(whole().tables["answers"]["known_on"]) <= {date(2031, 3, 12), date(2031, 3, 10)}


def test_where_the_column_of_answers_bears_another_name_it_is_told_by_its_place_and_remarks_are_read() -> (
    None
):
    def renamed(sheet: Worksheet) -> None:
        sheet.cell(1, column_of(sheet, "Answer")).value = "Our reply"
        sheet.cell(2, column_of(sheet, "Remark")).value = "Ask again in May."

    reading = changed(renamed)
    assert [(one.code, one.read) for one in reading.findings] == [("answer-column-missing", "Our reply")]
    rows = reading.tables["answers"].select("answer", "remark").rows()
    assert rows == [(None, "Ask again in May.")]


def test_of_the_workbook_of_another_party_nothing_but_that_is_told() -> None:
    def faulty(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "findings"), column_of(sheet, "Answer")).value = "-5"

    reading = changed(faulty, party="CA")
    assert (reading.refused, [one.code for one in reading.findings]) == (True, ["answer-other-party"])
