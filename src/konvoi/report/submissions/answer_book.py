"""The workbook of a party's questions: a sheet that says how, and one row with its cell for each question."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from konvoi.model.answers import ANSWERS, HIDDEN, SHEET, Form
from konvoi.model.head import HEAD
from konvoi.model.naming import localized
from konvoi.model.table import Column, Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.names import Names
from konvoi.report.page import Message
from konvoi.report.readers import marking
from konvoi.report.submissions.letter import where

_WIDTHS = {
    "question": 15,
    "about": 32,
    "where": 30,
    "asks": 52,
    "needed": 52,
    "answer": 20,
    "day": 12,
    "remark": 30,
}
_LISTS = "_lists"
_MOST_HEADER = 240
_FIRST = date(2000, 1, 1)
_NUMBERS = (Type.NUMBER, Type.MONEY, Type.WHOLE, Type.SHARE)


@dataclass(frozen=True)
class _Book:
    """The workbook being written."""

    case: Case
    language: Language
    workbook: Workbook
    formats: Mapping[str, Format]
    lists: Mapping[tuple[str, ...], str]

    def named(self, context: str, text: str) -> str:
        return localized(context, text, self.language.code)


def answer_book(case: Case, questions: Sequence[Question], language: str) -> bytes:
    """The workbook as XLSX; the same questions give the same bytes."""
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    day = case.day
    workbook.set_properties(
        {"title": "Konvoi", "created": datetime(day.year, day.month, day.day, tzinfo=UTC)}
    )
    book = _Book(case, Language(language), workbook, _formats(workbook), _places(questions))
    _first(book, questions)
    _sheet(book, questions)
    _printed(book, questions[0].party)
    _lists(book)
    workbook.close()
    return stream.getvalue()


def _printed(book: _Book, party: str) -> None:
    """Each sheet on A4 across, with who may see it at the head of each page, and that it is an exercise."""
    say = book.language.text
    exercise = f"{say(Message('Exercise'))} · " if book.case.exercise else ""
    told = say(Message("Marking: {marking}", {"marking": marking(book.case, party)}))
    for sheet in book.workbook.worksheets():
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        banner = f"{exercise}{told} · {book.case.title}".replace("&", "&&")
        sheet.set_header(f"&L{banner[:_MOST_HEADER]}")
        sheet.set_footer(f"&R{say(Message('Page'))} &P {say(Message('of'))} &N")


def _formats(workbook: Workbook) -> dict[str, Format]:
    cells = {"num_format": "@", "text_wrap": True, "valign": "top"}
    fill = {"bg_color": "#fff3c4", "border": 1, "border_color": "#b26a00", "valign": "top"}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 16}),
        "head": workbook.add_format({"bold": True, "bg_color": "#e6eef7", "bottom": 1, "text_wrap": True}),
        "text": workbook.add_format(cells),
        "plain": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        "fill text": workbook.add_format({**cells, **fill}),
        "fill day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left", **fill}),
        "fill number": workbook.add_format({"num_format": "General", **fill}),
    }


def _first(book: _Book, questions: Sequence[Question]) -> None:
    """Write the first sheet: the title, sender, day, marking, and instructions."""
    sheet = book.workbook.add_worksheet("Konvoi")
    say = book.language
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 2, 80)
    party = questions[0].party
    title = Message("Questions to {party}", {"party": Names(book.case).party(party)})
    sheet.write_string(0, 0, say.text(title), book.formats["title"])
    asked = {
        "coalition": book.case.title,
        "party": party,
        "marking": book.named("choice", "coalition"),
        "language": book.language.code,
    }
    for at, column in enumerate(HEAD.columns, start=2):
        form = "fill day" if column.name == "day" else "text"
        sheet.write_string(at, 0, book.named("head", column.name), book.formats["head"])
        sheet.write_string(at, 1, asked.get(column.name, ""), book.formats[form])
        sheet.write_string(at, 2, book.named("help", column.help), book.formats["plain"])
    guide = (
        Message(
            "Put on {day}. Who may see this workbook: {marking}.",
            {"day": book.case.day, "marking": marking(book.case, party)},
        ),
        *((Message("Exercise: all parties and figures are invented"),) if book.case.exercise else ()),
        Message(
            "Write your answers in the yellow cells of the next sheet, and above the day on which you answer."
        ),
        Message("Leave empty what you do not know yet; it stays open. Empty never means zero."),
        Message("Send the workbook back as it is. What is answered is not asked again."),
    )
    for at, sentence in enumerate(guide, start=3 + len(HEAD.columns)):
        sheet.write_string(at, 0, say.text(sentence))


def _sheet(book: _Book, questions: Sequence[Question]) -> None:
    """The questions: frozen head with notes, filter, a typed cell in each row."""
    sheet = book.workbook.add_worksheet(_title(book.named("table", SHEET)))
    for at, column in enumerate(ANSWERS.columns):
        hide = {"hidden": True} if column.name in HIDDEN else {}
        sheet.set_column(at, at, _WIDTHS.get(column.name, 16), book.formats["text"], hide)
        sheet.write_string(0, at, _title(book.named("column", column.name)), book.formats["head"])
        sheet.write_comment(0, at, book.named("help", column.help), {"author": "Konvoi", "x_scale": 2})
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(questions), len(ANSWERS.columns) - 1)
    for row, question in enumerate(questions, start=1):
        _row(book, sheet, row, question)


def _row(book: _Book, sheet: Worksheet, row: int, question: Question) -> None:
    say = book.language.text
    texts = {
        "question": question.id,
        "about": say(question.about),
        "where": say(where(question)),
        "asks": say(question.asked),
        "needed": say(question.needed),
        "kind": question.kind,
        "record": question.record,
        "form": question.form.coded(),
        "party": question.party,
    }
    for at, column in enumerate(ANSWERS.columns):
        if column.name in texts:
            sheet.write_string(row, at, texts[column.name][:32_000], book.formats["text"])
        elif column.name == "asked_on":
            day = book.case.day
            sheet.write_datetime(row, at, datetime(day.year, day.month, day.day), book.formats["day"])
        else:
            _empty(book, sheet, (row, at), column, question.form)


def _empty(book: _Book, sheet: Worksheet, at: tuple[int, int], column: Column, form: Form) -> None:
    """A cell to fill in: yellow where an answer belongs, and typed as the answer is."""
    if column.name not in ("answer", "day") or (column.name == "day" and not form.day):
        sheet.write_blank(*at, None, book.formats["text"])
        return
    type = Type.DAY if column.name == "day" else form.type
    kind = "day" if type == Type.DAY else "number" if type in _NUMBERS else "text"
    sheet.write_blank(*at, None, book.formats[f"fill {kind}"])
    if rule := _validation(book, type, form):
        words = book.language.say("Pick from the list, or write what the question asks for.")
        sheet.data_validation(*at, *at, {**rule, "error_type": "warning", "error_message": words})


def _validation(book: _Book, type: Type, form: Form) -> dict[str, object] | None:
    if type == Type.DAY:
        return {"validate": "date", "criteria": ">=", "value": _FIRST}
    if type in _NUMBERS:
        return {"validate": "decimal", "criteria": ">=", "value": 0}
    if type == Type.YES:
        return {"validate": "list", "source": [book.named("choice", "yes"), book.named("choice", "no")]}
    return {"validate": "list", "source": book.lists[form.choices]} if form.choices else None


def _places(questions: Sequence[Question]) -> dict[tuple[str, ...], str]:
    """Return the range of each list of choices on the hidden sheet, one column each."""
    wanted = sorted({one.form.choices for one in questions if one.form.choices})
    return {
        choices: f"={_LISTS}!${letter}$1:${letter}${len(choices)}"
        for at, choices in enumerate(wanted)
        for letter in (xlsxwriter.utility.xl_col_to_name(at),)
    }


def _lists(book: _Book) -> None:
    sheet = book.workbook.add_worksheet(_LISTS)
    for at, choices in enumerate(book.lists):
        for row, choice in enumerate(choices):
            sheet.write_string(row, at, book.named("choice", choice))
    sheet.very_hidden()


def _title(text: str) -> str:
    return text[:1].upper() + text[1:].replace("_", " ")
