"""References of contracting processes to other documents: earlier releases, framework contracts, lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.model.document import Reading

FRAMEWORK = "ocds-framework-elsewhere"
UNSIGNED = "ocds-day-missing"
AWARD = "ocds-award-unknown"
_SIGNED = {"call_offs": "call_off", "contracts": "contract"}
"""Tables of what was signed, with the column of the reference."""

Row = Mapping[str, object]


def found_elsewhere(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, each call-off under the one contract of its framework's process, and each contract
    for the line that its budget names, wherever these stand.

    Values of a contract that a later document leaves out come from the earlier ones, as releases of one
    process are merged. The process itself names the framework and line, so there is no review; the finding
    that the framework is not in the document is removed. If a process has no contract or several, or several
    other parties have such a line, all stays as it was.
    """
    contracts = _contracts(readings)
    lines = _lines(readings)
    return [_for_lines(_under(reading, contracts), lines) for reading in _completed(readings)]


def _completed(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, each contract with what earlier documents state of it and this one does not.

    By the OCDS rules of merging a release leaves as it was what it does not state.
    """
    known: dict[tuple[str, str], Row] = {}
    processes = [one for one in readings if "ocds_processes" in one.tables]
    by_day = sorted(processes, key=lambda one: (one.facts.get("day", ""), one.document))
    found = {id(reading): _after(reading, known) for reading in by_day}
    return [found.get(id(one), one) for one in readings]


def _after(reading: Reading, known: dict[tuple[str, str], Row]) -> Reading:
    """Return a reading completed by the contracts known before it; update them to those known after it.

    The day of signature is not stated if a finding reports that it was taken from elsewhere. The award of a
    contract that is known before is in the earlier documents.
    """
    unsigned = {(one.place.sheet, one.place.row) for one in reading.findings if one.code == UNSIGNED}
    tables = dict(reading.tables)
    settled: set[tuple[str, object, object]] = set()
    for name in sorted(_SIGNED.keys() & tables.keys()):
        rows = []
        for row in tables[name].iter_rows(named=True):
            at = (row["_sheet"], row["_row"])
            reference = (name, str(row[_SIGNED[name]]))
            before = known.get(reference, {})
            if before:
                settled.add((AWARD, *at))
            if before and at in unsigned:
                row["day"] = None
                settled.add((UNSIGNED, *at))
            whole = {column: before.get(column) if row[column] is None else row[column] for column in row}
            known[reference] = whole
            rows.append(whole)
        tables[name] = pl.DataFrame(rows, schema=tables[name].schema)
    kept = (one for one in reading.findings if (one.code, one.place.sheet, one.place.row) not in settled)
    return replace(reading, tables=tables, findings=tuple(kept))


def _contracts(readings: Iterable[Reading]) -> dict[str, str]:
    """The contract of each process that has one alone in all documents."""
    found: dict[str, set[str]] = {}
    for reading in readings:
        rows = reading.tables.get("ocds_processes")
        if rows is not None and "contracts" in reading.tables:
            for process, contract in rows.select("process", "contract").iter_rows():
                found.setdefault(process, set()).add(contract)
    return {process: next(iter(names)) for process, names in found.items() if len(names) == 1}


def _lines(readings: Iterable[Reading]) -> dict[str, set[str]]:
    """Return the sources of the lines of each id: the party, or the document if no party is known."""
    found: dict[str, set[str]] = {}
    for reading in readings:
        if (rows := reading.tables.get("lines")) is not None:
            for line in rows["line"].drop_nulls():
                found.setdefault(line, set()).add(reading.party or reading.digest)
    return found


def _under(reading: Reading, contracts: Mapping[str, str]) -> Reading:
    rows = reading.tables.get("call_offs")
    asked = {one.read for one in reading.findings if one.code == FRAMEWORK} & contracts.keys()
    if rows is None or not asked:
        return reading
    meant = {process: contracts[process] for process in sorted(asked)}
    moved = rows.with_columns(pl.col("contract").replace(meant))
    kept = tuple(one for one in reading.findings if one.code != FRAMEWORK or one.read not in asked)
    return replace(reading, tables={**reading.tables, "call_offs": moved}, findings=kept)


def _for_lines(reading: Reading, lines: Mapping[str, set[str]]) -> Reading:
    known = [line for line, parties in lines.items() if len(parties) == 1 or reading.party in parties]
    named = pl.when(pl.col("_line").is_in(known)).then("_line")
    tables = {
        name: rows.with_columns(line=pl.coalesce("line", named))
        for name in _SIGNED
        if (rows := reading.tables.get(name)) is not None and "_line" in rows.columns
    }
    return replace(reading, tables={**reading.tables, **tables}) if tables else reading
