"""Completion of later rows of packages and line items by earlier documents of the same source.

A later document replaces an earlier statement field by field, for the fields that it states (semantics 2). A
cell that is empty keeps what was stated before; `-` clears the field.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from konvoi.intake.table import VERSIONED, cleared
from konvoi.kit.money import places
from konvoi.model.document import PUBLIC, Reading
from konvoi.model.stages import NOT_STATED, Stage
from konvoi.model.tables import BY_NAME

Row = dict[str, object]

_VALUES = ("amount", "currency", "quantity", "unit")
# A record that is stated anew is no longer withdrawn; a marking is kept only where it narrows.
_NOT_KEPT = {("stage", str(Stage.WITHDRAWN)), ("marking", PUBLIC)}
# A channel that is not known takes nothing back that was stated before.
_UNKNOWN = {("route", NOT_STATED)}


def completed(readings: Sequence[Reading], ages: Mapping[str, int]) -> list[Reading]:
    """Return the readings, each row of packages and lines with the fields that earlier documents state.

    ages: by document; documents of one age complete one another. Documents of unknown senders and documents
    that are not in `ages` stay as they are.
    """
    changed: dict[str, dict[str, pl.DataFrame]] = {}
    for name in VERSIONED:
        for source in sorted({one.party for one in readings if one.party}):
            own = [
                one for one in readings if one.party == source and one.document in ages and name in one.tables
            ]
            for document, table in _completed(name, own, ages):
                changed.setdefault(document, {})[name] = table
    return [
        replace(one, tables={**one.tables, **changed[one.document]}) if one.document in changed else one
        for one in readings
    ]


@dataclass(frozen=True)
class _At:
    """A row and the place of it: document and number in its table."""

    document: str
    number: int
    row: Row


def _completed(
    name: str, readings: Sequence[Reading], ages: Mapping[str, int]
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The tables in which a row was completed, by document."""
    (reference,) = BY_NAME[name].key
    named = pl.concat([one.tables[name][reference] for one in readings]) if readings else None
    again = set(named.filter(named.is_duplicated())) if named is not None else set()
    if not again:
        return
    by_age: dict[int, list[_At]] = {}
    rows_of = {one.document: one.tables[name].to_dicts() for one in readings}
    for document, rows in rows_of.items():
        for number, row in enumerate(rows):
            if row[reference] in again:
                by_age.setdefault(ages[document], []).append(_At(document, number, row))
    touched: set[str] = set()
    known: dict[object, Row] = {}
    for age in sorted(by_age):
        of: dict[object, list[_At]] = {}
        for at in by_age[age]:
            of.setdefault(at.row[reference], []).append(at)
        for one, stated in of.items():
            touched |= _complete(rows_of, stated, known.get(one, {}))
            known[one] = _stated([rows_of[at.document][at.number] for at in stated], known.get(one, {}))
    for document in sorted(touched):
        table = next(one.tables[name] for one in readings if one.document == document)
        yield document, pl.DataFrame(rows_of[document], schema=table.schema, orient="row")


def _complete(rows_of: Mapping[str, list[Row]], rows: Sequence[_At], before: Row) -> set[str]:
    """Complete the rows of one reference and age in place; the documents in which something changed."""
    touched = set()
    for at in rows:
        others = [other.row for other in rows if other is not at]
        full = _filled(_filled(at.row, _agreed(others)), before)
        if full != at.row:
            rows_of[at.document][at.number] = full
            touched.add(at.document)
    return touched


def _agreed(rows: Sequence[Row]) -> Row:
    """The fields in which rows that state them agree."""
    found: Row = {}
    for name in {name for row in rows for name in row}:
        values = {row[name] for row in rows if _states(row, name)}
        if len(values) == 1:
            found[name] = values.pop()
    return found


def _states(row: Row, name: str) -> bool:
    """Return True if a row states a field with a value that is known."""
    return row.get(name) is not None and (name, row[name]) not in _UNKNOWN


def _stated(rows: Sequence[Row], before: Row) -> Row:
    """All that is stated of a reference after these rows."""
    return {**before, **_agreed(rows)}


def _filled(row: Row, known: Row) -> Row:
    """A row with the fields that it leaves empty and that are known, except those that it clears.

    An amount belongs to its currency: of a row that states only another currency the number stays. A
    withdrawal states no value.
    """
    clears = cleared(row)
    withdrawn = row.get("stage") == Stage.WITHDRAWN
    found = dict(row)
    for name, value in known.items():
        if name.startswith("_") or _states(row, name) or name in clears or value is None:
            continue
        if (withdrawn and name in _VALUES) or (name, value) in _NOT_KEPT:
            continue
        found[name] = value
    if row.get("amount") is None and found.get("amount") is not None:
        found["amount"] = _rescaled(found, known)
    return found


def _rescaled(row: Row, known: Row) -> object:
    """The known amount in minor units of the row's currency, the number in major units unchanged."""
    amount = known.get("amount")
    old = known.get("currency")
    new = row.get("currency")
    if not isinstance(amount, int) or not old or not new or old == new:
        return amount
    shift = places(str(new)) - places(str(old))
    return amount * 10**shift if shift >= 0 else amount // 10**-shift
