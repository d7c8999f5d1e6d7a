"""Views of persons: who has an account, in which roles, and what waits for a second person."""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from konvoi.gateways.refusal import Refused
from konvoi.web.access.grants import Grant, Step, grant_of
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.parties import party_ids
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import FOR_CELL, FOR_PARTY, SECOND_FACTOR, Right, Role, is_possible
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import User
from konvoi.web.administration import people
from konvoi.web.administration.frame import shown
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say

PARTY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
CHOICES = tuple(Role)
_NEVER = datetime.min.replace(tzinfo=UTC)
ORDERS: Mapping[str, Callable[[people.Person], Any]] = {
    "name": lambda one: str(one.user).casefold(),
    "email": lambda one: one.user.email,
    "state": lambda one: one.state,
    "sign-in": lambda one: one.user.last_login or _NEVER,
}
"""Orders of the list of persons, by the value of `sort` in its address."""


@dataclass(frozen=True)
class Shown:
    """A grant with the names of those who are part of it."""

    grant: Grant
    person: str
    asked_by: str
    steps: tuple[tuple[str, str, object], ...] = ()
    decides: bool = False
    revokes: bool = False


def users(request: HttpRequest) -> HttpResponse:
    """List the persons whom the viewer may manage, and the roles that wait for it."""
    viewer = viewer_of(request)
    order = request.GET.get("sort", "")
    values = {
        "persons": _sorted(people.persons(viewer), order),
        "waiting": _shown(viewer, people.waiting(viewer)),
        "order": order if order.removeprefix("-") in ORDERS else "name",
    }
    return shown(request, "administration/users.html", values)


def _sorted(found: list[people.Person], order: str) -> list[people.Person]:
    """Return persons in an order of ORDERS, a minus before it for the reverse; by name for any other."""
    key = ORDERS.get(order.removeprefix("-"), ORDERS["name"])
    return sorted(found, key=key, reverse=order.startswith("-"))


def user(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Show a person: its roles with their history, and what can be done."""
    viewer = viewer_of(request)
    found = people.person(viewer, user)
    if found is None:
        raise Http404
    values = {
        "person": found,
        "grants": _shown(viewer, found.grants),
        "own": viewer.user == user,
        **_choices(viewer),
    }
    return shown(request, "administration/user.html", values)


def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person: show the form, then the link, which is shown once."""
    viewer = viewer_of(request)
    values: dict[str, object] = {"given": {}, **_choices(viewer)}
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("email", "name", "role", "party")}
        try:
            found, secret = people.invite(
                viewer=viewer, email=given["email"], name=given["name"], wanted=[_membership(viewer, given)]
            )
        except Refused as error:
            tell_refusal(request, error)
            return shown(request, "administration/invite.html", {**values, "given": given})
        return _link(request, found, secret)
    return shown(request, "administration/invite.html", values)


