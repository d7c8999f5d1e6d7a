"""Calls to consult under a clause: started by the coordination cell, acknowledged by each party, recorded."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404
from django.utils import timezone

from konvoi.accord.guarantees import IN_FORCE
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.web.access.audit import record
from konvoi.web.access.grants import grants
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.roles import Right, Role
from konvoi.web.access.scope import of_engine
from konvoi.web.access.viewer import Viewer
from konvoi.web.agreements.models import CallEvent
from konvoi.web.pages.texts import say
from konvoi.web.record import writing

Step = CallEvent.Step
LINK_DAYS = 30
_CHAIN = (Role.LEGAL, Role.DESK)
"""Roles of a party that a call reaches, in the order in which they are to be tried."""


@dataclass(frozen=True)
class Addressed:
    """A party that a call is addressed to. chain: persons to be reached, in their order, as role and id."""

    party: str
    acts: bool
    acknowledged: datetime | None
    by_link: bool
    has_link: bool
    until: datetime | None
    chain: Sequence[tuple[str, uuid.UUID]]

    @property
    def is_late(self) -> bool:
        """True where it was acknowledged after the time, or the time is over and it was not."""
        return self.until is not None and (self.acknowledged or timezone.now()) > self.until


@dataclass(frozen=True)
class Call:
    """A call as a viewer may see it: the coordination cell sees all parties, a party sees itself.

    whole: True where all parties are in it, so that it can be said how many have not acknowledged.
    """

    first: CallEvent
    parties: Sequence[Addressed]
    ended: datetime | None
    whole: bool = False

    @property
    def id(self) -> uuid.UUID:
        """Its id."""
        return self.first.call

    @property
    def is_open(self) -> bool:
        """True until it is ended."""
        return self.ended is None

    @property
    def missing(self) -> int:
        """Number of parties that have not acknowledged it."""
        return sum(one.acknowledged is None for one in self.parties)

    @property
    def minutes_left(self) -> int | None:
        """Minutes until the parties have to act, negative after that; None without a time."""
        if self.first.until is None:
            return None
        return int((self.first.until - timezone.now()) / timedelta(minutes=1))

    def minutes(self, moment: datetime | None) -> int | None:
        """Minutes from the start of the call to a moment."""
        return None if moment is None else int((moment - self.first.at) / timedelta(minutes=1))


def may_call(viewer: Viewer) -> bool:
    """Return True for the coordination cell, of the newest state."""
    return viewer.may(Right.DECIDE) and viewer.is_cell and viewer.day is None


def start_call(
    *, viewer: Viewer, clause: Mapping[str, Any], drill: bool, event: datetime, key: uuid.UUID
) -> uuid.UUID:
    """Call the parties of a clause; the same key a second time gives the same call.

    clause: row of guarantees_in_force.
    """
    if not may_call(viewer):
        raise Http404
    if not drill and clause["state"] != IN_FORCE:
        raise Refused(say("The clause is not in force. Only a drill can be started. Nothing was recorded."))
    who, whom = (_ids(clause[name]) for name in ("who", "whom"))
    parties = [(one, True) for one in who] + [(one, False) for one in whom if one not in who]
    if not parties:
        raise Refused(say("The clause names no party. Nothing was recorded."))
    with writing():
        known = CallEvent.objects.filter(call=key).first()
        if known is not None:
            if known.by != viewer.user:
                raise Http404
            return key
        until = None if clause["hours"] is None else event + timedelta(hours=clause["hours"])
        for order, (party, acts) in enumerate(parties):
            CallEvent.objects.create(
                call=key,
                party=party,
                step=Step.CALLED,
                drill=drill,
                guarantee=clause["guarantee"],
                document=clause["document"] or "",
                clause=clause["clause"] or "",
                acts=acts,
                order=order,
                event=event,
                until=until,
                by=viewer.user,
                at=timezone.now(),
            )
        detail = {"drill": int(drill), "parties": len(parties)}
        record(viewer, "call-started", object=key, detail=detail)
    return key


def acknowledge(*, viewer: Viewer, call: uuid.UUID) -> None:
    """Acknowledge a call for the viewer's party; a second time changes nothing."""
    if not may_acknowledge(viewer):
        raise Http404
    with writing():
        _acknowledged(viewer, _called(call, viewer.party), by=viewer.user)


def may_acknowledge(viewer: Viewer) -> bool:
    """Return True for a desk or legal desk of a party, of the newest state."""
    return bool(viewer.party) and viewer.may(Right.NEGOTIATE) and viewer.day is None and not viewer.scope


def acknowledge_by_link(secret: str) -> bool:
    """Acknowledge a call by a link; False where the link is unknown or void."""
    with of_engine(), writing():
        one = _behind(secret)
        if one is None:
            return False
        _acknowledged(Viewer(), one, by=None, link=digest(secret.encode()))
        return True


