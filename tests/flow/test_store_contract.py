"""Every store of a workspace keeps one contract: a folder, SQLite and PostgreSQL."""

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from bench.crash_database import postgresql
from tests.flow import stores

from konvoi.flow import database_store
from konvoi.flow.database_store import DatabaseStore
from konvoi.flow.folder_store import FolderStore
from konvoi.flow.move_workspace import export_workspace, import_workspace, new_workspace
from konvoi.flow.receipts import Action, BrokenChain, Kind, LostReceipts, head
from konvoi.flow.released_papers import ReleasedPaper, content_of, release_paper
from konvoi.flow.store import Difference, Edit, Fault, append_lines, kept_text, store, verification
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.submissions.withdraw import undo
from konvoi.flow.workspace import is_workspace, workspace
from konvoi.gateways import database
from konvoi.gateways.database import Address, Connection, address_of, connected
from konvoi.gateways.database_tables import APPEND_ONLY
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest

HEAD = "package,party,day,kind,amount,currency,stage\n"
PACKAGES = f"{HEAD}P-1,PL,2031-01-10,military,4000000,EUR,committed\n"
A = "submissions/PL/packages.csv"
ADD = Action(Kind.ADDED, (), "2031-01-10", by="PL")
LATER = "2031-02-01T09:00:00+00:00"


@pytest.fixture(scope="module")
def server() -> Iterator[Callable[[], str]]:
    """What makes an empty PostgreSQL database, started with the first test that asks for one."""
    running: list[Callable[[], str]] = []
    context = postgresql()

    def empty() -> str:
        if not running:
            running.append(context.__enter__())
        return running[0]()

    yield empty
    if running:
        context.__exit__(None, None, None)


@pytest.fixture(params=stores.KINDS)
def kept(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    server: Callable[[], str],
) -> stores.Kept:
    """A workspace with settings alone, in each kind of store."""
    return stores.made(request.param, tmp_path / "cell", monkeypatch, server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kept(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    server: Callable[[], str],
) -> stores.Kept:
    """A workspace in each kind of database."""
    return stores.made(request.param, tmp_path / "cell", monkeypatch, server)


def added(kept: stores.Kept, tmp_path: Path, text: str = PACKAGES, name: str = "packages.csv") -> None:
    """Import a table of Poland by the product's own way."""
    (tmp_path / name).write_text(text)
    take([tmp_path / name], party="PL", folder=kept.folder, at=LATER)


def executed(kept: stores.Kept, *statements: str) -> None:
    """Change a database behind the product's back, as somebody with all rights can."""
    address = address_of(kept.folder)
    assert address is not None
    with connected(address, writing=True) as connection:
        for table in APPEND_ONLY:
            for trigger in _triggers(kept, table):
                connection.execute(trigger)
        for one in statements:
            connection.execute(one)


def _triggers(kept: stores.Kept, table: str) -> list[str]:
    if kept.kind == "postgresql":
        return [f"ALTER TABLE {table} DISABLE TRIGGER ALL"]
    names = [f"{table}_no_update", f"{table}_no_delete"]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in names]


def test_a_workspace_is_known_as_one_and_its_settings_are_read(kept: stores.Kept) -> None:
    assert is_workspace(kept.folder)
    work = workspace(kept.folder)
    assert (work.settings.name, work.documents, work.differences) == ("Exercise", (), ())
    assert kept_text(kept.folder, "konvoi.toml") == stores.SETTINGS
    assert kept_text(kept.folder, "judgements.csv") is None


def test_a_file_that_was_imported_is_there_with_its_sender_and_its_receipt(
    kept: stores.Kept, tmp_path: Path
) -> None:
    added(kept, tmp_path)
    found = kept.store.contents()
    assert [(one.name, one.party, one.content.decode()) for one in found.documents] == [
        ("PL/packages.csv", "PL", PACKAGES)
    ]
    begun, last = kept.store.receipts()
    assert (begun.change.kind, last.change.kind, last.change.by) == (Kind.BEGUN, Kind.ADDED, "PL")
    assert [(one.path, one.sha256) for one in last.change.files] == [(A, digest(PACKAGES.encode()))]
    assert found.head == last.hash == head((begun, last))


