"""The front door of questions: what is open for each party, and the workbook and letters that put it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.report.answer_book import answer_book
from konvoi.report.answered import answered
from konvoi.report.asked import Question
from konvoi.report.audience import PUBLIC, visible
from konvoi.report.case import Case
from konvoi.report.letter import letter
from konvoi.report.letter_docx import as_docx
from konvoi.report.letter_html import as_html
from konvoi.report.names import table
from konvoi.report.questions import KINDS

BOOK = "questions.xlsx"


def open_questions(case: Case) -> tuple[Question, ...]:
    """All that is open, by party, kind and age; each party is asked about what it may see, once."""
    bare = replace(case, totals={}, plan=None, outlook=None, questions=())
    public = visible(bare, PUBLIC)
    # Where nothing is hidden from anybody, all parties see the same.
    everybody = public if _size(public) == _size(bare) else None
    return tuple(
        one for party in parties(case) for one in _of(bare, party, everybody or visible(bare, party))
    )


def _size(case: Case) -> tuple[int, ...]:
    rows = [case.tables[name].height for name in sorted(case.tables)]
    named = case.entries["counterparty"].count() + case.entries["implementer"].count()
    return (
        case.entries.height,
        named,
        case.relations.height,
        case.documents.height,
        len(case.findings),
        *rows,
    )


def _of(case: Case, party: str, seen: Case) -> list[Question]:
    found: list[Question] = []
    for kind in KINDS:
        done = answered(case, kind.name, party)
        fresh = {one.id: one for one in kind.questions(seen, party) if one.id not in done}
        found += sorted(fresh.values(), key=lambda one: (-one.open_days(case.day), one.record, one.id))
    return found


def parties(case: Case) -> list[str]:
    """The parties that may be asked: who handed something in, who gives, who receives, who approves."""
    own = case.entries.filter(pl.col("variant") == "konvoi")
    columns = [case.documents["party"], own["party"], own["counterparty"]]
    columns += [table(case, name)["party"] for name in ("approvals", "offers")]
    found = {str(name) for column in columns for name in column.drop_nulls().unique()} | {case.recipient}
    return sorted(found - {""})


def asks(
    case: Case, questions: Sequence[Question], *, languages: Sequence[str], language: str = ""
) -> Mapping[str, bytes]:
    """The files for one party: its workbook in one language, its letter in each as HTML and DOCX.

    questions: of that party alone. language: of the workbook; empty: the first. Equal cases give equal bytes.
    """
    first = language or languages[0]
    one = letter(case, questions)
    files = {BOOK: answer_book(case, questions, first)}
    for code in languages:
        files[f"letter.{code}.html"] = as_html(one, code, languages)
        files[f"letter.{code}.docx"] = as_docx(one, code)
    return files
