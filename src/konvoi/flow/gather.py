"""Readings of many documents become one case: tables joined, versions in force, one ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.flow.parties import renamed, resolve_parties
from konvoi.flow.rows import standing
from konvoi.flow.settings import Settings
from konvoi.flow.versions import superseded
from konvoi.intake.join import joined
from konvoi.kit.days import latest
from konvoi.ledger.post import Ledger, post
from konvoi.ledger.units import owned, owners
from konvoi.link.weights import Weights
from konvoi.model.document import PUBLIC, Reading
from konvoi.model.entries import RELATIONS
from konvoi.model.finding import Finding
from konvoi.model.units import written_unit

DOCUMENTS = pl.Schema(
    {
        "submission": pl.String(),
        "name": pl.String(),
        "party": pl.String(),
        "format": pl.String(),
        "digest": pl.String(),
        "known_on": pl.Date(),
        "marking": pl.String(),
        "rows": pl.Int64(),
        "in_force": pl.Boolean(),
    }
)
"""One line for each document that was read; rows: entries and table rows understood."""


@dataclass(frozen=True)
class Gathered:
    """All that was understood of all documents in force.

    ledger: posted entries with the structural relations. tables: the workbook's tables together.
    boundary, currency: what the documents state of themselves, empty where they differ. readings: those in
    force, with the references between them resolved, each line's entries under the source whose line it is.
    proposed: the relations as they were found, before anybody's judgement; judgements: those that were laid
    over them, of people and of answers. weights: what each answer weighed when they were found.
    folder: of the workspace, None for files alone. on: its own day, where it says one.
    """

    ledger: Ledger
    tables: Mapping[str, pl.DataFrame]
    documents: pl.DataFrame
    claims: pl.DataFrame
    findings: tuple[Finding, ...]
    boundary: str = ""
    currency: str = ""
    refused: int = 0
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    proposed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RELATIONS))
    judgements: pl.DataFrame = field(default_factory=pl.DataFrame)
    weights: Weights | None = None
    folder: Path | None = None
    on: date | None = None

    @property
    def day(self) -> date | None:
        """The day of the latest submission; where none says its day, the latest that a fact names.

        One that a gap of more than ten years parts from most others is taken for a slip of the pen.
        """
        days = self.documents["known_on"].drop_nulls()
        facts = self.ledger.entries.select("submission", "day_from").unique()["day_from"].drop_nulls()
        return latest(days if len(days) else facts)

    @property
    def exercise(self) -> bool:
        """Whether each document says in its head that its coalition is one of an exercise."""
        named = [reading.facts.get("coalition", "") for reading in self.readings]
        return bool(named) and all("exercise" in name.casefold() for name in named)


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
    once = tuple(_marked(reading, known) for reading in _once(readings))
    old, findings = superseded(once, known, withdrawn)
    force = [reading for reading in once if reading.document not in old]
    tables, differ = standing(force, known.known_on)
    tables |= _with_old_texts(tables, [reading for reading in once if reading.document in old])
    if rates is not None:
        tables["rates"] = pl.concat(
            [*([tables["rates"]] if "rates" in tables else []), rates], how="diagonal"
        )
    relations = pl.concat([pl.DataFrame(schema=RELATIONS), *(reading.relations for reading in force)])
    parties = resolve_parties(force, tables, known.groups)
    ledger = post(
        [renamed(_dated(reading, known), parties.same) for reading in force],
        scopes=[reading.scopes for reading in force],
        relations=relations.unique(maintain_order=True),
        tables=tables,
    )
    told = parties.without(finding for reading in once for finding in reading.findings)
    return Gathered(
        ledger=ledger,
        tables=tables,
        documents=_documents(once, old, known),
        claims=pl.concat([reading.claims for reading in force]) if force else pl.DataFrame(),
        findings=(*told, *parties.findings, *findings, *differ, *ledger.findings),
        boundary=_one({reading.boundary for reading in force}),
        currency=_one({reading.currency for reading in force}),
        refused=sum(reading.refused for reading in once),
        groups=known.groups,
        readings=tuple(_owned(force, ledger.owners)),
    )


def _with_old_texts(tables: Mapping[str, pl.DataFrame], old: Sequence[Reading]) -> dict[str, pl.DataFrame]:
    """The clauses of all texts: earlier drafts too, which the rounds that they were put to still tell of."""
    parts = [tables.get("clauses"), *(one.tables.get("clauses") for one in old)]
    known = [one for one in parts if one is not None]
    return {"clauses": pl.concat(known, how="diagonal")} if known else {}


def in_force(
    readings: Sequence[Reading], settings: Settings, withdrawn: Sequence[Reading] = ()
) -> list[Reading]:
    """Each document once, without those that a newer version supersedes, as they are checked together."""
    once = _once(readings)
    old, _ = superseded(once, settings, withdrawn)
    force = [reading for reading in once if reading.document not in old]
    return _owned(force, owners(pl.concat([reading.entries for reading in force]))) if force else []


def _owned(readings: Sequence[Reading], owners: pl.DataFrame) -> list[Reading]:
    return [replace(reading, entries=owned(reading.entries, owners)) for reading in readings]


def _once(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Each content once, under the first of its names, in the order of the names."""
    ordered = sorted(readings, key=lambda reading: (reading.document, reading.digest))
    return joined(list({reading.digest: reading for reading in reversed(ordered)}.values())[::-1])


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
    if marking:
        entries = entries.with_columns(marking=pl.lit(marking))
    meant = {unit: written_unit(unit) for unit in entries["unit"].drop_nulls().unique().sort()}
    return entries.with_columns(pl.col("unit").replace(meant))


def _marked(reading: Reading, settings: Settings) -> Reading:
    """A text with the marking that the workspace gives it, clause by clause."""
    marking = settings.markings.get(reading.document)
    if not marking or "clauses" not in reading.tables:
        return reading
    clauses = reading.tables["clauses"].with_columns(marking=pl.lit(marking))
    return replace(reading, tables={**reading.tables, "clauses": clauses})


def known_day(reading: Reading, settings: Settings) -> date | None:
    """The day on which a document became known: by the workspace, else its latest entry, else its head."""
    last = reading.entries["known_on"].drop_nulls().max()
    stated = settings.known_on.get(reading.document) or last
    if isinstance(stated, date):
        return stated
    day = reading.facts.get("day", "")
    return date.fromisoformat(day) if day else None


def _documents(readings: Sequence[Reading], old: set[str], settings: Settings) -> pl.DataFrame:
    rows = []
    for reading in readings:
        entries = reading.entries
        submissions = entries["submission"].drop_nulls().unique().sort()
        marks = entries["marking"].drop_nulls().unique().sort().to_list()
        rows.append(
            {
                "submission": submissions[0] if len(submissions) else reading.digest[:16],
                "name": reading.document,
                "party": reading.party,
                "format": reading.format,
                "digest": reading.digest,
                "known_on": known_day(reading, settings),
                "marking": settings.markings.get(reading.document)
                or reading.facts.get("marking", "")
                or (marks[0] if len(marks) == 1 else settings.marking if reading.refused else PUBLIC),
                "rows": entries.height + sum(t.height for t in reading.tables.values()),
                "in_force": reading.document not in old and not reading.refused,
            }
        )
    return pl.DataFrame(rows, schema=DOCUMENTS).sort("name")