def _acknowledged(viewer: Viewer, one: CallEvent, *, by: uuid.UUID | None, link: str = "") -> None:
    steps = set(CallEvent.objects.filter(call=one.call, party=one.party).values_list("step", flat=True))
    if Step.ENDED in steps:
        raise Refused(say("The call is ended. Nothing was recorded."))
    if Step.ACKNOWLEDGED not in steps:
        _add(one, Step.ACKNOWLEDGED, by=by, link=link)
        detail = {"drill": int(one.drill), "link": int(bool(link))}
        record(viewer, "call-acknowledged", party=one.party, object=one.call, detail=detail)


def make_link(*, viewer: Viewer, call: uuid.UUID, party: str) -> str:
    """Make a link by which a contact of a party acknowledges without an account; return its secret, which is
    stored nowhere. Links made before for the party are void.
    """
    if not may_call(viewer):
        raise Http404
    secret = secrets.token_urlsafe(32)
    with writing():
        one = _called(call, party)
        if CallEvent.objects.filter(call=call, step=Step.ENDED).exists():
            raise Refused(say("The call is ended. Nothing was recorded."))
        _add(one, Step.LINK, by=viewer.user, link=digest(secret.encode()))
        record(viewer, "call-link-made", party=party, object=call)
    return secret


def end_call(*, viewer: Viewer, call: uuid.UUID) -> None:
    """End a call; its links are void from then on."""
    if not may_call(viewer):
        raise Http404
    with writing():
        events = list(CallEvent.objects.filter(call=call).order_by("id"))
        if not events:
            raise Http404
        if any(one.step == Step.ENDED for one in events):
            return
        for one in (each for each in events if each.step == Step.CALLED):
            _add(one, Step.ENDED, by=viewer.user)
        record(viewer, "call-ended", object=call, detail={"drill": int(events[0].drill)})


def calls(viewer: Viewer, *, guarantee: str = "", call: uuid.UUID | None = None) -> list[Call]:
    """Return the calls that a viewer may see, the newest first."""
    if viewer.user is None or viewer.acting is None or not viewer.may(Right.READ):
        return []
    events = CallEvent.objects.order_by("id")
    if not viewer.is_cell:
        events = events.filter(party=viewer.party) if viewer.party else events.none()
    if guarantee:
        events = events.filter(guarantee=guarantee)
    if call is not None:
        events = events.filter(call=call)
    found: dict[uuid.UUID, list[CallEvent]] = {}
    for one in events:
        found.setdefault(one.call, []).append(one)
    return [_call(each, whole=viewer.is_cell) for each in reversed(found.values())]


def behind_link(secret: str) -> Call | None:
    """Return the call behind a link, for its party alone; None where the link is unknown or void."""
    with of_engine():
        one = _behind(secret)
        if one is None:
            return None
        return _call(list(CallEvent.objects.filter(call=one.call, party=one.party).order_by("id")))


def _call(events: Sequence[CallEvent], *, whole: bool = False) -> Call:
    called = sorted((one for one in events if one.step == Step.CALLED), key=lambda one: one.order)
    ended = next((one.at for one in events if one.step == Step.ENDED), None)
    return Call(called[0], [_addressed(one, events) for one in called], ended, whole)


def _addressed(one: CallEvent, events: Sequence[CallEvent]) -> Addressed:
    own = [each for each in events if each.party == one.party]
    answer = next((each for each in own if each.step == Step.ACKNOWLEDGED), None)
    return Addressed(
        one.party,
        one.acts,
        None if answer is None else answer.at,
        answer is not None and bool(answer.digest),
        any(each.step == Step.LINK for each in own),
        one.until,
        chain_of(one.party),
    )


def chain_of(party: str) -> list[tuple[str, uuid.UUID]]:
    """Return the persons of a party that a call reaches, in the order in which they are to be tried."""
    confirmed = [one for one in grants() if one.state == GrantEvent.Step.CONFIRMED]
    return [
        (role.value, one.user)
        for role in _CHAIN
        for one in confirmed
        if one.membership.role == role and one.membership.party == party
    ]


def _called(call: uuid.UUID, party: str) -> CallEvent:
    one = CallEvent.objects.filter(call=call, party=party, step=Step.CALLED).first() if party else None
    if one is None:
        raise Http404
    return one


def _behind(secret: str) -> CallEvent | None:
    """Return the step of the party behind a link: the last one made for it, of a call that runs."""
    since = timezone.now() - timedelta(days=LINK_DAYS)
    one = CallEvent.objects.filter(step=Step.LINK, digest=digest(secret.encode()), at__gte=since).first()
    if one is None:
        return None
    own = CallEvent.objects.filter(call=one.call, party=one.party)
    last = own.filter(step=Step.LINK).order_by("-id").first()
    if last is None or last.pk != one.pk or own.filter(step=Step.ENDED).exists():
        return None
    return own.filter(step=Step.CALLED).first()


def _add(one: CallEvent, step: str, *, by: uuid.UUID | None, link: str = "") -> None:
    names = ("call", "party", "drill", "guarantee", "document", "clause", "acts", "order", "event", "until")
    values = {name: getattr(one, name) for name in names}
    CallEvent.objects.create(**values, step=step, digest=link, by=by, at=timezone.now())


def _ids(text: str | None) -> list[str]:
    return [one.strip() for one in (text or "").split(";") if one.strip()]
