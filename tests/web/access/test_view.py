"""Results are read through one function, for one reader, from one folder."""

import ast
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.web.world import World

from konvoi.flow.snapshots import WRITTEN_IN_ORDER, name_of
from konvoi.web.access.models import Snapshot
from konvoi.web.access.roles import Role
from konvoi.web.access.view import _connection, opened_as, view
from konvoi.web.access.viewer import Membership, Viewer

WEB = Path(__file__).parents[3] / "src" / "konvoi" / "web"


def _viewer(role: Role, party: str = "") -> Viewer:
    return Viewer(acting=Membership(role, party))


@pytest.mark.slow
def test_a_viewer_opens_the_results_of_its_reader(world: World) -> None:
    for viewer, reader, packages in (
        (_viewer(Role.DESK, "XA"), "XA", 2),
        (_viewer(Role.PLANNER), "cell", 2),
        (_viewer(Role.ADMINISTRATOR), "public", 1),
        (Viewer(), "public", 1),
    ):
        opened = view(viewer)
        assert opened is not None
        assert opened.manifest.reader == reader
        assert opened.rows("packages").total == packages


def test_a_viewer_cannot_open_the_results_of_another_reader(world: World) -> None:
    theirs = Snapshot.objects.get(reader="XB")
    assert opened_as(_viewer(Role.DESK, "XA"), theirs) is None


def test_there_are_no_results_for_a_day_that_nobody_asked_for(world: World) -> None:
    assert view(_viewer(Role.DESK, "XA").on(date(2031, 1, 1))) is None


def test_rows_are_filtered_sorted_and_paged_with_the_number_of_all(world: World) -> None:
    opened = view(_viewer(Role.PLANNER))
    assert opened is not None
    found = opened.rows("packages", order=["-package"], limit=1)
    assert (found.total, [one["package"] for one in found.rows]) == (2, ["XB-1"])
    (one,) = opened.rows("packages", where={"package": "XA-1"}).rows
    assert one["title"] == "Arvenian relief"
    assert opened.rows("no_such_table").total == 0


def test_rows_in_the_order_of_their_file_are_those_that_sorting_gives(
    world: World,
) -> None:
    opened = view(_viewer(Role.PLANNER))
    assert opened is not None
    order = WRITTEN_IN_ORDER["entries"]
    whole = opened.frame("entries")
    assert whole is not None
    for asked in (order, (*order[1:], order[0]), ("-day_to", "entry")):
        down = [one.startswith("-") for one in asked]
        names = [one.lstrip("-") for one in asked]
        wanted = whole.sort(names, descending=down, nulls_last=True)["entry"].to_list()
        first = opened.rows("entries", order=asked, limit=1)
        rest = opened.rows("entries", order=asked, after=first.last)
        assert [one["entry"] for one in (*first.rows, *rest.rows)] == wanted
        assert opened.rows("entries", order=asked, before=rest.first, limit=1) == first
        (parts,) = opened.batches("entries", order=asked)
        assert [one["entry"] for one in parts] == wanted


def test_the_values_of_a_column_are_those_of_the_reader_and_not_too_many(world: World) -> None:
    opened, theirs = view(_viewer(Role.PLANNER)), view(Viewer())
    assert opened is not None
    assert theirs is not None
    assert sorted(opened.values("packages", "party", 2) or ()) == ["XA", "XB"]
    assert opened.values("packages", "party", 1) is None
    assert opened.values("packages", "no_such_column", 2) == ()
    assert theirs.values("packages", "party", 2) == ("XB",)


def test_a_column_is_a_name_and_nothing_else(world: World) -> None:
    opened = view(_viewer(Role.PLANNER))
    assert opened is not None
    with pytest.raises(ValueError, match="1=1"):
        opened.rows("packages", where={'package" = "package" OR 1=1 --': "x"})


def test_the_database_of_a_request_reads_no_other_folder_and_cannot_be_told_otherwise(world: World) -> None:
    snapshot = world.instance.snapshots / "first"
    own, other = snapshot / name_of("XA"), snapshot / name_of("XB")
    with _connection(own) as db:
        assert db.execute(f"SELECT count(*) FROM read_parquet('{own}/tables/packages.parquet')").fetchall()
        for statement in (
            f"SELECT * FROM read_parquet('{other}/tables/packages.parquet')",
            f"SELECT * FROM read_parquet('{own}/tables/../../{name_of('XB')}/tables/packages.parquet')",
            f"COPY (SELECT 1) TO '{own}/written.csv'",
            "SET enable_external_access = true",
            "SET allowed_directories = ['/']",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                db.execute(statement).fetchall()


def test_results_and_databases_are_opened_in_one_module_alone() -> None:
    """Whatever else imports them could show rows that were not cut to their reader."""
    found = set()
    for path in WEB.rglob("*.py"):
        names = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        if names & {"duckdb", "manifest_of", "read_parquet"}:
            found.add(path.relative_to(WEB).as_posix())
    assert found == {"access/view.py"}