@pytest.mark.slow
def test_the_same_changes_give_the_same_chain_in_every_store(kept: stores.Kept, tmp_path: Path) -> None:
    """Only the receipt of the beginning says when it was: a folder begins with its first change."""
    added(kept, tmp_path)
    append_lines(
        kept.folder, "judgements.csv", "x,y", head="left,right", change=Action(Kind.DECIDED, (), by="PL")
    )
    undo(kept.folder, "PL/packages.csv", at=LATER)
    told = [(one.change.kind, one.change.day, one.change.files) for one in kept.store.receipts()]
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "konvoi.toml").write_text(stores.SETTINGS)
    plain = stores.Kept("folder", folder)
    added(plain, tmp_path)
    append_lines(folder, "judgements.csv", "x,y", head="left,right", change=Action(Kind.DECIDED, (), by="PL"))
    undo(folder, "PL/packages.csv", at=LATER)
    wanted = [(one.change.kind, one.change.day, one.change.files) for one in FolderStore(folder).receipts()]
    assert told[1:] == wanted[1:]
    assert {one.path for one in told[0][2]} == {one.path for one in wanted[0][2]} == {"konvoi.toml"}
    work, other = workspace(kept.folder), workspace(folder)
    assert (work.documents, work.withdrawn, work.judgements) == (
        other.documents,
        other.withdrawn,
        other.judgements,
    )


def test_documents_stand_in_the_order_of_a_folder(kept: stores.Kept) -> None:
    """By the parts of their paths: `PL/a/x.csv` before `PL/a.csv`."""
    names = ["PL/a.csv", "PL/a/x.csv", "DE/z.csv", "PL/B.csv"]
    kept.store.commit(ADD, [Edit(f"submissions/{one}", one.encode()) for one in names])
    assert [one.name for one in kept.store.contents().documents] == [
        "DE/z.csv",
        "PL/B.csv",
        "PL/a/x.csv",
        "PL/a.csv",
    ]


def test_what_was_stored_is_never_replaced(kept: stores.Kept, tmp_path: Path) -> None:
    added(kept, tmp_path)
    before = kept.store.receipts()
    with pytest.raises(Refused, match="is there already"):
        kept.store.commit(ADD, [Edit(A, b"other")])
    assert kept.store.receipts() == before


def test_a_file_that_is_to_be_moved_must_be_there(kept: stores.Kept) -> None:
    with pytest.raises(Refused, match="is not there any more"):
        kept.store.commit(ADD, [Edit("withdrawn/PL/x.csv", source="submissions/PL/x.csv")])


def test_a_change_of_which_one_file_is_refused_keeps_none(kept: stores.Kept, tmp_path: Path) -> None:
    added(kept, tmp_path)
    with pytest.raises(Refused):
        kept.store.commit(ADD, [Edit("submissions/PL/new.csv", b"new"), Edit(A, b"other")])
    assert [one.name for one in kept.store.contents().documents] == ["PL/packages.csv"]
    assert verification(kept.store).holds


def test_writers_at_once_lose_nothing_and_make_one_chain(kept: stores.Kept) -> None:
    refused: list[str] = []

    def write(number: int) -> None:
        try:
            for turn in range(3):
                path = f"submissions/PL/{number}-{turn}.csv"
                store(kept.folder).commit(ADD, [Edit(path, path.encode())])
        except Refused as error:  # pragma: no cover
            refused.append(str(error))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert refused == []
    assert len(kept.store.contents().documents) == 12
    assert verification(kept.store).holds


