"""A view with other names of documents: in all its tables, readings and findings."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.ledger.post import Ledger
from konvoi.model.document import Reading
from konvoi.model.finding import Finding

Names = Mapping[str, str]
"""Names of documents: before, and after."""

_Tables = TypeVar("_Tables", Gathered, Ledger, Reading)


def with_document_names(whole: Gathered, names: Names) -> Gathered:
    """Return a view with documents under other names: wherever a text is the name of one, it is renamed."""
    changed = {before: after for before, after in names.items() if before != after}
    if not changed:
        return whole
    found = _renamed(whole, changed)
    parties = whole.parties
    return replace(
        found,
        ledger=_renamed(whole.ledger, changed),
        readings=tuple(_reading(one, changed) for one in whole.readings),
        parties=replace(parties, findings=_findings(parties.findings, changed)) if parties else None,
    )


def _reading(reading: Reading, names: Names) -> Reading:
    return replace(
        _renamed(reading, names),
        document=names.get(reading.document, reading.document),
        left_out={name: _frame(rows, names) for name, rows in reading.left_out.items()},
        facts={name: names.get(text, text) for name, text in reading.facts.items()},
    )


def _renamed(whole: _Tables, names: Names) -> _Tables:
    """Return tables and findings with the names in them."""
    own: dict[str, Any] = {one.name: getattr(whole, one.name) for one in fields(whole) if one.init}
    changed: dict[str, Any] = {
        name: _frame(rows, names) for name, rows in own.items() if isinstance(rows, pl.DataFrame)
    }
    changed["tables"] = {name: _frame(rows, names) for name, rows in whole.tables.items()}
    changed["findings"] = _findings(whole.findings, names)
    return replace(whole, **changed)


def _frame(rows: pl.DataFrame, names: Names) -> pl.DataFrame:
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    return rows.with_columns(pl.col(texts).replace(dict(names))) if texts else rows


def _findings(found: Iterable[Finding], names: Names) -> tuple[Finding, ...]:
    return tuple(_finding(one, names) for one in found)


def _finding(finding: Finding, names: Names) -> Finding:
    file = names.get(finding.place.file, finding.place.file)
    return replace(
        finding,
        place=replace(finding.place, file=file),
        read=names.get(finding.read, finding.read),
        values={name: _text(text, names) for name, text in finding.values.items()},
    )


def _text(text: str, names: Names) -> str:
    """Return a text with each name in it replaced, longer ones first."""
    for before in sorted(names, key=len, reverse=True):
        if before in text:
            return names[before].join(_text(part, names) for part in text.split(before))
    return text
