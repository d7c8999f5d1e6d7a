"""Cut the inputs to a view: rows that a reader may not see are gone before anything is computed."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

import polars as pl

from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.intake.join import HEAD
from konvoi.intake.unrecognised import CHECK_FILE
from konvoi.kit.digest import digest, key
from konvoi.model.document import OWN, PUBLIC, Reading
from konvoi.model.finding import OTHER_ROWS, Finding
from konvoi.model.limiting import UNREAD_ROWS
from konvoi.model.table import Table, Type
from konvoi.model.tables import BY_NAME, TABLES

DESCRIBING = frozenset({"goods", "sites", "parties", "communities", "statements"})
"""Tables that describe what other rows name. A row is shown although what it names is not described."""

PRIVATE = frozenset({"contacts", "stocks"})
"""Tables whose rows only their sender and the coordination cell see, whatever they or the document say."""

_HEAD = frozenset(
    {"party", "day", "version", "supersedes", "coalition", "language", "marking", "title", "exercise"}
)
"""Facts of a document that do not depend on its rows."""

_ORIGIN = ("_file", "_sheet", "_row")


@dataclass(frozen=True)
class Parent:
    """A column that names the record to which a row belongs."""

    table: str
    column: str
    parent: str
    key: str


def _parents(tables: Sequence[Table]) -> tuple[Parent, ...]:
    """Return the mandatory references of every table to records, as the tables declare them."""
    return tuple(
        Parent(table.name, column.name, column.refers, BY_NAME[column.refers].key[0])
        for table in tables
        for column in table.columns
        if column.type == Type.REF and column.must and column.refers and column.refers not in DESCRIBING
    )


PARENTS = _parents(TABLES)


def cut(readings: Sequence[Reading], view: View, settings: Settings) -> list[Reading]:
    """Return the readings with the rows that the reader of a view may see.

    A row without a marking has the marking of its document. A row whose parent (its package, meeting,
    programme …) is not in the view is not shown, as if the parent did not exist. Of documents of other
    parties nothing is left that depends on rows that are cut: neither row numbers and counts, nor the digest
    of the file, nor findings without a row. The coordination cell sees everything.
    """
    return list(readings) if view.is_cell else detached(shown_rows(readings, view, settings), view)


def detached(readings: Sequence[Reading], view: View) -> list[Reading]:
    """Return readings of `shown_rows`; those of other parties without what depends on cut rows."""
    return [one if view.owns(one.party) else _detached(one) for one in readings]


def shown_rows(readings: Sequence[Reading], view: View, settings: Settings) -> list[Reading]:
    """Return the readings with the rows that the reader of a view may see, under their own numbers.

    Row numbers, digests and findings on documents as a whole still depend on hidden rows of other parties;
    a document of which nothing was cut is the same object as before. A document of which no row is shown is
    not there, whatever its head says, unless the head itself acts: then hidden rows cannot be told from none.
    """
    admitted = [rows_shown(one, view, marking_of(one, settings)) for one in readings]
    found = []
    for before, one in zip(readings, _with_parents(admitted), strict=True):
        gone = _cut_places(before, one, owned=view.owns(before.party))
        shown = _without_entries_of(gone, one)
        found.append(before if _uncut(before, shown) else shown)
    there = {one.document for one in found if _is_shown(one, view, settings)}
    # The head of CSV tables is a file of its own, without rows.
    folders = {posixpath.dirname(name) for name in there}
    return [one for one in found if one.document in there or (_is_head(one) and _folder(one) in folders)]


def _cut_places(before: Reading, shown: Reading, *, owned: bool) -> "set[Place]":
    """Return the places of rows that a reading had and has no more.

    owned: True for the sender's own view: the rows that were left out for their faults are no secret then.
    """
    kept = {name: rows for name, rows in before.tables.items() if name != UNREAD_ROWS}
    if len(kept) == len(before.tables) and all(shown.tables.get(name) is rows for name, rows in kept.items()):
        return set()
    whole = replace(before, tables=kept) if owned else before
    return places(whole) - places(shown)


def _is_shown(reading: Reading, view: View, settings: Settings) -> bool:
    if has_rows(reading) or view.owns(reading.party):
        return True
    marking = marking_of(reading, settings)
    # Rows that were left out have findings, and numbers that show how their sender writes numbers.
    for name, rows in reading.left_out.items():
        held = OWN if name in PRIVATE else marking
        if view.admitted(_unmarked(name, rows), marking=held, holder=reading.party).height:
            return True
    acts = reading.refused or bool(reading.facts.get("supersedes"))
    return acts and view.admits(marking, reading.party)


def _is_head(reading: Reading) -> bool:
    return posixpath.basename(reading.document).lower() == HEAD


def _folder(reading: Reading) -> str:
    return posixpath.dirname(reading.document)


def _uncut(before: Reading, shown: Reading) -> bool:
    same_rows = _heights(before) == _heights(shown) and before.entries.height == shown.entries.height
    return same_rows and before.facts == shown.facts


def row_key(before: Sequence[Reading], shown: Sequence[Reading]) -> str:
    """Return a key of the rows that are left of readings; empty where nothing was cut.

    Readers for whom the same rows are left have equal keys. shown: of `shown_rows`.
    """
    whole = {id(one) for one in before}
    if len(before) == len(shown) and all(id(one) in whole for one in shown):
        return ""
    return key(*(_row_key(one, whole=id(one) in whole) for one in shown))


def _row_key(reading: Reading, *, whole: bool) -> tuple[str, ...]:
    if whole:
        return (reading.document,)
    return (reading.document, _digest_of_rows(reading), *map(str, sorted(places(reading))))


def marking_of(reading: Reading, settings: Settings) -> str:
    """Return the marking of a document: by konvoi.toml, by its head, or the one that all its entries have."""
    stated = settings.markings.get(reading.document) or reading.facts.get("marking", "")
    if stated:
        return stated
    marks = {str(mark) for mark in reading.entries["marking"].to_list() if mark is not None}
    if len(marks) == 1:
        return marks.pop()
    return settings.marking if reading.refused else PUBLIC if not marks else OWN


_OWNERS = {"parties": ""}
"""Tables whose column `party` names whom a row describes, and not to whom it belongs."""


def rows_shown(reading: Reading, view: View, marking: str) -> Reading:
    """Return a reading with the rows whose own marking, or else the document's, admits the reader."""
    # Rows that were left out only matter to the plan, which is the coordination cell's.
    tables = {
        name: view.admitted(
            _unmarked(name, rows),
            marking=OWN if name in PRIVATE else marking,
            holder=reading.party,
            owner=_OWNERS.get(name, "party"),
        )
        for name, rows in reading.tables.items()
        if name != UNREAD_ROWS
    }
    entries = view.admitted(reading.entries, marking=marking, holder=reading.party)
    if not view.admits(marking, reading.party):
        # The head is not shown: what it says of other documents does not act.
        reading = replace(reading, facts={k: v for k, v in reading.facts.items() if k != "supersedes"})
    return replace(reading, tables=tables, entries=entries)


