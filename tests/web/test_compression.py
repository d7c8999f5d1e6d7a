"""Styles and scripts are sent compressed, pages plain; a first visit is small."""

import re
from typing import Any

from django.test import Client
from tests.web.world import World

GZIP = {"accept-encoding": "gzip"}
MOST = 100_000
"""Bytes of a page with all that it loads."""


def sent(client: Client, path: str) -> Any:
    """Ask for a path as a browser does."""
    return client.get(path, headers=GZIP)


def test_pages_are_sent_plain_and_files_compressed(world: World) -> None:
    client = world.client("desk-xa")
    for path in ("/style.css", "/page.js", "/static/django_htmx/htmx-2.min.js"):
        assert sent(client, path)["Content-Encoding"] == "gzip"
    for path in ("/", "/records", "/brief/brief.json"):
        assert "Content-Encoding" not in sent(client, path)


def test_a_first_visit_is_small(world: World) -> None:
    client = world.client("desk-xa")
    page = sent(client, "/").content
    loaded = re.findall(r'(?:href|src)="(/[^"?#]*\.(?:css|js|svg))"', page.decode())
    assert len(loaded) >= 5
    sizes = [len(b"".join(sent(client, path))) for path in dict.fromkeys(loaded)]
    assert len(page) + sum(sizes) <= MOST
