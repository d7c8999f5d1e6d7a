"""Findings of a party's submissions: what could not be read, or contradicts itself."""

from collections.abc import Iterator

import polars as pl

from konvoi.flow.submissions.finding_cells import FindingCells
from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.finding import Finding
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.page import Message
from konvoi.report.sentences import sentence

_NEEDED = {
    False: Message("The correct value; it replaces the unreadable one."),
    True: Message("A corrected version of the file, or confirmation that it is correct."),
}


def questions(case: Case, party: str) -> Iterator[Question]:
    """Return one question for each error and warning on a document that the party submitted.

    Of quantities that a receiver reports wrong the sender is asked (`discrepancies`).
    """
    known = dict(case.documents.select("name", "known_on").iter_rows())
    own = set(case.documents.filter(pl.col("party") == party)["name"])
    cells = FindingCells(case)
    for finding in cells.asked:
        where = finding.place
        if where.file not in known or where.file not in own or cells.sender(finding):
            continue
        form, values = cells.form(finding)
        yield Question(
            kind="findings",
            party=party,
            record=_record(finding),
            about=cells.about(finding),
            place=where,
            asked=sentence(finding),
            needed=_NEEDED[form.type == Type.CHOICE],
            form=form,
            since=known[where.file],
            values=values,
            seen=(finding.read,),
        )


def _record(finding: Finding) -> str:
    where = finding.place
    return "#".join((where.file, where.sheet, str(where.row), where.column, finding.code))


FINDINGS = Kind("findings", questions)
