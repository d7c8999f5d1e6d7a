"""Markings and count modes that a party states anew: they replace those in the documents that they name.

In any other document the narrower of both holds: a list that is submitted again with its old marking shows
nothing that was hidden since.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from konvoi.flow.cut import marking_of
from konvoi.flow.settings import Settings
from konvoi.model.document import COALITION, OWN, PUBLIC, Reading
from konvoi.model.markings import parties_of
from konvoi.model.stated_markings import FACT, stated_in
from konvoi.model.tables import BY_NAME

At = tuple[str, str]
"""Table and reference of a record."""
_RANK = {PUBLIC: 0, COALITION: 1, OWN: 3}
_NAMED = 2


@dataclass(frozen=True)
class Statement:
    """Statements of a record. documents: digests of those whose marking it replaces."""

    marking: str
    count_mode: str
    documents: frozenset[str]


def is_within(marking: str, other: str) -> bool:
    """Return True if a marking admits no reader whom the other does not admit."""
    if _rank(marking) != _NAMED or _rank(other) != _NAMED:
        return _rank(marking) >= _rank(other)
    return set(parties_of(marking)) <= set(parties_of(other))


def _rank(marking: str) -> int:
    return _RANK.get(marking, _NAMED)


def both(one: str, other: str) -> str:
    """Return the marking that admits whom both admit."""
    if is_within(one, other):
        return one
    if is_within(other, one):
        return other
    return ";".join(sorted(set(parties_of(one)) & set(parties_of(other)))) or OWN


def statements(readings: Sequence[Reading]) -> dict[str, dict[At, list[Statement]]]:
    """Return the statements of each party by record, the earliest first: a later one knows more documents."""
    found: dict[str, dict[At, list[Statement]]] = {}
    told = [(one, stated_in(one.facts)) for one in readings if one.party and FACT in one.facts]
    for reading, stated in sorted(told, key=lambda one: (len(one[1].documents), one[0].digest)):
        own = found.setdefault(reading.party, {})
        for one in stated.records:
            statement = Statement(one.marking, one.count_mode, stated.documents)
            own.setdefault((one.table, one.record), []).append(statement)
    return found


def with_stated_markings(
    readings: Sequence[Reading], settings: Settings, *, stated: Sequence[Reading] = ()
) -> list[Reading]:
    """Return the readings, each row with the marking and count mode that its party has stated of its record.

    stated: the readings whose statements count, where these are others.
    """
    known = statements(stated or readings)
    if not known:
        return list(readings)
    return [_with(one, known.get(one.party, {}), settings) for one in readings]


def _with(reading: Reading, stated: Mapping[At, list[Statement]], settings: Settings) -> Reading:
    named = {table for table, _ in stated}
    if not named & (reading.tables.keys() | reading.left_out.keys()):
        return reading
    marking = marking_of(reading, settings)
    changed: dict[tuple[str, int], dict[str, str]] = {}
    for name in sorted(named):
        for rows in (reading.tables.get(name), reading.left_out.get(name)):
            if rows is not None:
                changed |= dict(_changes(name, rows, stated, marking, reading.digest))
    if not changed:
        return reading

    def put(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        return {
            name: _put(rows, changed, "_sheet", "_row") if name in named else rows
            for name, rows in tables.items()
        }

    return replace(
        reading,
        tables=put(reading.tables),
        left_out=put(reading.left_out),
        entries=_put(reading.entries, changed, "sheet", "row"),
    )


def _changes(
    name: str,
    rows: pl.DataFrame,
    stated: Mapping[At, list[Statement]],
    marking: str,
    digest: str,
) -> Iterator[tuple[tuple[str, int], dict[str, str]]]:
    """Yield the places of rows with what is stated of them."""
    (reference,) = BY_NAME[name].key
    for row in rows.iter_rows(named=True):
        told = stated.get((name, str(row[reference])))
        if not told:
            continue
        own, mode = str(row.get("marking") or "").strip() or marking, str(row.get("count_mode") or "")
        for one in told:
            replaced = digest in one.documents
            if one.marking:
                own = one.marking if replaced else both(own, one.marking)
            if one.count_mode and replaced:
                mode = one.count_mode
        yield (str(row["_sheet"] or ""), int(row["_row"] or 0)), {"marking": own, "count_mode": mode}


def _put(
    rows: pl.DataFrame, changed: Mapping[tuple[str, int], Mapping[str, str]], sheet: str, row: str
) -> pl.DataFrame:
    places = [(str(one or ""), int(number or 0)) for one, number in rows.select(sheet, row).iter_rows()]
    if not any(at in changed for at in places):
        return rows
    columns = [name for name in ("marking", "count_mode") if name in rows.columns]
    return rows.with_columns(
        pl.Series(
            name,
            [
                changed.get(at, {}).get(name) or known
                for at, known in zip(places, rows[name].to_list(), strict=True)
            ],
            dtype=rows.schema[name],
        )
        for name in columns
    )


def stated_records(readings: Iterable[Reading]) -> frozenset[At]:
    """Return the records whose markings documents state anew."""
    return frozenset((one.table, one.record) for each in readings for one in stated_in(each.facts).records)


def records_in(reading: Reading, records: frozenset[At]) -> frozenset[At]:
    """Return those of some records that a reading holds."""
    tables = {table for table, _ in records} & reading.tables.keys()
    held = ((name, str(one)) for name in tables for one in reading.tables[name][BY_NAME[name].key[0]])
    return records & frozenset(held)


def documents_with(readings: Sequence[Reading], party: str, records: frozenset[At]) -> frozenset[str]:
    """Return the documents of a party that hold one of some records."""
    return frozenset(one.document for one in readings if one.party == party and records_in(one, records))
