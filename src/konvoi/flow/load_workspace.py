"""All documents of a workspace, read, checked against one another, posted and related."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import PurePosixPath

import polars as pl

from konvoi.accord.validate import faults
from konvoi.flow.agreements.drafts import with_rounds
from konvoi.flow.agreements.paths import with_ways
from konvoi.flow.agreements.stage_links import with_joints
from konvoi.flow.completeness import WITHOUT_SUBMISSION, incomplete
from konvoi.flow.deliveries.reconciled_papers import reconciled_papers
from konvoi.flow.derive import refuse_undeclared
from konvoi.flow.document_names import names_without_others
from konvoi.flow.funding.funds import with_funds
from konvoi.flow.funding.reconstruction import with_projects
from konvoi.flow.gathered import Gathered, Inputs
from konvoi.flow.later_markings import with_later_markings
from konvoi.flow.ledger.changed_scale import changed_scales
from konvoi.flow.ledger.inferable_lines import inferable_lines
from konvoi.flow.ledger.plausible import with_plausible
from konvoi.flow.matching.parents import under_parents
from konvoi.flow.matching.relate import decided_by, related
from konvoi.flow.merge_submissions import gather
from konvoi.flow.parse_documents import checked, understand
from konvoi.flow.readers import known_reader, with_partnership
from konvoi.flow.renamed_documents import with_document_names
from konvoi.flow.settings import Settings
from konvoi.flow.submissions.apply_answers import settled
from konvoi.flow.submissions.outdated_versions import outdated_versions
from konvoi.flow.submissions.revisions import with_revisions
from konvoi.flow.submissions.unread_values import with_unread_values
from konvoi.flow.today import UNDATED, known_today
from konvoi.flow.versions import known_day, released_before, stated_day
from konvoi.flow.view import View
from konvoi.flow.view_readings import Sources, sources
from konvoi.flow.workspace import CACHE, Workspace, refuse_unreliable
from konvoi.intake.join import headed
from konvoi.intake.references import NOT_SHOWN, NOT_THERE
from konvoi.intake.table import WITHOUT_ROWS
from konvoi.kit.days import APART
from konvoi.kit.progress import Progress, Stop, never
from konvoi.ledger.rules import RULES
from konvoi.model.document import Reading
from konvoi.model.finding import OTHER_ROWS, Finding, Place, Severity

AHEAD = "document-in-future"
BACKDATED = "backdated"
_UNKNOWN = "-unknown"
_DATED_ROWS = frozenset({"rates", "waivers"})
# Values that are not understood: all other findings of this ending tell of references that lead nowhere.
_VALUES = frozenset(
    f"{name}{_UNKNOWN}"
    for name in (
        *("choice", "column", "currency", "format", "sheet", "unit", "ids-status", "ids-version"),
        *("fts-place", "fts-status", "iati-country", "iati-type", "iati-version", "ocds-version"),
    )
)
# What the comparison of papers tells, and what was told of the same cell before.
_BEFORE = {
    "receipt-above-despatch": "received-above-dispatched",
    "receipt-over": "received-above-dispatched",
    "consignment-unknown": "reference-unknown",
}


def gathering(work: Workspace, *, known: date | None = None, stop: Stop = never) -> Gathered:
    """All documents of a workspace, read, checked against one another, posted and related.

    known: only those that were known on that day; one that says no day is left out. Rows that the reader of
    the workspace's view may not see are cut first, so that nothing computed depends on them.
    """
    refuse_unreliable(work)
    known = known or work.view.as_of
    cache = work.folder / CACHE if work.folder else None
    readings = headed(understand(work.documents, settings=work.settings, stop=stop, cache=cache))
    aside = headed(understand(work.withdrawn, settings=work.settings, cache=cache))
    view = known_reader(work.view, readings, work.settings)
    told: list[Finding] = []
    if known is not None:
        told = list(undated(readings, work.settings))
        everything = readings
        readings, aside = (_by_then(them, work, known) for them in (readings, aside))
        if work.view.narrowed:
            there = {one.document for one in readings}
            later = [one for one in everything if one.document not in there]
            readings = with_later_markings(readings, later, work.settings)
        work = replace(
            work,
            settings=replace(work.settings, day=known),
            judgements=decided_by(work.judgements, known),
        )
    view = with_partnership(view, readings)
    work = replace(work, view=view)
    if not view.is_cell:
        # Settings, decisions and receipts of changes are matters of the coordination cell.
        work = replace(work, findings=())
    trimmed = partial(_trimmed, known=known)
    documents = sources(readings, work.documents, work.settings, cache=cache, trimmed=trimmed)
    withdrawn = sources(aside, work.withdrawn, work.settings, cache=cache, trimmed=trimmed)
    stop(Progress("Matching entries", 0))
    whole = _seen(documents, withdrawn, work)
    whole = replace(whole, findings=(*whole.findings, *told)) if told else whole
    return whole if view.is_cell else _released(whole, view)


def _seen(documents: Sources, withdrawn: Sources, work: Workspace) -> Gathered:
    """Return the rows that the reader of a workspace's view may see, posted and related."""
    view = work.view
    inputs = Inputs(tuple(documents.cut(view)), tuple(withdrawn.cut(view)), work, documents, withdrawn)
    return replace(together(inputs), folder=work.folder, on=work.settings.day, view=view)


