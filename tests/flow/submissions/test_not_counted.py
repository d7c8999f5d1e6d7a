"""What is in no total is listed by document: refused files, rows with errors, sheets that were not read."""

from decimal import Decimal
from pathlib import Path

from tests.flow.workspaces import workspace

from konvoi.flow.load_workspace import gathering
from konvoi.flow.submissions.not_counted import NotCounted, not_counted
from konvoi.flow.totals_asked import ask
from konvoi.flow.workspace import workspace as opened
from konvoi.ledger.question import Question
from konvoi.model.document import Unread


def of(folder: Path) -> NotCounted:
    return not_counted(gathering(opened(folder)))


def test_a_clean_workspace_leaves_nothing_out(tmp_path: Path) -> None:
    found = of(workspace(tmp_path))
    assert not found
    assert found.as_dict() == {"refused": [], "errors": {}, "amounts": [], "unread": [], "partners": []}


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
    assert found.amounts == {"AR/packages.csv": {"EUR": 500}}


def test_of_an_amount_that_cannot_be_read_nobody_says_that_none_is_stated(tmp_path: Path) -> None:
    """P-1 states none, P-2 words instead of a number, P-3 a number without its currency."""
    packages = (
        "package,party,day,kind,amount,currency",
        "P-1,AR,2031-01-10,humanitarian,,EUR",
        "P-2,AR,2031-01-11,humanitarian,about ten,EUR",
        "P-3,AR,2031-01-12,humanitarian,5,",
    )
    path = workspace(tmp_path, packages=packages, lines=(), movements=(), receipts=(), offers=(), needs=())
    work = opened(path)
    total = ask(gathering(work), Question(by="partner"), work.settings, with_rows=True)
    assert (total.unknown, total.unread_values) == (3, 2)
    assert total.rows is not None
    assert sorted((row.unit.rpartition(" ")[2], row.how) for row in total.rows) == [
        ("P-1", "no value stated"),
        ("P-2", "the value could not be read"),
        ("P-3", "the value could not be read"),
    ]


def test_sheets_that_look_like_a_table_are_listed_with_their_sum() -> None:
    part = Unread("Packages 2026", "packages", 3, 46_500_000_00, "EUR")
    found = NotCounted(unread={"PL/book.xlsx": (part,)})
    assert found.as_dict()["unread"] == [
        {
            "document": "PL/book.xlsx",
            "sheet": "Packages 2026",
            "table": "packages",
            "rows": 3,
            "amount": Decimal("46500000.00"),
            "currency": "EUR",
        }
    ]


def test_a_stage_that_could_not_be_read_is_not_a_pledge_that_came_no_further(tmp_path: Path) -> None:
    packages = (
        "package,party,day,kind,stage,amount,currency",
        "P-1,AR,2031-01-10,humanitarian,committed,1,EUR",
        "P-2,AR,2031-01-11,humanitarian,nearly signed,20,EUR",
        "P-3,AR,2031-01-12,humanitarian,pledged,300,EUR",
    )
    path = workspace(tmp_path, packages=packages, lines=(), movements=(), receipts=(), offers=(), needs=())
    work = opened(path)
    total = ask(gathering(work), Question(stage="committed"), work.settings, with_rows=True)
    assert (str(total.value), total.unread_stages, str(total.unread_stages_value)) == ("1.00", 1, "20.00")
    assert total.rows is not None
    assert sorted((row.unit.rpartition(" ")[2], row.value, row.how) for row in total.rows) == [
        ("P-1", 1, "counted"),
        ("P-2", 20, "its stage could not be read"),
        ("P-3", None, "stage not reached"),
    ]
