"""konvoi run: the whole chain, whole or not at all, the same bytes twice."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import alone, of_day, workspace

from konvoi.gateways.files import read_folder


@pytest.mark.slow
def test_two_runs_in_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    outs = []
    for name in ("a", "b"):
        folder = of_day(alone(workspace(tmp_path / name)))
        called = konvoi("run", folder)
        assert called.code == 0
        outs.append((read_folder(folder / "out"), read_folder(folder / "out-cell")))
    assert outs[0] == outs[1]
    assert {
        "brief.en.html",
        "brief.de.html",
        "brief.uk.html",
        "brief.xlsx",
        "brief.json",
        "brief.ics",
    } == set(outs[0][0]), "nothing of the coordination cell lies beside the brief"
    assert {"plan/plan.json", "problem/needs.csv", "weights.toml"} <= set(outs[0][1])


@pytest.mark.slow
def test_a_second_run_that_takes_kept_readings_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = of_day(alone(workspace(tmp_path)))
    konvoi("run", folder)
    first = read_folder(folder / "out")
    konvoi("run", folder)
    assert read_folder(folder / "out") == first


def test_a_workspace_without_submissions_is_refused_and_leaves_no_out(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    called = konvoi("run", tmp_path / "cell")
    assert called.code == 3
    assert "konvoi add" in called.err
    assert not (tmp_path / "cell" / "out").exists()


def test_a_broken_file_among_good_ones_is_refused_and_the_rest_is_told(tmp_path: Path) -> None:
    folder = of_day(workspace(tmp_path))
    (folder / "submissions" / "AR" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut")
    called = konvoi("run", folder, "--for", "cell", "--json")
    assert called.code == 3
    assert called.json["totals"]["funnel/amount/committed"]["value"] == 1000


@pytest.mark.slow
def test_a_reader_of_whom_nothing_was_read_is_wrong_usage_and_the_known_are_named(tmp_path: Path) -> None:
    folder = of_day(workspace(tmp_path))
    called = konvoi("run", folder, "--for", "ZZ")
    assert called.code == 2
    assert "'ZZ' is none of cell, public, coalition, AR, BO" in called.err
    assert not (folder / "out").exists()
    assert konvoi("run", folder, "--for", "BO").code == 0


@pytest.mark.slow
def test_a_workbook_that_nobody_filled_in_is_told_of(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    konvoi("template", tmp_path / "list.xlsx")
    konvoi("add", tmp_path / "list.xlsx", "--from", "AR", "--dir", tmp_path / "cell")
    called = konvoi("run", tmp_path / "cell")
    assert (called.code, "contain no rows" in called.err) == (3, True)


def test_without_a_horizon_it_is_said_why_there_is_no_plan(tmp_path: Path) -> None:
    called = konvoi("run", of_day(workspace(tmp_path, horizon=())), "--for", "cell")
    assert "  no plan: no data submitted for table `horizon`" in called.out.splitlines()


@pytest.mark.slow
def test_a_reader_to_whom_nothing_dated_is_released_gets_no_brief_and_is_told_how(tmp_path: Path) -> None:
    """The public sees nothing of this workspace: its day is no secret that a page may show."""
    folder = workspace(tmp_path / "w")
    called = konvoi("run", folder)
    assert called.code == 0
    assert "No brief for public: nothing with a day is released to this reader." in called.err
    assert [path.name for path in (folder / "out").iterdir()] == ["README.txt"]
    assert (folder / "out-cell" / "plan" / "plan.json").exists()
    assert konvoi("run", folder, "--json").json["documents"] == 0
    assert konvoi("run", folder, "--for", "cell").code == 0
    assert (folder / "out" / "brief.en.html").exists()
