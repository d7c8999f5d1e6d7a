"""Documents become readings, each sender's read in child processes of their own; nothing is read twice."""

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import konvoi
from konvoi.flow import kept_readings
from konvoi.flow.package_digest import package_digest
from konvoi.flow.settings import Settings
from konvoi.flow.versions import known_day
from konvoi.gateways.sandbox import Limits, run_many
from konvoi.intake.batch import packed_batch
from konvoi.intake.examine import examine
from konvoi.intake.join import headed
from konvoi.intake.wire import read_together
from konvoi.kit.digest import key
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding

_READER = "konvoi.intake.batch:read_batch"
# One child reads a sender's small files together: a file can only break what the same sender handed in,
# and what a broken child leaves unread is read again, each file alone.
_TOGETHER = 8 << 20
_MEGABYTE = 1 << 20


def understand(
    documents: Sequence[Document],
    *,
    settings: Settings | None = None,
    stop: Stop = never,
    cache: Path | None = None,
) -> list[Reading]:
    """Return the reading of each document, in their order.

    A file that breaks its reader comes back refused, and the others are read all the same. cache: a folder
    that keeps readings by content and version; None keeps none. Readings are found by the names of their
    documents, so that two documents of one name are a fault of the caller.
    """
    known = settings or Settings()
    names = Counter(one.name for one in documents)
    if twice := [name for name, count in names.items() if count > 1]:
        raise ValueError(f"two documents are named {twice[0]!r}")
    return by_senders(documents, read_documents(documents, known, stop, cache), known, cache=cache)


def by_senders(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    settings: Settings,
    *,
    cache: Path | None = None,
) -> list[Reading]:
    """Return readings in which numbers that can be read in two ways are read as their sender writes numbers.

    A sender's decimal separator is the one that all its documents show which were known by the day of a
    document, so that a later document changes none; where they differ, or none shows one, the finding stays.
    documents, readings: in one order.
    """
    wanted = sender_separators(readings, settings)
    again = [
        replace(document, decimal=wanted[reading.document])
        for document, reading in zip(documents, readings, strict=True)
        if reading.separators.unclear and wanted[reading.document] != reading.separators.remembered
    ]
    fresh = {one.document: one for one in read_documents(again, settings, never, cache)}
    return [fresh.get(one.document, one) for one in readings]


def sender_separators(readings: Sequence[Reading], settings: Settings) -> dict[str, str]:
    """Return the separator that the sender of each unclear document showed by its day; empty for none."""
    whole = headed(readings)
    showing: dict[str, list[tuple[date | None, Reading]]] = {}
    for one in whole:
        if one.party and one.separators.shown:
            showing.setdefault(one.party, []).append((known_day(one, settings), one))
    found: dict[str, str] = {}
    for one in whole:
        if one.separators.unclear:
            day = known_day(one, settings)
            shown = {
                separator
                for known, other in showing.get(one.party, [])
                if other.document != one.document and (day is None or (known is not None and known <= day))
                for separator in other.separators.shown
            }
            found[one.document] = shown.pop() if len(shown) == 1 else ""
    return found


def read_documents(
    documents: Sequence[Document], settings: Settings, stop: Stop, cache: Path | None
) -> list[Reading]:
    """Return the reading of each document, kept readings first."""
    if settings.sheets:
        asked = tuple(sorted(settings.sheets.items()))
        documents = [replace(document, sheets=asked) for document in documents]
    if settings.mappings:
        documents = [
            replace(document, mappings=settings.mappings.get(document.party, ())) for document in documents
        ]
    names = {_name(one): one for one in documents} if cache else {}
    known = kept_readings.kept(cache, names) if cache and documents else {}
    fresh = [one for one in documents if one.name not in known]
    known |= _read(fresh, limits(settings), cache, stop)
    return [known[one.name] for one in documents]


def limits(settings: Settings) -> Limits:
    """Return the limits of a process that opens one stranger's file."""
    return Limits(
        memory=settings.megabytes * _MEGABYTE, seconds=settings.seconds, patience=2 * settings.seconds
    )


def checked(readings: Sequence[Reading], settings: Settings) -> tuple[Finding, ...]:
    """Return findings on contradictions between readings, and on references that nobody knows."""
    named = (settings.recipient, *settings.groups, *chain.from_iterable(settings.groups.values()))
    return examine(readings, named)


def _read(
    documents: Sequence[Document], limits: Limits, cache: Path | None, stop: Stop
) -> dict[str, Reading]:
    """Readings by document; a batch whose child came to nothing is read again, file by file."""
    found: dict[str, Reading] = {}
    waiting = _batches(documents)
    while waiting:
        again: list[list[Document]] = []
        outcomes = run_many(_READER, (packed_batch(batch) for batch in waiting), limits)
        for batch, outcome in zip(waiting, outcomes, strict=True):
            readings = read_together(batch, outcome.answer, why=outcome.why)
            if not readings:
                again += [[document] for document in batch]
                continue
            found |= {one.name: reading for one, reading in zip(batch, readings, strict=True)}
            if cache and outcome.answer and not all(one.refused for one in readings):
                names = [_name(one) for one in batch]
                kept_readings.keep(cache, names, readings, outcome.answer)
            stop(Progress("Reading submissions", len(found), len(documents)))
        waiting = again
    return found


def _batches(documents: Sequence[Document]) -> list[list[Document]]:
    """A sender's files together as long as they are small; files of no known sender each alone."""
    found: list[list[Document]] = []
    size = 0
    for document in documents:
        size += len(document.content)
        last = found[-1] if found else []
        if last and document.party and last[0].party == document.party and size <= _TOGETHER:
            last.append(document)
        else:
            found.append([document])
            size = len(document.content)
    return found


def _name(document: Document) -> str:
    """Return the key of a kept reading: it changes with the content, its name, its sender, and the reading
    code.
    """
    named = (document.digest, document.name, document.party, document.marking, document.decimal)
    return key(*named, _reader(), document.sheets, document.hidden, document.mappings)


@functools.cache
def _reader() -> str:
    """A digest of the code that reads and of the tables it reads into: a changed reader reads anew."""
    return key(konvoi.__version__, package_digest("intake", "model", "kit"))
