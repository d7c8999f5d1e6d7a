"""Konvoi's own tables, from a workbook or from CSV files: head, tables, and the entries from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from konvoi.intake.cell import Ask, as_read, text_of, unknown
from konvoi.intake.cells import read_cell
from konvoi.intake.heading import heading, headings
from konvoi.intake.merged import parted
from konvoi.intake.postings import Posted, Source, posted
from konvoi.intake.references import (
    LOOKALIKE,
    alike_in,
    ids_of,
    lookalike_ids,
    once_refused,
    refused_rows,
    resembling,
    unknown_references,
)
from konvoi.intake.sheet import Box, Row
from konvoi.intake.table import NO_ROWS, Origin, lost_rows, read_by_sender
from konvoi.kit.text import fold, shown
from konvoi.model.document import Document, Reading, Separators
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.head import HEAD
from konvoi.model.limiting import RESTRICTING, UNREAD_ROWS, packed
from konvoi.model.naming import meanings
from konvoi.model.sheet_names import table_of
from konvoi.model.table import Table
from konvoi.model.tables import BY_NAME

_HEAD = 12


@dataclass(frozen=True)
class Head:
    """The values of the head; empty where it states none."""

    texts: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Named:
    """Rows of a sheet (or a file) that bears a table's name, and which of its cells are merged.

    asked: the sheet is named otherwise, and read as this table at a person's request; it adds its rows to
    those of the sheet that bears the name. small: it is a sheet of a small template, whose rows are those of
    the party that the head names. currencies: those that the workbook stores with amounts, by row and column.
    """

    table: Table
    sheet: str
    rows: Sequence[Row]
    merged: Sequence[Box] = ()
    asked: bool = False
    small: bool = False
    currencies: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Read:
    """The content of all sheets, before it is posted."""

    tables: Mapping[str, pl.DataFrame]
    headings: Mapping[str, Mapping[str, str]]
    findings: tuple[Finding, ...]


def head_of(document: Document, sheet: str, rows: Sequence[Row], parties: Mapping[str, str]) -> Head:
    """Read the head; lines that name nothing of it are text for people and are passed over."""
    names = meanings("head", tuple(column.name for column in HEAD.columns))
    columns = {column.name: column for column in HEAD.columns}
    texts: dict[str, str] = {}
    day: date | None = None
    findings: list[Finding] = []
    for row in rows:
        name = names.get(fold(text_of(row[0])))
        if name is None or name in texts or unknown(row[1]):
            continue
        cell = read_cell(row[1], Ask(HEAD, columns[name], parties=parties))
        place = Place(document.name, sheet, row.number, name, shown(text_of(row[0])))
        findings += [fault.at(place, as_read(row[1])) for fault in cell.faults]
        if isinstance(cell.value, date):
            day = cell.value
        if cell.value is not None:
            texts[name] = str(cell.value)
    return Head(texts, day, tuple(findings))


def assembled(
    document: Document, format: str, named: Sequence[Named], *, head: Named | None, notes: Sequence[Finding]
) -> Reading:
    """Read the parties, then the head, then all other tables, and post them."""
    findings = list(notes)
    tables: dict[str, pl.DataFrame] = {}
    heads: dict[str, Mapping[str, str]] = {}
    parties: Mapping[str, str] = {}
    separators: list[Separators] = []
    left_out: dict[str, pl.DataFrame] = {}
    unread: list[pl.DataFrame] = []
    interdependent = False
    stated: Head | None = None
    for one in sorted(named, key=lambda one: (one.table.name != "parties", one.asked)):
        if stated is None and one.table.name != "parties":
            stated = _head_stated(document, head, parties)
        if one.table.name in tables and not one.asked:
            findings.append(_double(document, one))
            if one.table.name not in RESTRICTING:
                continue
        read = read_by_sender(
            one.table,
            one.rows,
            Origin(document.name, one.sheet),
            parties,
            merged=one.merged,
            decimal=document.decimal,
            hidden=frozenset(row for sheet, row in document.hidden if sheet == one.sheet),
            given=_given(document, one, stated or Head()),
            currencies=one.currencies,
        )
        if one.small and "party" in read.frame.columns and (read.frame["party"] == "").any():
            findings.append(_no_party(document, head or one))
            read = read._replace(frame=read.frame.clear(), left_out=pl.concat([read.left_out, read.frame]))
        findings += read.findings
        separators.append(read.separators)
        unread.append(read.unread)
        interdependent |= read.interdependent
        if read.left_out.height:
            _append(left_out, one.table.name, read.left_out)
        if one.table.name in tables and not one.asked:
            # A second sheet of one table is not read; what it restricts is restricted all the same.
            unread.append(packed(read.frame, one.table.name))
            continue
        _append(tables, one.table.name, read.frame)
        heads[one.sheet] = headings(one.table, parted(one.rows[:_HEAD], one.merged))
        if one.table.name == "parties":
            parties = spellings(read.frame)
    said = stated or _head_stated(document, head, parties)
    findings += [*said.findings, *_two_parties(document, said)]
    whole = _reading(document, format, said, _Read(tables, heads, tuple(findings)))
    told = [one for one in unread if one.height]
    apart = pl.concat(told) if told else NO_ROWS
    return replace(
        whole,
        tables={**whole.tables, UNREAD_ROWS: apart} if apart.height else whole.tables,
        separators=_of_all(separators),
        left_out=left_out,
        interdependent=interdependent,
    )


def _head_stated(document: Document, head: Named | None, parties: Mapping[str, str]) -> Head:
    return head_of(document, head.sheet, head.rows, parties) if head else Head()


def _given(document: Document, one: Named, head: Head) -> Mapping[str, str]:
    """Return the party of a small sheet's rows, which has no column for it."""
    has = any(column.name == "party" for column in one.table.columns)
    return {"party": _party(document, head)} if one.small and has else {}


