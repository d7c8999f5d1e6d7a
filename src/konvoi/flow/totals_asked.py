"""A question is put to what was gathered, with the defaults of the workspace and the documents."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.parties import UNSURE
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import groups
from konvoi.ledger.answer import Part, Total
from konvoi.ledger.question import DELIVERED, Question
from konvoi.ledger.total import totals
from konvoi.model.finding import Finding, Severity


def ask(gathered: Gathered, question: Question, settings: Settings, *, with_rows: bool = False) -> Total:
    """Return the total of a question, filled up as `full` says; with_rows: with its source rows."""
    return ask_by(gathered, question, (question.by,), settings, with_rows=with_rows)[0]


def ask_by(
    gathered: Gathered, question: Question, by: Sequence[str], settings: Settings, *, with_rows: bool = False
) -> list[Total]:
    """Return the totals of a question by each of several rows."""
    found = totals(
        gathered.ledger,
        full(gathered, question, settings),
        by,
        recipient=settings.recipient,
        groups=groups(settings, dict(gathered.tables)),
        with_rows=with_rows,
    )
    calibration = gathered.calibration
    return [replace(drawn, calibration=calibration) if drawn.open_pairs else drawn for drawn in found]


def full(gathered: Gathered, question: Question, settings: Settings) -> Question:
    """The question at the boundary that is named, else the documents' own, else coalition → recipient.

    Its currency is the one named, else the documents' own, else that of the settings; where they name none,
    the one in which all amounts are. Where it asks for what is delivered without a rule, `[rules] delivered`
    of the settings says which deliveries count.
    """
    named = settings.boundaries.get(question.boundary, question.boundary)
    return replace(
        question,
        boundary=named or gathered.boundary,
        rule=question.rule or (settings.delivered if question.stage == DELIVERED else ""),
        currency=question.currency or gathered.currency or settings.currency or _only(gathered),
    )


def _only(gathered: Gathered) -> str:
    """The currency of all amounts; empty where they are of several."""
    told = gathered.ledger.entries.filter(pl.col("amount_minor").is_not_null())["currency"]
    return str(told[0]) if told.drop_nulls().n_unique() == 1 and not told.null_count() else ""


def sources(gathered: Gathered, question: Question, settings: Settings, drawn: Total) -> tuple[Part, ...]:
    """Return the part of each variant of a stage in a total that mixes several; nothing where it mixes
    none.
    """
    if drawn.refused or drawn.value is None or len(drawn.variants) < 2:
        return ()
    return ask(gathered, replace(question, by="variant"), settings).by


def warnings(gathered: Gathered, drawn: Total) -> tuple[Finding, ...]:
    """Return the warnings on rows of a total, counted or without a value, and on their documents.

    Rows of other parties' documents have no numbers for a reader; there a warning on any row of the same
    sheet is one on the total.
    """
    stated = {*drawn.entries, *(one.entry for one in drawn.double)}
    stated.update(entry for one in drawn.unvalued for entry in one.entries)
    entries = gathered.ledger.entries.filter(pl.col("entry").is_in(sorted(stated)))
    rows = entries.select(
        "submission", pl.col("sheet").fill_null(""), pl.col("row").fill_null(0).cast(pl.Int64)
    )
    places = set(rows.iter_rows())
    sheets = {(file, sheet) for file, sheet, _ in places} | {(file, "") for file, _, _ in places}
    return tuple(
        one
        for one in gathered.findings
        if one.severity == Severity.WARNING
        and (
            (one.place.file, one.place.sheet, one.place.row) in places
            if one.place.row
            else (one.place.file, one.place.sheet) in sheets
        )
    )


def unsettled_names(gathered: Gathered) -> tuple[tuple[str, str], ...]:
    """Return the names of parties that stand as written until they are answered, with what each may mean."""
    asked = (one for one in gathered.findings if one.code == UNSURE)
    return tuple(sorted({(one.read, one.values["meant"]) for one in asked}))
