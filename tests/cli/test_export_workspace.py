"""konvoi export-workspace: a workspace in a database becomes a folder that gives the same results."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.cli.test_import_workspace import TOTAL, cell
from tests.examples.folders import copied
from tests.flow.test_store_contract import read_all
from tests.flow.workspaces import copied_to

__all__ = ["cell"]


def test_an_export_is_a_workspace_with_the_same_total_and_head(cell: Path, tmp_path: Path) -> None:
    konvoi("import-workspace", cell)
    told = konvoi("export-workspace", tmp_path / "copy", "--dir", cell)
    assert (told.code, told.out) == (0, f"{tmp_path / 'copy'}: 4 files written.\n")
    proved = konvoi("verify", tmp_path / "copy", "--json").json
    assert (proved["holds"], proved["head"]) == (True, konvoi("verify", cell, "--json").json["head"])
    assert konvoi(*TOTAL, tmp_path / "copy").out == konvoi(*TOTAL, cell).out


@pytest.mark.slow
def test_a_brief_is_the_same_from_a_folder_and_from_a_database(tmp_path: Path) -> None:
    """The exercise: with sanctions lists, decisions, plan and papers; every file of both results."""
    plain = copied("exercise", tmp_path / "plain")
    moved = tmp_path / "moved"
    copied_to(moved, plain)
    assert konvoi("import-workspace", moved).code == 0
    assert konvoi("run", plain).code == konvoi("run", moved).code
    results = [
        {name: found for name, found in read_all(one).items() if name.startswith(("out/", "out-cell/"))}
        for one in (plain, moved)
    ]
    assert len(results[0]) > 20
    # The mark of what a result was made from holds the chain, which a workspace made by hand has not begun.
    for one in results:
        del one["out-cell/inputs.txt"]
    assert results[0] == results[1]
