"""Promised days that have passed without a despatch."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.answers import Form
from konvoi.model.stages import RANK, Stage
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.ledger.lines import about, standings
from konvoi.report.page import Message


def questions(case: Case, party: str) -> Iterator[Question]:
    """One question for each line whose last promised day is past while nothing of it has left."""
    for one in standings(case, party):
        if one.promised is None or one.promised >= case.day or one.rank >= RANK[Stage.DISPATCHED]:
            continue
        yield Question(
            kind="despatches",
            party=party,
            record=one.record,
            about=about(case, one.row),
            place=replace(one.place, column="promised"),
            asked=Message(
                "Promised by {day}; dispatch not reported. Current promised date?",
                {"day": one.promised},
            ),
            needed=Message(
                "The new promised date; if dispatched, submit the movement. The first date remains on record."
            ),
            form=Form(Type.DAY),
            since=one.promised + timedelta(days=1),
            seen=(one.promised,),
        )


DESPATCHES = Kind("despatches", questions)
