"""Markings that a later statement leaves empty: what was hidden before stays hidden.

A later row of a package or line item replaces an earlier one field by field; an empty cell keeps what was
stated (semantics 2). Views cut rows before they are completed, so the marking of such a row is found first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from konvoi.flow.cut import marking_of
from konvoi.flow.settings import Settings
from konvoi.flow.versions import ages, known_day
from konvoi.intake.table import VERSIONED, cleared
from konvoi.model.document import COALITION, OWN, PUBLIC, Reading
from konvoi.model.tables import BY_NAME

_NARROW = {PUBLIC: 0, COALITION: 1, OWN: 3}
"""Rank of markings, the narrowest highest; named parties stand between the coalition and the party itself."""


@dataclass(frozen=True)
class _Stated:
    """A marking that a row states, with the age of its document; age None where the document has no day."""

    marking: str
    age: int | None


Place = tuple[str, int]


def with_kept_markings(readings: Sequence[Reading], settings: Settings) -> list[Reading]:
    """Return the readings, rows without a marking with the narrower one that was stated of their reference.

    Only packages and line items keep fields. A marking of the document that is as narrow stays.
    """
    aged = ages(readings, settings)
    age = {one.document: None if known_day(one, settings) is None else aged[one.document] for one in readings}
    found = list(readings)
    for name in VERSIONED:
        stated = _stated(name, readings, age)
        if stated:
            found = [
                _kept(one, name, stated, age=age[one.document], marking=marking_of(one, settings))
                for one in found
            ]
    return found


def _rank(marking: str) -> int:
    return _NARROW.get(marking, 2)


def _stated(
    name: str, readings: Sequence[Reading], age: Mapping[str, int | None]
) -> dict[tuple[str, str], list[_Stated]]:
    """Return the markings that rows state, by source and reference, where one of them hides anything."""
    (reference,) = BY_NAME[name].key
    found: dict[tuple[str, str], list[_Stated]] = {}
    for one in readings:
        rows = one.tables.get(name)
        if rows is None or not one.party:
            continue
        for id, marking in rows.select(reference, "marking").drop_nulls().iter_rows():
            found.setdefault((one.party, str(id)), []).append(_Stated(str(marking), age[one.document]))
    return {key: some for key, some in found.items() if any(_rank(one.marking) for one in some)}


def _kept(
    reading: Reading,
    name: str,
    stated: Mapping[tuple[str, str], Sequence[_Stated]],
    *,
    age: int | None,
    marking: str,
) -> Reading:
    """Return a reading with the markings that its rows keep; also on the entries of these rows."""
    rows = reading.tables.get(name)
    if rows is None or not reading.party:
        return reading
    unmarked = rows.filter(pl.col("marking").is_null())
    changed = dict(
        _changes(reading, unmarked.to_dicts(), BY_NAME[name].key[0], stated, age=age, marking=marking)
    )
    if not changed:
        return reading
    return replace(
        reading,
        tables={**reading.tables, name: _marked(rows, changed, "_sheet", "_row")},
        entries=_marked(reading.entries, changed, "sheet", "row"),
    )


def _changes(
    reading: Reading,
    rows: Sequence[dict[str, object]],
    reference: str,
    stated: Mapping[tuple[str, str], Sequence[_Stated]],
    *,
    age: int | None,
    marking: str,
) -> Iterator[tuple[Place, str]]:
    for row in rows:
        if "marking" in cleared(row):
            continue
        earlier = [
            one
            for one in stated.get((reading.party, str(row[reference])), ())
            if age is None or one.age is None or one.age <= age
        ]
        if earlier:
            # Where the order is not known, the narrowest counts.
            ordered = all(one.age is not None for one in earlier)
            last = max(one.age or 0 for one in earlier)
            kept = max(
                (one.marking for one in earlier if not ordered or one.age == last),
                key=lambda one: (_rank(one), one),
            )
            if _rank(kept) > _rank(marking):
                yield (str(row["_sheet"] or ""), int(str(row["_row"] or 0))), kept


def _marked(rows: pl.DataFrame, changed: Mapping[Place, str], sheet: str, number: str) -> pl.DataFrame:
    places = zip(rows[sheet], rows[number], rows["marking"], strict=True)
    anew = [changed.get((where or "", at or 0), marking) for where, at, marking in places]
    return rows.with_columns(pl.Series("marking", anew, dtype=pl.String()))
