"""Tables as files: CSV and workbooks that are the same to the byte whenever the tables are."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from konvoi.model.naming import heading, localized
from konvoi.model.table import Column, Type
from konvoi.model.tables import BY_NAME

Row = dict[str, str]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_text(path: Path, text: str) -> None:
    """Write a file of text, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_csv(path: Path, table: str, rows: Sequence[Row]) -> None:
    """Write a table as CSV, its columns in the order of the workbook, without those that are empty."""
    text = io.StringIO()
    names = filled(table, rows)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    numbers = {one.name for one in BY_NAME[table].columns if one.type == Type.NUMBER}
    writer.writerows(
        [plain(row.get(name, "")) if name in numbers else row.get(name, "") for name in names] for row in rows
    )
    write_text(path, text.getvalue())


def write_table(path: Path, rows: Sequence[Row]) -> None:
    """Write rows that are no table of the workbook, their columns as they come."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(path, text.getvalue())


def write_head(path: Path, about: Row) -> None:
    """Write the head of the CSV files beside it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(about.items())
    write_text(path, text.getvalue())


def plain(number: str) -> str:
    """A number that can be read in one way only: 1.576 could be a thousand and more, 1.5760 cannot."""
    if not number:
        return ""
    value = Decimal(number)
    text = format(value.quantize(Decimal("0.000001")) if "." in number else value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}0" if len(text.rpartition(".")[2]) == 3 and "." in text else text


def filled(table: str, rows: Sequence[Row]) -> list[str]:
    """The columns of a table that some row fills."""
    return [one.name for one in BY_NAME[table].columns if any(row.get(one.name) for row in rows)]


@dataclass(frozen=True)
class Cover:
    """What a workbook says of itself: the lines of its head, its title, when it was made, its language."""

    head: Row
    title: str
    made: date
    language: str = "en"

    def say(self, context: str, text: str) -> str:
        """A word of the workbook in its language."""
        return localized(context, text, self.language)


def write_sheets(path: Path, cover: Cover, tables: dict[str, list[Row]]) -> None:
    """Write a workbook: its head and one sheet for each table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_numbers": False})
    made = datetime(cover.made.year, cover.made.month, cover.made.day)
    book.set_properties({"created": made, "title": cover.title})
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    first = book.add_worksheet("konvoi")
    for number, (name, value) in enumerate(cover.head.items()):
        first.write_string(number, 0, cover.say("head", name), bold)
        first.write_string(number, 1, cover.say("choice", value))
    for table, rows in tables.items():
        sheet = book.add_worksheet(cover.say("table", table))
        sheet.freeze_panes(1, 0)
        columns = {one.name: one for one in BY_NAME[table].columns}
        for at, name in enumerate(filled(table, rows)):
            sheet.write_string(0, at, head_of(columns[name], cover), bold)
            for number, row in enumerate(rows, start=1):
                value = worded(columns[name], row.get(name, ""), cover)
                if columns[name].type == Type.DAY and value and not DAY.fullmatch(value):
                    sheet.write_string(number, at, value)
                else:
                    write_value(sheet, (number, at), value, day)
    book.close()


def head_of(column: Column, cover: Cover) -> str:
    """What stands above a column: in English its bare name, else name, unit and star as in the template."""
    return column.name if cover.language == "en" else heading(column, cover.language)


def worded(column: Column, value: str, cover: Cover) -> str:
    """A choice in the language of the workbook; everything else as it is."""
    return cover.say("choice", value) if column.choices or column.type == Type.YES else value


def write_value(sheet: Worksheet, at: tuple[int, int], value: str, day: Format) -> None:
    """A number as a number, a day as a day, a text as a text, nothing as nothing."""
    if value.lstrip("-").replace(".", "", 1).isdigit():
        sheet.write_number(*at, float(value))
    elif DAY.fullmatch(value):
        sheet.write_datetime(*at, datetime.fromisoformat(value), day)
    elif value:
        sheet.write_string(*at, value)
