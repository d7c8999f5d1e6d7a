"""The list of releases, for programs."""

from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.reports.releases import Release, releases


def values(one: Release) -> Row:
    """Return a release as values."""
    return {
        "release": str(one.id),
        "reader": one.reader,
        "day": one.day,
        "languages": list(one.languages),
        "state": str(one.state),
        "at": one.at,
        "ended": one.ended,
        "reason": one.reason,
        "follows": None if one.follows is None else str(one.follows),
        "digest": one.digest,
        "view": one.view,
    }


def rows(viewer: Viewer) -> list[Row]:
    """Return the releases of which a viewer may know, the newest first."""
    return [values(one) for one in releases() if viewer.reads(one.reader)]


RELEASES = ListQuery(
    name="releases",
    title="Releases",
    table=rows,
    columns=(
        Column("release"),
        Column("reader"),
        Column("day", Kind.DAY),
        Column("languages", Kind.TEXTS),
        Column("state", Kind.WORDS),
        Column("at", Kind.MOMENT),
        Column("ended", Kind.MOMENT),
        *(Column(name) for name in ("reason", "follows", "digest", "view")),
    ),
    filters=(Filter("state"), Filter("reader"), Filter("day", Kind.DAY)),
    sorts=("day", "at", "state"),
    order=("-at",),
    key="release",
    right=Right.PUBLIC,
    day=False,
    empty="No release yet.",
)
