"""Rows of an answer workbook: each answer in its own type, and the findings on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.intake.cell import Ask, Cell, as_read, text_of, unknown
from konvoi.intake.cells import read_cell
from konvoi.intake.sheet import Value
from konvoi.model.answers import ANSWERS, NOT_READ, Form, form_of
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.table import Column, Type

SCHEMA = pl.Schema(
    {name: type for name, type in ANSWERS.schema().items() if name not in NOT_READ} | {"known_on": pl.Date()}
)
"""The table `answers` as it is read: without the texts for people; known_on: the day of the answer."""

_COLUMNS = {column.name: column for column in ANSWERS.columns}
_NUMBERS = (Type.NUMBER, Type.MONEY, Type.WHOLE, Type.SHARE)
_FAULTS = {
    "answer-without-question": (
        "the number of the question next to the answer",
        "Copy the number from the workbook as it was sent; the answer was not taken.",
    ),
    "answer-form-unknown": (
        "the hidden columns as they were sent",
        "Answer in the workbook as it was sent; konvoi ask writes it again.",
    ),
    "answer-day-missing": (
        "the date next to the answer",
        "Fill in the day on which it was, or is expected; until then the answer is not taken.",
    ),
    "answer-below-zero": ("a number of 0 or more", "Correct the number; the answer was not taken."),
}


@dataclass
class Told:
    """The answers being read from one sheet: its place, and the findings on it."""

    file: str
    sheet: str
    known_on: date | None = None
    findings: list[Finding] = field(default_factory=list)

    def fault(self, code: str, row: int, column: str, read: str, severity: Severity = Severity.ERROR) -> None:
        """One fault of a row."""
        expected, remedy = _FAULTS[code]
        place = Place(self.file, self.sheet, row, column)
        self.findings.append(Finding(severity, code, place, read, expected, remedy))


def answer_of(cells: Mapping[str, Value], row: int, told: Told) -> dict[str, object] | None:
    """A row of SCHEMA; None where nothing is answered, or the answer cannot be taken."""
    if unknown(cells.get("answer")) and unknown(cells.get("remark")):
        return None
    question = text_of(cells.get("question")) if not unknown(cells.get("question")) else ""
    if not question:
        told.fault("answer-without-question", row, "question", as_read(cells.get("answer")))
        return None
    form = form_of(text_of(cells.get("form")))
    if form is None:
        told.fault("answer-form-unknown", row, "form", as_read(cells.get("form")))
        return None
    answer = _answer(cells, row, form, told)
    on = _day(cells, row, told)
    if answer is None and not unknown(cells.get("answer")):
        return None
    if answer and form.day and on is None:
        told.fault("answer-day-missing", row, "day", as_read(cells.get("day")))
        return None
    asked = read_cell(cells.get("asked_on"), Ask(ANSWERS, _COLUMNS["asked_on"])).value
    return {
        **{
            name: text_of(cells.get(name)) or None
            for name in ("by", "remark", "kind", "record", "form", "party")
        },
        "question": question,
        "answer": answer,
        "day": on,
        "asked_on": asked,
        "known_on": told.known_on or asked,
        "_file": told.file,
        "_sheet": told.sheet,
        "_row": row,
    }


def _answer(cells: Mapping[str, Value], row: int, form: Form, told: Told) -> str | None:
    """The answer as plain text; None where it cannot be read."""
    value = cells.get("answer")
    # A promise for May holds until the 31st, as everywhere.
    name = "promised" if form.type == Type.DAY else "answer"
    type = Type.NUMBER if form.type == Type.MONEY else form.type
    cell = read_cell(value, Ask(ANSWERS, Column(name, type, "", choices=form.choices)))
    place = Place(told.file, told.sheet, row, "answer")
    told.findings += [fault.at(place, as_read(value)) for fault in cell.faults]
    if form.type in _NUMBERS and isinstance(cell.value, Decimal | int) and cell.value < 0:
        told.fault("answer-below-zero", row, "answer", as_read(value))
        return None
    return _plain(cell)


def _plain(cell: Cell) -> str | None:
    value = cell.value
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _day(cells: Mapping[str, Value], row: int, told: Told) -> date | None:
    value = cells.get("day")
    cell = read_cell(value, Ask(ANSWERS, _COLUMNS["day"]))
    place = Place(told.file, told.sheet, row, "day")
    told.findings += [fault.at(place, as_read(value)) for fault in cell.faults]
    return cell.value if isinstance(cell.value, date) else None


def frame(rows: Iterator[dict[str, object]]) -> pl.DataFrame:
    """Rows as the table `answers`."""
    found = list(rows)
    return pl.DataFrame(
        {name: [row.get(name) for row in found] for name in SCHEMA}, schema=SCHEMA, strict=True
    )
