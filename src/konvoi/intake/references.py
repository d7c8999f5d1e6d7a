"""References from one table to another that lead nowhere."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import polars as pl

from konvoi.intake.cell import as_read
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

# Told of where entries are made: without what they name no entry can be.
_MAKE_ENTRIES = frozenset({("lines", "package"), ("contracts", "line"), ("movements", "line")})


def unknown_references(
    own: Mapping[str, pl.DataFrame],
    ids: Mapping[str, frozenset[str]],
    *,
    severity: Severity = Severity.ERROR,
) -> Iterator[Finding]:
    """A finding for each reference of a table's rows to a row that is not there.

    ids: the references that exist, by table; a table of which nothing was handed in is not asked.
    """
    for name in sorted(own.keys() & BY_NAME.keys()):
        for column in BY_NAME[name].columns:
            targets = ids.get(column.refers, frozenset())
            if not targets or (name, column.name) in _MAKE_ENTRIES:
                continue
            lost = own[name].filter(
                pl.col(column.name).is_not_null() & ~pl.col(column.name).is_in(list(targets))
            )
            for file, sheet, row, read in lost.select("_file", "_sheet", "_row", column.name).iter_rows():
                yield _finding(severity, Place(file, sheet, row, column.name), read, column.refers, targets)


def ids_of(tables: Mapping[str, pl.DataFrame]) -> dict[str, frozenset[str]]:
    """The references that stand in tables, by table."""
    keyed = {name: BY_NAME[name].columns[0].name for name in tables if name in BY_NAME and BY_NAME[name].key}
    return {name: frozenset(tables[name][column].drop_nulls()) for name, column in keyed.items()}


def _finding(severity: Severity, place: Place, read: str, table: str, targets: frozenset[str]) -> Finding:
    near = get_close_matches(read, sorted(targets), n=1, cutoff=0.75)
    remedy = "Did you mean {meant}?" if near else "Mend it, or hand in the row that it names."
    values = {"table": table, "meant": "".join(near)}
    expected = "a reference that stands in {table}"
    return Finding(severity, "reference-unknown", place, as_read(read), expected, remedy, values)
