"""What is in no total is listed by document: refused files, rows with errors, sheets that were not read."""

from pathlib import Path

from tests.flow.workspaces import workspace

from konvoi.flow.collect import gathering
from konvoi.flow.not_counted import NotCounted, not_counted
from konvoi.flow.workspace import workspace as opened
from konvoi.model.document import Unread


def of(folder: Path) -> NotCounted:
    return not_counted(gathering(opened(folder)))


def test_a_clean_workspace_leaves_nothing_out(tmp_path: Path) -> None:
    found = of(workspace(tmp_path))
    assert not found
    assert found.as_dict() == {"refused": [], "errors": {}, "unread": [], "partners": []}


def test_refused_files_and_rows_with_errors_are_listed(tmp_path: Path) -> None:
    """A row with two faults is one row; P-3 is an entry without a value, which the total itself states."""
    packages = (
        "package,party,day,kind,amount,currency",
        "P-1,AR,2031-01-10,humanitarian,1000.00,EUR",
        "P-2,AR,soon,weather,5,EUR",
        "P-3,AR,2031-01-11,humanitarian,5 or 6,EUR",
    )
    path = workspace(tmp_path, packages=packages, lines=(), movements=(), receipts=(), offers=(), needs=())
    (path / "submissions" / "AR" / "scan.bin").write_bytes(b"\x00\x01")
    found = of(path)
    assert found.refused == ("AR/scan.bin",)
    assert found.errors == {"AR/packages.csv": 1}


def test_sheets_that_look_like_a_table_are_listed_with_their_sum() -> None:
    part = Unread("Packages 2026", "packages", 3, 46_500_000_00, "EUR")
    found = NotCounted(unread={"PL/book.xlsx": (part,)})
    assert found.as_dict()["unread"] == [
        {
            "document": "PL/book.xlsx",
            "sheet": "Packages 2026",
            "table": "packages",
            "rows": 3,
            "amount": "46500000.00",
            "currency": "EUR",
        }
    ]
