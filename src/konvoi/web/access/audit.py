"""The audit log: a chain of what persons did, in which no row can be changed, removed or left out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from konvoi.kit.digest import digest
from konvoi.web.access.models import AuditEvent
from konvoi.web.access.scope import of_engine
from konvoi.web.access.viewer import Viewer
from konvoi.web.locks import Lock, alone


def record(
    viewer: Viewer,
    action: str,
    *,
    party: str = "",
    object: object = "",
    detail: Mapping[str, str | int | None] | None = None,
) -> AuditEvent:
    """Add an event to the log, in the transaction of the action that it tells of.

    action: a term from docs/reference/audit-log.md. object: public id of the record.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event belongs to the transaction of its action")
    alone(Lock.AUDIT)
    with of_engine():
        last = AuditEvent.objects.order_by("-number").first()
    event = AuditEvent(
        number=1 if last is None else last.number + 1,
        at=timezone.now(),
        actor="" if viewer.user is None else str(viewer.user),
        acted_as="" if viewer.acting is None else viewer.acting.key,
        action=action,
        party=party,
        object=str(object),
        detail=dict(detail or {}),
        previous="" if last is None else last.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    return event


def hash_of(event: AuditEvent) -> str:
    """Return the SHA-256 of all that an event says, the hash of the event before included."""
    values = {
        "number": event.number,
        "at": _moment(event.at),
        "actor": event.actor,
        "acted_as": event.acted_as,
        "action": event.action,
        "party": event.party,
        "object": event.object,
        "detail": event.detail,
        "previous": event.previous,
    }
    return digest(json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Checked:
    """The result of checking the log. wrong: number of the first event that is not as written; 0 for none."""

    events: int
    head: str
    wrong: int

    @property
    def holds(self) -> bool:
        """True where every event is as it was written."""
        return not self.wrong


def check() -> Checked:
    """Check the whole chain."""
    number, previous = 0, ""
    for event in AuditEvent.objects.order_by("number").iterator():
        number += 1
        if event.number != number or event.previous != previous or event.hash != hash_of(event):
            return Checked(number, previous, event.number)
        previous = event.hash
    return Checked(number, previous, 0)
