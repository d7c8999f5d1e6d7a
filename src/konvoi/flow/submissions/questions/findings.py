"""Findings of a party's submissions: what could not be read, or contradicts itself."""

from collections.abc import Iterator

import polars as pl

from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.answers import NOTED, Form
from konvoi.model.finding import Finding, Severity
from konvoi.model.stages import Stage
from konvoi.model.table import Type
from konvoi.model.tables import BY_NAME
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.page import Message, Value
from konvoi.report.sentences import amount, sentence

# Told under another heading, or nothing that the sender alone can mend.
_ELSEWHERE = ("offer-lacks-standard", "answer-")
# What a receiver found is its own word: asked is the sender, who can correct the despatch or send the rest.
_OF_SENDER = frozenset({"receipt-short", "receipt-damaged", "receipt-rejected", "receipt-over"})
_TYPED = frozenset({"day-is-span"})
_UNPRICED = "money-without-currency"


def questions(case: Case, party: str) -> Iterator[Question]:
    """Return one question for each error and warning on a document that the party submitted, or on goods that
    it sent.
    """
    known = dict(case.documents.select("name", "known_on").iter_rows())
    own = set(case.documents.filter(pl.col("party") == party)["name"])
    cells = _Cells(case)
    for finding in cells.asked:
        sender = cells.sender(finding)
        if finding.place.file not in known or (party != sender if sender else finding.place.file not in own):
            continue
        form, values = cells.form(finding)
        where = finding.place
        yield Question(
            kind="findings",
            party=party,
            record=_record(finding, sent=bool(sender)),
            about=cells.about(finding),
            place=where,
            asked=_found(finding) if sender else sentence(finding),
            needed=_DESPATCH if sender else _NEEDED[form.type == Type.CHOICE],
            form=form,
            since=known[where.file],
            values=values,
            seen=(finding.read,),
        )


def _record(finding: Finding, *, sent: bool) -> str:
    """Return the cell of a finding, or the receipt that records goods that a party sent.

    Row numbers of the receiver's file would change with rows that the sender may not see.
    """
    where = finding.place
    if sent:
        return "#".join((f"receipts/{finding.values.get('receipt', '')}", finding.code))
    return "#".join((where.file, where.sheet, str(where.row), where.column, finding.code))


_NEEDED = {
    False: Message("The correct value; it replaces the unreadable one."),
    True: Message("A corrected version of the file, or confirmation that it is correct."),
}


_DESPATCH = Message("A corrected dispatch, or confirmation that the receipt is correct.")
_FOUND = {
    "receipt-short": "Receipt {receipt}: {found} of dispatch {despatch} ({sent}) not received.",
    "receipt-damaged": "Receipt {receipt}: {found} of dispatch {despatch} ({sent}) damaged.",
    "receipt-rejected": "Receipt {receipt}: {found} of dispatch {despatch} ({sent}) rejected.",
    "receipt-over": "Receipt {receipt}: {found} received with dispatch {despatch}, which lists {sent}.",
}


def _found(finding: Finding) -> Message:
    """Return a receiver's finding, as its sender is told."""
    said = {name: amount(finding.values.get(name, "")) for name in ("receipt", "despatch", "sent")}
    return Message(_FOUND[finding.code], {**said, "found": amount(finding.read)})


class _Cells:
    """The findings to ask about, each once, and the rows of tables by their place."""

    def __init__(self, case: Case) -> None:
        asked = {
            (one.place, one.code, one.read): one
            for one in case.findings
            if one.severity != Severity.NOTE and not one.code.startswith(_ELSEWHERE) and one.place.file
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
        despatch = finding.values.get("despatch", "").split("; ")[0]
        return self._senders.get(despatch, "") if finding.code in _OF_SENDER else ""

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


FINDINGS = Kind("findings", questions)
