"""Discrepancies: goods that a receiver reports short, damaged, rejected or over; the sender is asked."""

from collections.abc import Iterator

from konvoi.flow.submissions.finding_cells import OF_SENDER, FindingCells, despatches_of
from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.answers import NOTED, Form
from konvoi.model.finding import Finding
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.page import Message
from konvoi.report.sentences import amount

_NEEDED = Message("A corrected dispatch, or confirmation that the receipt is correct.")
_FOUND = {
    "receipt-short": "Receipt {receipt}: {found} of dispatch {despatch} ({sent}) not received.",
    "receipt-damaged": "Receipt {receipt}: {found} of dispatch {despatch} ({sent}) damaged.",
    "receipt-rejected": "Receipt {receipt}: {found} of dispatch {despatch} ({sent}) rejected.",
    "receipt-over": "Receipt {receipt}: {found} received with dispatch {despatch}, which lists {sent}.",
}


def questions(case: Case, party: str) -> Iterator[Question]:
    """Return one question for each quantity of goods that the party sent and that a receiver found wrong.

    The receiver's statement stands. A correction of the receipt or of the dispatch closes the question, too.
    """
    known = dict(case.documents.select("name", "known_on").iter_rows())
    cells = FindingCells(case, OF_SENDER)
    for finding in cells.asked:
        if finding.place.file not in known or cells.sender(finding) != party:
            continue
        yield Question(
            kind="discrepancies",
            party=party,
            # Row numbers of the receiver's file would change with rows that the sender may not see.
            record=f"receipts/{finding.values.get('receipt', '')}#{finding.code}",
            about=cells.about(finding),
            place=finding.place,
            asked=_found(finding),
            needed=_NEEDED,
            form=Form(Type.CHOICE, NOTED),
            since=known[finding.place.file],
            seen=(finding.read,),
            papers=tuple(f"movements/{one}" for one in despatches_of(finding)),
        )


def _found(finding: Finding) -> Message:
    """Return a receiver's finding, as its sender is told."""
    said = {name: amount(finding.values.get(name, "")) for name in ("receipt", "despatch", "sent")}
    return Message(_FOUND[finding.code], {**said, "found": amount(finding.read)})


DISCREPANCIES = Kind("discrepancies", questions)
