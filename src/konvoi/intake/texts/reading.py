"""Reading of clauses: the table `clauses`, and the findings on their numbers."""

from collections.abc import Mapping, Sequence

import polars as pl

from konvoi.intake.format import refused
from konvoi.intake.texts.clauses import Clause
from konvoi.kit.text import shown
from konvoi.model.clauses import CLAUSES, OPERATIVE, Kind, counted
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity

WHOLE = "a whole file; this one is cut short or altered"
AGAIN = "Send the file again, and compare its size at both ends."


def reading(
    document: Document,
    format: str,
    rows: Sequence[Clause],
    *,
    findings: Sequence[Finding] = (),
    facts: Mapping[str, str] | None = None,
) -> Reading:
    """The reading of a document of words; refused where it has none."""
    frame = table(document, rows)
    if frame.is_empty():
        told = fault(
            document,
            "text-empty",
            expected="a document with text",
            remedy="Check that it is the intended file.",
        )
        return refused(document, *findings, told, format=format)
    title = " ".join(row.text for row in rows if row.kind == Kind.TITLE)
    known = {"title": title, "clauses": str(counted(frame).height), "marking": document.marking}
    return Reading(
        document.name,
        document.digest,
        format,
        document.party,
        tables={"clauses": frame},
        findings=(*findings, *_twice(document, rows), *_none(document, rows)),
        facts={**{name: value for name, value in known.items() if value}, **(facts or {})},
    )


def table(document: Document, rows: Sequence[Clause]) -> pl.DataFrame:
    """The rows as model.clauses.CLAUSES."""
    return pl.DataFrame(
        [
            (
                row.clause,
                str(row.kind),
                row.label,
                row.text,
                document.marking,
                document.name,
                row.sheet,
                row.row,
            )
            for row in rows
        ],
        schema=CLAUSES,
        orient="row",
    )


def fault(
    document: Document,
    code: str,
    *,
    expected: str,
    remedy: str,
    read: str = "",
    severity: Severity = Severity.ERROR,
    place: Place | None = None,
) -> Finding:
    """A finding on a document of words."""
    return Finding(severity, code, place or Place(document.name), shown(read), expected, remedy)


def _none(document: Document, rows: Sequence[Clause]) -> list[Finding]:
    """That a text has words and no clause."""
    if any(row.kind in OPERATIVE for row in rows):
        return []
    return [
        fault(
            document,
            "text-without-clauses",
            expected="headings or numbered paragraphs; there are none, and all of it counts as preamble",
            remedy="Number its paragraphs, or give its headings the style of headings.",
            severity=Severity.WARNING,
        )
    ]


def _twice(document: Document, rows: Sequence[Clause]) -> list[Finding]:
    """Numbers that stand twice in one section."""
    return [
        fault(
            document,
            "clause-number-twice",
            expected="each number once within a section",
            remedy="Renumber the clauses; until then the second is named by its number and -2.",
            read=row.label,
            severity=Severity.WARNING,
            place=Place(document.name, row.sheet, row.row),
        )
        for row in rows
        if row.twice
    ]
