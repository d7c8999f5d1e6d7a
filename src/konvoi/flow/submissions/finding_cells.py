"""Cells behind findings: what each is about, who sent the goods, and what its answer takes."""

import polars as pl

from konvoi.model.answers import NOTED, Form
from konvoi.model.finding import Finding, Severity
from konvoi.model.stages import Stage
from konvoi.model.table import Type
from konvoi.model.tables import BY_NAME
from konvoi.report.case import Case
from konvoi.report.page import Value

# Told under another heading, or nothing that the sender alone can mend.
_ELSEWHERE = ("offer-lacks-standard", "answer-")
OF_SENDER = frozenset({"receipt-short", "receipt-damaged", "receipt-rejected", "receipt-over"})
"""Findings of a receiver on goods: its statement stands, and the sender is asked."""
_TYPED = frozenset({"day-is-span"})
_UNPRICED = "money-without-currency"


class FindingCells:
    """The findings to ask about, each once, and the rows of tables by their place."""

    def __init__(self, case: Case, only: frozenset[str] = frozenset()) -> None:
        """Index once. only: codes of findings; empty: all."""
        asked = {
            (one.place, one.code, one.read): one
            for one in case.findings
            if one.severity != Severity.NOTE
            and not one.code.startswith(_ELSEWHERE)
            and one.place.file
            and (not only or one.code in only)
        }
        self.asked = [asked[at] for at in sorted(asked)]
        sent = case.entries.filter(pl.col("stage") == Stage.DISPATCHED).drop_nulls(["reference", "party"])
        self._senders: dict[str, str] = dict(sent.sort("entry").select("reference", "party").iter_rows())
        self._rows: dict[tuple[str, str, int], tuple[str, dict[str, object]]] = {}
        wanted = {one.place.file for one in self.asked}
        for name, rows in sorted(case.tables.items()):
            if name in BY_NAME and "_file" in rows.columns:
                for row in rows.filter(pl.col("_file").is_in(sorted(wanted))).iter_rows(named=True):
                    self._rows[row["_file"], row["_sheet"], row["_row"]] = (name, row)

    def sender(self, finding: Finding) -> str:
        """Return the sender of goods that a receiver found wrong; empty for every other finding."""
        (despatch, *_) = despatches_of(finding) or [""]
        return self._senders.get(despatch, "") if finding.code in OF_SENDER else ""

    def about(self, finding: Finding) -> Value:
        """Return the subject of a finding: the reference of its row, else the document."""
        where = finding.place
        name, row = self._rows.get((where.file, where.sheet, where.row), ("", {}))
        key = str(row.get(BY_NAME[name].columns[0].name) or "") if name else ""
        return (key, ", ", where.named) if key else where.file

    def form(self, finding: Finding) -> tuple[Form, dict[str, str]]:
        """Return the form of the answer's cell: a value where one cell of a row that was read is empty."""
        where = finding.place
        name, row = self._rows.get((where.file, where.sheet, where.row), ("", {}))
        column = next(
            (one for one in BY_NAME[name].columns if one.name == where.column) if name else iter(()), None
        )
        empty = column is not None and row.get(where.column) is None
        if column is None or not (empty or finding.code in _TYPED):
            return Form(Type.CHOICE, NOTED), {}
        values = {"table": name, "column": column.name}
        if finding.code == _UNPRICED:
            return Form(Type.CURRENCY), values | {
                "column": "currency",
                "amount": column.name,
                "read": finding.read,
            }
        if "unpriced" in finding.values:
            amount_of = {"amount": finding.values["unpriced"], "read": finding.values["unpriced_read"]}
            return Form(Type.CURRENCY), values | amount_of
        return Form(column.type, tuple(map(str, column.choices))), values


def despatches_of(finding: Finding) -> list[str]:
    """Return the movements that a receiver's finding names, in their order."""
    return [one for one in finding.values.get("despatch", "").split("; ") if one]
