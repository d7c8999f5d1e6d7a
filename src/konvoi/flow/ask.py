"""A question is put to what was gathered, with the defaults of the workspace and the documents."""

from dataclasses import replace

from konvoi.flow.gather import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import groups
from konvoi.ledger.answer import Part, Total
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


def sources(gathered: Gathered, question: Question, settings: Settings, drawn: Total) -> tuple[Part, ...]:
    """What each variant of a stage gave to a total that mixes several; nothing where it mixes none."""
    if drawn.refused or drawn.value is None or len(drawn.variants) < 2:
        return ()
    return ask(gathered, replace(question, by="variant"), settings).by
