"""A working text as DOCX in which each amendment is a tracked change of the party that proposes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from konvoi.accord.working_text import Proposed, WorkingClause
from konvoi.model.clauses import HEADINGS
from konvoi.report.language import Language
from konvoi.report.page import Message
from konvoi.report.word_file import Sheet, blank, clean, content

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class _Numbers:
    """Numbers of tracked changes in a document, each used once."""

    last: int = 0

    def next(self) -> str:
        """Return the next number."""
        self.last += 1
        return str(self.last)


def tracked_text(
    clauses: Sequence[WorkingClause], *, title: str, line: str, day: date, language: str
) -> bytes:
    """Return a working text as DOCX: open clauses in brackets, amendments as tracked changes.

    line: stands on top of each page. Several amendments of one clause stand one below the other, each
    against the text of the round, so that each can be accepted or rejected by itself.
    """
    speech = Language(language)
    document = blank(Sheet(line, day, language))
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    document.add_heading(clean(title), 1)
    numbers = _Numbers()
    for one in clauses:
        if one.kind in HEADINGS:
            document.add_heading(clean(f"{one.label} {one.text}".strip()), 2)
            continue
        label = f"{one.label} " if one.label else ""
        if not one.is_open:
            document.add_paragraph(clean(f"{label}{one.text}"))
            continue
        for each in one.amendments:
            paragraph = document.add_paragraph(clean(f"{label}["))
            _tracked(paragraph, each, day, numbers)
            paragraph.add_run("]")
        if not one.amendments:
            document.add_paragraph(clean(f"{label}[{one.text}]"))
        note = document.add_paragraph(clean(_holders(one, speech)))
        for run in note.runs:
            run.italic = True
    return content(document, day)


def _holders(one: WorkingClause, speech: Language) -> str:
    told = [f"{party}: {speech.say(stance)}" for party, stance in one.holders]
    return speech.text(Message("Open: {text}.", {"text": "; ".join(told)}))


def _tracked(paragraph: Paragraph, one: Proposed, day: date, numbers: _Numbers) -> None:
    """Add the words of an amendment: those that go as deleted, those that come as inserted."""
    for at, (sign, words) in enumerate(one.words):
        text = clean(words if at == 0 else f" {words}")
        if sign == "=":
            paragraph.add_run(text)
        else:
            paragraph._p.append(_change(sign, text, one.party, day, numbers))


def _change(sign: str, text: str, author: str, day: date, numbers: _Numbers) -> _Element:
    gone = sign == "-"
    change = OxmlElement("w:del" if gone else "w:ins")
    change.set(qn("w:id"), numbers.next())
    change.set(qn("w:author"), author)
    change.set(qn("w:date"), f"{day.isoformat()}T00:00:00Z")
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText" if gone else "w:t")
    words.set(_SPACE, "preserve")
    words.text = text
    run.append(words)
    change.append(run)
    return change
