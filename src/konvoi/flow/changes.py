"""What a submission changes against what a workspace holds of its party, record by record."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.kit.digest import key
from konvoi.kit.money import to_major
from konvoi.model.document import Reading
from konvoi.model.finding import Severity
from konvoi.model.table import Column, Type
from konvoi.model.tables import BY_NAME

OUTCOMES = ("new", "changed", "unchanged", "gone", "refused")
"""What becomes of a record. gone: a version that is superseded states it, and the new one does not."""

_ENTRIES = "entries"
_KEPT_BESIDE = re.compile(r"/v(\d+)/[^/]+$")
_OF_ENTRIES = (
    *(
        "party",
        "counterparty",
        "package",
        "line",
        "route",
        "kind",
        "good",
        "stage",
        "variant",
        "rule",
        "proof",
    ),
    *("day_from", "day_to", "promised", "amount_minor", "currency", "quantity", "unit", "valuation", "text"),
)


@dataclass(frozen=True)
class Change:
    """One record: its table, its stable reference, what becomes of it, and its fields as (old, new)."""

    table: str
    reference: str
    outcome: str
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sheet: str = ""
    row: int = 0

    def as_dict(self) -> dict[str, object]:
        """The change as plain JSON values."""
        return {
            "table": self.table,
            "reference": self.reference,
            "outcome": self.outcome,
            "fields": {name: {"old": old, "new": new} for name, (old, new) in self.fields.items()},
            "sheet": self.sheet,
            "row": self.row or None,
        }


def counted(changes: Sequence[Change]) -> dict[str, int]:
    """How many records have which outcome."""
    return {outcome: sum(one.outcome == outcome for one in changes) for outcome in OUTCOMES}


def changes(
    reading: Reading, held: Sequence[Reading], superseded: Sequence[Reading] = ()
) -> tuple[Change, ...]:
    """What a reading changes against those that are in force, of which its own party's are looked at.

    superseded: those among them that it replaces. Records are compared by their table's key; in a table
    without one by all their values; facts of other formats by their reference. A row with an error that
    keeps it from being taken in is refused. Sorted by table, outcome, reference.
    """
    if reading.refused:
        return ()
    own = [one for one in held if one.party == reading.party and one.document != reading.document]
    replaced = {one.document for one in superseded}
    found = list(_refused(reading))
    new, old = _records(reading), _together(own)
    for (table, reference), record in new.items():
        before = old.get((table, reference))
        fields = _differences(table, before, record) if before else {}
        outcome = "new" if before is None else "changed" if fields else "unchanged"
        found.append(Change(table, reference, outcome, fields, record.sheet, record.row))
    for (table, reference), record in old.items():
        if record.document in replaced and (table, reference) not in new:
            found.append(Change(table, reference, "gone", {}, record.sheet, record.row))
    return tuple(
        sorted(found, key=lambda one: (one.table, OUTCOMES.index(one.outcome), one.reference, one.row))
    )


@dataclass(frozen=True)
class _Record:
    """A row with all that it says, and where it stands."""

    values: Mapping[str, object]
    document: str
    sheet: str
    row: int


_Records = dict[tuple[str, str], _Record]


def _together(held: Sequence[Reading]) -> _Records:
    """The records of several readings; of a reference that stands in several the latest submission's."""
    found: _Records = {}
    for one in sorted(held, key=lambda one: (one.facts.get("day", ""), _version(one.document), one.document)):
        found |= _records(one)
    return found


def _version(document: str) -> int:
    """The number under which a file was kept beside another of its name."""
    found = _KEPT_BESIDE.search(document)
    return int(found[1]) if found else 1


def _records(reading: Reading) -> _Records:
    """All records by table and reference; entries only of formats that have no tables of ours."""
    found: _Records = {}
    names = [name for name in reading.tables if name in BY_NAME] if _ours(reading) else []
    for name in names:
        for row in reading.tables[name].iter_rows(named=True):
            reference = _reference(name, row)
            record = _Record(row, reading.document, str(row["_sheet"]), int(row["_row"] or 0))
            found.setdefault((name, reference), record)
    if not _ours(reading):
        for row in _facts(reading.entries).iter_rows(named=True):
            record = _Record(row, reading.document, str(row["sheet"] or ""), int(row["row"] or 0))
            found.setdefault((_ENTRIES, str(row["_reference"])), record)
    return found


def _ours(reading: Reading) -> bool:
    """Whether all that is stated stands in tables of ours."""
    return reading.entries.filter(pl.col("variant").ne_missing("konvoi")).is_empty()


def _facts(entries: pl.DataFrame) -> pl.DataFrame:
    """Entries with what they are known by: reference and stage where that is theirs alone, else their id."""
    named = pl.concat_str("reference", "stage", "variant", separator=" ", ignore_nulls=True)
    alone = pl.struct("reference", "stage", "variant").is_unique() & pl.col("reference").is_not_null()
    return entries.with_columns(_reference=pl.when(alone).then(named).otherwise("entry"))


def _reference(table: str, row: Mapping[str, object]) -> str:
    names = BY_NAME[table].key
    if names:
        return " ".join(_said(row[name]) for name in names)
    content = [_said(row.get(column.name)) for column in BY_NAME[table].columns]
    return f"{content[0]} {key(*content)}".strip()


def _differences(table: str, before: _Record, after: _Record) -> dict[str, tuple[str, str]]:
    if table == _ENTRIES:
        columns = [Column(name, Type.TEXT, "") for name in _OF_ENTRIES]
    else:
        columns = list(BY_NAME[table].columns)
    return {
        column.name: (_shown(column, before.values), _shown(column, after.values))
        for column in columns
        if before.values.get(column.name) != after.values.get(column.name)
        or (column.type == Type.MONEY and _shown(column, before.values) != _shown(column, after.values))
    }


def _shown(column: Column, values: Mapping[str, object]) -> str:
    """A value as a person reads it: amounts in major units with their currency."""
    value = values.get(column.name)
    currency = str(values.get("currency") or "")
    if column.type == Type.MONEY and isinstance(value, int) and currency:
        return f"{to_major(value, currency):f} {currency}"
    return _said(value)


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
    return str(value)


def _refused(reading: Reading) -> Iterator[Change]:
    """The rows that an error keeps out: told of as errors, and in no table."""
    kept = {
        (str(sheet), int(row or 0))
        for name, frame in reading.tables.items()
        if name in BY_NAME
        for sheet, row in frame.select("_sheet", "_row").iter_rows()
    }
    kept |= {
        (str(sheet or ""), int(row or 0)) for sheet, row in reading.entries.select("sheet", "row").iter_rows()
    }
    errors = {
        (one.place.sheet, one.place.row): one
        for one in reversed(reading.findings)
        if one.severity == Severity.ERROR and one.place.row
    }
    for (sheet, row), finding in sorted(errors.items()):
        if (sheet, row) not in kept and finding.code not in _HEADS:
            yield Change(
                sheet, finding.read if finding.code == "row-double" else "", "refused", {}, sheet, row
            )


_HEADS = frozenset({"column-missing", "column-double"})