def renew(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Make a new link for an invitation or a new password, and show it once."""
    viewer = _who_may_manage(request, user)
    try:
        secret = people.renew(viewer=viewer, user=user)
    except Refused as error:
        tell_refusal(request, error)
        return redirect("users")
    return _link(request, User.objects.get(pk=user), secret)


def _link(request: HttpRequest, user: User, secret: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("invitation", kwargs={"secret": secret}))
    return shown(
        request, "administration/invited.html", {"user": user.pk, "name": str(user), "link": address}
    )


def ask_role(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Ask for another role of a person."""
    viewer = _who_may_manage(request, user)
    given = {name: request.POST.get(name, "") for name in ("role", "party")}
    try:
        people.ask_role(viewer=viewer, user=user, membership=_membership(viewer, given))
    except Refused as error:
        tell_refusal(request, error)
    else:
        messages.success(request, say("The role is asked for. A second person has to confirm it."))
    return _back(viewer, user)


def decide(request: HttpRequest, grant: uuid.UUID) -> HttpResponse:
    """Confirm, refuse or revoke a role."""
    viewer = viewer_of(request)
    step = {"confirm": Step.CONFIRMED, "refuse": Step.REFUSED, "revoke": Step.REVOKED}.get(
        request.POST.get("step", "")
    )
    known = grant_of(grant)
    if known is None or not people.may_manage(viewer, known.membership):
        raise Http404
    if step is None:
        return redirect("users")
    try:
        one = people.decide_role(viewer=viewer, grant=grant, step=step)
    except Refused as error:
        tell_refusal(request, error)
        return redirect("users")
    told = {
        Step.CONFIRMED: say("The role is in force."),
        Step.REFUSED: say("The role was refused."),
        Step.REVOKED: say("The role was revoked."),
    }
    messages.success(request, told[step])
    return _back(viewer, one.user)


def close(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Close the account of a person, or open it again."""
    viewer = _who_may_manage(request, user)
    wanted = request.POST.get("do", "")
    if wanted not in ("activate", "deactivate"):
        return redirect("user", user=user)
    opens = wanted == "activate"
    try:
        if opens:
            people.activate(viewer=viewer, user=user)
        else:
            people.deactivate(viewer=viewer, user=user)
    except Refused as error:
        tell_refusal(request, error)
    else:
        closed = say("The account is closed. All sessions and tokens of the person have ended.")
        messages.success(request, say("The account is open again.") if opens else closed)
    return _back(viewer, user)


def _who_may_manage(request: HttpRequest, user: uuid.UUID) -> Viewer:
    """Return the viewer; 404 where it does not manage the person."""
    viewer = viewer_of(request)
    if people.person(viewer, user) is None:
        raise Http404
    return viewer


def _back(viewer: Viewer, user: uuid.UUID) -> HttpResponse:
    return redirect("user", user=user) if people.person(viewer, user) else redirect("users")


def _choices(viewer: Viewer) -> dict[str, object]:
    """Return the roles and parties that a form offers to the viewer."""
    if not viewer.may(Right.ADMINISTER):
        return {"roles": [Role.READER], "parties": [viewer.party], "fixed_party": viewer.party}
    return {
        "roles": CHOICES,
        "parties": party_ids(),
        "for_cell": ", ".join(sorted(say(str(one)) for one in FOR_CELL)),
        "for_party": ", ".join(sorted(say(str(one)) for one in FOR_PARTY)),
        "second_factor": ", ".join(sorted(say(str(one)) for one in SECOND_FACTOR)),
    }


def _membership(viewer: Viewer, given: dict[str, str]) -> Membership:
    party = given["party"].strip() if viewer.may(Right.ADMINISTER) else viewer.party
    if given["role"] not in {str(one) for one in CHOICES}:
        raise Refused("choose a role for the person")
    if party and not PARTY.fullmatch(party):
        raise Refused(f"“{party}” is not the id of a party, such as PL")
    role = Role(given["role"])
    if not is_possible(role, party):
        needs = "this role belongs to a party; name it"
        raise Refused("this role belongs to no party; leave the party empty" if party else needs)
    return Membership(role, party)


def _shown(viewer: Viewer, found: list[Grant] | tuple[Grant, ...]) -> list[Shown]:
    """Return grants with names and history; the newest first."""
    events = GrantEvent.objects.filter(grant__in=[one.id for one in found]).order_by("id")
    steps: dict[uuid.UUID, list[GrantEvent]] = {}
    for one in events:
        steps.setdefault(one.grant, []).append(one)
    known = {one.pk: str(one) for one in User.objects.all()}

    def name(by: uuid.UUID | None) -> str:
        return say("Operator") if by is None else known.get(by, str(by)[:8])

    return [
        Shown(
            one,
            name(one.user),
            name(one.asked_by),
            tuple((step.step, name(step.by), step.at) for step in steps[one.id]),
            decides=people.may_decide(viewer, one),
            revokes=one.state == Step.CONFIRMED and viewer.user != one.user,
        )
        for one in reversed(found)
    ]
