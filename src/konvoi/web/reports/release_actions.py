"""Actions on releases: release the public brief, withdraw it; each one transaction with its audit event."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from django.http import Http404
from django.utils import timezone

from konvoi.flow.released_papers import release_paper
from konvoi.flow.snapshots import BRIEF, FIGURES, MANIFEST, RECORDS
from konvoi.gateways.refusal import Refused
from konvoi.model.markings import PUBLIC, admits
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened, view
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.texts import say
from konvoi.web.record import head, settings_now, writing
from konvoi.web.reports.models import ReleaseEvent
from konvoi.web.reports.releases import Release, Step, release_of, releases
from konvoi.web.runs.queue import ask_run

LONGEST_REASON = 500


def release_brief(*, viewer: Viewer, seen: str, languages: Collection[str], key: uuid.UUID) -> uuid.UUID:
    """Release the public brief of the viewer's day as it is, and return the id of the release.

    seen: digest of the view that the viewer has read. key: the id; the same key a second time changes
    nothing. Refused where the brief is not the one that was read, where the record has changed since it was
    computed, and where a row in it is not marked for its reader.
    """
    if not viewer.may(Right.DECIDE):
        raise Http404
    with writing() as kept:
        if release_of(key) is not None:
            return key
        opened = view(viewer, PUBLIC)
        chosen = [one for one in settings_now().languages if one in languages]
        _refuse_unfit(opened, seen, chosen)
        if opened is None or opened.day is None:
            raise Refused(say("There is no public brief of this day. Nothing was released."))
        now = timezone.now()
        at = now.isoformat(timespec="seconds")
        digest = release_paper(kept, str(key), PUBLIC, opened.day, dict(_files(opened, chosen)), at=at)
        event = ReleaseEvent(
            release=key,
            step=Step.RELEASED,
            reader=PUBLIC,
            day=opened.day,
            asked=viewer.day,
            languages=chosen,
            digest=digest,
            view=opened.manifest.digest,
            by=viewer.user,
            at=now,
        )
        _supersede(event)
        event.save(force_insert=True)
        detail: Mapping[str, str] = {"reader": PUBLIC, "day": opened.day.isoformat(), "digest": digest}
        record(viewer, "brief-released", object=key, detail=detail)
        ask_run(by=viewer.user)
    return key


def _refuse_unfit(opened: Opened | None, seen: str, languages: Collection[str]) -> None:
    if opened is None or opened.head != head():
        text = (
            "The record has changed since the brief was computed. "
            "Compute it again, and read it before you release it."
        )
        raise Refused(say(text))
    if opened.manifest.digest != seen:
        raise Refused(
            say("The brief is not the one that you have read. Read it again before you release it.")
        )
    if not languages:
        raise Refused(say("Choose at least one language. Nothing was released."))
    if unfit := unmarked(opened, PUBLIC):
        text = "Rows of these tables are not marked public: {tables}. Nothing was released."
        raise Refused(say(text, tables=", ".join(unfit)))


def unmarked(opened: Opened, reader: str) -> list[str]:
    """Return the tables of results with a row whose marking does not admit a reader.

    The results were cut to their reader before: this asks the rows themselves once more. The marking of a
    document is only the default of its rows.
    """
    found = []
    for table in sorted(set(opened.manifest.tables) - {"documents", "submissions"}):
        if "marking" in opened.columns(table):
            known = [str(marking or "") for (marking,) in opened.counts(table, ["marking"])]
            if any(one and not admits(one, (), reader) for one in known):
                found.append(table)
    return found


def _files(opened: Opened, languages: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the brief and the parts of its page, in the languages that are released."""
    others = {one for one in settings_now().languages if one not in languages}
    for name in opened.manifest.files:
        part = name.startswith((f"{BRIEF}/", f"{FIGURES}.", f"{RECORDS}."))
        if part and not any(f".{one}." in name for one in others):
            content = opened.file(name)
            if content is None:
                raise Refused(say("There is no public brief of this day. Nothing was released."))
            yield name, content
    kept = replace(opened.manifest, files={}, tables={})
    yield MANIFEST, kept.text().encode()


def _supersede(event: ReleaseEvent) -> None:
    """Add to each release in force to the same reader that a newer one supersedes it."""
    for one in releases():
        if one.is_in_force and one.reader == event.reader:
            _follow(one, Step.SUPERSEDED, by=event.by, at=event.at, follows=event.release)


def _follow(one: Release, step: Step, **values: object) -> None:
    """Add an event to a release, which stays what it was."""
    ReleaseEvent.objects.create(
        release=one.id, step=step, reader=one.reader, day=one.day, digest=one.digest, view=one.view, **values
    )


def withdraw_release(*, viewer: Viewer, release: uuid.UUID, reason: str) -> None:
    """Withdraw a release for a reason that its readers are told; its bytes stay in the record.

    One that is withdrawn already stays as it is.
    """
    with writing():
        one = release_of(release)
        if one is None or not viewer.may(Right.DECIDE):
            raise Http404
        if one.state == Step.WITHDRAWN:
            return
        why = " ".join(reason.split())[:LONGEST_REASON]
        if not why:
            raise Refused(say("State the reason. Nothing was withdrawn."))
        _follow(one, Step.WITHDRAWN, by=viewer.user, at=timezone.now(), reason=why)
        record(viewer, "release-withdrawn", object=one.id)
