"""Links of all pages: whoever is shown a link can open it."""

import html
import re
from collections import Counter, deque

import pytest
from django.urls import Resolver404, resolve
from tests.web.matrix import ALL
from tests.web.world import World

OF_A_ROUTE = 3
"""Addresses of one route, with and without a query each, that are opened as one person."""
AWAY = frozenset({"account_logout"})


def broken(world: World, person: str) -> tuple[list[str], int]:
    """Return links that a person is shown and cannot open, with the page, and how many were opened."""
    client = world.client(person)
    waiting, known = deque([("/", "")]), {"/"}
    opened: Counter[tuple[str, bool]] = Counter()
    wrong = []
    while waiting:
        address, page = waiting.popleft()
        path, _, query = address.partition("?")
        try:
            name = resolve(path).view_name
        except Resolver404:
            wrong.append(f"{page} → {address}: no route")
            continue
        kind = (name, bool(query))
        if opened[kind] >= OF_A_ROUTE or name in AWAY:
            continue
        opened[kind] += 1
        found = client.get(address, follow=True)
        if found.status_code != 200:
            wrong.append(f"{page} → {address}: {found.status_code}")
        if found.streaming or not found["Content-Type"].startswith("text/html"):
            continue
        for link in re.findall(r'<a [^>]*?href="([^"#]+)', found.content.decode()):
            target = html.unescape(link)
            target = path + target if target.startswith("?") else target
            if target.startswith("/") and not target.startswith("/static/") and target not in known:
                known.add(target)
                waiting.append((target, address))
    return wrong, opened.total()


@pytest.mark.slow
def test_whoever_is_shown_a_link_can_open_it(negotiated: World) -> None:
    for person in sorted(ALL):
        wrong, opened = broken(negotiated, person)
        assert wrong == [], person or "the public"
        assert opened > (20 if person else 3)
