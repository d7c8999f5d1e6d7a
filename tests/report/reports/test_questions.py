"""The open questions of a brief: how many with whom, for how long."""

from dataclasses import replace
from datetime import date

from tests.report.cases import DAY, case

from konvoi.model.answers import Form
from konvoi.model.finding import Place
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.language import Language
from konvoi.report.page import Message
from konvoi.report.reports.questions import NONE, section


def question(party: str, since: date, file: str = "x.csv") -> Question:
    return Question(
        kind="promises",
        party=party,
        record=f"lines/{party}{since}",
        about=party,
        place=Place(file),
        asked=Message("By which day will it be delivered?"),
        needed=Message("What is needed"),
        form=Form(Type.DAY),
        since=since,
    )


def test_the_answer_says_how_many_with_whom_and_for_how_long() -> None:
    old = date.fromordinal(DAY.toordinal() - 9)
    found = section(
        replace(case(), questions=(question("ARV", DAY), question("ARV", old), question("BRE", DAY)))
    )
    said = Language("en").text(found.answer[0])
    assert said == "3 open questions, parties: 2; oldest: 9 days."
    counts = [[getattr(value, "value", None) for value in row[1:]] for row in found.tables[0].rows]
    assert counts == [[2, 9], [1, 0]]


def test_without_questions_it_says_so() -> None:
    assert section(case()).answer == (NONE,)
