"""Versions: which document a newer one replaces, also where one between them was taken out again."""

from collections.abc import Sequence

from konvoi.flow.settings import Settings
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity


def superseded(
    readings: Sequence[Reading], settings: Settings, withdrawn: Sequence[Reading] = ()
) -> tuple[set[str], list[Finding]]:
    """Documents that a newer version replaces, and versions that name what is not there.

    withdrawn: submissions that were taken out. What replaces one of them replaces what that one replaced.
    """
    old: set[str] = set()
    findings = []
    for reading in readings:
        found = replaced(reading, readings, settings, withdrawn)
        if found:
            old.add(found)
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
    return settings.supersedes.get(reading.document) or reading.facts.get("supersedes", "")


def _meant(reading: Reading, named: str, others: Sequence[Reading]) -> Reading | None:
    """The other document of a name: whole, of its file (the own party first), or of a version."""
    by_name = {one.document: one for one in others if one is not reading}
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
        expected="the file name of a document that was handed in before",
        remedy="hand in that document too, or correct the name",
    )
