"""Write submissions as workbooks and CSV files in several languages, layouts and encodings.

Heads and choices are those that `konvoi template` writes.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from bench.coalition.registers import register_files
from bench.coalition.world import Document, Row
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

KEYS = {
    "packages": "package",
    "lines": "line",
    "receipts": "receipt",
    "movements": "movement",
    "participants": "party",
    "goods": "good",
    "rates": "currency",
    "parties": "party",
}
"""Column by which a row of each table is named here."""

_DE = {
    "packages": "Pakete",
    "lines": "Zeilen",
    "participants": "Beteiligte",
    "movements": "Bewegungen",
    "receipts": "Empfangsscheine",
    "parties": "Parteien",
    "package": "Paket",
    "party": "Partei",
    "day": "Tag",
    "kind": "Art",
    "counterparty": "Empfänger",
    "title": "Titel",
    "stage": "Stufe",
    "amount": "Betrag",
    "currency": "Währung",
    "address": "Adresse",
    "relates": "Bezug",
    "line": "Zeile",
    "good": "Gut",
    "quantity": "Menge",
    "unit": "Einheit",
    "route": "Weg",
    "share": "Anteil",
    "supersedes": "ersetzt",
    "coalition": "Koalition",
    "language": "Sprache",
    "military": "militärisch",
    "humanitarian": "humanitär",
    "energy": "Energie",
    "financial": "finanziell",
    "reconstruction": "Wiederaufbau",
    "pledged": "zugesagt",
    "committed": "verbindlich",
    "allocated": "zugeteilt",
    "disbursed": "ausgezahlt",
    "from stock": "aus Beständen",
    "procured": "beschafft",
    "money": "Geld",
    "pooled fund": "Sammelfonds",
}
_UK = {
    "packages": "Пакети",
    "lines": "Рядки",
    "participants": "Учасники",
    "movements": "Переміщення",
    "receipts": "Отримання",
    "parties": "Сторони",
    "package": "пакет",
    "party": "сторона",
    "day": "день",
    "kind": "вид",
    "counterparty": "одержувач",
    "title": "заголовок",
    "stage": "стадія",
    "amount": "сума",
    "currency": "валюта",
    "address": "адреса",
    "relates": "зв’язок",
    "line": "рядок",
    "good": "товар",
    "quantity": "кількість",
    "unit": "одиниця",
    "route": "шлях",
    "share": "частка",
    "supersedes": "замінює",
    "coalition": "коаліція",
    "language": "мова",
    "military": "військова",
    "humanitarian": "гуманітарна",
    "energy": "енергетична",
    "financial": "фінансова",
    "reconstruction": "відбудова",
    "pledged": "обіцяно",
    "committed": "зобов’язано",
    "allocated": "виділено",
    "disbursed": "виплачено",
    "from stock": "із запасів",
    "procured": "закупівля",
    "money": "гроші",
    "pooled fund": "спільний фонд",
}
_CHOICES = ("kind", "stage", "route")


@dataclass(frozen=True)
class Dialect:
    """A way to write tables.

    separator, encoding, comma, grouping: of CSV files; comma is the decimal separator, grouping stands
    between thousands. own: columns in another order, an extra column, HXL tags, a sheet that is no table.
    """

    language: str = "en"
    separator: str = ","
    encoding: str = "utf-8"
    comma: str = "."
    grouping: str = ""
    days: str = "%Y-%m-%d"
    own: bool = False


WORKBOOKS = {
    "xlsx-en": Dialect(),
    "xlsx-de": Dialect("de"),
    "xlsx-uk": Dialect("uk"),
    "xlsx-own": Dialect(own=True),
    "xlsx-fund": Dialect(),
    "csv-two-files": Dialect(),
}
CSV = {
    "csv-comma": Dialect(),
    "csv-semicolon": Dialect("de", ";", "utf-8", ",", ".", "%d.%m.%Y"),
    "csv-windows": Dialect("en", ";", "cp1252", ",", "", "%d.%m.%Y"),
    "csv-tab": Dialect("uk", "\t", "utf-16", ",", " ", "%d.%m.%Y"),
    "csv-press": Dialect(),
}
REGISTERS = ("iati", "fts", "ocds")
DIALECTS = (*WORKBOOKS, *CSV, *REGISTERS)
"""The fourteen formats and dialects."""

_TAGS = {"package": "#activity+code", "party": "#org+funder", "day": "#date+start", "title": "#activity+name"}


class Spot(NamedTuple):
    """Where a row stands in a file: table, its key, name of the sheet, row from 1."""

    table: str
    key: str
    sheet: str
    row: int


@dataclass
class File:
    """A file as handed in: its path, and where rows stand in it."""

    path: Path
    spots: list[Spot] = field(default_factory=list)


def write(document: Document, folder: Path) -> list[File]:
    """Write a document below `folder/SOURCE` and return its files in the order of handing in."""
    base = folder / document.source
    base.mkdir(parents=True, exist_ok=True)
    if document.dialect in REGISTERS:
        files = [File(base / name, []) for name, _ in register_files(document)]
        for file, (_, text) in zip(files, register_files(document), strict=True):
            file.path.write_text(text, encoding="utf-8")
        return files
    if document.dialect == "csv-two-files":
        return _two_workbooks(document, base)
    if document.dialect in WORKBOOKS:
        return [_workbook(document, base / f"{document.name}.xlsx", WORKBOOKS[document.dialect])]
    return _csv_folder(document, base / document.name, CSV[document.dialect])


def _head(document: Document, language: str) -> dict[str, str]:
    """Return the head of a submission."""
    lines = {
        "coalition": "Synthetic coalition (all figures are made up)",
        "party": document.source,
        "day": document.day.isoformat(),
        "supersedes": document.supersedes,
        "marking": "coalition",
        "language": language,
    }
    return {name: value for name, value in lines.items() if value}


def _word(word: str, language: str) -> str:
    """Return a sheet's, column's or choice's word in a language."""
    return {"de": _DE, "uk": _UK}.get(language, {}).get(word, word)


