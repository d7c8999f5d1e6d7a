"""Made cases as a reader may see them: rows by their marking, without those whose parent is hidden."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from konvoi.flow.cut import PARENTS
from konvoi.model.markings import OWN, admits
from konvoi.report.case import Case
from konvoi.report.planning.released_plan import released_outlook, released_plan

CELL_ONLY = ("bottlenecks", "remedies")

Documents = Mapping[str, tuple[str, str]]
"""Marking and party of each document."""


def visible(whole: Case, reader: str = "public") -> Case:
    """Return a case with the rows of its inputs that a reader may see.

    Tables that are computed from others stay as they are made: a view computes them from what is left.
    """
    by_name = _documents(whole.documents, "name")
    by_submission = _documents(whole.documents, "submission")
    tables = {
        name: _admitted(rows, by_name, "_file", reader) if "_file" in rows.columns else rows
        for name, rows in whole.tables.items()
    }
    entries = _admitted(whole.entries, by_submission, "submission", reader)
    documents = whole.documents.filter(
        [
            admits(marking or OWN, (party or "",), reader)
            for marking, party in whole.documents.select("marking", "party").iter_rows()
        ]
    )
    shown = set(documents["name"])
    return replace(
        whole,
        tables=_attached(tables),
        entries=entries,
        documents=documents,
        findings=tuple(one for one in whole.findings if one.place.file in shown),
        reader=reader,
    )


def seen_case(whole: Case, reader: str = "public") -> Case:
    """Return the case that a reader may see; the plan and the forecast are the coordination cell's."""
    shown = visible(whole, reader)
    plan = released_plan(whole.plan, whole.tables, shown.tables)
    tables = {name: rows for name, rows in shown.tables.items() if name not in CELL_ONLY}
    outlook = released_outlook(whole.outlook, whole.plan, plan)
    return replace(shown, plan=plan, outlook=outlook, tables=tables)


def _documents(rows: pl.DataFrame, key: str) -> Documents:
    return {
        name: (marking or "", party or "")
        for name, marking, party in rows.select(key, "marking", "party").iter_rows()
    }


def _admitted(rows: pl.DataFrame, documents: Documents, key: str, reader: str) -> pl.DataFrame:
    kept = []
    for row in rows.iter_rows(named=True):
        marking, holder = documents.get(row[key], ("", ""))
        kept.append(admits(row.get("marking") or marking or OWN, (row.get("party") or "", holder), reader))
    return rows.filter(pl.Series(kept, dtype=pl.Boolean()))


def _attached(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return tables without rows whose parent stands in none of them."""
    found = dict(tables)
    before: list[int] = []
    while before != (before := [rows.height for rows in found.values()]):
        for one in PARENTS:
            if one.table in found and one.parent in found and one.column in found[one.table].columns:
                known = found[one.parent][one.key].implode()
                there = pl.col(one.column).is_in(known) | pl.col(one.column).is_null()
                found[one.table] = found[one.table].filter(there)
    return found
