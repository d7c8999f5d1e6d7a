"""Impact of listings on the plan: who is blocked in which part, and the movements that used them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from konvoi.web.access.models import Snapshot
from konvoi.web.access.view import Opened, opened_as
from konvoi.web.access.viewer import Viewer
from konvoi.web.sanctions.alert import Alert

Row = Mapping[str, Any]
MOST = 10_000
MOST_PLANS = 20
"""So many earlier results are looked through for the last plan that used a blocked record."""


@dataclass(frozen=True)
class Blocked:
    """A party that an alert blocks. records: that it stops, as table and id."""

    row: Row
    records: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Struck:
    """A movement of a plan that uses a blocked record. by: records and parties; alert: its id."""

    row: Row
    by: Sequence[str]
    alert: str


@dataclass(frozen=True)
class Impact:
    """Parties that are blocked, and the planned movements that are struck.

    now: in the plan of these results. before: in the last plan that used a blocked record, of the day `day`;
    empty where none of the kept results has such a plan.
    """

    blocked: Sequence[Blocked]
    now: Sequence[Struck]
    before: Sequence[Struck]
    day: date | None

    @property
    def carriers(self) -> int:
        """Number of records that are blocked: suppliers', carriers' and hulls'."""
        return len({one for each in self.blocked for one in each.records})


def impact(viewer: Viewer, opened: Opened) -> Impact:
    """Return the impact of all alerts that block, as the viewer may see it."""
    rows = opened.rows("screening_hits", where={"stops": True}, order=("party", "hit"), limit=MOST).rows
    return _impact(viewer, opened, rows)


def impact_of(alert: Alert) -> Impact:
    """Return the impact of one alert; empty where it blocks nobody."""
    return _impact(alert.viewer, alert.opened, [alert.row] if alert.row["stops"] else [])


def _impact(viewer: Viewer, opened: Opened, rows: Sequence[Row]) -> Impact:
    blocked: dict[str, Blocked] = {}
    for row in rows:
        blocked.setdefault(str(row["party"]), Blocked(row, Alert(viewer, opened, row).stopped()))
    by_record = {record: one for one in blocked.values() for record in one.records}
    now = struck(opened, blocked, by_record)
    if now or not blocked or viewer.day is not None:
        return Impact(list(blocked.values()), now, (), None)
    for earlier in _earlier(viewer, opened):
        before = struck(earlier, blocked, by_record)
        if before:
            return Impact(list(blocked.values()), now, before, earlier.day)
    return Impact(list(blocked.values()), now, (), None)


def struck(
    opened: Opened, blocked: Mapping[str, Blocked], by_record: Mapping[tuple[str, str], Blocked]
) -> list[Struck]:
    """Return the movements of the plan of some results that use a blocked party or record."""
    found = []
    for row in opened.rows("planned_movements", order=("departs", "movement"), limit=MOST).rows:
        used = [
            ("offers", row["offer"]),
            ("needs", row["need"]),
            *(("lanes", one) for one in row["lanes"] or ()),
        ]
        by = {str(one[1]): by_record[one] for one in used if one in by_record}
        if row["supplier"] in blocked:
            by[str(row["supplier"])] = blocked[row["supplier"]]
        if by:
            found.append(Struck(row, list(by), str(next(iter(by.values())).row["hit"])))
    return found


def _earlier(viewer: Viewer, opened: Opened) -> list[Opened]:
    """Return the results before these that are kept and differ from them, the newest first."""
    known = Snapshot.objects.filter(reader=viewer.reader, asked=None).exclude(digest=opened.manifest.digest)
    found = (opened_as(viewer, one) for one in known.order_by("-made")[:MOST_PLANS])
    return [one for one in found if one is not None]
