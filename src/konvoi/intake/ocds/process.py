"""The contracting processes of a document: its releases gathered by ocid and merged."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, day, objects
from konvoi.intake.ocds.merge import NotMergeable, compiled, in_order, same_ids
from konvoi.intake.ocds.prozorro import is_native, release
from konvoi.intake.papers.work import Work
from konvoi.model.finding import Severity

_OCID = re.compile(r"ocds-[a-z0-9]{6}-.")
_OCID_REMEDY = "Ask the publisher to register its prefix; the process is read under the ocid as it stands."


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
    """The processes of a package of releases or records, of one of them, or of a list of these.

    A tender or contract of Prozorro is read as a release. None where this is none of these.
    """
    if isinstance(value, list):
        return _of_list(value, work)
    if not isinstance(value, Mapping):
        return None
    if is_native(value):
        work.facts["version"] = "Prozorro"
        return list(_merged(_by_ocid({"": release(value)}, work), work))
    if "ocid" in value and ("compiledRelease" in value or isinstance(value.get("releases"), list)):
        work.facts["version"] = "1.1"
        return list(_record("record", value, work))
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


def _of_list(listed: Sequence[object], work: Work) -> list[Process] | None:
    """The processes of a list, or of the lines of a file; releases of one ocid are merged across them."""
    releases: dict[str, object] = {}
    found: list[Process] = []
    known = False
    for number, one in enumerate(listed):
        path = f"[{number}]"
        value: Object = one if isinstance(one, Mapping) else {}
        if is_native(value):
            work.facts["version"] = "Prozorro"
            releases[path] = release(value)
        elif isinstance(value.get("records"), list) or "compiledRelease" in value:
            records = value.get("records")
            for place, record in enumerate(records if isinstance(records, list) else [value]):
                found += _record(f"{path}.records[{place}]", record, work)
        elif isinstance(inner := value.get("releases"), list):
            releases |= {f"{path}.releases[{place}]": each for place, each in enumerate(inner)}
        elif "ocid" in value:
            releases[path] = value
        else:
            continue
        known = True
    if not known:
        return None
    work.facts.setdefault("version", "1.1")
    return _once([*_merged(_by_ocid(releases, work), work), *found], work)


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
        _identified(path, one, work)
        # Releases without an id may be different ones: equal content alone makes them one.
        before = seen.setdefault((ocid, id or repr(one)), one)
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


def _identified(path: str, release: Object, work: Work) -> None:
    """Report a release without an id, or with a date that is no day."""
    at = path or "release"
    if not plain(release.get("id")):
        words = ("the id of the release", "Add it; the release was read without one.")
        work.tell(Severity.WARNING, "ocds-release-id-missing", work.place(at, 0, "id"), words)
    date = plain(release.get("date")) or ""
    if day(date) is None:
        words = (
            "a day and time such as 2031-01-31T00:00:00Z",
            "Correct it; releases are merged in the order of their dates, and this one as its text stands.",
        )
        work.tell(Severity.WARNING, "ocds-date-unreadable", work.place(at, 0, "date"), words, read=date)


def _merged(found: Mapping[str, list[Release]], work: Work) -> Iterator[Process]:
    for ocid, releases in found.items():
        _judged(ocid, releases, work)
        for each in releases:
            for inner, id in same_ids([each.content]):
                words = ("each id once in a list", "Assign a separate id to the second; the two were merged.")
                at = work.place(plain(inner.replace("releases[0]", each.path or "release", 1)) or "", 0, "id")
                work.tell(Severity.ERROR, "ocds-id-twice", at, words, read=id)
        path = releases[0].path or "release"
        try:
            now: Object = compiled(each.content for each in releases)
        except NotMergeable as error:
            words = (
                "members that are of one kind in all releases of {ocid}",
                "Correct the releases; until then the latest is read alone.",
            )
            work.tell(
                Severity.ERROR, "ocds-not-mergeable", work.place(path), words, read=str(error), ocid=ocid
            )
            now = _latest([each.content for each in releases])
        yield Process(ocid, path, now)


def _latest(releases: Sequence[Object]) -> Object:
    return in_order(releases)[-1]


def _judged(ocid: str, releases: Sequence[Release], work: Work) -> None:
    """Report an ocid of no registered form, releases of one date, and awards without an id."""
    path = releases[0].path or "release"
    if not _OCID.match(ocid):
        words = ("an ocid that begins with a registered prefix such as ocds-213czf-", _OCID_REMEDY)
        work.tell(Severity.WARNING, "ocds-ocid-form", work.place(path, 0, "ocid"), words, read=ocid)
    dates: dict[str, str] = {}
    for one in releases:
        date = plain(one.content.get("date")) or ""
        if date in dates:
            words = (
                "releases of {ocid} with different dates",
                "Give each its own date; both were read, in the order of their ids.",
            )
            at = work.place(one.path or "release", 0, "date")
            work.tell(Severity.WARNING, "ocds-date-twice", at, words, read=date, ocid=ocid)
        dates[date] = one.path
    _awards(releases, work)


def _awards(releases: Sequence[Release], work: Work) -> None:
    for one in releases:
        base = one.path or "release"
        for number, award in enumerate(objects(one.content, "awards"), start=1):
            if not plain(award.get("id")):
                words = ("the id of the award", "Add it; without it no contract can refer to the award.")
                at = work.place(f"{base}.awards", number, "id")
                work.tell(Severity.WARNING, "ocds-award-id-missing", at, words)


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
