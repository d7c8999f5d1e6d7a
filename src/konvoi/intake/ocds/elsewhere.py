"""What contracting processes name that stands in other documents: framework contracts, and lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.model.document import Reading

FRAMEWORK = "ocds-framework-elsewhere"
_SIGNED = ("call_offs", "contracts")


def found_elsewhere(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, each call-off under the one contract of its framework's process, and each contract for
    the line that its budget names, wherever these stand.

    The process says itself which framework and line it means, so nobody is asked; the finding that the
    framework is not in the document falls away. Where a process has no contract or several, or several other
    parties have such a line, all stays as it was.
    """
    contracts, lines = _contracts(readings), _lines(readings)
    return [_for_lines(_under(reading, contracts), lines) for reading in readings]


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
    """Who hands in a line of each id: the party, or the document where no party is known."""
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