def gathered_for(
    readings: Sequence[Reading], aside: Sequence[Reading], work: Workspace, reader: str
) -> Gathered:
    """Return readings of all documents of a workspace as a reader sees them today (`gathering`).

    aside: those of its withdrawn documents. reader: an id, also of a party that nothing names yet.
    """
    refuse_unreliable(replace(work, view=View(None, reader)))
    view = with_partnership(View(None, reader), readings)
    work = replace(work, view=view, findings=())
    documents = sources(headed(readings), work.documents, work.settings)
    withdrawn = sources(headed(aside), work.withdrawn, work.settings)
    return _released(_seen(documents, withdrawn, work), view)


def _released(whole: Gathered, view: View) -> Gathered:
    """Return the gathered documents for a reader, without row numbers of documents of other parties.

    Documents of others have the names that they would have without those that the reader does not see.
    Settings, decisions of reviewers and documents without a day are matters of the coordination cell: what is
    wrong with them is told to the cell alone. So is every reference of another party that leads nowhere, and
    a partner without a submission: what is hidden may be there. Of its own references a party is told which
    lead nowhere that it may see.
    """
    own = {one.document for one in whole.readings if view.owns(one.party)}
    documents = {one.document for one in whole.readings}
    findings = tuple(
        _of_view(one) if one.place.file in own else _unnumbered(one)
        for one in whole.findings
        if one.place.file in documents
        and one.code != WITHOUT_SUBMISSION
        and (one.place.file in own or not one.code.endswith(_UNKNOWN) or one.code in _VALUES)
    )
    row = pl.when(pl.col("submission").is_in(sorted(own))).then("row")
    ledger = replace(whole.ledger, entries=whole.ledger.entries.with_columns(row=row))
    shown = replace(whole, findings=findings, ledger=ledger)
    if whole.folder is None:
        return shown
    senders = whole.documents.select("name", "party").iter_rows()
    others = [name for name, party in senders if not view.owns(party)]
    names = names_without_others(others)
    return replace(with_document_names(shown, names), names=names)


def _of_view(finding: Finding) -> Finding:
    """Return a finding on a reference as it holds in a view: the row that is named may be a hidden one."""
    return replace(finding, remedy=NOT_SHOWN) if finding.remedy == NOT_THERE else finding


def _unnumbered(finding: Finding) -> Finding:
    """Return a finding that names no row."""
    remedy = WITHOUT_ROWS.get(finding.remedy, finding.remedy)
    values = {name: text for name, text in finding.values.items() if name != OTHER_ROWS}
    return replace(finding, place=replace(finding.place, row=0), remedy=remedy, values=values)


def _by_then(readings: Sequence[Reading], work: Workspace, known: date) -> list[Reading]:
    """The readings of documents that became known by a day."""
    days = {one.document: known_day(one, work.settings) for one in readings}
    dated = [one for one in readings if (day := days[one.document]) is not None and day <= known]
    return [*dated, *(_trimmed(one, known) for one in readings if _only_dated_rows(one))]


def _only_dated_rows(reading: Reading) -> bool:
    """True for a table of rates or waivers without a day: each of its rows has its own."""
    undated = not reading.facts.get("day") and reading.entries.is_empty()
    names = {name for name, rows in reading.tables.items() if rows.height}
    return undated and bool(names) and names <= _DATED_ROWS


def _trimmed(reading: Reading, known: date | None) -> Reading:
    """Return a reading as it was known on a day: of undated tables with dated rows, the rows by then."""
    if known is None or not _only_dated_rows(reading):
        return reading
    tables = {
        name: rows.filter(pl.col("day") <= known) if name in _DATED_ROWS else rows
        for name, rows in reading.tables.items()
    }
    return replace(reading, tables=tables)


