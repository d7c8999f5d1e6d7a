"""The roles of deploy/roles.sh: the owner makes the tables, one role works, another makes backups."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from tests.flow import stores
from tests.flow.instance.test_backup import NOW, key, programs
from tests.flow.test_store_contract import added, server

from konvoi.flow.instance.backup import back_up
from konvoi.flow.instance.restore import drill
from konvoi.flow.instance.workspace_checks import database_checks
from konvoi.flow.store import verification
from konvoi.gateways.database import ADDRESS, Address, connected
from konvoi.gateways.database_health import database_health

__all__ = ["key", "programs", "server"]
SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "roles.sh"


@pytest.mark.slow
def test_each_role_can_do_its_work_and_no_more(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], str]
) -> None:
    dsn = server()
    for name in ("owner", "app", "backup"):
        (tmp_path / f"{name}_password").write_text(f"it's {name}\n")
    known = psycopg.conninfo.conninfo_to_dict(dsn)
    there = {f"PG{one.upper()}": str(known[one]) for one in ("host", "port") if known.get(one)}
    given = {
        "SECRETS": str(tmp_path),
        "POSTGRES_USER": str(known["user"]),
        "POSTGRES_DB": str(known["dbname"]),
    }
    subprocess.run([SCRIPT], env={**os.environ, **there, **given}, check=True)
    owner, app, backup = (
        psycopg.conninfo.make_conninfo(dsn, user=f"konvoi_{one}") for one in ("owner", "app", "backup")
    )
    kept = stores.made("postgresql", tmp_path / "cell", monkeypatch, lambda: owner)
    with connected(Address(dsn=owner), writing=True) as connection:
        connection.execute("GRANT SELECT, INSERT ON konvoi_receipt, konvoi_blob TO konvoi_app")
        connection.execute("CREATE TABLE account (id integer)")
        connection.execute("ALTER TABLE account ENABLE ROW LEVEL SECURITY")
        connection.execute("ALTER TABLE account FORCE ROW LEVEL SECURITY")
    monkeypatch.setenv(ADDRESS, app)
    added(kept, tmp_path)
    assert verification(kept.store).holds
    assert states(app) == {"database": "ok", "rights": "ok"}
    assert states(owner) == {"database": "ok", "rights": "warning"}
    assert states(dsn) == {"database": "ok", "rights": "error"}
    monkeypatch.setenv(ADDRESS, backup)
    made = back_up(kept.folder, tmp_path / "cell.backup", key, at=NOW)
    assert made.manifest.roles == ("konvoi_app", "konvoi_owner")
    assert drill(made.path, key, at=NOW, live=kept.folder, dsn=backup).holds


def states(dsn: str) -> dict[str, str]:
    return {one.name: str(one.state) for one in database_checks(database_health(Address(dsn=dsn)))}
