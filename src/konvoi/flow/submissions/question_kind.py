"""A kind of question: something that a party must correct, decide or add."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from konvoi.report.asked import Question
from konvoi.report.case import Case


@dataclass(frozen=True)
class Kind:
    """A kind of question.

    name: its stable key, with its heading in konvoi.report.asked.TITLES. questions: all that is open for one
    party, from the case of that party's view; pure, never raises where tables are missing. A question that an
    answer has settled does not come again, for the answer is in the case by then: as a corrected value, a
    decision, a receipt, or as a row of the table `answers` (konvoi.report.answered).
    """

    name: str
    questions: Callable[[Case, str], Iterable[Question]]
