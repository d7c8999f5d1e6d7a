"""Versions: how late documents are, and which a newer one replaces, also past one that was withdrawn."""

import posixpath
from collections.abc import Sequence
from datetime import date

from konvoi.flow.reconstructed import declared
from konvoi.flow.settings import Settings
from konvoi.gateways.files import SUBMISSIONS
from konvoi.intake.join import HEAD, natural
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity


def superseded(
    readings: Sequence[Reading], settings: Settings, withdrawn: Sequence[Reading] = ()
) -> tuple[dict[str, str], list[Finding]]:
    """Return the documents that a newer version replaces, each with that version, and findings on versions.

    withdrawn: submissions that were taken out. What replaces one of them replaces what that one replaced.
    """
    old: dict[str, str] = {}
    findings = []
    for reading in readings:
        found = replaced(reading, readings, settings, withdrawn)
        if found:
            old[found] = reading.document
        elif (named := _names(reading, settings)) and not _meant(reading, named, withdrawn):
            findings.append(_unknown(reading.document, named))
    return old, findings


def replaced(
    reading: Reading, readings: Sequence[Reading], settings: Settings, withdrawn: Sequence[Reading] = ()
) -> str:
    """The document among the readings that one of them replaces; empty where there is none."""
    seen: set[str] = set()
    at = reading
    while named := _names(at, settings):
        if (target := _meant(at, named, readings)) and target.document != reading.document:
            return target.document
        between = _meant(at, named, withdrawn)
        if between is None or between.document in seen:
            return ""
        seen.add(between.document)
        at = between
    return ""


def _names(reading: Reading, settings: Settings) -> str:
    """Return the document that a document replaces; the head of CSV tables says it for the tables beside
    it.
    """
    if posixpath.basename(reading.document).lower() == HEAD:
        return ""
    return settings.supersedes.get(reading.document) or reading.facts.get("supersedes", "")


def _meant(reading: Reading, named: str, others: Sequence[Reading]) -> Reading | None:
    """The other document of a name: whole, of its file (the own party first), or of a version."""
    by_name = {one.document: one for one in others if one.document != reading.document}
    if named in by_name:
        return by_name[named]
    by_file = [one for name, one in sorted(by_name.items()) if name.rsplit("/", 1)[-1] == named]
    own = [one for one in by_file if one.party == reading.party]
    by_version = [
        one
        for _, one in sorted(by_name.items())
        if one.party == reading.party and one.facts.get("version") == named
    ]
    return next(iter([*own[::-1], *by_file[::-1], *by_version[::-1]]), None)


def _unknown(document: str, named: str) -> Finding:
    return Finding(
        Severity.WARNING,
        "superseded-unknown",
        Place(file=document, column="supersedes"),
        read=named,
        expected="the file name of a previously submitted document",
        remedy="submit that document too, or correct the name",
    )


def known_day(reading: Reading, settings: Settings) -> date | None:
    """Return the day on which a document became known.

    It is the day that the document states (`stated_day`), but not one before the latest day whose figures had
    been released when it was added: what was released then did not contain it.
    """
    day = stated_day(reading, settings)
    floor = released_before(reading.document, settings)
    return day if day is None or floor is None else max(day, floor)


def released_before(document: str, settings: Settings) -> date | None:
    """Return the latest day whose figures had been released when a document was added; None for none."""
    return settings.released.floor(f"{SUBMISSIONS}/{document}")


def stated_day(reading: Reading, settings: Settings) -> date | None:
    """Return the day of a document: by the workspace, else by its latest entry, else by its head."""
    if (one := declared(settings.reconstructed, reading.document)) is not None:
        return one.shown
    last = reading.entries["known_on"].max()
    stated = settings.known_on.get(reading.document) or last
    if isinstance(stated, date):
        return stated
    day = reading.facts.get("day", "")
    return date.fromisoformat(day) if day else None


def ages(readings: Sequence[Reading], settings: Settings) -> dict[str, int]:
    """Return a number for each document by the day on which it became known: a later one is higher.

    On equal days the later dated one is later, then the one that states a higher version. Documents with
    equal numbers cannot be told apart; their names tell nothing.
    """
    stated = {one.document: age(one, settings) for one in readings}
    numbers = {age: number for number, age in enumerate(sorted(set(stated.values())))}
    return {name: numbers[age] for name, age in stated.items()}


Age = tuple[date, date, tuple[str | int, ...]]
"""The day on which a document became known, the day that it states, and the version that it states."""


def age(reading: Reading, settings: Settings) -> Age:
    """Return the age of a document, by which versions are ordered: a later one is higher."""
    dated = reading.facts.get("day", "")
    return (
        known_day(reading, settings) or date.min,
        date.fromisoformat(dated) if dated else date.min,
        natural(reading.facts.get("version", "")),
    )
