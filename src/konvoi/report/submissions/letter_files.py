"""The files that put questions to a party: a workbook with a cell for each answer, and letters."""

from collections.abc import Mapping, Sequence
from datetime import date

from docx.document import Document as Docx
from docx.shared import Mm
from markupsafe import Markup

from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Message, Value
from konvoi.report.page_templates import environment
from konvoi.report.resources import resource
from konvoi.report.submissions.answer_book import answer_book
from konvoi.report.submissions.letter import Letter, Part, heads, letter, where
from konvoi.report.word_file import Sheet, blank, content, grid

_WIDTHS = (Mm(62), Mm(92), Mm(84), Mm(22))

LANGUAGES = {"en": "English", "de": "Deutsch", "uk": "Українська"}

BOOK = "questions.xlsx"


def asks(
    case: Case,
    questions: Sequence[Question],
    *,
    languages: Sequence[str],
    language: str = "",
    sender: str = "",
    answer_days: int = 14,
) -> Mapping[str, bytes]:
    """The files for one party: its workbook in one language, its letter in each as HTML and DOCX.

    questions: of that party alone. language: of the workbook; empty: that of the party's contacts, else the
    first. A letter in the language of the contacts is among the files. sender, answer_days: as in `letter`.
    Equal cases give equal bytes.
    """
    one = letter(case, questions, sender=sender, answer_days=answer_days)
    spoken = [person.language for person in one.contacts if person.language in LANGUAGES]
    languages = list(dict.fromkeys([*spoken, *languages]))
    first = language or languages[0]
    files = {BOOK: answer_book(case, questions, first)}
    for code in languages:
        files[f"letter.{code}.html"] = as_html(one, code, languages)
        files[f"letter.{code}.docx"] = as_docx(one, code)
    return files


def as_html(letter: Letter, code: str, languages: Sequence[str]) -> bytes:
    """The letter in one language, with ways to the others."""
    language = Language(code)

    def say(id: str, /, **values: Value) -> str:
        return language.text(Message(id, values))

    template = environment().get_template("letter.html.j2")
    text = template.render(
        letter=letter,
        code=code,
        others=[(one, LANGUAGES[one]) for one in languages],
        style=Markup(resource("templates/letter.css").decode()),
        say=say,
        show=language.text,
        heads=heads(),
        where=where,
    )
    return text.encode()


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
    document.add_paragraph(say(Message("From: {sender}", {"sender": letter.sender})))
    for person in letter.contacts:
        document.add_paragraph(say(Message("To: {contact}", {"contact": person.line})))
    document.add_heading(say(Message("Questions to {party}", {"party": letter.to})), level=0)
    document.add_paragraph(say(letter.salutation))
    for sentence in letter.opening:
        document.add_paragraph(say(sentence))
    for part in letter.parts:
        _part(document, part, letter.day, language)
    document.add_heading(say(Message("How to answer")), level=1)
    for sentence in letter.closing:
        document.add_paragraph(say(sentence))
    document.add_paragraph(letter.sender)
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
            language.text(Message("{shown} of {total} shown; the workbook contains all.", {**shown}))
        )