def _unmarked(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a table; those of a private one without a marking that would release them."""
    if name not in PRIVATE or "marking" not in rows.columns:
        return rows
    return rows.with_columns(marking=pl.lit(None, rows.schema["marking"]))


def _with_parents(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings without rows whose parent is in none of them, until nothing more goes."""
    found = list(readings)
    while True:
        known = _keys(found)
        again = [_attached(one, known) for one in found]
        if [_heights(one) for one in again] == [_heights(one) for one in found]:
            return again
        found = again


def _keys(readings: Sequence[Reading]) -> Mapping[str, frozenset[str]]:
    """Return the keys of every parent table that stand in some reading."""
    names = {(one.parent, one.key) for one in PARENTS}
    return {
        table: frozenset(
            str(value)
            for one in readings
            if table in one.tables
            for value in one.tables[table][key].drop_nulls()
        )
        for table, key in sorted(names)
    }


def _attached(reading: Reading, known: Mapping[str, frozenset[str]]) -> Reading:
    """Return a reading without rows that name a parent which is not known."""
    tables = dict(reading.tables)
    for one in PARENTS:
        rows = tables.get(one.table)
        if rows is not None and one.column in rows.columns and rows.height:
            there = [
                value is None or value in known[one.parent] for value in rows.get_column(one.column).to_list()
            ]
            tables[one.table] = rows if all(there) else rows.filter(pl.Series(there))
    return replace(reading, tables=tables)


def _heights(reading: Reading) -> tuple[int, ...]:
    return tuple(rows.height for rows in reading.tables.values())


def has_rows(reading: Reading) -> bool:
    """Return True if a document has entries or rows of tables."""
    return bool(reading.entries.height) or any(rows.height for rows in reading.tables.values())


class Place(NamedTuple):
    """A sheet and a row of a document."""

    sheet: str
    row: int


def places(reading: Reading, table: str = "") -> set[Place]:
    """Return the places of the rows of a document's tables, or of one of them."""
    return {
        Place(sheet or "", row or 0)
        for name, rows in reading.tables.items()
        if table in ("", name) and "_row" in rows.columns
        for sheet, row in rows.select("_sheet", "_row").iter_rows()
    }


def _without_entries_of(gone: set[Place], reading: Reading) -> Reading:
    """Return a reading without the entries of rows that are cut, and without statements on those entries."""
    if not gone:
        return reading
    rows = zip(reading.entries["sheet"], reading.entries["row"], strict=True)
    kept = [Place(sheet or "", row or 0) not in gone for sheet, row in rows]
    entries = reading.entries.filter(pl.Series(kept, dtype=pl.Boolean()))
    findings = tuple(one for one in reading.findings if Place(one.place.sheet, one.place.row) not in gone)
    return replace(reading, entries=entries, findings=findings)


def _detached(reading: Reading) -> Reading:
    """Return another party's document without anything that depends on rows that are cut."""
    numbers = numbers_of(places(reading))
    ids = reading.entries.select("entry")
    known = replace(
        reading,
        tables={name: _renumbered(rows, numbers) for name, rows in reading.tables.items()},
        entries=_renumbered(reading.entries, numbers, sheet="sheet", row="row"),
        scopes=reading.scopes.join(ids, on="entry", how="semi"),
        relations=reading.relations.join(ids, left_on="left", right_on="entry", how="semi"),
        facts={name: text for name, text in reading.facts.items() if name in _HEAD},
        findings=tuple(_findings(reading, numbers)),
        unread=(),
        left_out={},
    )
    return replace(known, digest=_digest_of_rows(known))


def _findings(reading: Reading, numbers: Mapping[Place, int]) -> Iterator[Finding]:
    """Yield the findings on rows that are shown.

    Of a document whose rows can have markings none on the document as a whole: it may count hidden rows.
    """
    by_row = any("_row" in rows.columns for rows in reading.tables.values())
    for one in reading.findings:
        place = Place(one.place.sheet, one.place.row)
        if place in numbers:
            values = _renumbered_values(one, numbers)
            if values is not None:
                yield replace(one, place=replace(one.place, row=numbers[place]), values=values)
        elif not by_row:
            yield _without_content(one) if one.code == "format-unknown" else one


def _without_content(finding: Finding) -> Finding:
    """Return a finding on a file that was not read, without what was seen in it: that has no marking."""
    place = replace(finding.place, sheet="")
    return replace(finding, place=place, read="", remedy=CHECK_FILE, values={})


_NAMING_ROWS = ("rows", OTHER_ROWS, "first", "box")
"""Values of findings on rows that name further rows of the sheet."""


def _renumbered_values(finding: Finding, numbers: Mapping[Place, int]) -> dict[str, str] | None:
    """Return the values of a finding with rows as they are numbered anew; None where one is not shown."""
    values = dict(finding.values)
    for name in (name for name in _NAMING_ROWS if name in values):
        named = {int(one) for one in re.findall(r"\d+", values[name])}
        if not all(Place(finding.place.sheet, row) in numbers for row in named):
            return None
        values[name] = re.sub(
            r"\d+", lambda one: str(numbers[Place(finding.place.sheet, int(one[0]))]), values[name]
        )
    return values


def numbers_of(where: set[Place]) -> dict[Place, int]:
    """Return rows numbered anew, in their order on each sheet: gaps would tell of rows that are cut."""
    found: dict[Place, int] = {}
    for sheet, rows in groupby(sorted(where), key=lambda place: place.sheet):
        found |= {Place(sheet, one.row): number for number, one in enumerate(rows, start=1)}
    return found


def _renumbered(
    rows: pl.DataFrame, numbers: Mapping[Place, int], *, sheet: str = "_sheet", row: str = "_row"
) -> pl.DataFrame:
    if row not in rows.columns or not numbers:
        return rows
    at = zip(rows[sheet], rows[row], strict=True)
    anew = [numbers.get(Place(name or "", number or 0)) for name, number in at]
    return rows.with_columns(pl.Series(row, anew, dtype=pl.Int64()))


def _digest_of_rows(reading: Reading) -> str:
    """Return a digest of the rest of a document, in the place of the file's own."""
    parts = [
        f"{name}\n{rows.drop(_ORIGIN, strict=False).write_csv()}" for name, rows in reading.tables.items()
    ]
    facts = [f"{name}={text}" for name, text in sorted(reading.facts.items())]
    entries = reading.entries["entry"].sort().to_list()
    return digest("\n".join([*parts, *facts, *entries]).encode())
