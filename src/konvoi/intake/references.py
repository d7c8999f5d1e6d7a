"""References from one table to another that lead nowhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType

import polars as pl

from konvoi.intake.cell import as_read
from konvoi.kit.lookalikes import lookalikes, signs, skeleton
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


NOT_THERE = "Correct it, or submit the row that it names."
NOT_SHOWN = "Correct it, or submit the row that it names, unless it is a row that is not shown to you."
LOOKALIKE = "reference-lookalike"
COPIED = "It looks like {meant} and is another reference, for these signs: {signs}. Copy {meant} instead."


def resembling(found: Sequence[Finding], ids: Mapping[str, frozenset[str]]) -> list[Finding]:
    """Return unknown references; of one that looks like a row's, the finding says so and names that row."""
    lost = [one for one in found if one.code == "reference-unknown"]
    named = {table for one in lost for table, _ in _meant(one)}
    known = {table: _by_looks(ids[table]) for table in sorted(named & ids.keys())}
    return [_resembling(one, known) if one.code == "reference-unknown" else one for one in found]


def _by_looks(ids: Iterable[str]) -> dict[str, str]:
    return {skeleton(one): one for one in sorted(ids, reverse=True)}


def _resembling(finding: Finding, known: Mapping[str, Mapping[str, str]]) -> Finding:
    reference = finding.values.get("reference", "")
    alike = skeleton(reference)
    found = (known[table].get(alike, "") for table, _ in _meant(finding) if table in known)
    # Of two parties that both use a reference, neither is meant by it.
    meant = next((one for one in found if one not in ("", reference)), "")
    return _like(finding, meant) if meant else finding


def _like(finding: Finding, meant: str) -> Finding:
    reference = finding.values.get("reference", finding.read)
    values = {**finding.values, "meant": meant, "signs": signs(reference, meant) or signs(meant, reference)}
    return replace(finding, code=LOOKALIKE, remedy=COPIED, values=values)


Alike = Mapping[str, Mapping[str, str]]
"""References that look like another one of their table, each with that one, by table."""


def alike_in(ids: Mapping[str, frozenset[str]]) -> Alike:
    """Return the references that look like another one of their table; ids: all that exist, by table."""
    found = {table: lookalikes(known) for table, known in sorted(ids.items())}
    return {table: alike for table, alike in found.items() if alike}


def lookalike_ids(own: Mapping[str, pl.DataFrame], every: Alike) -> Iterator[Finding]:
    """Yield a finding for each row whose own reference looks like that of another row of its table."""
    for name, alike in every.items():
        rows = own.get(name)
        if rows is None:
            continue
        column = BY_NAME[name].columns[0].name
        told = rows.filter(pl.col(column).is_in(list(alike)))
        for file, sheet, row, read in told.select("_file", "_sheet", "_row", column).iter_rows():
            yield _like(
                Finding(
                    Severity.WARNING,
                    LOOKALIKE,
                    Place(file, sheet, row, column),
                    as_read(read),
                    "a reference that no other row of {table} looks like",
                    "",
                    {"table": name, "reference": read},
                ),
                alike[read],
            )


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
    remedy = "Did you mean {meant}?" if near else NOT_THERE
    values = {"table": table, "meant": "".join(near), "reference": read}
    expected = "a reference that exists in {table}"
    return Finding(severity, "reference-unknown", place, as_read(read), expected, remedy, values)
