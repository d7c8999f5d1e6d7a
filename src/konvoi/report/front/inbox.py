"""Tasks of one reader: decisions, questions and findings that wait for it, the most urgent first."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from konvoi.model.finding import Severity
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.report.asked import TITLES
from konvoi.report.case import Case
from konvoi.report.front.decisions import CELL, every_decision
from konvoi.report.names import Names
from konvoi.report.page import Message, Value
from konvoi.report.submissions.letter import days

DECISION, QUESTION, FINDING = "decision", "question", "finding"


@dataclass(frozen=True)
class Item:
    """A task. kind: decision, question or finding. by: the day until which; None where none is stated."""

    kind: str
    what: Value
    who: Value
    by: date | None = None
    consequence: Value = None


def inbox(case: Case, reader: str) -> tuple[Item, ...]:
    """Return the tasks of a reader of its own case; the public and the coalition as a whole have none."""
    if reader in (PUBLIC, COALITION):
        return ()
    return (*_decisions(case, reader), *_questions(case, reader), *_findings(case, reader))


def _decisions(case: Case, reader: str) -> Iterator[Item]:
    names = Names(case)
    for one in every_decision(case, reader):
        who = names.party(one.party) if one.party else CELL
        yield Item(DECISION, one.what, who, one.by, one.consequence)


def _questions(case: Case, reader: str) -> Iterator[Item]:
    """Yield the questions to a party by their subject; for the coordination cell by party and subject."""
    names = Names(case)
    open_ones = [one for one in case.questions if reader in ("cell", one.party)]
    oldest: dict[tuple[str, str], int] = {}
    for one in open_ones:
        key = one.party, one.kind
        oldest[key] = max(oldest.get(key, 0), one.open_days(case.day))
    counts = Counter((one.party, one.kind) for one in open_ones)
    for (party, kind), count in sorted(counts.items(), key=lambda item: (-oldest[item[0]], item[0])):
        what = Message(
            "{subject}: {count} open question; open for: {days}",
            {"subject": TITLES[kind], "count": count, "days": days(oldest[party, kind])},
            "{subject}: {count} open questions; oldest: {days}",
            count,
        )
        yield Item(QUESTION, what, names.party(party))


def _findings(case: Case, reader: str) -> Iterator[Item]:
    """Yield the documents with errors or warnings: the reader's own; all for the cell."""
    names = Names(case)
    holders = dict(case.documents.select("name", "party").iter_rows())
    counts = Counter((one.place.file, one.severity) for one in case.findings)
    for name in sorted({file for file, _ in counts}):
        party = holders.get(name, "")
        if name not in holders or (reader != "cell" and party != reader):
            continue
        errors, warnings = counts[name, Severity.ERROR], counts[name, Severity.WARNING]
        if errors or warnings:
            what = Message(
                "{file}: {errors}, {warnings}",
                {
                    "file": name,
                    "errors": Message("{count} error", {"count": errors}, "{count} errors", errors),
                    "warnings": Message("{count} warning", {"count": warnings}, "{count} warnings", warnings),
                },
            )
            yield Item(FINDING, what, names.party(party))
