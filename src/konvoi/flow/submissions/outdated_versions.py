"""Statements that a party has replaced under a narrower marking: other readers still see the old ones.

A hidden statement acts for nobody who may not see it (semantics 19): whoever saw the earlier one keeps it.
Its owner and the coordination cell are told, since nothing in that reader's view can say so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from konvoi.flow.cut import marking_of, shown_rows
from konvoi.flow.readers import with_partnership
from konvoi.flow.settings import Settings
from konvoi.flow.versions import Age, age, superseded
from konvoi.flow.view import View
from konvoi.intake.table import VERSIONED, cleared
from konvoi.kit.text import listed
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.markings import COALITION, PUBLIC, admits, parties_of
from konvoi.model.stages import Stage
from konvoi.model.tables import BY_NAME

CODE = "public-version-outdated"

_EXPECTED = "a marking that also admits those who still see {records} as stated in {older}: {readers}"
_REMEDY = "Submit a version with the wider marking, or withdraw {older}."
_BETWEEN = (
    "{older} too: this version is visible, but the one between is not; {records} as stated before are still "
    "seen by: {readers}"
)
_REMEDY_BETWEEN = "Withdraw {older}."

_ENTRIES = "entries"
"""In the place of a table: what other formats state, which have no rows of tables."""
_NOT_STATED = frozenset({"marking", "count_mode"})


class _Key(NamedTuple):
    """A record: its source, the table, and its key in that table."""

    party: str
    table: str
    id: tuple[str, ...]


class _At(NamedTuple):
    document: str
    sheet: str
    row: int


class _Row(NamedTuple):
    """A statement of a record, with the age of its document: the later one is greater."""

    age: Age
    at: _At
    key: _Key
    stated: Mapping[str, object]
    marking: str


class _Value(NamedTuple):
    value: object
    row: _Row


@dataclass
class _Gap:
    """The place where a document states anew what some readers see as it was; row 0 is the whole document.

    between: the document itself is visible; one that it replaces is not.
    """

    at: _At
    marking: str
    between: bool
    records: set[str] = field(default_factory=set)
    readers: list[str] = field(default_factory=list)
    older: set[str] = field(default_factory=set)


_States = dict[_Key, dict[str, _Value]]


def outdated_versions(
    readings: Sequence[Reading], settings: Settings, view: View, withdrawn: Sequence[Reading] = ()
) -> tuple[Finding, ...]:
    """Return a warning for each document that replaces what some readers still see, and who may not see it.

    readings, withdrawn: of the view. Only documents of which the view's reader sees everything are told of:
    its own, and those of all parties for the coordination cell. A record counts where a value that such a
    reader sees is replaced by another one; what a hidden statement adds leaves the visible one right.
    """
    marks = _mixed([one for one in readings if one.party and view.owns(one.party)], settings)
    readers = _readers(marks)
    if not readers:
        return ()
    old, _ = superseded(readings, settings, withdrawn)
    rows = _rows([one for one in readings if one.party in marks], settings)
    keys = _repeated(rows, old)
    if not keys:
        return ()
    force = _states(rows, old, keys)
    markings = {_At(one.document, "", 0): marking_of(one, settings) for one in readings}
    markings |= {one.at: one.marking for one in rows}
    found: dict[str, _Gap] = {}
    for reader in readers:
        seen = with_partnership(View(view.as_of, reader), readings)
        shown = shown_rows(readings, seen, settings)
        replaced, _ = superseded(shown, settings, shown_rows(withdrawn, seen, settings))
        theirs = _rows([one for one in shown if one.party in marks], settings)
        heads = {
            _At(one.document, "", 0) for one in readings if seen.admits(marking_of(one, settings), one.party)
        }
        visible = frozenset({*heads, *(one.at for one in theirs)})
        for key, state in sorted(_states(theirs, replaced, keys).items()):
            by = _replacing(key, state, force.get(key, {}), visible, old)
            if by is None:
                continue
            at, earlier = by
            gap = found.setdefault(at.document, _Gap(at, markings[at], between=at in visible))
            gap.records.add(" ".join(key.id))
            gap.older.add(earlier)
            gap.readers += [] if reader in gap.readers else [reader]
    return tuple(_finding(one) for _, one in sorted(found.items()))


def _mixed(readings: Sequence[Reading], settings: Settings) -> dict[str, frozenset[str]]:
    """Return the markings of each party that has several of them."""
    marks: dict[str, set[str]] = {}
    for one in readings:
        frames = [*(rows for rows in one.tables.values() if "marking" in rows.columns), one.entries]
        stated = {str(mark) for rows in frames for mark in rows["marking"].to_list() if mark is not None}
        marks.setdefault(one.party, set()).update(stated, {marking_of(one, settings)})
    return {party: frozenset(own) for party, own in marks.items() if len(own) > 1}


def _readers(marks: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the readers who see some rows of a party, but not all; the widest first."""
    named = {party for own in marks.values() for marking in own for party in parties_of(marking)}
    return [
        reader
        for reader in (PUBLIC, COALITION, *sorted(named))
        if any(len({admits(one, (party,), reader) for one in own}) > 1 for party, own in marks.items())
    ]


