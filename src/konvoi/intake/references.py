"""References from one table to another that lead nowhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

import polars as pl

from konvoi.intake.cell import as_read
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

# Reported where entries are made: without the named record there is no entry.
_MAKE_ENTRIES = frozenset(
    {
        *(("lines", "package"), ("contracts", "line"), ("movements", "line")),
        *(("allocations", "line"), ("call_offs", "contract"), ("call_offs", "line")),
    }
)

Refused = Mapping[tuple[str, str], Place]
"""Rows that were left out for their faults: where each stands, by its table and reference."""


def unknown_references(
    own: Mapping[str, pl.DataFrame],
    ids: Mapping[str, frozenset[str]],
    *,
    severity: Severity = Severity.ERROR,
    refused: Refused = MappingProxyType({}),
) -> Iterator[Finding]:
    """Return a finding for each reference of a table's rows to a row that does not exist.

    ids: the references that exist, by table; a table that was not submitted is not checked.
    refused: rows that were left out, which are reported where they are named.
    """
    left_out = {table for table, _ in refused}
    for name in sorted(own.keys() & BY_NAME.keys()):
        for column in BY_NAME[name].columns:
            targets = ids.get(column.refers, frozenset())
            if not (targets or column.refers in left_out) or (name, column.name) in _MAKE_ENTRIES:
                continue
            lost = own[name].filter(
                pl.col(column.name).is_not_null() & ~pl.col(column.name).is_in(list(targets))
            )
            for file, sheet, row, read in lost.select("_file", "_sheet", "_row", column.name).iter_rows():
                yield _finding(severity, Place(file, sheet, row, column.name), read, column.refers, targets)


def refused_rows(findings: Iterable[Finding]) -> Refused:
    """The rows that the findings of a table left out, each by the first of its faults."""
    found: dict[tuple[str, str], Place] = {}
    for one in findings:
        if "refused_row" in one.values:
            found.setdefault((one.values["refused_table"], one.values["refused_row"]), one.place)
    return found


def once_refused(lost: Iterable[Finding], refused: Refused) -> list[Finding]:
    """Return unknown references; those to one row that was left out are reported once, with its place."""
    found: list[Finding] = []
    named: dict[tuple[str, str], list[Finding]] = {}
    for one in lost:
        row = next((row for row in _meant(one) if row in refused), None)
        if row is None:
            found.append(one)
        else:
            named.setdefault(row, []).append(one)
    return [*found, *(_left_out(those, refused[row]) for row, those in named.items())]


def _meant(finding: Finding) -> list[tuple[str, str]]:
    """The rows that a reference may mean: a receipt's is a movement, a contract, a call-off or a line."""
    tables = [finding.values.get("table", "")]
    if finding.place.column == "reference":
        tables = ["movements", "contracts", "call_offs", *tables]
    return [(table, finding.values.get("reference", "")) for table in tables]


def _left_out(named: Sequence[Finding], at: Place) -> Finding:
    first = min(named, key=lambda one: one.place)
    elsewhere = at.file != first.place.file
    return Finding(
        Severity.WARNING,
        "reference-refused",
        first.place,
        first.read,
        "a row that was read; this one was left out for its faults: {file}, sheet {sheet}, row {row}"
        if elsewhere
        else "a row that was read; this one was left out for its faults: sheet {sheet}, row {row}",
        "Correct that row; what names it ({count} here) is read with it.",
        {"file": at.file, "sheet": at.sheet, "row": str(at.row), "count": str(len(named))},
    )


def ids_of(tables: Mapping[str, pl.DataFrame]) -> dict[str, frozenset[str]]:
    """The references that stand in tables, by table."""
    keyed = {name: BY_NAME[name].columns[0].name for name in tables if name in BY_NAME and BY_NAME[name].key}
    return {name: frozenset(tables[name][column].drop_nulls().to_list()) for name, column in keyed.items()}


def _finding(severity: Severity, place: Place, read: str, table: str, targets: frozenset[str]) -> Finding:
    near = get_close_matches(read, sorted(targets), n=1, cutoff=0.75)
    remedy = "Did you mean {meant}?" if near else "Correct it, or submit the row that it names."
    values = {"table": table, "meant": "".join(near), "reference": read}
    expected = "a reference that exists in {table}"
    return Finding(severity, "reference-unknown", place, as_read(read), expected, remedy, values)
