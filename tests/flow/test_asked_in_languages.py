"""A workbook of questions goes out, is filled in and comes back in every language; nobody is asked twice."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.flow.asked import cell, handed_in

from konvoi.flow.submissions.questions_asked import asking
from konvoi.flow.workspace import workspace as opened
from konvoi.model.naming import localized

DAY = date(2031, 3, 12)
PICKED: dict[str, date | str] = {"findings": "10", "promises": DAY, "despatches": DAY}
CHOSEN = ("approvals", "standards")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_answers_picked_in_a_language_close_their_questions(tmp_path: Path, language: str) -> None:
    """Each answer as the drop-down of that language offers it; what is left empty stays open."""
    folder = cell(tmp_path)
    before = asking(opened(folder), language=language)
    for party in ("AR", "CA"):
        handed_in(folder, party, "answers.xlsx", filled(before.files[f"{party}/questions.xlsx"], language))
    after = asking(opened(folder), language=language)
    left = {one.id for one in after.questions}
    kept = {one.id for one in before.questions if one.kind not in (*PICKED, *CHOSEN)}
    answered = {one.id for one in before.questions} - kept
    assert len(answered) == 6
    assert answered & left == set()
    # The pair's values have changed by the corrected quantity, so it is another question now.
    assert {one.kind for one in after.questions} == {"duplicates", "papers", "receipts"}


def filled(book: bytes, language: str) -> bytes:
    """A workbook with every question of PICKED and CHOSEN answered; of choices the first."""
    found: Any = openpyxl.load_workbook(io.BytesIO(book))
    sheet = found.worksheets[1]
    heads = [str(one.value).lower() for one in sheet[1]]
    at = {
        name: heads.index(localized("column", name, language).lower())
        for name in ("answer", "day", "kind", "form")
    }
    for row in sheet.iter_rows(min_row=2):
        kind, form = str(row[at["kind"]].value), str(row[at["form"]].value).split("|")
        if kind in CHOSEN:
            row[at["answer"]].value = localized("choice", form[1], language)
            row[at["day"]].value = DAY if form[0] == "choice+day" else None
        elif kind in PICKED:
            row[at["answer"]].value = PICKED[kind]
    stream = io.BytesIO()
    found.save(stream)
    return stream.getvalue()
