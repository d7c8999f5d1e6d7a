"""Changes by newer versions of submissions: packages added, corrected, re-rated, re-classified, withdrawn."""

from decimal import Decimal

import polars as pl

from konvoi.ledger.revisions import KINDS
from konvoi.report.case import Case
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report
from konvoi.report.submissions.revised import changed

_EMPTY = Message("No package was changed in a new version.")
_MOST = 3


def section(case: Case) -> Section | None:
    """The packages that newer versions changed; left out where no version replaces another."""
    rows = case.tables.get("revisions")
    if rows is None:
        return None
    return Section(
        "revisions", Message("Changes in new versions"), (_answer(case, rows),), (), (_table(case, rows),)
    )


def _answer(case: Case, rows: pl.DataFrame) -> Message:
    if rows.is_empty():
        return _EMPTY
    text = (
        "Packages changed in new versions: added {added}, corrected {corrected}, re-rated {re_rated}, "
        "re-classified {re_classified}, withdrawn {withdrawn}."
    )
    counts: dict[str, Value] = {
        kind.replace("-", "_"): Number(
            Decimal(rows.filter(pl.col("kind") == kind).height), "", kind, case.day, to="revisions-table"
        )
        for kind in KINDS
    }
    return Message(text, counts)


def _table(case: Case, rows: pl.DataFrame) -> Table:
    names = Names(case)
    columns = (
        Message("Change"),
        Message("Package"),
        Message("Partner"),
        Message("What"),
        Message("Document"),
    )
    cells = tuple(
        (
            Message(row["kind"]),
            row["package"],
            names.party(row["party"]),
            (changed(row["changes"][:_MOST]), " …" if len(row["changes"]) > _MOST else ""),
            row["_file"],
        )
        for row in rows.iter_rows(named=True)
    )
    title = Message("Packages changed in new versions")
    return Table("revisions-table", title, tuple(Column(one) for one in columns), cells, _EMPTY)


REVISIONS_REPORT = Report("revisions", section)
