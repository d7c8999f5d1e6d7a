"""Reading a partner's own file by its mapping: rows of ours, with the places of theirs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from konvoi.intake.cell import text_of, unknown
from konvoi.intake.heading import is_tag_row
from konvoi.intake.konvoi import Named, assembled
from konvoi.intake.mapping import OPEN, TableMapping
from konvoi.intake.sheet import Row, Value
from konvoi.intake.source_tables import SourceTable, source_tables
from konvoi.kit.digest import key
from konvoi.kit.text import fold, listed, shown
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

NAME = "mapped"
_SCALES = {1_000: "thousand", 1_000_000: "million", 1_000_000_000: "billion"}
_TWO_WAYS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[ T].*)?")


def mapped_table(document: Document, mapping: TableMapping) -> SourceTable | None:
    """Return the table of a file that a mapping reads: it has every heading; None where there is none."""
    for table in source_tables(document, separator=mapping.separator):
        if _is_sheet(table, mapping) and table.headed(mapping.headings) is not None:
            return table
    return None


def missing_headings(document: Document, mapping: TableMapping) -> tuple[str, ...] | None:
    """Return the headings that a file lacks of a mapping of which it has at least half; None for others."""
    best: tuple[str, ...] | None = None
    for table in source_tables(document, separator=mapping.separator):
        rows = [table.head] if table.head is not None else table.rows[:30]
        for row in rows if _is_sheet(table, mapping) else ():
            there = {fold(text_of(value)) for value in row.cells}
            lost = tuple(one for one in mapping.headings if fold(one) not in there)
            if 2 * len(lost) <= len(mapping.headings) and (best is None or len(lost) < len(best)):
                best = lost
    return best


def _is_sheet(table: SourceTable, mapping: TableMapping) -> bool:
    return not mapping.sheet or fold(table.name) == fold(mapping.sheet)


def read_mapped(document: Document, mappings: Sequence[TableMapping]) -> Reading:
    """Read a file by mappings that fit it; what no mapping names is told."""
    named: list[Named] = []
    notes: list[Finding] = []
    sources: dict[str, dict[str, str]] = {}
    used: dict[str, tuple[Place, Row, list[TableMapping]]] = {}
    decimal = ""
    for mapping in mappings:
        source = mapped_table(document, mapping)
        found = source.headed(mapping.headings) if source else None
        if source is None or found is None:
            continue
        head, body = found
        sheet = source.name or BY_NAME[mapping.table].name
        rows = mapped_rows(mapping, head, body)
        named.append(
            Named(
                *(BY_NAME[mapping.table], sheet, rows),
                asked=bool(named),
                currencies=_currencies(mapping, source, head),
            )
        )
        notes += [one for one in source.findings if one not in notes]
        notes += _doubles(Place(document.name, sheet, head.number), mapping, head)
        sources.setdefault(sheet, {}).update(mapping.columns)
        at = Place(document.name, sheet, head.number)
        used.setdefault(source.name, (at, head, []))[2].append(mapping)
        decimal = decimal or mapping.decimal
    for place, row, fitting in used.values():
        notes += _unmapped(place, fitting, row)
    known = replace(document, decimal=decimal or document.decimal)
    read = assembled(known, NAME, named, head=None, notes=notes)
    findings = tuple(_in_their_words(one, sources) for one in read.findings)
    return replace(read, digest=document.digest, findings=findings, headings=sources)


def mapped_rows(mapping: TableMapping, head: Row, body: Sequence[Row]) -> list[Row]:
    """Return rows below the names of our columns, with the numbers of the rows from which they are made."""
    at = _indices(head)
    constants = {name: value for name, value in mapping.constants.items() if value != OPEN}
    names = [*mapping.columns, *constants]
    first = BY_NAME[mapping.table].key[0] if BY_NAME[mapping.table].key else ""
    made = bool(mapping.reference) and first not in names
    heads = [_head(name, mapping.times.get(name, 1)) for name in names]
    rows = [Row(head.number, (*heads, *((first,) if made else ())))]
    seen: set[tuple[Value, ...]] = set()
    for row in body:
        if all(unknown(row[at[fold(one)]]) for one in mapping.headings) or is_tag_row(row):
            continue
        cells: list[Value] = [
            _value(mapping, name, row[at[fold(one)]]) for name, one in mapping.columns.items()
        ]
        cells += constants.values()
        if made:
            cells.append(_reference(mapping, row, at))
        if mapping.distinct and tuple(cells) in seen:
            continue
        seen.add(tuple(cells))
        rows.append(Row(row.number, tuple(cells)))
    return rows


def _currencies(mapping: TableMapping, source: SourceTable, head: Row) -> dict[tuple[int, int], str]:
    """Return the currencies that a workbook stores with amounts, by the places of our columns."""
    at = _indices(head)
    places = {at[fold(heading)] + 1: number for number, heading in enumerate(mapping.columns.values(), 1)}
    return {
        (row, places[column]): currency
        for (row, column), currency in source.currencies.items()
        if column in places
    }


def _doubles(place: Place, mapping: TableMapping, head: Row) -> Iterator[Finding]:
    """Yield an error for each mapped heading that stands twice."""
    texts = [fold(text_of(value)) for value in head.cells]
    for heading in mapping.headings:
        if texts.count(fold(heading)) > 1:
            yield Finding(
                Severity.ERROR,
                "column-double",
                place,
                shown(heading),
                expected="each column once",
                remedy="Delete one of the two; the first was read.",
            )


def _indices(head: Row) -> dict[str, int]:
    """Return the index of each heading; of two equal ones the first."""
    found: dict[str, int] = {}
    for index, value in enumerate(head.cells):
        found.setdefault(fold(text_of(value)), index)
    return found


def _head(name: str, times: int) -> str:
    return f"{name} ({_SCALES[times]})" if times in _SCALES else name


def _reference(mapping: TableMapping, row: Row, at: Mapping[str, int]) -> str:
    """Return a reference made of the content of a row, so that the same row has it in every version."""
    return f"row:{key(mapping.table, *(fold(text_of(row[at[fold(one)]])) for one in mapping.reference))[:12]}"


def _value(mapping: TableMapping, name: str, value: Value) -> Value:
    """Return a value in our words; one that the mapping does not know stays, and is a finding if it must."""
    words = mapping.words.get(name)
    if words and not unknown(value):
        folded = {fold(their): ours for their, ours in words.items() if ours != OPEN}
        return folded.get(fold(text_of(value)), value)
    if mapping.day_order and isinstance(value, str):
        return _day(mapping.day_order, value)
    return value


def _day(order: str, text: str) -> Value:
    found = _TWO_WAYS.fullmatch(text.strip())
    if found is None:
        return text
    first, second, year = (int(one) for one in found.groups())
    day, month = (first, second) if order == "day first" else (second, first)
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        # It stays as it is: the reader of days says what is wrong with it.
        return text


def _unmapped(place: Place, mappings: Sequence[TableMapping], head: Row) -> Iterator[Finding]:
    """Yield a note on columns left out on purpose, and a warning on those nobody has decided about."""
    known = {fold(one) for mapping in mappings for one in mapping.headings}
    ignored = {fold(one) for mapping in mappings for one in mapping.ignored}
    others = [text for value in head.cells if (text := text_of(value)) and fold(text) not in known]
    for severity, names in (
        (Severity.NOTE, [one for one in others if fold(one) in ignored]),
        (Severity.WARNING, [one for one in others if fold(one) not in ignored]),
    ):
        if names:
            yield Finding(
                severity,
                "column-unmapped",
                place,
                shown(listed(names), 200),
                expected="columns that the mapping names",
                remedy="Not imported. To import one, map it: konvoi map FILE --from PARTY.",
            )


def _in_their_words(finding: Finding, sources: Mapping[str, Mapping[str, str]]) -> Finding:
    """Return a finding whose column has the heading of the partner's file."""
    heading = sources.get(finding.place.sheet, {}).get(finding.place.column, "")
    return replace(finding, place=replace(finding.place, heading=heading))
