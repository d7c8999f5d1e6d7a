"""Findings on the submissions: where, value read, value expected, remedy."""

from collections import Counter
from decimal import Decimal

from konvoi.model.finding import Finding, Severity
from konvoi.report.case import Case
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report
from konvoi.report.sentences import place, sentence

NONE = Message("No findings.")
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_SIGN = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.NOTE: "·"}


def section(case: Case) -> Section:
    """All findings, the heaviest first."""
    found = sorted(case.findings, key=lambda f: (_ORDER[f.severity], f.place, f.code, f.read))
    return Section(
        "findings",
        Message("Findings"),
        _answer(case, found),
        (),
        tuple(
            table for table in (_by_code(found), _table(found)) if table.rows or table.id == "findings-table"
        ),
    )


def _answer(case: Case, found: list[Finding]) -> tuple[Message, ...]:
    if not found:
        return (NONE,)
    counts = Counter(finding.severity for finding in found)
    values: dict[str, Value] = {
        str(severity): Number(Decimal(counts[severity]), "", "", case.day, to="findings-table")
        for severity in Severity
    }
    text = "Findings: errors {error}, warnings {warning}, notes {note}. Each states the place and the remedy."
    return (Message(text, values),)


def _by_code(found: list[Finding]) -> Table:
    counts = Counter((finding.severity, finding.code) for finding in found)
    order = sorted(counts, key=lambda key: (_ORDER[key[0]], -counts[key], key[1]))
    rows = tuple(
        (
            _severity(severity),
            code,
            Number(Decimal(counts[severity, code]), "", "", None, to="findings-table"),
        )
        for severity, code in order
    )
    columns = (
        Column(Message("Severity")),
        Column(Message("Code")),
        Column(Message("Number"), "", "number"),
    )
    return Table("findings-by-code", Message("Findings by code"), columns, rows, NONE)


def _severity(severity: Severity) -> Value:
    return (_SIGN[severity], " ", Message(str(severity)))


def _table(found: list[Finding]) -> Table:
    columns = (
        Column(Message("Severity")),
        Column(Message("File")),
        Column(Message("Where")),
        Column(Message("Finding and remedy")),
        Column(Message("Code")),
    )
    rows = tuple((_severity(f.severity), f.place.file, place(f.place), sentence(f), f.code) for f in found)
    return Table("findings-table", Message("All findings"), columns, rows, NONE)


FINDINGS_REPORT = Report("findings", section)
