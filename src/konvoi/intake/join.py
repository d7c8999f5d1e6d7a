"""Submissions of Konvoi's own tables that lean on one another: a line here, its package in another file."""

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from konvoi.intake.facts import Index, Row
from konvoi.intake.konvoi import in_its_words
from konvoi.intake.ocds.elsewhere import found_elsewhere
from konvoi.intake.postings import DERIVED, Posted, Source, derived, index, posted_rows, together
from konvoi.intake.references import (
    LOOKALIKE,
    Alike,
    Refused,
    alike_in,
    ids_of,
    lookalike_ids,
    once_refused,
    refused_rows,
    resembling,
    unknown_references,
)
from konvoi.model.document import OWN, Reading
from konvoi.model.finding import Finding, Severity

_OURS = ("konvoi-workbook", "konvoi-csv", "konvoi-answers")
_PAPERS = ("ubl", "epcis", "ocds")
# Reported when rows are posted, so reported again when they are posted again.
_AGAIN = frozenset(
    {
        "reference-unknown",
        "reference-refused",
        LOOKALIKE,
        "contract-not-in-force",
        "relation-unreadable",
        "receipt-line-unclear",
    }
)
HEAD = "konvoi.csv"
"""The table that heads the CSV tables beside it."""
_HEAD = ("party", "day", "version", "supersedes", "coalition", "language", "marking")


def joined(readings: Sequence[Reading], old: Collection[str] = ()) -> tuple[Reading, ...]:
    """The readings, those of our own tables posted again with all the others at hand.

    A reference is looked up in the document itself, then in those of its party, then in those of all where
    it stands once. What is found nowhere is now an error. A `konvoi.csv` is the head of the CSV files beside
    it. Movements and receipts of papers in other forms are posted again where their line is found, else they
    stay as they are. All other readings come back unchanged; calling this twice changes nothing.

    old: documents that a newer version replaces: no other refers to what they alone state.
    """
    own = found_elsewhere(headed(readings))
    again = _posted_again(own, [one for one in own if one.document not in old])
    if replaced := [one for one in own if one.document in old]:
        again |= _posted_again(own, own, only={id(one) for one in replaced})
    return _told_at_home([again.get(id(one), one) for one in own])


def _posted_again(
    readings: Sequence[Reading], among: Sequence[Reading], only: Collection[int] | None = None
) -> dict[int, Reading]:
    """Return readings posted again by their identity; among: those in which references are looked up.

    readings: all of them, whose findings say which rows were refused. only: of these readings alone.
    """
    desks = [_Desk(one, _source(one)) for one in among if _ours(one) or _papers(one)]
    indexes = [index(desk.reading.tables, desk.source) for desk in desks]
    parties = {desk.source.name for desk in desks}
    pairs = list(zip(desks, indexes, strict=True))
    by_age = sorted(pairs, key=lambda pair: newer(pair[0].reading))
    near = {
        name: _merged([one for desk, one in by_age if desk.source.name == name]) for name in sorted(parties)
    }
    everybody = _alone(list(near.values()))
    ids = _ids(among)
    alike = alike_in(ids)
    left_out = refused_rows(finding for one in readings for finding in one.findings)
    chosen = [pair for pair in pairs if only is None or id(pair[0].reading) in only]
    found = together(
        [
            posted_rows(desk.reading.tables, desk.source, own_index, near[desk.source.name], everybody)
            for desk, own_index in chosen
        ]
    )
    frameworks = {name: _frameworks((one, everybody)) for name, one in near.items()}
    return {
        id(desk.reading): _followed(desk.reading, one, frameworks[desk.source.name])
        if _papers(desk.reading)
        else _posted(desk.reading, one, ids, alike, left_out)
        for (desk, _), one in zip(chosen, found, strict=True)
    }


