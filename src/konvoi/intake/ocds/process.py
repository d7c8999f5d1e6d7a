"""The contracting processes of a document: its releases gathered by ocid and merged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object
from konvoi.intake.ocds.merge import compiled, same_ids
from konvoi.intake.papers.work import Work
from konvoi.model.finding import Severity


class Release(NamedTuple):
    """A release and its path in the document."""

    path: str
    content: Object


@dataclass(frozen=True)
class Process:
    """One contracting process: its id, its place in the document, and its merged releases."""

    ocid: str
    path: str
    now: Object


def processes(value: object, work: Work) -> list[Process] | None:
    """The processes of a package of releases or records, or of one release; None where this is none."""
    if not isinstance(value, Mapping):
        return None
    if not isinstance(value.get("releases"), list) and not isinstance(value.get("records"), list):
        if not {"ocid", "tag"} <= value.keys():
            return None
        _version(value, work, bare=True)
        return list(_merged(_by_ocid({"": value}, work), work))
    _version(value, work, bare=False)
    found: list[Process] = []
    if isinstance(releases := value.get("releases"), list):
        spotted = {f"releases[{number}]": one for number, one in enumerate(releases)}
        found += _merged(_by_ocid(spotted, work), work)
    if isinstance(records := value.get("records"), list):
        for number, record in enumerate(records):
            found += _record(f"records[{number}]", record, work)
    return _once(found, work)


def _version(value: Object, work: Work, *, bare: bool) -> None:
    """The version of the document; a package that names none is one of 1.0, as the standard has it."""
    said = plain(value.get("version")) or ("1.1" if bare and "parties" in value else "1.0")
    work.facts["version"] = said
    if said.startswith("1.0"):
        words = ("version 1.1", "Nothing: it was read as 1.0; ask the publisher for 1.1.")
        work.tell(Severity.WARNING, "ocds-version-old", work.place(column="version"), words, read=said)
    elif not said.startswith("1.1"):
        words = ("version 1.1 or 1.0", "Check what was read; this version is not known here.")
        work.tell(Severity.WARNING, "ocds-version-unknown", work.place(column="version"), words, read=said)


def _by_ocid(spotted: Mapping[str, object], work: Work) -> dict[str, list[Release]]:
    """Return releases by ocid; of two with one id but different content keep the first, and report it.

    spotted: by path, what stands there.
    """
    found: dict[str, list[Release]] = {}
    seen: dict[tuple[str, str], Object] = {}
    for path, one in spotted.items():
        ocid = plain(one.get("ocid")) if isinstance(one, Mapping) else None
        if not isinstance(one, Mapping) or not ocid or not plain(one.get("date")):
            words = ("a release with its ocid and date", "Correct it and submit the document again.")
            work.tell(Severity.ERROR, "ocds-release-unreadable", work.place(path, 0, "ocid"), words)
            continue
        id = plain(one.get("id")) or ""
        before = seen.setdefault((ocid, id), one)
        if before is one:
            found.setdefault(ocid, []).append(Release(path, one))
        elif before != one:
            words = (
                "each release of {ocid} with a unique id",
                "Assign a different id to one of the two; the first was imported.",
            )
            work.tell(
                Severity.ERROR, "ocds-release-conflict", work.place(path, 0, "id"), words, read=id, ocid=ocid
            )
    return found


def _merged(found: Mapping[str, list[Release]], work: Work) -> Iterator[Process]:
    for ocid, releases in found.items():
        for release in releases:
            for inner, id in same_ids([release.content]):
                words = ("each id once in a list", "Assign a separate id to the second; the two were merged.")
                at = work.place(
                    plain(inner.replace("releases[0]", release.path or "release", 1)) or "", 0, "id"
                )
                work.tell(Severity.ERROR, "ocds-id-twice", at, words, read=id)
        yield Process(ocid, releases[0].path or "release", compiled(release.content for release in releases))


def _record(path: str, record: object, work: Work) -> Iterator[Process]:
    """The process of a record: merged from its releases where they are whole, else as it was compiled."""
    value = record if isinstance(record, Mapping) else {}
    listed = value.get("releases")
    releases = listed if isinstance(listed, list) else []
    linked = [one for one in releases if isinstance(one, Mapping) and "url" in one and "id" not in one]
    stated = value.get("compiledRelease")
    if releases and not linked:
        spotted = {f"{path}.releases[{number}]": one for number, one in enumerate(releases)}
        for process in _merged(_by_ocid(spotted, work), work):
            _compare(process, stated, path, work)
            yield process
    elif isinstance(stated, Mapping) and plain(value.get("ocid")):
        yield Process(plain(value.get("ocid")) or "", f"{path}.compiledRelease", stated)
    else:
        words = ("a record with its releases or its compiled release", "Submit the releases themselves.")
        work.tell(Severity.ERROR, "ocds-record-empty", work.place(path, 0, "compiledRelease"), words)


def _compare(process: Process, stated: object, path: str, work: Work) -> None:
    """Check that a record's compiled release equals its merged releases; `id` is the publisher's own."""
    if not isinstance(stated, Mapping):
        return
    unlike = sorted(
        name
        for name in (stated.keys() | process.now.keys()) - {"id"}
        if stated.get(name) != process.now.get(name)
    )
    if unlike:
        words = (
            "what the releases come to; they differ in: {names}",
            "Ask the publisher which is right; the releases count.",
        )
        at = work.place(f"{path}.compiledRelease", 0, unlike[0])
        work.tell(Severity.WARNING, "ocds-record-differs", at, words, names=", ".join(unlike))


def _once(found: list[Process], work: Work) -> list[Process]:
    """Each process once: two records of one ocid contradict the standard, the first is read."""
    kept: dict[str, Process] = {}
    for one in found:
        if one.ocid in kept:
            words = ("each process once; it stands in {path}", "Take one of the two out; the first was read.")
            path = kept[one.ocid].path
            work.tell(
                Severity.ERROR,
                "ocds-process-twice",
                work.place(one.path, 0, "ocid"),
                words,
                read=one.ocid,
                path=path,
            )
        else:
            kept[one.ocid] = one
    return list(kept.values())
