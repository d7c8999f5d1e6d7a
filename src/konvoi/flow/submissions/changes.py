"""Changes by a submission to the records that a workspace holds of its party, record by record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.merge_submissions import gather
from konvoi.flow.settings import Settings
from konvoi.kit.digest import key
from konvoi.kit.money import to_major
from konvoi.model.document import Reading
from konvoi.model.finding import CONFORMANCE, Severity
from konvoi.model.stages import Stage
from konvoi.model.table import Column, Type
from konvoi.model.tables import BY_NAME

OMITTED = "omitted, still in force"
OUTCOMES = ("new", "changed", "unchanged", "withdrawn", "not in force", OMITTED, "refused")
"""What becomes of a record. withdrawn: it is stated no longer, or as nothing. not in force: a later document,
or one of the same day, states it otherwise and counts instead. omitted: an earlier document states it, and
this one repeats at least half of that document's table, some of it unchanged; without `supersedes` it stays
as it was."""

_ENTRIES = "entries"
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


Stated = str | int | Decimal
"""A value of a record: a number, or what a person reads; empty where there is none."""


@dataclass(frozen=True)
class Change:
    """One record: its table, its stable reference, what becomes of it, and its fields as (old, new)."""

    table: str
    reference: str
    outcome: str
    fields: Mapping[str, tuple[Stated, Stated]] = field(default_factory=dict)
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
    """Return the number of records by outcome."""
    return {outcome: sum(one.outcome == outcome for one in changes) for outcome in OUTCOMES}


def changes(
    stated: Sequence[Reading], before: Sequence[Reading], settings: Settings, aside: Sequence[Reading] = ()
) -> dict[str, tuple[Change, ...]]:
    """Return the changes of each document to the records in force of its party, sorted.

    stated: documents of one party that are added. before: what is held of that party; aside: what was
    withdrawn of it. Records are compared by their table's key, in a table without one by all their values,
    facts of other formats by their reference: as they are in force before and after.
    """
    old = _in_force(gather(before, settings=settings, withdrawn=aside))
    # A document that is held already is stated anew where more of its sheets are read.
    again = {one.document for one in stated}
    rest = [one for one in before if one.document not in again]
    whole = gather([*rest, *stated], settings=settings, withdrawn=aside)
    new = _in_force(whole)
    found: dict[str, list[Change]] = {one.document: list(_refused(one)) for one in stated}
    told = {one.document: _records(one) for one in stated if not one.refused}
    last = max(told, default="")
    placed: set[tuple[str, _At]] = set()
    for at in sorted(old.keys() | new.keys()):
        change = _change(at, old.get(at), new.get(at))
        document = _due_to(at, new.get(at), told)
        if change.outcome != "unchanged" or (at in new and new[at].document == document):
            placed.add((document or last, at))
            found.get(document or last, []).append(change)
    for document, records in told.items():
        for at, record in records.items():
            if (document, at) not in placed:
                outcome = "not in force" if _differences(at[0], new.get(at), record) else "unchanged"
                found[document].append(Change(*at, outcome, {}, record.sheet, record.row))
        found[document] += _omitted(records, old, new, {at for some in told.values() for at in some})
    return {name: tuple(sorted(rows, key=_order)) for name, rows in found.items()}


def _omitted(records: "_Records", old: "_Records", new: "_Records", stated: "set[_At]") -> Iterator[Change]:
    """Records that a newer version of a list leaves out, although nothing says that they are withdrawn.

    A file of corrections states what changes alone; a list that repeats records unchanged is a new version.
    """
    lists: dict[tuple[str, str], list[_At]] = {}
    for at, record in old.items():
        if at[0] == _ENTRIES or BY_NAME[at[0]].key:
            lists.setdefault((record.document, at[0]), []).append(at)
    for (document, _), held in lists.items():
        kept = [at for at in held if at in records]
        again = any(not _differences(at[0], old[at], records[at]) for at in kept)
        if not again or 2 * len(kept) < len(held):
            continue
        for at in held:
            if at not in stated and at in new and new[at].document == document and not _nothing(new[at]):
                yield Change(*at, OMITTED)


def _order(one: Change) -> tuple[str, int, str, int]:
    return one.table, OUTCOMES.index(one.outcome), one.reference, one.row


def _due_to(at: "_At", record: "_Record | None", told: "Mapping[str, _Records]") -> str:
    """The added document to which a change is due: the one in force, else one that states the record."""
    if record and record.document in told:
        return record.document
    return next((document for document in sorted(told) if at in told[document]), "")


def _change(at: "_At", before: "_Record | None", after: "_Record | None") -> Change:
    """Return the change of one record."""
    if after is None:
        return Change(*at, "withdrawn")
    fields = _differences(at[0], before, after) if before else {}
    if _nothing(after) and before is not None and not _nothing(before):
        outcome = "withdrawn"
    else:
        outcome = "new" if before is None else "changed" if fields else "unchanged"
    return Change(*at, outcome, fields, after.sheet, after.row)


def _nothing(record: "_Record") -> bool:
    """True for a record that is stated as withdrawn or as zero."""
    values = record.values
    figures = [values.get(name) for name in ("amount", "amount_minor", "quantity")]
    given = [figure for figure in figures if figure is not None]
    return values.get("stage") == Stage.WITHDRAWN or (bool(given) and not any(given))


@dataclass(frozen=True)
class _Record:
    """A row with all that it says, and where it stands."""

    values: Mapping[str, object]
    document: str
    sheet: str
    row: int


_At = tuple[str, str]
"""Table and reference."""
_Records = dict[_At, _Record]


def _in_force(gathered: Gathered) -> _Records:
    """The records in force: rows of our own tables, facts of other formats."""
    found: _Records = {}
    ours = [one.document for one in gathered.readings if _ours(one)]
    for name, rows in gathered.tables.items():
        if name in BY_NAME and "_file" in rows.columns:
            for row in rows.filter(pl.col("_file").is_in(ours)).iter_rows(named=True):
                found.setdefault((name, reference_of(name, row)), _row(row))
    facts = gathered.ledger.entries.filter(pl.col("variant").ne_missing("konvoi"))
    names = dict(gathered.documents.select("submission", "name").iter_rows())
    for row in _facts(facts).iter_rows(named=True):
        at = (_ENTRIES, str(row["_reference"]))
        found.setdefault(at, _fact(row, names.get(row["submission"], str(row["submission"]))))
    return found


def _row(row: Mapping[str, object]) -> _Record:
    return _Record(row, str(row["_file"]), str(row["_sheet"]), int(str(row["_row"] or 0)))


def _fact(row: Mapping[str, object], document: str) -> _Record:
    return _Record(row, document, str(row["sheet"] or ""), int(str(row["row"] or 0)))


def _records(reading: Reading) -> _Records:
    """All records of a document by table and reference; facts only of formats that have no tables of ours."""
    found: _Records = {}
    if _ours(reading):
        for name in (name for name in reading.tables if name in BY_NAME):
            for row in reading.tables[name].iter_rows(named=True):
                found.setdefault((name, reference_of(name, row)), _row(row))
        return found
    for row in _facts(reading.entries).iter_rows(named=True):
        found.setdefault((_ENTRIES, str(row["_reference"])), _fact(row, reading.document))
    return found


def _ours(reading: Reading) -> bool:
    """Return True if all that is stated stands in tables of ours."""
    return reading.entries.filter(pl.col("variant").ne_missing("konvoi")).is_empty()


def _facts(entries: pl.DataFrame) -> pl.DataFrame:
    """Entries with what they are known by: reference and stage where that is theirs alone, else their id."""
    named = pl.concat_str("reference", "stage", "variant", separator=" ", ignore_nulls=True)
    alone = pl.struct("reference", "stage", "variant").is_unique() & pl.col("reference").is_not_null()
    return entries.with_columns(_reference=pl.when(alone).then(named).otherwise("entry"))


def reference_of(table: str, row: Mapping[str, object]) -> str:
    """Return the reference by which a row of a table is known; without a key, a digest of all its values."""
    names = BY_NAME[table].key
    if names:
        return " ".join(value_text(row[name]) for name in names)
    content = [value_text(row.get(column.name)) for column in BY_NAME[table].columns]
    return f"{content[0]} {key(*content)}".strip()


def _differences(table: str, before: _Record | None, after: _Record) -> dict[str, tuple[Stated, Stated]]:
    """The fields in which two records differ, as (old, new)."""
    if before is None:
        return {}
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


def _shown(column: Column, values: Mapping[str, object]) -> Stated:
    """A value as a person reads it, amounts in major units with their currency; a plain number as such."""
    value = values.get(column.name)
    currency = str(values.get("currency") or "")
    if column.type == Type.MONEY and isinstance(value, int) and currency:
        return f"{to_major(value, currency):f} {currency}"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    return value_text(value)


def value_text(value: object) -> str:
    """Return a value as a person reads it; empty for none."""
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
    """Return the rows that an error keeps out: reported as errors, and in no table."""
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
        if one.severity == Severity.ERROR and one.place.row and one.code not in CONFORMANCE
    }
    for (sheet, row), finding in sorted(errors.items()):
        if (sheet, row) not in kept and finding.code not in _HEADS:
            yield Change(
                sheet, finding.read if finding.code == "row-double" else "", "refused", {}, sheet, row
            )


_HEADS = frozenset({"column-missing", "column-double"})