def headed(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, each CSV table of ours with the head that lies beside it."""
    heads: dict[str, Reading] = {}
    for one in readings:
        if one.format == "konvoi-csv" and one.document.lower().endswith(HEAD):
            heads.setdefault(one.document.lower(), one)
    return [_headed(reading, heads) if _ours(reading) else reading for reading in readings]


def _told_at_home(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Remove findings of documents that name another's row if that row's own document reports them."""
    home = {(one.document, finding.place, finding.code) for one in readings for finding in one.findings}
    return tuple(
        replace(
            one,
            findings=tuple(
                finding
                for finding in one.findings
                if finding.place.file in {"", one.document}
                or (finding.place.file, finding.place, finding.code) not in home
            ),
        )
        for one in readings
    )


def newer(
    reading: Reading, known_on: date | None = None
) -> tuple[str, tuple[str | int, ...], tuple[str | int, ...]]:
    """A document's age, to sort by: its day, its version, its name, numbers in them by their size.

    known_on: the day that a workspace gives to it, before its own.
    """
    day = known_on.isoformat() if known_on else reading.facts.get("day", "")
    return day, natural(reading.facts.get("version", "")), natural(reading.document)


def natural(text: str) -> tuple[str, ...]:
    """Return text and whole numbers in turn, so that v10 comes after v9; numbers of any length."""
    parts = re.split(r"([0-9]+)", text.casefold())
    return tuple(_in_order(part) if at % 2 else part for at, part in enumerate(parts))


def _in_order(number: str) -> str:
    """Return a whole number so that its text is in the order of numbers: the longer one is larger."""
    digits = number.lstrip("0")
    return f"{len(digits):09}{digits}"


@dataclass(frozen=True)
class _Desk:
    """A reading of our own tables, and its source."""

    reading: Reading
    source: Source


def _ours(reading: Reading) -> bool:
    return reading.format in _OURS and not reading.refused


def _papers(reading: Reading) -> bool:
    return reading.format in _PAPERS and not reading.refused


def _headed(reading: Reading, heads: Mapping[str, Reading]) -> Reading:
    """Return a CSV table with the head that lies beside it; heads: by their documents in lower case."""
    folder, name = posixpath.split(reading.document)
    if reading.format != "konvoi-csv" or name.lower() == HEAD:
        return reading
    head = heads.get(posixpath.join(folder, HEAD).lower())
    if head is None:
        return reading
    facts = {name: head.facts[name] for name in _HEAD if name in head.facts}
    return replace(reading, party=head.party or reading.party, facts={**reading.facts, **facts})


def _source(reading: Reading) -> Source:
    day = reading.facts.get("day", "")
    return Source(
        name=reading.party or reading.digest[:16],
        party=reading.party,
        submission=reading.document,
        known_on=date.fromisoformat(day) if day else None,
        marking=reading.facts.get("marking", OWN),
    )


def _merged(indexes: Sequence[Index]) -> Index:
    """One party's rows, its documents by age; what stands in two of them is taken from the newest."""
    found: dict[str, dict[str, Row]] = {}
    for one in indexes:
        for table, rows in one.items():
            found.setdefault(table, {}).update(rows)
    return derived(found)


def _alone(indexes: Sequence[Index]) -> Index:
    """The rows whose reference no two parties use."""
    found: dict[str, dict[str, Row]] = {}
    twice: set[tuple[str, str]] = set()
    for one in indexes:
        for table, rows in one.items():
            held = found.setdefault(table, {})
            twice |= {(table, reference) for reference in rows.keys() & held.keys()}
            held.update(rows)
    alone = {
        table: {reference: row for reference, row in rows.items() if (table, reference) not in twice}
        for table, rows in found.items()
        if table not in DERIVED
    }
    return derived(alone)


def _ids(readings: Sequence[Reading]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for reading in readings:
        for table, ids in ids_of(reading.tables).items():
            found.setdefault(table, set()).update(ids)
    return {table: frozenset(ids) for table, ids in found.items()}


def _posted(
    reading: Reading, found: Posted, ids: Mapping[str, frozenset[str]], alike: Alike, left_out: Refused
) -> Reading:
    kept = [one for one in reading.findings if one.code not in _AGAIN]
    lost: list[Finding] = [replace(one, severity=Severity.ERROR) for one in found.waiting]
    lost += unknown_references(reading.tables, ids, refused=left_out)
    own = {**left_out, **refused_rows(kept)}
    whole = replace(
        reading,
        entries=found.entries,
        relations=found.relations,
        scopes=found.scopes,
        findings=(
            *kept,
            *found.findings,
            *resembling(once_refused(lost, own), ids),
            *lookalike_ids(reading.tables, alike),
        ),
    )
    return in_its_words(whole)


def _frameworks(others: Sequence[Index]) -> list[str]:
    """The contracts that call-offs of any document are under: these count instead."""
    return sorted({name for one in others for name in one.get("frameworks", {})})


def _followed(reading: Reading, found: Posted, frameworks: Sequence[str]) -> Reading:
    """Return a reading of papers, its entries complete if their line was found, else as the paper states."""
    posted_now = [*found.entries["reference"].drop_nulls(), *frameworks]
    alone = reading.entries.filter(~pl.col("reference").is_in(posted_now))
    return replace(reading, entries=pl.concat([found.entries, alone]).sort("entry"))