def test_a_head_of_the_chain_is_found_again(kept: stores.Kept, tmp_path: Path) -> None:
    added(kept, tmp_path)
    chain = kept.store.receipts()
    assert verification(kept.store, chain[0].hash[:12]).position == 1
    assert not verification(kept.store, "0" * 12).holds


def test_one_writer_at_a_time_and_what_is_undone_leaves_nothing(
    database_kept: stores.Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error after a commit inside a held workspace undoes it: a change is whole."""
    kept = database_kept

    def failing() -> None:
        with kept.store.writing():
            kept.store.commit(ADD, [Edit("submissions/PL/x.csv", b"x")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert kept.store.contents().documents == ()
    monkeypatch.setattr(database, "WAIT", 0.2)
    told: list[str] = []

    def other() -> None:
        try:
            store(kept.folder).commit(ADD, [Edit("submissions/PL/y.csv", b"y")])
        except Refused as error:
            told.append(str(error))

    with kept.store.writing():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(told) == 1
    assert "is being changed by another process" in told[0]


def test_the_database_refuses_to_change_or_remove_what_was_added(
    database_kept: stores.Kept, tmp_path: Path
) -> None:
    added(database_kept, tmp_path)
    address = address_of(database_kept.folder)
    assert address is not None
    statements = [f"DELETE FROM {one}" for one in APPEND_ONLY]
    statements += ["UPDATE konvoi_receipt SET line = 'x'", "UPDATE konvoi_blob SET digest = 'x'"]
    statements += ["INSERT INTO konvoi_receipt (number, line) VALUES (9, 'x')"]
    if address.postgresql:
        statements += [f"TRUNCATE {one}" for one in APPEND_ONLY]
    else:
        statements += ["REPLACE INTO konvoi_receipt (number, line) VALUES (1, 'x')"]
    before = database_kept.store.receipts()
    for one in statements:
        with pytest.raises(Refused, match="only"), connected(address, writing=True) as connection:
            connection.execute(one)
    assert database_kept.store.receipts() == before


def test_an_altered_content_is_an_error_and_no_change_is_made_until_it_is_accepted(
    database_kept: stores.Kept, tmp_path: Path
) -> None:
    kept = database_kept
    added(kept, tmp_path)
    changed = PACKAGES.replace("4000000", "5000000").encode().hex()
    literal = f"'\\x{changed}'" if kept.kind == "postgresql" else f"X'{changed}'"
    executed(kept, f"UPDATE konvoi_blob SET content = {literal} WHERE digest = '{digest(PACKAGES.encode())}'")
    assert [(one.path, one.fault) for one in kept.store.contents().differences] == [(A, Fault.ALTERED)]
    with pytest.raises(Refused, match="nothing was changed"):
        added(kept, tmp_path, PACKAGES.replace("P-1", "P-2"), "packages-more.csv")
    assert kept.store.accept(A, at=LATER, by="M. Example", reason="").fault == Fault.ALTERED
    assert verification(kept.store).holds
    assert b"5000000" in kept.store.contents().documents[0].content


def test_released_papers_are_not_read_for_a_change_and_one_that_was_altered_is_told_and_not_given(
    database_kept: stores.Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = database_kept
    added(kept, tmp_path)
    files = {"brief.html": b"as released"}
    mark = release_paper(kept.store, "one", "public", date(2031, 2, 1), files, at=LATER)
    paper = ReleasedPaper("one", "public", 0, date(2031, 2, 1), mark)
    read: list[str] = []
    contents = database_store._contents

    def reading(connection: Connection, digests: Iterable[str]) -> dict[str, bytes]:
        asked = list(digests)
        read.extend(asked)
        return contents(connection, asked)

    monkeypatch.setattr(database_store, "_contents", reading)
    with kept.store.writing():
        assert digest(PACKAGES.encode()) in read
        assert mark not in read
    assert content_of(kept.folder, paper) == files
    assert verification(kept.store).holds
    literal = "'\\x00'" if kept.kind == "postgresql" else "X'00'"
    executed(kept, f"UPDATE konvoi_blob SET content = {literal} WHERE digest = '{mark}'")
    assert [(one.path, one.fault) for one in kept.store.contents().differences] == [
        (paper.path, Fault.ALTERED)
    ]
    assert content_of(kept.folder, paper) is None
    executed(kept, f"DELETE FROM konvoi_blob WHERE digest = '{mark}'")
    assert [one.fault for one in kept.store.contents().differences] == [Fault.MISSING]
    with pytest.raises(Refused, match="nothing was changed"):
        added(kept, tmp_path, PACKAGES.replace("P-1", "P-3"), "packages-third.csv")


def test_a_content_that_is_gone_is_an_error(database_kept: stores.Kept, tmp_path: Path) -> None:
    added(database_kept, tmp_path)
    executed(database_kept, f"DELETE FROM konvoi_blob WHERE digest = '{digest(PACKAGES.encode())}'")
    contents = database_kept.store.contents()
    assert [(one.path, one.fault) for one in contents.differences] == [(A, Fault.MISSING)]
    assert contents.documents == ()


def test_a_chain_that_was_altered_or_cut_off_is_an_error(database_kept: stores.Kept, tmp_path: Path) -> None:
    kept = database_kept
    added(kept, tmp_path)
    executed(kept, "DELETE FROM konvoi_receipt WHERE number = 2")
    with pytest.raises(LostReceipts):
        kept.store.receipts()
    assert kept.store.contents().differences == (Difference("receipts.jsonl", Fault.LOST, line=2),)
    with pytest.raises(Refused):
        kept.store.commit(ADD, [Edit("submissions/PL/x.csv", b"x")])


def test_a_receipt_that_was_altered_is_an_error_and_no_change_is_made(
    database_kept: stores.Kept, tmp_path: Path
) -> None:
    kept = database_kept
    added(kept, tmp_path)
    executed(kept, "UPDATE konvoi_receipt SET line = replace(line, 'PL', 'DE') WHERE number = 2")
    with pytest.raises(BrokenChain):
        kept.store.receipts()
    assert [one.fault for one in kept.store.contents().differences] == [Fault.BROKEN]
    with pytest.raises(Refused):
        kept.store.commit(ADD, [Edit("submissions/PL/x.csv", b"x")])
    executed(kept, "UPDATE konvoi_receipt SET line = replace(line, 'begun', 'added') WHERE number = 1")
    with pytest.raises(Refused, match="receipt 1 is not as it was written"):
        kept.store.contents()


def test_a_receipt_that_is_altered_after_it_was_verified_is_an_error(
    kept: stores.Kept, tmp_path: Path
) -> None:
    added(kept, tmp_path)
    assert len(kept.store.receipts()) == 2
    if kept.kind == "folder":
        path = kept.folder / "receipts.jsonl"
        path.write_text(path.read_text().replace('"begun"', '"added"'))
    else:
        executed(kept, "UPDATE konvoi_receipt SET line = replace(line, 'begun', 'added') WHERE number = 1")
    with pytest.raises(BrokenChain):
        kept.store.receipts()
    with pytest.raises(Refused):
        added(kept, tmp_path, PACKAGES.replace("P-1", "P-2"), "packages-more.csv")


def test_a_file_added_to_the_folder_later_is_told_and_not_read(
    database_kept: stores.Kept, tmp_path: Path
) -> None:
    kept = database_kept
    added(kept, tmp_path)
    (kept.folder / "submissions" / "DE").mkdir(parents=True)
    (kept.folder / "submissions" / "DE" / "list.csv").write_text(PACKAGES)
    (kept.folder / "konvoi.toml").write_text('[coalition]\nname = "Other"\n')
    found = kept.store.contents()
    assert [(one.path, one.fault) for one in found.differences] == [
        ("konvoi.toml", Fault.UNRECORDED),
        ("submissions/DE/list.csv", Fault.UNRECORDED),
    ]
    assert (found.settings.name, len(found.documents)) == ("Exercise", 1)
    kept.store.accept("submissions/DE/list.csv", at=LATER, by="M. Example", reason="")
    assert [one.name for one in kept.store.contents().documents] == ["DE/list.csv", "PL/packages.csv"]


def folder_workspace(tmp_path: Path) -> stores.Kept:
    """A folder with an import, a decision and one withdrawal."""
    folder = tmp_path / "before"
    folder.mkdir()
    (folder / "konvoi.toml").write_text(stores.SETTINGS)
    kept = stores.Kept("folder", folder)
    added(kept, tmp_path)
    added(kept, tmp_path, PACKAGES.replace("P-1", "P-2"), "packages-more.csv")
    undo(folder, "PL/packages-more.csv", at=LATER)
    (folder / "rates.csv").write_text("day,currency,base,rate\n2031-01-01,PLN,EUR,0.25\n")
    return kept


def read_all(folder: Path) -> dict[str, bytes]:
    """The files of a folder, without what is only read faster by it."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file() and ".konvoi" not in one.relative_to(folder).as_posix()
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_workspace_moves_to_a_database_and_back_unchanged(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], str]
) -> None:
    """What people changed by hand is recorded first; the folder stays, is only read, and comes back equal."""
    kept = folder_workspace(tmp_path)
    before, wanted = read_all(kept.folder), workspace(kept.folder)
    dsn = server() if kind == "postgresql" else ""
    monkeypatch.setenv("DATABASE_URL", dsn)
    import_workspace(kept.folder, dsn=dsn, at=LATER)
    after = read_all(kept.folder)
    assert {name: after[name] for name in before} == before
    assert isinstance(kept.store, DatabaseStore)
    found = workspace(kept.folder)
    assert (found.documents, found.withdrawn, found.withdrawals, found.settings) == (
        wanted.documents,
        wanted.withdrawn,
        wanted.withdrawals,
        wanted.settings,
    )
    assert [one.change.kind for one in kept.store.receipts()][-1] == Kind.BY_HAND
    added(kept, tmp_path, PACKAGES.replace("P-1", "P-3"), "packages-third.csv")
    export_workspace(kept.folder, tmp_path / "after")
    back = FolderStore(tmp_path / "after")
    assert back.receipts() == kept.store.receipts()
    assert verification(back).holds
    assert workspace(tmp_path / "after").documents == workspace(kept.folder).documents
    written = read_all(tmp_path / "after")
    grown = {"receipts.jsonl", "receipts.head", "submissions/PL/packages-third.csv"}
    assert {name for name in written if before.get(name) != written[name]} == grown


