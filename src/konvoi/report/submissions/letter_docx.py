"""A letter as a DOCX file for a word processor."""

from datetime import date

from docx.document import Document as Docx
from docx.shared import Mm

from konvoi.report.language import Language
from konvoi.report.page import Message, Value
from konvoi.report.submissions.letter import Letter, Part, heads, where
from konvoi.report.word_file import Sheet, blank, content, grid

_WIDTHS = (Mm(62), Mm(92), Mm(84), Mm(22))


def as_docx(letter: Letter, code: str) -> bytes:
    """The letter in one language; equal letters give equal bytes."""
    language = Language(code)
    say = language.text
    head = [
        letter.coalition,
        say(letter.day),
        say(Message("Marking: {marking}", {"marking": letter.marking})),
    ]
    if letter.exercise:
        head.append(say(Message("Exercise: all parties and figures are invented")))
    document = blank(Sheet(" · ".join(head), letter.day, code))
    document.add_heading(say(Message("Questions to {party}", {"party": letter.to})), level=0)
    for sentence in letter.opening:
        document.add_paragraph(say(sentence))
    for part in letter.parts:
        _part(document, part, letter.day, language)
    document.add_heading(say(Message("How to answer")), level=1)
    for sentence in letter.closing:
        document.add_paragraph(say(sentence))
    return content(document, letter.day)


def _part(document: Docx, part: Part, day: date, language: Language) -> None:
    document.add_heading(language.text(part.title), level=1)
    rows = []
    for question in part.questions:
        place: Value = where(question)
        about = [language.text(question.about), question.id, language.text(place)]
        age = str(question.open_days(day)) if question.since else "–"
        asked = language.text(question.asked)
        needed = language.text(question.needed)
        rows.append(["\n".join(filter(None, about)), asked, needed, age])
    grid(document, [language.text(head) for head in heads()], rows, _WIDTHS)
    if part.total > len(part.questions):
        shown = {"shown": len(part.questions), "total": part.total}
        document.add_paragraph(
            language.text(Message("{shown} of {total} are shown here; the workbook holds all.", {**shown}))
        )
