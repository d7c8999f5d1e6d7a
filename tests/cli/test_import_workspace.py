"""konvoi import-workspace: a workspace moves from its folder to a database."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi

PACKAGES = "package,party,day,kind,amount,currency,stage\nP-1,PL,2031-01-10,military,4000000,EUR,committed\n"
TOTAL = ("total", "--stage", "committed", "--mix")


@pytest.fixture
def cell(tmp_path: Path) -> Path:
    """A workspace with one submission of Poland."""
    folder = tmp_path / "cell"
    konvoi("init", folder)
    (tmp_path / "packages.csv").write_text(PACKAGES)
    assert konvoi("add", tmp_path / "packages.csv", "--from", "PL", "--dir", folder).code == 0
    return folder


def test_commands_work_on_the_database_and_the_folder_stays_readable(cell: Path, tmp_path: Path) -> None:
    moved = konvoi("import-workspace", cell)
    assert moved.code == 0
    assert f"{cell} is kept in {cell / 'konvoi.sqlite3'} from now on." in moved.out
    assert "2 receipts, 2 files recorded; head " in moved.out
    (tmp_path / "packages-2.csv").write_text(PACKAGES.replace("P-1", "P-2").replace("4000000", "500000"))
    assert konvoi("add", tmp_path / "packages-2.csv", "--from", "PL", "--dir", cell).code == 0
    assert "4,500,000" in konvoi(*TOTAL, cell).out
    assert "4,000,000" in konvoi("--store", "folder", *TOTAL, cell).out
    assert "4,500,000" in konvoi(*TOTAL, cell).out
    refused = konvoi("--store", "folder", "withdraw", "PL/packages.csv", "--dir", cell)
    assert (refused.code, "only read" in refused.err) == (3, True)
    assert konvoi("verify", cell).code == 0


def test_a_second_import_and_an_export_to_a_folder_with_files_are_refused(cell: Path) -> None:
    assert konvoi("export-workspace", cell / "copy", "--dir", cell).code == 3
    konvoi("import-workspace", cell)
    again = konvoi("import-workspace", cell)
    assert (again.code, "is kept in a database already" in again.err) == (3, True)
    taken = konvoi("export-workspace", cell / "submissions", "--dir", cell)
    assert (taken.code, "name a new folder" in taken.err) == (3, True)


def test_a_file_that_comes_to_the_folder_later_is_named_by_verify(cell: Path) -> None:
    konvoi("import-workspace", cell)
    (cell / "submissions" / "PL" / "packages-late.csv").write_text(PACKAGES.replace("P-1", "P-9"))
    called = konvoi("verify", cell)
    assert (called.code, "submissions/PL/packages-late.csv" in called.out) == (1, True)
    assert "4,000,000" in konvoi(*TOTAL, cell).out
