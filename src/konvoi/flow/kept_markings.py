"""Markings that a later statement leaves empty: what was hidden before stays hidden.

A later row of a package or line item replaces an earlier one field by field; an empty cell keeps what was
stated (semantics 2). Views cut rows before they are completed, so the marking of such a row is found first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from konvoi.flow.cut import Place, marking_of
from konvoi.flow.settings import Settings
from konvoi.flow.versions import Age, age, known_day
from konvoi.intake.table import VERSIONED, cleared
from konvoi.model.document import COALITION, OWN, PUBLIC, Reading
from konvoi.model.tables import BY_NAME

_NARROW = {PUBLIC: 0, COALITION: 1, OWN: 3}
"""Rank of markings, the narrowest highest; named parties stand between the coalition and the party itself."""


@dataclass(frozen=True)
class _Stated:
    """A marking that a row states, with the age of its document; age None where the document has no day."""

    marking: str
    age: Age | None


def with_kept_markings(
    readings: Sequence[Reading], settings: Settings, *, stated: Sequence[Reading] = ()
) -> list[Reading]:
    """Return the readings, rows without a marking with the narrower one that was stated of their reference.

    Only packages and line items keep fields. A marking of the document that is as narrow stays. Rows that
    are left out state and keep markings too. stated: the readings whose statements count, where these are
    others.
    """
    among = stated or readings
    aged = {one.document: age(one, settings) if known_day(one, settings) else None for one in among}
    found = list(readings)
    for name in VERSIONED:
        markings = _stated(name, among, aged)
        if markings:
            found = [
                _kept(one, name, markings, age=aged[one.document], marking=marking_of(one, settings))
                for one in found
            ]
    return found


def _rank(marking: str) -> int:
    return _NARROW.get(marking, 2)


def _stated(
    name: str, readings: Sequence[Reading], aged: Mapping[str, Age | None]
) -> dict[tuple[str, str], list[_Stated]]:
    """Return the markings that rows state, by source and reference, where one of them hides anything."""
    (reference,) = BY_NAME[name].key
    found: dict[tuple[str, str], list[_Stated]] = {}
    for one in readings:
        for rows in (one.tables.get(name), one.left_out.get(name)):
            if rows is None or not one.party:
                continue
            for id, marking in zip(rows[reference].to_list(), rows["marking"].to_list(), strict=True):
                if id is not None and marking is not None:
                    stated = _Stated(str(marking), aged[one.document])
                    found.setdefault((one.party, str(id)), []).append(stated)
    return {key: some for key, some in found.items() if any(_rank(one.marking) for one in some)}


def _kept(
    reading: Reading,
    name: str,
    stated: Mapping[tuple[str, str], Sequence[_Stated]],
    *,
    age: Age | None,
    marking: str,
) -> Reading:
    """Return a reading with the markings that its rows keep; also on the entries of these rows."""
    if not reading.party:
        return reading
    unmarked = [
        row
        for tables in (reading.tables, reading.left_out)
        if name in tables
        for row in tables[name].filter(pl.col("marking").is_null()).to_dicts()
    ]
    changed = dict(_changes(reading, unmarked, BY_NAME[name].key[0], stated, age=age, marking=marking))
    if not changed:
        return reading

    def marked(tables: Mapping[str, pl.DataFrame]) -> Mapping[str, pl.DataFrame]:
        return {
            one: _marked(rows, changed, "_sheet", "_row") if one == name else rows
            for one, rows in tables.items()
        }

    return replace(
        reading,
        tables=marked(reading.tables),
        left_out=marked(reading.left_out),
        entries=_marked(reading.entries, changed, "sheet", "row"),
    )


def _changes(
    reading: Reading,
    rows: Sequence[dict[str, object]],
    reference: str,
    stated: Mapping[tuple[str, str], Sequence[_Stated]],
    *,
    age: Age | None,
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
            last = max((one.age for one in earlier if one.age), default=None)
            kept = max(
                (one.marking for one in earlier if not ordered or one.age == last),
                key=lambda one: (_rank(one), one),
            )
            if _rank(kept) > _rank(marking):
                yield Place(str(row["_sheet"] or ""), int(str(row["_row"] or 0))), kept


def _marked(rows: pl.DataFrame, changed: Mapping[Place, str], sheet: str, number: str) -> pl.DataFrame:
    places = zip(rows[sheet], rows[number], rows["marking"], strict=True)
    anew = [changed.get(Place(where or "", at or 0), marking) for where, at, marking in places]
    return rows.with_columns(pl.Series("marking", anew, dtype=pl.String()))