def _rows(readings: Sequence[Reading], settings: Settings) -> list[_Row]:
    """Return what documents state of records, the earliest first."""
    found: list[_Row] = []
    for one in readings:
        marking, when = marking_of(one, settings), age(one, settings)
        found += _of_tables(one, marking, when)
        found += _of_entries(one, marking, when)
    return sorted(found, key=lambda row: (row.age, row.at, row.key))


def _of_tables(reading: Reading, marking: str, when: Age) -> Iterator[_Row]:
    for name, rows in reading.tables.items():
        key = BY_NAME[name].key if name in BY_NAME else ()
        if not key or not {*key, "_sheet", "_row"} <= set(rows.columns):
            continue
        for row in rows.iter_rows(named=True):
            gone = cleared(row)
            kept = name in VERSIONED
            stated = {
                column: value
                for column, value in row.items()
                if not column.startswith("_") and column not in _NOT_STATED
                if not kept or value is not None or column in gone
            }
            yield _Row(
                when,
                _At(reading.document, str(row["_sheet"] or ""), int(row["_row"] or 0)),
                _Key(reading.party, name, tuple(str(row[one]) for one in key)),
                stated,
                str(row.get("marking") or marking),
            )


def _of_entries(reading: Reading, marking: str, when: Age) -> Iterator[_Row]:
    """Yield what a format without our tables states: the entries of each reference and stage."""
    stated: dict[tuple[str, str], list[dict[str, object]]] = {}
    columns = ("entry", "variant", "reference", "stage", "sheet", "row", "marking")
    for row in reading.entries.select(columns).iter_rows(named=True):
        if row["variant"] != "konvoi" and row["reference"] is not None:
            stated.setdefault((str(row["reference"]), str(row["stage"] or "")), []).append(row)
    for record, rows in stated.items():
        own = sorted(rows, key=lambda row: str(row["entry"]))
        first = own[0]
        yield _Row(
            when,
            _At(reading.document, str(first["sheet"] or ""), int(str(first["row"] or 0))),
            _Key(reading.party, _ENTRIES, record),
            {_ENTRIES: [row["entry"] for row in own]},
            str(first["marking"] or marking),
        )


def _repeated(rows: Sequence[_Row], old: Mapping[str, str]) -> frozenset[_Key]:
    """Return the records that several documents state, or one that another replaces as a whole."""
    documents: dict[_Key, set[str]] = {}
    for one in rows:
        documents.setdefault(one.key, set()).add(one.at.document)
    return frozenset(key for key, where in documents.items() if len(where) > 1 or where & set(old))


def _states(rows: Sequence[_Row], old: Mapping[str, str], keys: frozenset[_Key]) -> _States:
    """Return what is in force of each record, field by field, and the row that states it."""
    states: _States = {}
    for one in rows:
        if one.key in keys and one.at.document not in old:
            stated = {name: _Value(value, one) for name, value in one.stated.items()}
            kept = states.get(one.key, {}) if one.key.table in VERSIONED else {}
            states[one.key] = {**kept, **stated}
    return states


def _replacing(
    key: _Key,
    theirs: Mapping[str, _Value],
    force: Mapping[str, _Value],
    visible: frozenset[_At],
    old: Mapping[str, str],
) -> tuple[_At, str] | None:
    """Return where a value that a reader sees is replaced, and the document in which the reader sees it.

    theirs: the record as the reader sees it. force: as it is in force. None where both are the same, or where
    nothing hidden makes the difference.
    """
    if key.table == "packages" and "stage" not in theirs and theirs:
        # A package without a stage is a pledge.
        theirs = {**theirs, "stage": _Value(str(Stage.PLEDGED), next(iter(theirs.values())).row)}
    for name, seen in sorted(theirs.items()):
        now = force.get(name)
        if seen.value is None or (now is not None and now.value == seen.value):
            continue
        earlier = seen.row.at.document
        if now is not None and now.row.age > seen.row.age and now.row.at not in visible:
            return now.row.at, earlier
        if newer := _newest(earlier, old):
            return _At(newer, "", 0), earlier
    return None


def _newest(document: str, old: Mapping[str, str]) -> str:
    """The document in force that replaces another as a whole; empty where it is in force itself."""
    newer, passed = "", {document}
    while (following := old.get(document, "")) and following not in passed:
        newer = document = following
        passed.add(newer)
    return newer


def _finding(gap: _Gap) -> Finding:
    wide = [reader for reader in gap.readers if reader in (PUBLIC, COALITION)]
    values = {
        "records": listed(sorted(gap.records)),
        "older": listed(sorted(gap.older)),
        "readers": listed(wide or gap.readers),
    }
    if gap.between:
        place = Place(gap.at.document, column="supersedes")
        return Finding(Severity.WARNING, CODE, place, "", _BETWEEN, _REMEDY_BETWEEN, values)
    place = Place(gap.at.document, gap.at.sheet, gap.at.row, "marking")
    return Finding(Severity.WARNING, CODE, place, gap.marking, _EXPECTED, _REMEDY, values)
