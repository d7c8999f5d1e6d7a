"""Released papers: what was released, in what state it is, and its bytes as they lie in the record."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from konvoi.flow.released_papers import ReleasedPaper, content_of
from konvoi.flow.snapshots import BRIEF, MANIFEST, SINCE, Manifest
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.pages.languages import code
from konvoi.web.record import reading
from konvoi.web.reports.models import ReleaseEvent

Step = ReleaseEvent.Step


@dataclass(frozen=True)
class Release:
    """A released paper with its state.

    at: when it was released; ended: when it was superseded or withdrawn. follows: the newer one.
    """

    id: uuid.UUID
    reader: str
    day: date
    languages: tuple[str, ...]
    digest: str
    view: str
    at: datetime
    state: str = Step.RELEASED
    ended: datetime | None = None
    reason: str = ""
    follows: uuid.UUID | None = None

    @property
    def is_in_force(self) -> bool:
        """True while no newer one supersedes it and it is not withdrawn."""
        return self.state == Step.RELEASED

    def is_open_to(self, viewer: Viewer) -> bool:
        """Return True if a viewer may read the paper: one that is withdrawn only the coordination cell."""
        return viewer.is_cell or (self.state != Step.WITHDRAWN and viewer.reads(self.reader))

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return its files by name; none where its bytes are not those that were released."""
        try:
            return _files(str(instance().folder), str(self.id), self.reader, self.day, self.digest)
        except LookupError:
            return {}

    @property
    def names(self) -> list[str]:
        """Return the names of the files that a reader may take."""
        return sorted(one.removeprefix(f"{BRIEF}/") for one in self.files if one.startswith(f"{BRIEF}/"))

    @property
    def manifest(self) -> Manifest | None:
        """Return what the paper says of itself."""
        content = self.files.get(MANIFEST)
        return None if content is None else Manifest.read(content.decode())

    def text(self, part: str) -> str:
        """Return a part of the page in the reader's language, or in the first that was released."""
        names = sorted(
            (one for one in self.files if one.startswith(f"{part}.")),
            key=lambda one: (f".{code()}." not in one, one),
        )
        return self.files[names[0]].decode() if names else ""


@lru_cache(maxsize=4)
def _files(folder: str, id: str, reader: str, day: date, digest: str) -> Mapping[str, bytes]:
    """Return the files of a paper; LookupError where they are not there, which is not kept."""
    with reading():
        found = content_of(instance().folder, ReleasedPaper(id, reader, 0, day, digest))
    if found is None:
        raise LookupError(id)
    return found


def releases() -> list[Release]:
    """Return all releases, the newest first."""
    return list(reversed(_folded(ReleaseEvent.objects.order_by("id"))))


def release_of(id: uuid.UUID) -> Release | None:
    """Return a release; None where there is no such one."""
    return next(iter(_folded(ReleaseEvent.objects.filter(release=id).order_by("id"))), None)


def _folded(events: Iterable[ReleaseEvent]) -> list[Release]:
    found: dict[uuid.UUID, Release] = {}
    for one in events:
        if one.step == Step.RELEASED:
            found[one.release] = Release(
                one.release, one.reader, one.day, tuple(one.languages), one.digest, one.view, one.at
            )
        elif one.release in found:
            found[one.release] = replace(
                found[one.release], state=one.step, ended=one.at, reason=one.reason, follows=one.follows
            )
    return list(found.values())


@dataclass(frozen=True)
class Since:
    """Changes since a release.

    figures: title, then, now of the first page, where they differ. totals: what, then, now, by. packages:
    kind, package, party, what; all_packages: how many there are.
    """

    figures: tuple[tuple[str, str, str], ...]
    totals: tuple[Mapping[str, str], ...]
    packages: tuple[Mapping[str, str], ...]
    all_packages: int

    @property
    def any(self) -> bool:
        """True where something changed."""
        return bool(self.figures or self.totals or self.packages)


def since(viewer: Viewer, release: Release) -> Since | None:
    """Return what changed for its reader since a release, by the newest results.

    None where it is not computed: they are older than the release, or newer releases stand in between.
    """
    opened = view(viewer.on(None), release.reader)
    then = release.manifest
    if opened is None or then is None:
        return None
    text = opened.text(f"{SINCE}/{release.id}", code())
    if not text:
        return None
    told: dict[str, Any] = json.loads(text)
    before = {id: (title, figure) for id, title, figure in _tiles(then)}
    figures = [
        (title, before[id][1], figure)
        for id, title, figure in opened.tiles(code())
        if id in before and before[id][1] != figure
    ]
    return Since(tuple(figures), tuple(told["totals"]), tuple(told["packages"]), int(told["all_packages"]))


def _tiles(manifest: Manifest) -> Iterable[tuple[str, str, str]]:
    return manifest.tiles.get(code()) or next(iter(manifest.tiles.values()), ())
