"""A question is put to what was gathered, with the defaults of the workspace and the documents."""

from dataclasses import replace

from konvoi.flow.gather import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import groups
from konvoi.ledger.answer import Total
from konvoi.ledger.question import Question
from konvoi.ledger.total import total


def ask(gathered: Gathered, question: Question, settings: Settings) -> Total:
    """The total, at the boundary that is named, else the documents' own, else coalition → recipient."""
    named = settings.boundaries.get(question.boundary, question.boundary)
    full = replace(
        question,
        boundary=named or gathered.boundary,
        currency=question.currency or gathered.currency or settings.currency,
    )
    return total(
        gathered.ledger,
        full,
        recipient=settings.recipient,
        groups=groups(settings, dict(gathered.tables)),
    )
