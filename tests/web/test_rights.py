"""Every route for each person and records of each party: reached as declared, and nothing more."""

import json
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests.web.answers import answer
from tests.web.matrix import (
    ALL,
    ELSEWHERE,
    OF_ALLAUTH,
    PERSONS,
    REACHED_BY,
    ROUTES,
    absent,
    cases,
    patterns,
    records,
)
from tests.web.world import World, text

from konvoi.kit.digest import digest
from konvoi.web.access import routes
from konvoi.web.access.models import AuditEvent
from konvoi.web.access.roles import Right
from konvoi.web.sign_in.library_urls import CLOSED, USED

OF_SESSIONS = {"django_session", "konvoi_cache", "usersessions_usersession"}


def state() -> str:
    """Return the digest of all tables but those of sessions."""
    names = sorted(set(connection.introspection.table_names()) - OF_SESSIONS)
    with connection.cursor() as cursor:
        found: list[Any] = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            found.append((name, sorted(map(str, cursor.fetchall()))))
    return digest(json.dumps(found).encode())


def test_every_route_is_declared_with_its_right() -> None:
    ours = {one.name: one.callback.route.right for one, _ in patterns() if hasattr(one.callback, "route")}
    assert ours == ROUTES | USED
    assert {name: one.right for name, one in routes.ROUTES.items()} == ROUTES | USED


def test_every_other_route_is_one_of_those_of_sign_in() -> None:
    other = {one.name for one, _ in patterns() if not hasattr(one.callback, "route")}
    assert other == set(CLOSED)
    assert all(address.startswith("/accounts/") for one, address in patterns() if one.name in OF_ALLAUTH)


def test_pages_of_one_s_own_sign_in_are_there_for_who_is_signed_in_alone(world: World) -> None:
    for one, address in patterns():
        if USED.get(str(one.name)) == Right.SIGNED_IN and not one.pattern.converters:
            found = world.client().get(address)
            assert (found.status_code, found["Location"].startswith("/accounts/login/")) == (302, True), (
                address
            )


def sent(client: Client, method: str, path: str) -> Any:
    """Send a request whose changes are taken back."""
    with transaction.atomic():
        found = client.generic(method, path)
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
def test_each_person_reaches_what_is_declared_and_nothing_else(worlds: World) -> None:
    known = records()
    wrong = []
    for person in sorted(ALL):
        client = worlds.client(person)
        for name, values, found in cases(known):
            path = reverse(name, kwargs=values)
            reached = person in REACHED_BY[ROUTES[name]]
            for method in ("GET", "POST"):
                writes = method == "POST"
                there = (
                    reached
                    and name not in ELSEWHERE
                    and all(person in (one.changed_by if writes else one.shown_to) for one in found)
                )
                fits = method in routes.ROUTES[name].methods
                status = sent(client, method, path).status_code
                nobody = person == "" and not there and (fits or not reached)
                wanted = {405} if reached and not fits else {200, 302} if there else {302 if nobody else 404}
                if name == "calendar" and fits:
                    # An address that has no calendar is answered as such, to programs that cannot sign in.
                    wanted = {404}
                if name == "readyz":
                    # No worker is there.
                    wanted = {503, 405}
                if status not in wanted:
                    wrong.append((person, method, path, status, sorted(wanted)))
    assert wrong == []


@pytest.mark.slow
def test_what_one_may_not_see_is_answered_as_what_is_not_there(worlds: World) -> None:
    known = records()
    different = []
    for person in sorted(ALL):
        client = worlds.client(person)
        client.cookies["csrftoken"] = "x" * 32
        nothing = answer(sent(client, "GET", "/nothing-is-here"), "/nothing-is-here")
        for name, values, found in cases(known):
            path = reverse(name, kwargs=values)
            reads = "GET" in routes.ROUTES[name].methods
            denied = person not in REACHED_BY[ROUTES[name]] or (name in ELSEWHERE and reads)
            if denied and answer(sent(client, "GET", path), path) != nothing:
                different.append((person, path))
            for one in found:
                if person in one.shown_to or not reads:
                    continue
                lost = reverse(name, kwargs={key: absent(key) for key in values})
                if answer(sent(client, "GET", path), path) != answer(sent(client, "GET", lost), lost):
                    different.append((person, path))
    assert different == []


@pytest.mark.slow
def test_a_request_for_what_is_not_one_s_own_changes_nothing(worlds: World) -> None:
    known = records()
    clients = {person: worlds.client(person) for person in sorted(ALL)}
    for client in clients.values():
        # A snapshot keeps when it was read first.
        client.get("/")
    before = state()
    for person, client in clients.items():
        for name, values, found in cases(known):
            if "POST" not in routes.ROUTES[name].methods or name in ("language", "start"):
                continue
            if person in REACHED_BY[ROUTES[name]] and all(person in one.changed_by for one in found):
                continue
            client.post(reverse(name, kwargs=values), {"party": "XB", "acting": "planner:"})
    for person in sorted(PERSONS - {"planner"}):
        client = clients[person]
        client.post(reverse("acting"), {"acting": "planner:"})
        assert "planner" not in text(client.get("/account/")).split("Roles")[1].split("Sign-in")[0]
    assert state() == before


def test_an_unknown_token_is_nobody_and_finds_no_page_that_is_not_public(world: World) -> None:
    client = Client(headers={"authorization": f"Bearer {uuid.uuid4()}"})
    assert client.get("/account/").status_code == 404
    assert client.get("/nothing-is-here").status_code == 404
    assert not AuditEvent.objects.filter(action="exported").exists()