@pytest.mark.slow
def test_the_folder_of_a_moved_workspace_is_only_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = folder_workspace(tmp_path)
    import_workspace(kept.folder, at=LATER)
    added(kept, tmp_path, PACKAGES.replace("P-1", "P-3"), "packages-third.csv")
    monkeypatch.setenv(database.CHOICE, "folder")
    assert [one.name for one in workspace(kept.folder).documents if one.party] == ["PL/packages.csv"]
    with pytest.raises(Refused, match="only read"):
        added(kept, tmp_path, PACKAGES.replace("P-1", "P-4"), "packages-fourth.csv")


def test_a_workspace_is_moved_once_and_only_as_it_was_recorded(tmp_path: Path) -> None:
    kept = folder_workspace(tmp_path)
    (kept.folder / A).write_text(PACKAGES.replace("4", "5"))
    with pytest.raises(Refused, match=r"packages\.csv \(altered\)"):
        import_workspace(kept.folder, at=LATER)
    (kept.folder / A).write_text(PACKAGES)
    (kept.folder / "submissions/PL/other.csv").write_text(PACKAGES)
    with pytest.raises(Refused, match=r"other\.csv: not recorded"):
        import_workspace(kept.folder, at=LATER)
    assert not (kept.folder / database.FILE).exists()
    (kept.folder / "submissions/PL/other.csv").unlink()
    import_workspace(kept.folder, at=LATER)
    with pytest.raises(Refused, match="already"):
        import_workspace(kept.folder, at=LATER)
    with pytest.raises(Refused, match="already"):
        new_workspace(kept.folder, stores.SETTINGS, at=LATER)


