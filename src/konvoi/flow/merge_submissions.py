"""Readings of many documents become one case: tables joined, versions in force, one ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from konvoi.flow.declarations import admitted_declarations
from konvoi.flow.declared_names import DECLARING
from konvoi.flow.gathered import DOCUMENTS, Gathered
from konvoi.flow.names import Names, resolve_names
from konvoi.flow.parties import renamed, resolve_parties
from konvoi.flow.reconstructed import without_statements
from konvoi.flow.rows import Stated, standing
from konvoi.flow.settings import Settings
from konvoi.flow.submissions.claims import claimed
from konvoi.flow.versions import ages, known_day, released_before, superseded
from konvoi.intake.completion import completed
from konvoi.intake.join import headed, joined
from konvoi.intake.papers.equal_events import equal_events, named_alike
from konvoi.intake.table import VERSIONED
from konvoi.ledger.post import Ledger, post
from konvoi.ledger.units import owned, owners
from konvoi.ledger.versions import SUPERSEDED
from konvoi.model.document import PUBLIC, Reading
from konvoi.model.entries import RELATIONS
from konvoi.model.finding import Finding
from konvoi.model.limiting import UNREAD_ROWS
from konvoi.model.units import written_unit


def gather(
    readings: Sequence[Reading],
    *,
    settings: Settings | None = None,
    rates: pl.DataFrame | None = None,
    withdrawn: Sequence[Reading] = (),
) -> Gathered:
    """One ledger of all readings in force.

    A document handed in twice (the same digest) is read once. What a newer version supersedes is
    kept in `documents` and counts no more. rates: of the workspace, behind those of the documents.
    withdrawn: what was taken out again: a version that replaced one of these replaces what that one did.
    """
    known = settings or Settings()
    arranged, names = _named(without_statements(readings, known.reconstructed), known, withdrawn)
    once = tuple(_marked(reading, known) for reading in arranged.readings)
    old = arranged.old
    findings = arranged.findings
    force = [reading for reading in once if reading.document not in old]
    declaring, undone = admitted_declarations(force, arranged.ages, known)
    tables, differ = standing(declaring, arranged.ages)
    tables |= _with_old_texts(tables, [reading for reading in once if reading.document in old])
    tables |= _repeated_receipts(tables, force)
    if rates is not None:
        tables["rates"] = pl.concat(
            [*([tables["rates"]] if "rates" in tables else []), rates], how="diagonal"
        )
    stated = (reading.relations for reading in force)
    relations = pl.concat([pl.DataFrame(schema=RELATIONS), *stated, equal_events(force)])
    parties = resolve_parties(force, tables, known.groups, known.aliases)
    ledger = post(
        [renamed(names.renamed(_dated(reading, known)), parties.same) for reading in force],
        ages=[arranged.ages[reading.document] for reading in force],
        scopes=[reading.scopes for reading in force],
        relations=relations.unique(maintain_order=True),
        tables=tables,
    )
    if ledger.disputes.height:
        # Of two rows of one day the tables show the one that the ledger counts.
        chosen, _ = standing(declaring, arranged.ages, counted=_places_of(ledger.entries))
        tables |= {name: chosen[name] for name in VERSIONED if name in chosen}
        ledger = replace(ledger, tables=tables)
    ledger = _with_replaced(ledger, [one for one in once if one.document in old], arranged, known)
    told = names.without(parties.without(finding for reading in once for finding in reading.findings))
    return Gathered(
        ledger=ledger,
        tables=tables,
        documents=_documents(once, old, known),
        claims=claimed(force),
        findings=(*told, *parties.findings, *names.findings, *findings, *differ, *undone, *ledger.findings),
        boundary=_one({reading.boundary for reading in force}),
        currency=_one({reading.currency for reading in force}),
        refused=sum(reading.refused for reading in once),
        groups=known.groups,
        goods=names.goods,
        parties=parties,
        readings=tuple(_owned(force, ledger.owners)),
    )


def _with_old_texts(tables: Mapping[str, pl.DataFrame], old: Sequence[Reading]) -> dict[str, pl.DataFrame]:
    """The clauses of all texts: earlier drafts too, which the rounds that they were put to still tell of."""
    parts = [tables.get("clauses"), *(one.tables.get("clauses") for one in old)]
    known = [one for one in parts if one is not None]
    return {"clauses": pl.concat(known, how="diagonal")} if known else {}


def _repeated_receipts(
    tables: Mapping[str, pl.DataFrame], readings: Sequence[Reading]
) -> dict[str, pl.DataFrame]:
    """Rows of receipts that do not count, since another row has their reference."""
    parts = [reading.tables["receipts"] for reading in readings if "receipts" in reading.tables]
    if not parts:
        return {}
    place = ["receipt", "_file", "_sheet", "_row"]
    rows = pl.concat(parts, how="diagonal").join(tables["receipts"], on=place, how="anti", nulls_equal=True)
    return {"repeated_receipts": rows}


def in_force(
    readings: Sequence[Reading], settings: Settings, withdrawn: Sequence[Reading] = ()
) -> list[Reading]:
    """Each document once, without those that a newer version supersedes, as they are checked together."""
    arranged = _arranged(without_statements(readings, settings.reconstructed), settings, withdrawn)
    force = [reading for reading in arranged.readings if reading.document not in arranged.old]
    return _owned(force, owners(pl.concat([reading.entries for reading in force]))) if force else []


def _owned(readings: Sequence[Reading], owners: pl.DataFrame) -> list[Reading]:
    return [replace(reading, entries=owned(reading.entries, owners)) for reading in readings]


@dataclass(frozen=True)
class _Arranged:
    """Each document once, with what its own earlier documents state besides.

    readings: all of them. old: the documents that a newer version replaces as a whole. ages: of every
    document how late it became known: later is higher, equal numbers cannot be told apart.
    """

    readings: tuple[Reading, ...]
    old: Mapping[str, str]
    ages: Mapping[str, int]
    findings: list[Finding]


def _arranged(readings: Sequence[Reading], settings: Settings, withdrawn: Sequence[Reading]) -> _Arranged:
    """Each content once, under the first of its names, in the order of the names."""
    ordered = sorted(headed(readings), key=lambda reading: (reading.document, reading.digest))
    once = list({_content(reading): reading for reading in reversed(ordered)}.values())[::-1]
    old, findings = superseded(once, settings, withdrawn)
    aged = ages(once, settings)
    whole = joined(completed(once, {name: age for name, age in aged.items() if name not in old}), old)
    alike = iter(named_alike([one for one in whole if one.document not in old], aged))
    return _Arranged(tuple(one if one.document in old else next(alike) for one in whole), old, aged, findings)


def _named(
    readings: Sequence[Reading], settings: Settings, withdrawn: Sequence[Reading]
) -> tuple[_Arranged, Names]:
    """The documents with the names of goods, implementers and places resolved, and what was resolved."""
    arranged = _arranged(readings, settings, withdrawn)
    force = [one for one in arranged.readings if one.document not in arranged.old]
    declaring = [
        replace(one, tables={name: one.tables[name] for name in DECLARING if name in one.tables})
        for one in admitted_declarations(force, arranged.ages, settings)[0]
    ]
    names = resolve_names(force, standing(declaring, arranged.ages)[0])
    if names.changes:
        # Posted again, a line has the unit and name of the good that it means.
        arranged = _arranged([names.applied(one) for one in readings], settings, withdrawn)
    return arranged, names


def _content(reading: Reading) -> tuple[str, str, str]:
    """Return the content by which documents are the same: the bytes, and the day and version of the head.

    The head of a CSV table is a file of its own: the same rows submitted again on a later day are another
    statement, and two equal heads belong each to its own tables.
    """
    facts = reading.facts
    return reading.digest, facts.get("day", ""), facts.get("version", "")


def _places_of(entries: pl.DataFrame) -> frozenset[Stated]:
    """Return the places where the packages and line items in force are stated."""
    rows = entries.filter(pl.col("reference") == pl.coalesce("line", "package"))
    return frozenset(map(Stated._make, rows.select("submission", "sheet", "row").drop_nulls().iter_rows()))


def _with_replaced(ledger: Ledger, old: Sequence[Reading], arranged: _Arranged, settings: Settings) -> Ledger:
    """The ledger with the statements of documents that were replaced as a whole among its superseded ones."""
    by_name = {one.document: one for one in arranged.readings}
    rows = [
        _dated(one, settings).with_columns(
            until=pl.lit(known_day(by_name[arranged.old[one.document]], settings), pl.Date),
            by=pl.lit(None, pl.String),
        )
        for one in old
    ]
    if not rows:
        return ledger
    found = pl.concat([ledger.superseded, *(one.select(list(SUPERSEDED)) for one in rows)])
    # What the newer version states unchanged is in force.
    gone = found.join(ledger.entries.select("entry"), on="entry", how="anti")
    return replace(ledger, superseded=gone.sort("entry", "known_on", "submission"))


def _one(names: set[str]) -> str:
    """The one name that all share; empty where they differ."""
    return names.pop() if len(names) == 1 else ""


def _dated(reading: Reading, settings: Settings) -> pl.DataFrame:
    """A reading's entries with the day on which the workspace says they became known."""
    day = settings.known_on.get(reading.document)
    marking = settings.markings.get(reading.document)
    entries = reading.entries
    if day:
        entries = entries.with_columns(known_on=pl.lit(day, pl.Date))
    if floor := released_before(reading.document, settings):
        later = pl.max_horizontal("known_on", pl.lit(floor, pl.Date))
        entries = entries.with_columns(known_on=pl.when(pl.col("known_on").is_not_null()).then(later))
    if marking:
        entries = entries.with_columns(marking=pl.lit(marking))
    units = entries["unit"]
    if units.null_count() == len(units):
        return entries
    meant = {unit: written_unit(unit) for unit in units.drop_nulls().unique().sort()}
    return entries.with_columns(pl.col("unit").replace(meant))