def _party(document: Document, head: Head | None) -> str:
    return (head.texts.get("party") if head else "") or document.party


def _no_party(document: Document, head: Named) -> Finding:
    return Finding(
        Severity.ERROR,
        "party-missing",
        Place(document.name, head.sheet, column="party"),
        "",
        expected="the party that submits the workbook, in the top rows of its first sheet",
        remedy="Enter the party; until then no row of these sheets is imported.",
    )


def head_above(named: Sequence[Named]) -> Named | None:
    """Return the head in the top rows of the first small sheet that has one; None if none has."""
    names = meanings("head", tuple(column.name for column in HEAD.columns))
    for one in named:
        rows = heading(one.table, one.rows).above if one.small and one.rows else ()
        if any(fold(text_of(row[0])) in names for row in rows):
            return Named(HEAD, one.sheet, rows)
    return None


def _append(tables: dict[str, pl.DataFrame], name: str, rows: pl.DataFrame) -> None:
    before = tables.get(name)
    tables[name] = rows if before is None else pl.concat([before, rows])


def with_lost_rows(
    reading: Reading, table: Table, rows: Iterable[int], *, sheet: str = "", text: str = ""
) -> Reading:
    """Return a reading that notes rows of a restricting table of which nothing was read.

    rows: their numbers. sheet: where they stand, if not in one that is named like the table. text: what is
    told of them.
    """
    frame = lost_rows(table, rows, Origin(reading.document, sheet or table.name), text)
    if frame.is_empty() or table.name not in RESTRICTING:
        return reading
    before = reading.tables.get(UNREAD_ROWS, NO_ROWS)
    return replace(reading, tables={**reading.tables, UNREAD_ROWS: pl.concat([before, frame])})


def _of_all(tables: Sequence[Separators]) -> Separators:
    """The separators of a document's tables together."""
    return Separators(
        shown="".join(sorted(set("".join(one.shown for one in tables)))),
        unclear=any(one.unclear for one in tables),
        remembered=max((one.remembered for one in tables), default=""),
    )


def _reading(document: Document, format: str, head: Head, read: _Read) -> Reading:
    """Return the complete reading, with the tables posted."""
    source = source_of(document, head)
    tables = read.tables
    found = posted(tables, source)
    refused = refused_rows(read.findings)
    ids = ids_of(tables)
    lost = unknown_references(tables, ids, severity=Severity.WARNING, refused=refused)
    more = resembling(once_refused([*waiting(found, tables), *lost], refused), ids)
    more += lookalike_ids(tables, alike_in(ids))
    whole = Reading(
        document=document.name,
        digest=document.digest,
        format=format,
        party=source.party,
        entries=found.entries,
        relations=found.relations,
        scopes=found.scopes,
        tables={name: tables[name] for name in sorted(tables)},
        findings=(*read.findings, *found.findings, *more),
        headings=read.headings,
        facts={
            **head.texts,
            "marking": source.marking,
            "rows": str(sum(frame.height for frame in tables.values())),
        },
    )
    return in_its_words(whole)


def in_its_words(reading: Reading) -> Reading:
    """A reading whose findings name columns and tables as the document itself does."""
    return replace(reading, findings=tuple(_in_its_words(reading, one) for one in reading.findings))


def _in_its_words(reading: Reading, finding: Finding) -> Finding:
    if finding.code in ("reference-unknown", LOOKALIKE):
        meant = BY_NAME.get(finding.values.get("table", ""))
        sheet = next((name for name in reading.headings if table_of(name) is meant), None)
        finding = replace(finding, values={**finding.values, **({"table": sheet} if meant and sheet else {})})
    return reading.headed(finding)


def source_of(document: Document, head: Head) -> Source:
    """Return the source of a document's statements: party, day and marking."""
    party = head.texts.get("party") or document.party
    return Source(
        name=party or document.digest[:16],
        party=party,
        submission=document.name,
        known_on=head.day,
        marking=head.texts.get("marking") or document.marking,
    )


def spellings(parties: pl.DataFrame) -> dict[str, str]:
    """The ids of a table of parties by all folded spellings that mean one of them alone."""
    found: dict[str, set[str]] = {}
    for row in parties.iter_rows(named=True):
        names = [
            row["party"],
            row["name"],
            row["name_de"],
            row["name_uk"],
            *(row["aliases"] or "").split(";"),
        ]
        for name in names:
            if name:
                found.setdefault(fold(name), set()).add(row["party"])
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}


def waiting(found: Posted, tables: Mapping[str, pl.DataFrame]) -> tuple[Finding, ...]:
    """Warnings on references that this document's own table does not have; another document may."""
    told = [one for one in found.waiting if one.values.get("table") in tables]
    return tuple(replace(one, severity=Severity.WARNING) for one in told)


def _two_parties(document: Document, head: Head) -> list[Finding]:
    stated = head.texts.get("party", "")
    if not stated or not document.party or stated == document.party:
        return []
    finding = Finding(
        Severity.WARNING,
        "party-differs",
        Place(document.name, column="party"),
        stated,
        "the party that handed it in: {party}",
        "The party in the head was taken; correct it if that is wrong.",
        {"party": document.party},
    )
    return [finding]


def _double(document: Document, one: Named) -> Finding:
    return Finding(
        Severity.ERROR,
        "sheet-double",
        Place(document.name, one.sheet),
        shown(one.sheet),
        "each table once; {table} is already on another sheet",
        "Move the rows into one sheet; the first was read.",
        {"table": one.table.name},
    )
