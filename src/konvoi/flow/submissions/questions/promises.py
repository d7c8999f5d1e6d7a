"""Promises without a day: a line that somebody gives, and nobody knows until when."""

from collections.abc import Iterator

from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.answers import Form
from konvoi.model.stages import RANK, Stage
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.ledger.lines import about, standings
from konvoi.report.page import Message


def questions(case: Case, party: str) -> Iterator[Question]:
    """One question for each line on its way that has no promised day."""
    for one in standings(case, party):
        if one.promised is not None or one.rank >= RANK[Stage.DISPATCHED]:
            continue
        place = one.place
        yield Question(
            kind="promises",
            party=party,
            record=one.record,
            about=about(case, one.row),
            place=type(place)(place.file, place.sheet, place.row, "promised"),
            asked=Message("By which day will it be delivered?"),
            needed=Message(
                "The promised date. Items without a date are reported separately in on-time figures."
            ),
            form=Form(Type.DAY),
            since=one.since,
            values={"table": "lines", "column": "promised"},
        )


PROMISES = Kind("promises", questions)