def _marked(reading: Reading, settings: Settings) -> Reading:
    """A text with the marking that the workspace gives it, clause by clause."""
    marking = settings.markings.get(reading.document)
    if not marking or "clauses" not in reading.tables:
        return reading
    clauses = reading.tables["clauses"].with_columns(marking=pl.lit(marking))
    return replace(reading, tables={**reading.tables, "clauses": clauses})


def _row_count(reading: Reading) -> int:
    """Return the number of rows understood; a row that is posted as an entry is one."""
    tables = {name: rows for name, rows in reading.tables.items() if name != UNREAD_ROWS}
    places = list(zip(reading.entries["sheet"].to_list(), reading.entries["row"].to_list(), strict=True))
    unplaced = 0
    for rows in tables.values():
        if "_row" in rows.columns:
            places += zip(rows["_sheet"].to_list(), rows["_row"].to_list(), strict=True)
        else:
            unplaced += rows.height
    at = {place for place in places if place[1] is not None}
    return len(at) + sum(place[1] is None for place in places) + unplaced


def _documents(readings: Sequence[Reading], old: Mapping[str, str], settings: Settings) -> pl.DataFrame:
    rows = []
    for reading in readings:
        entries = reading.entries
        first = entries["submission"].min()
        marks = set(entries["marking"]) - {None}
        rows.append(
            {
                "submission": reading.document if first is None else first,
                "name": reading.document,
                "party": reading.party,
                "format": reading.format,
                "digest": reading.digest,
                "known_on": known_day(reading, settings),
                "marking": settings.markings.get(reading.document)
                or reading.facts.get("marking", "")
                or (marks.pop() if len(marks) == 1 else settings.marking if reading.refused else PUBLIC),
                "rows": _row_count(reading),
                "in_force": reading.document not in old and not reading.refused,
            }
        )
    return pl.DataFrame(rows, schema=DOCUMENTS).sort("name")
