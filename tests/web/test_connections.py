"""Connections to PostgreSQL: many readers at once share few, and pages that wait for a run hold none."""

import http.client
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bench.web_instance import Person, Served, session
from tests.web.conftest import Server, as_application
from tests.web.world import World, copied

from konvoi.gateways.database import ADDRESS
from konvoi.web.settings import CONNECTIONS

pytestmark = pytest.mark.slow
CROWD = 130
"""More than the 100 connections that PostgreSQL takes unless told otherwise."""


@pytest.fixture
def crowded(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """An instance on PostgreSQL."""
    from django.db import connections

    monkeypatch.setenv(ADDRESS, as_application(server.empty(template=server.template)))
    world = copied(server.folder, tmp_path / "instance")
    # Persons of a demonstration need no second factor.
    world.instance.mark_demo()
    yield world
    connections["default"].close()
    shutil.rmtree(tmp_path / "instance", ignore_errors=True)


def test_a_crowd_is_answered_and_pages_that_wait_for_a_run_hold_no_connection(crowded: World) -> None:
    import psycopg

    planner = session(crowded, "planner")
    served = Served(crowded.folder)
    waiting: list[http.client.HTTPConnection] = []
    try:
        served.start("server")
        person = Person(served.port, planner)
        _, _, headers = person.post("/runs/ask")
        # No worker runs: the job stays in the queue, and those who wait for it keep waiting.
        waiting += [waiting_for(served.port, headers["location"], planner) for _ in range(CONNECTIONS + 5)]
        with ThreadPoolExecutor(CROWD) as crowd:
            answers = list(crowd.map(lambda _: person.get("/keys")[0], range(CROWD)))
        assert answers == [200] * CROWD
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        with psycopg.connect(os.environ[ADDRESS]) as own:
            (held,) = own.execute(asked).fetchone() or (0,)
        # Beside those of the server, the one that counts and that of this process.
        assert held <= CONNECTIONS + 2
    finally:
        for one in waiting:
            one.close()
        served.kill()


def waiting_for(port: int, page: str, planner: str) -> http.client.HTTPConnection:
    """Open the events of a job, and read the first."""
    stream = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    cookie = {"Cookie": f"konvoi_session={planner}", "Host": "localhost"}
    stream.request("GET", f"{page.rstrip('/')}/events", headers=cookie)
    response = stream.getresponse()
    assert response.status == 200
    assert response.readline().startswith(b"data: ")
    return stream
