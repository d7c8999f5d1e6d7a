"""The files that put questions to a party: a workbook with a cell for each answer, and letters."""

from collections.abc import Mapping, Sequence

from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.submissions.answer_book import answer_book
from konvoi.report.submissions.letter import letter
from konvoi.report.submissions.letter_docx import as_docx
from konvoi.report.submissions.letter_html import as_html

BOOK = "questions.xlsx"


def asks(
    case: Case, questions: Sequence[Question], *, languages: Sequence[str], language: str = ""
) -> Mapping[str, bytes]:
    """The files for one party: its workbook in one language, its letter in each as HTML and DOCX.

    questions: of that party alone. language: of the workbook; empty: the first. Equal cases give equal bytes.
    """
    first = language or languages[0]
    one = letter(case, questions)
    files = {BOOK: answer_book(case, questions, first)}
    for code in languages:
        files[f"letter.{code}.html"] = as_html(one, code, languages)
        files[f"letter.{code}.docx"] = as_docx(one, code)
    return files
