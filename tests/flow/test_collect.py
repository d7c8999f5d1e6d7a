"""What several parties tell of one line is seen together; what is superseded is not."""

from pathlib import Path

from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.collect import gathering
from konvoi.flow.workspace import workspace as opened

ONE = {name: tuple(r for r in TABLES[name] if "-2" not in r) for name in ("packages", "lines", "offers")}


def _consignee(folder: Path, received: int) -> None:
    desk = folder / "submissions" / "BO"
    desk.mkdir()
    (desk / "receipts.csv").write_text(f"receipt,reference,day,received\nB-1,M-1,2031-02-09,{received}\n")


def _codes(folder: Path) -> list[str]:
    return [finding.code for finding in gathering(opened(folder)).findings]


def test_a_consignee_that_receives_more_than_was_sent_is_told(tmp_path: Path) -> None:
    """The giver sent 4 of its own line, the recipient signs for 5: two submissions, one line."""
    folder = workspace(tmp_path, receipts=(), **ONE)
    _consignee(folder, 5)
    assert "received-above-dispatched" in _codes(folder)


def test_a_receipt_of_what_another_party_sent_misses_no_stage(tmp_path: Path) -> None:
    """The dispatch stands in the giver's submission, not in the recipient's."""
    folder = workspace(tmp_path, receipts=(), **ONE)
    _consignee(folder, 4)
    assert _codes(folder) == []


def test_a_receipt_of_a_line_is_no_second_report_of_another_line(tmp_path: Path) -> None:
    """Two lines of the same good: the receipt belongs to the one it answers and makes no pair to judge."""
    lines = (*ONE["lines"], "L-3,P-1,tent,4,from stock,2031-04-01")
    folder = workspace(tmp_path, receipts=(), **(ONE | {"lines": lines}))
    _consignee(folder, 4)
    assert gathering(opened(folder)).ledger.relations.height == 0


def test_a_version_and_the_one_that_it_supersedes_do_not_contradict_one_another(tmp_path: Path) -> None:
    """The newer list is shorter and of a later day; only it is checked."""
    folder = workspace(tmp_path, receipts=(), movements=(), **ONE)
    for table in ("packages", "lines"):
        rows = "\n".join(ONE[table]).replace("tent,10", "tent,9")
        later = folder / "submissions" / "AR" / "later"
        later.mkdir(exist_ok=True)
        (later / f"{table}.csv").write_text(rows + "\n")
    (later / "konvoi.csv").write_text("day,2031-02-20\n")
    settings = (folder / "konvoi.toml").read_text()
    old = "".join(f'"AR/later/{t}.csv" = "AR/{t}.csv"\n' for t in ("packages", "lines"))
    (folder / "konvoi.toml").write_text(f"{settings}[supersedes]\n{old}")
    assert "entry-twice" not in _codes(folder)