def undated(readings: Sequence[Reading], settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each document without a day: what was known on a day leaves it out."""
    for one in readings:
        if known_day(one, settings) is None and not _only_dated_rows(one):
            yield _undated(one)


def _undated(reading: Reading) -> Finding:
    return Finding(
        Severity.NOTE,
        UNDATED,
        Place(reading.document, column="day"),
        read="",
        expected="the day of the document; without it the document is left out of figures as of a day",
        remedy="state the day in the head of the document, or under [known_on] in konvoi.toml",
    )


def _ahead(whole: Gathered, day: date | None) -> list[Finding]:
    """Return findings on documents whose day lies more than ten years after today."""
    if day is None:
        return []
    late = whole.documents.filter(pl.col("known_on") > day + APART, pl.col("rows") > 0)
    return [
        Finding(
            Severity.WARNING,
            AHEAD,
            Place(row["name"], column="day"),
            read=row["known_on"].isoformat(),
            expected="a day no more than ten years after {day}, which is today here",
            remedy="correct the day in its head, or set it under [known_on] in konvoi.toml",
            values={"day": day.isoformat()},
        )
        for row in late.iter_rows(named=True)
    ]


def _backdated(readings: Sequence[Reading], work: Workspace) -> list[Finding]:
    """Findings on documents dated before a day that had been released when they were added.

    They are for the sender and the coordination cell: other readers see the day from which a document counts.
    Files of one folder with one day are one submission, and get one finding.
    """
    found = []
    told: set[tuple[object, ...]] = set()
    for one in readings:
        day = stated_day(one, work.settings)
        floor = released_before(one.document, work.settings)
        if day is None or floor is None or day >= floor or not work.view.owns(one.party):
            continue
        submission = (one.party, PurePosixPath(one.document).parent, day, floor)
        if submission in told:
            continue
        told.add(submission)
        found.append(
            Finding(
                Severity.NOTE,
                BACKDATED,
                Place(one.document, column="day"),
                read=day.isoformat(),
                expected="{day} or later: figures of that day had been released when the document was added",
                remedy="Nothing to do: the document counts from {day} on.",
                values={"day": floor.isoformat()},
            )
        )
    return found


def gathered_readings(readings: Sequence[Reading], aside: Sequence[Reading], work: Workspace) -> Gathered:
    """Return readings of all documents of a workspace, checked against one another, posted and related.

    aside: those of its withdrawn documents.
    """
    documents = sources(headed(readings), work.documents, work.settings)
    withdrawn = sources(headed(aside), work.withdrawn, work.settings)
    return together(Inputs(tuple(documents.readings), tuple(withdrawn.readings), work, documents, withdrawn))


def together(inputs: Inputs) -> Gathered:
    """Return inputs checked against one another, posted and related."""
    return replace(settled(inputs, _whole), inputs=inputs)


def _whole(
    readings: Sequence[Reading], aside: Sequence[Reading], work: Workspace, judgements: str
) -> Gathered:
    """Return readings posted, checked against one another, and related; aside: those that were withdrawn."""
    gathered = gather(under_parents(readings, judgements), settings=work.settings, withdrawn=aside)
    gathered = replace(gathered, view=work.view)
    contradictory = checked(gathered.readings, work.settings)
    if gathered.parties is not None:
        contradictory = tuple(gathered.parties.without(contradictory))
    told = (*work.findings, *gathered.findings, *contradictory, *_rescaled(gathered))
    gathered = with_plausible(replace(gathered, findings=told), told)
    gathered = with_unread_values(gathered, told)
    whole = related(gathered, work.settings, judgements)
    ruled = tuple(finding for rule in RULES for finding in rule(whole.ledger))
    talked = faults(whole.tables, also=_named(whole))
    found = _reconciled(replace(whole, findings=(*whole.findings, *ruled, *talked)))
    found = with_joints(found, work.settings)
    day = known_today(found, work.settings)
    found = with_rounds(with_ways(found, work.settings), work.settings, day)
    found = with_projects(with_funds(found, work.settings, day), work.settings, day)
    lacking = incomplete(found, day, stated=work.settings.day is not None)
    outdated = outdated_versions(readings, work.settings, work.view, aside)
    more = (*_backdated(readings, work), *_ahead(found, day), *lacking, *inferable_lines(found), *outdated)
    found = replace(found, findings=(*found.findings, *more))
    found = with_revisions(found, readings, work.settings)
    refuse_undeclared(found.tables)
    return _headed(found)


def _rescaled(gathered: Gathered) -> tuple[Finding, ...]:
    return changed_scales(gathered.ledger.entries, gathered.ledger.superseded)


def _named(whole: Gathered) -> frozenset[str]:
    """Return the names of entries that stand in no table of ours."""
    columns = [whole.ledger.entries[name] for name in ("entry", "package", "line", "reference")]
    return frozenset(str(one) for column in columns for one in column.drop_nulls().unique())


def _headed(whole: Gathered) -> Gathered:
    """Return the gathered documents with columns in findings named as they stand in the files."""
    by_name = {reading.document: reading for reading in whole.readings}
    findings = tuple(
        by_name[one.place.file].headed(one) if one.place.file in by_name else one for one in whole.findings
    )
    return replace(whole, findings=findings)


def _reconciled(whole: Gathered) -> Gathered:
    """Add the reconciled consignments as tables `consignments` and `pieces`, with findings on differences.

    Where neither a despatch nor a receipt was handed in, nothing is added.
    """
    papers = (reading.tables.get(name) for reading in whole.readings for name in ("movements", "receipts"))
    if not any(rows is not None and rows.height for rows in papers):
        return whole
    found = reconciled_papers(whole)
    tables = {**whole.tables, "consignments": found.consignments, "pieces": found.serials}
    return replace(whole, tables=tables, findings=(*_once(whole, found.findings), *found.findings))


def _once(whole: Gathered, told: Sequence[Finding]) -> Sequence[Finding]:
    """Return the findings so far, without those on a receipt that are reported with both papers, or the lack
    of one.
    """
    again = {(_BEFORE[finding.code], finding.place) for finding in told if finding.code in _BEFORE}
    return [one for one in whole.findings if (one.code, one.place) not in again]
