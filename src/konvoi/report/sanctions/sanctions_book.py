"""The workbook of lists side by side: a sheet that says what it is, and sheets of tables."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import polars as pl
import xlsxwriter

from konvoi.model.hxl import tags
from konvoi.report.language import Language
from konvoi.report.page import Message

LISTINGS = "listings"
"""Name under which the columns of lists have HXL tags."""
_WIDEST = 60
_LONG = 32_000


@dataclass(frozen=True)
class Sheet:
    """One sheet: name and heads are message ids; words: the columns of which the values are, too."""

    name: str
    heads: Sequence[str]
    rows: pl.DataFrame
    words: frozenset[str] = frozenset()


def notes(day: date, asked: int) -> tuple[Message, ...]:
    """Return the notes for a reader; asked: how many pairs of parties are undecided."""
    return (
        Message("As of {day}.", {"day": day}),
        Message(
            "Not known: no list in force on that day, no data for that day, or the list never "
            "orders this measure. It does not mean “not listed”."
        ),
        Message(
            "A gap holds for the last day covered both by the list without the entry and by the other lists."
        ),
        Message(
            "Parties are matched across lists by names, numbers and dates of birth. Two parties "
            "are never matched by name alone if a date of birth or a number differs."
        ),
        Message("Pairs of parties under review: {count}.", {"count": asked}),
    )


def book(
    title: str,
    notes: Sequence[Message],
    sheets: Sequence[Sheet],
    day: date,
    code: str,
    *,
    hxl: bool = False,
) -> bytes:
    """A workbook in a language: a sheet that says what it is, then the sheets; hxl: with the HXL tag of each
    column below its head.

    Texts are written as texts: what looks like a formula or a link in a list is none. The same values give
    the same bytes; the stamp is the day's.
    """
    content = io.BytesIO()
    language = Language(code)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(content, options)
    workbook.set_properties({"title": title, "created": datetime.combine(day, time(), UTC)})
    formats = {
        "bold": workbook.add_format({"bold": True}),
        "head": workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "share": workbook.add_format({"num_format": "0.0 %"}),
    }
    about = workbook.add_worksheet(language.say("About"))
    about.set_column(0, 0, 100)
    about.write_string(0, 0, title, formats["bold"])
    for at, note in enumerate(notes, 1):
        about.write_string(at, 0, language.text(note), formats["wrap"])
    for sheet in sheets:
        target = workbook.add_worksheet(language.say(sheet.name)[:31])
        _fill(target, sheet, language, formats, tags(LISTINGS, sheet.rows.columns) if hxl else ())
    workbook.close()
    return content.getvalue()


def _fill(
    target: Any, sheet: Sheet, language: Language, formats: dict[str, Any], tagged: Sequence[str]
) -> None:
    heads = [language.say(head) for head in sheet.heads]
    widths = [len(head) for head in heads]
    for column, head in enumerate(heads):
        target.write_string(0, column, head, formats["head"])
    first = 2 if tagged else 1
    target.freeze_panes(first, 1)
    if tagged:
        # Tags are no row of the table, so that it has no filter.
        target.write_row(1, 0, tagged)
    else:
        target.autofilter(0, 0, max(sheet.rows.height, 1), max(len(heads) - 1, 0))
    spoken = [name in sheet.words for name in sheet.rows.columns]
    for at, row in enumerate(sheet.rows.iter_rows(), first):
        for column, value in enumerate(row):
            said = language.say(value) if spoken[column] and value else value
            widths[column] = max(widths[column], _write(target, (at, column), said, formats))
    for column, width in enumerate(widths):
        target.set_column(column, column, min(max(width + 2, 8), _WIDEST))


def _write(target: Any, at: tuple[int, int], value: object, formats: dict[str, Any]) -> int:
    match value:
        case None | "":
            return 0
        case date():
            target.write_datetime(*at, datetime.combine(value, time()), formats["day"])
            return 10
        case float():
            target.write_number(*at, value, formats["share"])
            return 7
        case int():
            target.write_number(*at, value)
            return len(str(value))
    text = str(value)
    target.write_string(*at, text if len(text) <= _LONG else f"{text[:_LONG]} …")
    return len(text)