def test_a_workspace_in_postgresql_is_refused_where_nobody_says_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files beside it are not the workspace."""
    kept = folder_workspace(tmp_path)
    (kept.folder / database.MARKER).write_text("postgresql\n")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(Refused, match="set DATABASE_URL"):
        workspace(kept.folder)


def test_an_export_has_a_folder_of_its_own(tmp_path: Path) -> None:
    kept = folder_workspace(tmp_path)
    with pytest.raises(Refused, match="copy the folder"):
        export_workspace(kept.folder, tmp_path / "x")
    import_workspace(kept.folder, at=LATER)
    with pytest.raises(Refused, match="name a new folder"):
        export_workspace(kept.folder, kept.folder)


def test_a_text_that_is_not_utf_8_is_refused_with_its_place(kept: stores.Kept) -> None:
    kept.store.commit(Action(Kind.SETTINGS, ()), [Edit("rates.csv", b"day\xff")])
    with pytest.raises(Refused, match="byte 3"):
        kept.store.text("rates.csv")
    assert kept.store.content("rates.csv") == b"day\xff"


def test_a_database_that_does_not_answer_is_refused_without_its_address(tmp_path: Path) -> None:
    secret = "postgresql://desk:hidden@127.0.0.1:9/none"
    with pytest.raises(Refused) as told, connected(Address(dsn=secret)):
        pass
    assert "hidden" not in str(told.value)
    (tmp_path / "x").write_bytes(b"not a database, and longer than the head of one " * 30)
    with pytest.raises(Refused, match="nothing was changed"), connected(Address(tmp_path / "x")):
        pass


def test_decisions_of_people_are_kept_in_the_store(kept: stores.Kept) -> None:
    append_lines(kept.folder, "judgements.csv", "a,b", head="left,right", change=Action(Kind.DECIDED, ()))
    append_lines(kept.folder, "judgements.csv", "c,d", head="left,right", change=Action(Kind.DECIDED, ()))
    assert workspace(kept.folder).judgements == "left,right\na,b\nc,d\n"


@pytest.mark.slow
def test_a_role_that_may_only_read_and_add_can_work_and_cannot_change_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], str]
) -> None:
    """As docs/how-to/use-a-database.md says: the owner of the tables imports, another role works."""
    kept = stores.made("postgresql", tmp_path / "cell", monkeypatch, server)
    owner = Address(dsn=kept.dsn)
    with connected(owner, writing=True) as connection:
        connection.execute(
            "DO $$ BEGIN CREATE ROLE konvoi_app LOGIN; EXCEPTION WHEN duplicate_object THEN END $$"
        )
        connection.execute("GRANT SELECT, INSERT ON konvoi_receipt, konvoi_blob TO konvoi_app")
    limited = psycopg.conninfo.make_conninfo(kept.dsn, user="konvoi_app")
    monkeypatch.setenv("DATABASE_URL", limited)
    added(kept, tmp_path)
    assert verification(kept.store).holds
    for statement in (
        "DELETE FROM konvoi_receipt",
        "UPDATE konvoi_blob SET digest = 'x'",
        "ALTER TABLE konvoi_blob DISABLE TRIGGER ALL",
    ):
        with (
            pytest.raises(Refused, match="the database refused"),
            connected(Address(dsn=limited), writing=True) as one,
        ):
            one.execute(statement)
    assert len(kept.store.contents().documents) == 1
