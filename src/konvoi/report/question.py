"""What a kind of question is: something that a party must correct, decide or add."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.page import Message


@dataclass(frozen=True)
class Kind:
    """A kind of question.

    name: its stable key. title: its heading in a letter. questions: all that is open for one party, from a
    case filtered for that party; pure, never raises where tables are missing. A question that an answer has
    settled does not come again, for the answer is in the case by then: as a corrected value, a judgement, a
    receipt, or as a row of the table `answers` (konvoi.report.answered).
    """

    name: str
    title: Message
    questions: Callable[[Case, str], Iterable[Question]]
