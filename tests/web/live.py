"""An instance that a browser can open, served by threads of the test's own process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from tests.web.world import World

from konvoi.report.language import Language
from konvoi.report.page import Message

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LANGUAGES = ("en", *(pytest.param(one, marks=pytest.mark.slow) for one in ("de", "uk")))
"""Languages of journeys: one by default, all in CI."""


def words(code: str, text: str, many: str = "", number: int | None = None, /, **values: Any) -> str:
    """Return a text of a page in a language, as pages show it."""
    return Language(code).text(Message(text, values, many, number))


class _Quiet(WSGIRequestHandler):
    """Requests that are not written to the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


class _Server(ThreadedWSGIServer):
    """A server whose threads leave no connection to the database behind."""

    def close_request(self, request: object) -> None:
        """Close the connections of the thread."""
        connections.close_all()
        super().close_request(request)  # type: ignore[arg-type]


@contextmanager
def served() -> Iterator[str]:
    """Serve the instance in use; yield its address."""
    server = _Server(("localhost", 0), _Quiet)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def opened(
    browser: "Browser", world: World, address: str, person: str = "", code: str = "en"
) -> "Iterator[Page]":
    """Yield a page of a browser in which a person is signed in; empty: nobody."""
    locale = {"en": "en-GB", "de": "de-DE", "uk": "uk-UA"}[code]
    context = browser.new_context(base_url=address, locale=locale)
    if person:
        session = world.client(person).cookies["konvoi_session"].value
        context.add_cookies([{"name": "konvoi_session", "value": session, "url": address}])
    try:
        yield context.new_page()
    finally:
        context.close()


def reload(page: "Page") -> None:
    """Load a page again, which may do so by itself at the same time: a job that it waited for has ended."""
    try:
        page.reload()
    except Exception as error:
        if "ERR_ABORTED" not in str(error):
            raise
        page.wait_for_load_state()