def _columns(rows: list[Row]) -> list[str]:
    """Return the columns that any row fills, in the order of first use."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _key(table: str, row: Row) -> str:
    """Return the text by which a row is named."""
    return str(row.get(KEYS[table], ""))


def _two_workbooks(document: Document, base: Path) -> list[File]:
    """Write packages in one workbook and line items in another of the same day."""
    files = []
    parts = {"values": ("packages", "participants"), "goods": ("lines", "movements", "receipts")}
    for part, tables in parts.items():
        rows = {table: document.tables[table] for table in tables if table in document.tables}
        if rows:
            piece = Document(document.source, document.name, document.day, document.dialect, rows)
            files.append(_workbook(piece, base / f"{document.name}-{part}.xlsx", Dialect()))
    return files


def _workbook(document: Document, path: Path, dialect: Dialect) -> File:
    """Write one workbook; equal documents give equal bytes."""
    file = File(path)
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2024, 1, 1)})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    cover = book.add_worksheet("Konvoi")
    cover.write_string(0, 0, "Konvoi submission")
    for at, (name, value) in enumerate(_head(document, dialect.language).items(), start=2):
        cover.write_string(at, 0, _word(name, dialect.language))
        cover.write_string(at, 1, value)
    for table, rows in document.tables.items():
        sheet = book.add_worksheet(document.sheets.get(table, _word(table, dialect.language).capitalize()))
        file.spots += _sheet(sheet, days, table, rows, dialect)
    if dialect.own:
        notes = book.add_worksheet("Read me")
        notes.write_string(0, 0, "Figures by unit 4, checked by unit 2")
    book.close()
    return file


def _sheet(sheet: Worksheet, days: Format, table: str, rows: list[Row], dialect: Dialect) -> list[Spot]:
    """Write a table into a sheet and return where its rows stand."""
    columns = _columns(rows)
    if dialect.own:
        columns = [*columns[::-1], "desk officer"]
    for column, heading in enumerate(columns):
        sheet.write_string(0, column, _word(heading, dialect.language))
    first = 1
    if dialect.own and table == "packages":
        for column, heading in enumerate(columns):
            sheet.write_string(1, column, _TAGS.get(heading, ""))
        first = 2
    spots = []
    for at, row in enumerate(rows, start=first):
        spots.append(Spot(table, _key(table, row), sheet.get_name(), at + 1))
        for column, heading in enumerate(columns):
            value = row.get(heading, "unit 4" if heading == "desk officer" else None)
            if isinstance(value, date):
                sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), days)
            elif isinstance(value, Decimal | int):
                sheet.write_number(at, column, float(value))
            elif value is not None:
                sheet.write_string(at, column, _text(heading, value, dialect))
    return spots


def _csv_folder(document: Document, folder: Path, dialect: Dialect) -> list[File]:
    """Write one CSV file for each table, and the head beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    head = folder / "konvoi.csv"
    with head.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(_head(document, dialect.language).items())
    files = [File(head)]
    for table, rows in document.tables.items():
        file = File(folder / f"{table}.csv")
        columns = _columns(rows)
        text = io.StringIO()
        writer = csv.writer(text, delimiter=dialect.separator, lineterminator="\r\n")
        writer.writerow([_word(column, dialect.language) for column in columns])
        for at, row in enumerate(rows, start=2):
            file.spots.append(Spot(table, _key(table, row), table, at))
            writer.writerow([_text(column, row.get(column), dialect) for column in columns])
        file.path.write_bytes(text.getvalue().encode(dialect.encoding))
        files.append(file)
    return files


def _text(column: str, value: object, dialect: Dialect) -> str:
    """Return a cell as text of a dialect."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(dialect.days)
    if isinstance(value, Decimal | int) and column == "amount":
        whole, _, cents = f"{value:,.2f}".partition(".")
        return f"{whole.replace(',', dialect.grouping)}{dialect.comma}{cents}"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f").replace(".", dialect.comma)
    return _word(str(value), dialect.language) if column in _CHOICES else str(value)
