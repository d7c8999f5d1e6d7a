"""Markings that became narrower after a day: what is hidden today stays hidden when that day is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.flow.cut import marking_of
from konvoi.flow.settings import Settings
from konvoi.flow.stated_markings import At, both, statements
from konvoi.flow.submissions.changes import reference_of
from konvoi.flow.submissions.widened_markings import narrowest
from konvoi.intake.join import headed
from konvoi.model.document import Reading
from konvoi.model.tables import BY_NAME


def with_later_markings(
    readings: Sequence[Reading], later: Sequence[Reading], settings: Settings
) -> list[Reading]:
    """Return the readings of a day, each row with the narrower marking that its party has stated since.

    later: readings of documents that became known after the day. Rows are known by their table's key; a
    wider marking widens nothing.
    """
    since: dict[str, Mapping[At, str]] = {}
    for party in {one.party for one in later}:
        own = [one for one in later if one.party == party]
        markings = dict(narrowest(headed(own), settings))
        for at, told in statements(own).get(party, {}).items():
            for one in told:
                markings[at] = (
                    both(markings.get(at, one.marking), one.marking) if one.marking else markings.get(at, "")
                )
        since[party] = {at: marking for at, marking in markings.items() if marking}
    return [_narrowed(one, since.get(one.party, {}), marking_of(one, settings)) for one in readings]


def _narrowed(reading: Reading, since: Mapping[At, str], marking: str) -> Reading:
    named = {name for name, _ in since}
    tables = {
        name: _rows(name, rows, since, marking)
        if name in named and "marking" in BY_NAME[name].schema()
        else rows
        for name, rows in reading.tables.items()
    }
    if all(tables[name] is rows for name, rows in reading.tables.items()):
        return reading
    hidden = {
        (str(row["_sheet"] or ""), int(row["_row"] or 0)): str(row["marking"])
        for name in named & tables.keys()
        for row in tables[name].iter_rows(named=True)
        if row.get("marking")
    }
    entries = reading.entries.with_columns(
        marking=pl.Series(
            [
                hidden.get((str(sheet or ""), int(row or 0)), known)
                for sheet, row, known in reading.entries.select("sheet", "row", "marking").iter_rows()
            ],
            dtype=pl.String(),
        )
    )
    return replace(reading, tables=tables, entries=entries)


def _rows(name: str, rows: pl.DataFrame, since: Mapping[At, str], marking: str) -> pl.DataFrame:
    found = []
    for row in rows.iter_rows(named=True):
        own = str(row.get("marking") or "").strip()
        now = since.get((name, reference_of(name, row)))
        found.append(own or None if now is None else both(own or marking, now))
    stated = rows["marking"].to_list() if "marking" in rows.columns else [None] * rows.height
    if found == [str(one or "").strip() or None for one in stated]:
        return rows
    return rows.with_columns(marking=pl.Series(found, dtype=pl.String()))
