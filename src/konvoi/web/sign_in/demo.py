"""Personas of a demonstration: accounts of invented persons, open to who sits at this machine."""

from dataclasses import dataclass

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.web.access.grants import ask, decide, memberships
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.accounts.models import User
from konvoi.web.instance import instance
from konvoi.web.sign_in.views import BACKEND

LOCAL = ("localhost", "127.0.0.1", "[::1]", "testserver")


@dataclass(frozen=True)
class Persona:
    """An invented person. function: a message id; role None: the public."""

    name: str
    function: str
    role: Role | None = None
    party: str = ""


PERSONAS = (
    Persona("planner", "Planner of the coordination cell", Role.PLANNER),
    Persona("desk-xa", "Desk of Arvenia (XA)", Role.DESK, "XA"),
    Persona("desk-xb", "Desk of Bolaria (XB)", Role.DESK, "XB"),
    Persona("recipient", "Ministry of the recipient (XV)", Role.DESK, "XV"),
    Persona("sanctions", "Sanctions desk", Role.SANCTIONS),
    Persona("legal", "Legal desk of Arvenia (XA)", Role.LEGAL, "XA"),
    Persona("auditor", "Auditor", Role.AUDITOR),
    Persona("administrator", "Administrator", Role.ADMINISTRATOR),
    Persona("public", "Public"),
)


def make_personas() -> None:
    """Make the accounts of the personas, with their roles."""
    for one in PERSONAS:
        if one.role is None:
            continue
        email = address_of(one)
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, one.function)
        if not memberships(user.id):
            grant = ask(user.id, one.role, one.party, by=user.id)
            decide(grant, GrantEvent.Step.CONFIRMED, by=None)


def address_of(persona: Persona) -> str:
    """Return the e-mail address of a persona, in a domain that nobody can have."""
    return f"{persona.name}@exercise.invalid"


def _refuse_elsewhere(request: HttpRequest) -> None:
    """Personas exist in a demonstration, for who sits at this machine, and nowhere else."""
    host = (
        request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    )
    if not instance().is_demo or host not in LOCAL:
        raise Http404


def personas(request: HttpRequest) -> HttpResponse:
    """Show the personas of the demonstration."""
    _refuse_elsewhere(request)
    return render(request, "accounts/personas.html", {"personas": PERSONAS})


def become(request: HttpRequest, persona: str) -> HttpResponse:
    """Go on as another persona."""
    _refuse_elsewhere(request)
    chosen = next((one for one in PERSONAS if one.name == persona), None)
    if chosen is None:
        raise Http404
    logout(request)
    if chosen.role is not None:
        user = User.objects.get(email=address_of(chosen))
        login(request, user, backend=BACKEND)
    return redirect("/")
