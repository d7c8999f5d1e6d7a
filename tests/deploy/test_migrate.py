"""The owner of the tables makes them; the role of daily work starts the instance and makes none."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from tests.deploy.test_roles import SCRIPT
from tests.flow.test_store_contract import server

__all__ = ["server"]


def started(folder: Path, dsn: str, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-P", "-m", "konvoi.web.start", str(folder), *words],
        env={**os.environ, "DATABASE_URL": dsn, "KONVOI_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.mark.slow
def test_the_owner_migrates_and_the_role_of_daily_work_starts(
    tmp_path: Path, server: Callable[[], str]
) -> None:
    dsn = server()
    for name in ("owner", "app", "backup"):
        (tmp_path / f"{name}_password").write_text(f"{name}\n")
    known = psycopg.conninfo.conninfo_to_dict(dsn)
    there = {f"PG{one.upper()}": str(known[one]) for one in ("host", "port") if known.get(one)}
    given = {
        "SECRETS": str(tmp_path),
        "POSTGRES_USER": str(known["user"]),
        "POSTGRES_DB": str(known["dbname"]),
    }
    subprocess.run([SCRIPT], env={**os.environ, **there, **given}, check=True)
    owner, app = (psycopg.conninfo.make_conninfo(dsn, user=f"konvoi_{one}") for one in ("owner", "app"))
    folder = tmp_path / "cell"

    early = started(folder, app, "--migrate")
    assert early.returncode != 0
    assert "Traceback" not in early.stderr

    made = started(folder, owner, "--migrate")
    assert (made.returncode, made.stderr) == (0, "")
    assert "are up to date" in made.stdout
    link = started(folder, app, "--link")
    assert (link.returncode, link.stderr) == (0, "")
    assert "/start/" in link.stdout
    with psycopg.connect(app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM access_grantevent")
