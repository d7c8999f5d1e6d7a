"""Lists in a declared form: columns of a table, or elements of an XML, by what they hold; read in one way.

A regime whose list is one row or element for each name of a party needs a Form and no code of its own.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice

from lxml import etree

from konvoi.align.elements import line
from konvoi.align.list_findings import told
from konvoi.align.listing import Kind, NameKind, Order
from konvoi.align.orders import ENGLISH, Words
from konvoi.align.regime import Opened, Rows
from konvoi.kit.text import fold
from konvoi.model.finding import Finding, Place

_FIRST = 25
"""Rows within which the head of a CSV stands: some begin with a title and a date."""

_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Form:
    """Layout of a list. list: its name in ids. fields: what we call a value (FIELDS of
    konvoi.align.declared_listings) → its heads in a table, or its paths in an XML.

    needed: fields that a file of the list has. root, record: tags of an XML (any where it is empty) and of
    one entry in it; each: paths of its elements that hold a name of their own. kinds, names: the list's
    words. kind: of entries that state none; without it, one is a person that has any field of personal.
    orders: what its measures mean; order: what it orders where it states none; act: by which act. delisted:
    words of an entry that is delisted. split: further separators of names. day: elements of an XML, or the
    beginning of a cell above a head, that state its day. beside: names of sheets that hold no entries.
    prepare: what makes an entry of this list one of the form; None for a row that is no entry. untried: no
    real file was read with it.
    """

    list: str
    fields: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...] = ("name",)
    root: str = ""
    record: str = ""
    each: tuple[str, ...] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    kind: Kind | None = None
    personal: tuple[str, ...] = ("births", "given", "nationality", "passport")
    names: Mapping[str, NameKind] = field(default_factory=dict)
    orders: Words = ENGLISH
    order: tuple[Order, ...] = ()
    act: str = ""
    delisted: re.Pattern[str] | None = None
    split: str = ""
    day: tuple[str, ...] = ()
    beside: re.Pattern[str] | None = None
    prepare: "Callable[[Entry], Entry | None] | None" = None
    untried: bool = False


@dataclass(frozen=True)
class Entry:
    """One row or element: its place, and the texts by our names of fields. names: the same for elements that
    hold a name of their own. sheet: the name of the sheet."""

    place: Place
    values: Mapping[str, tuple[str, ...]]
    names: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    sheet: str = ""

    def all(self, *fields: str) -> tuple[str, ...]:
        """Return the texts of fields, in order."""
        return tuple(text for name in fields for text in self.values.get(name, ()))

    def text(self, name: str) -> str:
        """The first text of a field; empty where there is none."""
        return next(iter(self.values.get(name, ())), "")


@dataclass(frozen=True)
class Table:
    """The entries of a file. before: cells above the head, where a list may state its day. fault: why it is
    no whole file of the list; known: whether it is one at all. heads: of its columns, as written."""

    entries: tuple[Entry, ...] = ()
    before: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    known: bool = True
    fault: str = ""
    heads: tuple[str, ...] = ()


def head(text: object) -> str:
    """A head for comparing: without case, accents, punctuation, and white space, also line breaks.

    >>> head("Passport\\nnumber"), head("日 本 語\\u3000表 記") == head("日本語表記")
    ('passportnumber', True)
    """
    return fold(str(text or "")).replace(" ", "")


def known(file: Opened, form: Form) -> bool:
    """Return True if a file is of a form, by its beginning alone."""
    if file.root is not None or not file.text:
        sheets = {name: rows[:_FIRST] for name, rows in file.sheets.items()}
        return entries(replace(file, sheets=sheets), form).known
    return entries(replace(file, text="\n".join(islice(file.text.splitlines(), _FIRST))), form).known


def entries(file: Opened, form: Form) -> Table:
    """The entries of a file in a form, whatever it is: a workbook, a CSV, an XML."""
    if file.root is not None:
        return _elements(file.name, file.root, form)
    if file.sheets:
        tables = {name: _table(file.name, name, rows, form) for name, rows in file.sheets.items()}
        known = [one for one in tables.values() if one.known]
        unread = (name for name, one in tables.items() if not one.known and file.sheets[name])
        other = [name for name in unread if not (form.beside and form.beside.search(name))]
        return Table(
            tuple(entry for one in known for entry in one.entries),
            tuple(text for one in known for text in one.before),
            tuple(told("entry-sheet", Place(file.name, name), read=name) for name in other),
            known=bool(known),
            heads=tuple(text for one in known for text in one.heads),
        )
    return _csv(file, form)


def _csv(file: Opened, form: Form) -> Table:
    """A CSV with any usual delimiter; a row with another number of cells than the head is reported."""
    for delimiter in _DELIMITERS:
        rows: list[tuple[int, tuple[object, ...]]] = []
        reader = csv.reader(io.StringIO(file.text, newline=""), delimiter=delimiter, strict=True)
        fault = ""
        try:
            rows.extend((reader.line_num, tuple(cells)) for cells in reader if any(map(str.strip, cells)))
        except csv.Error as error:
            fault = f"line {reader.line_num}: {error}"
        found = _table(file.name, "", rows, form, exact=True)
        if found.known:
            return replace(found, fault=fault)
    return Table(known=False)


def _table(file: str, sheet: str, rows: Rows, form: Form, *, exact: bool = False) -> Table:
    """The entries below the first row that holds a head for each field that is needed."""
    wanted = {head(name): ours for ours, names in form.fields.items() for name in names}
    for at, (_, cells) in enumerate(rows[:_FIRST]):
        columns = [wanted.get(head(cell), "") for cell in cells]
        if not set(form.needed) <= set(columns):
            continue
        made: list[Entry] = []
        findings: list[Finding] = []
        for number, values in rows[at + 1 :]:
            place = Place(file, sheet, number)
            if exact and len(values) != len(cells):
                read = f"{len(values)} / {len(cells)}"
                findings.append(told("entry-row", place, read=read))
            if entry := _row(place, columns, values, sheet):
                made.append(entry)
        starts = tuple(map(fold, form.day))
        above = (_text(cell) for _, several in rows[:at] for cell in several)
        before = tuple(text for text in above if starts and fold(text).startswith(starts))
        heads = tuple(str(cell or "") for cell in cells)
        return Table(tuple(made), before, tuple(findings), heads=heads)
    return Table(known=False)


def _row(place: Place, columns: Sequence[str], cells: Sequence[object], sheet: str) -> Entry | None:
    found: dict[str, list[str]] = {}
    for ours, cell in zip(columns, cells, strict=False):
        if ours and (text := _text(cell)):
            found.setdefault(ours, []).append(text)
    return Entry(place, {name: tuple(each) for name, each in found.items()}, sheet=sheet) if found else None


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell).strip()


def _elements(file: str, root: etree._Element, form: Form) -> Table:
    """The entries of an XML, whatever its namespace."""
    if not form.record or (form.root and _tag(root) != form.root):
        return Table(known=False)
    wanted = {path: ours for ours, paths in form.fields.items() for path in paths}
    made = [
        _element(Place(file, "", line(one)), one, wanted, form.each)
        for one in root.iter()
        if _tag(one) == form.record
    ]
    if not form.root and not any(one.values or one.names for one in made):
        return Table(known=False)
    stated = (text for name in form.day for text in (root.get(name), *_below(root, name)) if text)
    return Table(tuple(made), tuple(stated))


def _below(root: etree._Element, name: str) -> list[str]:
    return [str(one.text or "") for one in root if _tag(one) == name]


def _element(place: Place, one: etree._Element, wanted: Mapping[str, str], each: Iterable[str]) -> Entry:
    whole: dict[str, list[str]] = {}
    names: list[Mapping[str, tuple[str, ...]]] = []
    apart = set(each)

    def walk(element: etree._Element, path: str, into: dict[str, list[str]]) -> None:
        stated = [(f"{path}@{name!s}", str(value)) for name, value in element.items()]
        stated.append((path, " ".join("".join(map(str, element.itertext())).split())))
        for at, text in stated:
            if at in wanted and text.strip():
                into.setdefault(wanted[at], []).append(text.strip())
        for child in element:
            below = f"{path}/{_tag(child)}".lstrip("/")
            if below in apart:
                own: dict[str, list[str]] = {}
                walk(child, below, own)
                names.append({name: tuple(texts) for name, texts in own.items()})
            elif _tag(child):
                walk(child, below, into)

    walk(one, "", whole)
    return Entry(place, {name: tuple(texts) for name, texts in whole.items()}, tuple(names))


def _tag(one: etree._Element) -> str:
    """The tag of an element without its namespace; empty for a comment."""
    beside = isinstance(one, etree._Comment | etree._ProcessingInstruction)
    return "" if beside else etree.QName(one).localname
