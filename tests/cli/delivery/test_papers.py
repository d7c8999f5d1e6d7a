"""konvoi delivery papers: what was handed in goes out in another form and is read back as the same."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

MOVED = (
    "movement,line,day,stage,quantity,unit,waybill,from,to",
    "M-1,L-1,2031-02-01,dispatched,4,piece,W-1,port,town",
    "A-1,L-1,2031-02-05,at hub,4,piece,W-1,port,town",
)


@pytest.mark.parametrize(("form", "files", "left"), [("ubl", 2, 1), ("epcis", 1, 0), ("workbook", 1, 0)])
def test_each_form_gets_its_files(tmp_path: Path, form: str, files: int, left: int) -> None:
    out = tmp_path / "out"
    folder = workspace(tmp_path, movements=MOVED)
    called = konvoi("delivery", "papers", folder, "--as", form, "--out", out, "--json")
    assert called.code == 0
    assert (len(list(out.iterdir())), len(called.json["left out"])) == (files, left)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["ubl", "epcis", "workbook"])
def test_papers_read_back_beside_the_lines_give_the_same_entries(tmp_path: Path, form: str) -> None:
    """Whoever hands in the paper instead of the row says the same, down to the entry's id."""
    stages = ("dispatched", "received")
    folder = workspace(tmp_path, movements=MOVED[:2])
    before = {stage: shown(folder, stage) for stage in stages}
    konvoi("delivery", "papers", folder, "--as", form, "--out", tmp_path / "out")
    desk = folder / "submissions" / "AR"
    for name in ("movements.csv", "receipts.csv"):
        (desk / name).unlink()
    for path in (tmp_path / "out").iterdir():
        path.rename(desk / path.name)
    assert {stage: shown(folder, stage) for stage in stages} == before


def shown(folder: Path, stage: str) -> tuple[str, list[list[str]]]:
    """The quantity at a stage, and the entries that it is made of."""
    total = konvoi(
        "total", folder, "--what", "quantity", "--stage", stage, "--exact", "--by", "good", "--json"
    ).json
    return total["value"], [part["entries"] for part in total["by"]]


def test_papers_of_a_plan_are_marked_as_planned(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    plan, out = tmp_path / "plan", tmp_path / "out"
    assert konvoi("plan", "solve", folder, "--out", plan).code == 0
    called = konvoi("delivery", "papers", folder, "--plan", plan, "--as", "ubl", "--out", out, "--json")
    assert called.json["papers"] == len(list(out.iterdir())) > 0
    assert all(b"planned" in path.read_bytes() for path in out.iterdir())
    read = konvoi("read", *out.iterdir())
    assert read.code == 0
    refused = konvoi(
        "delivery", "papers", folder, "--plan", plan, "--as", "epcis", "--out", tmp_path / "none", "--json"
    )
    assert refused.json["files"] == []
    assert "has no paper for planned, dispatched" in refused.json["left out"][0]


def test_one_file_is_said_to_be_one(tmp_path: Path) -> None:
    called = konvoi("delivery", "papers", workspace(tmp_path), "--as", "workbook", "--out", tmp_path / "out")
    assert ": 1 file, " in called.out
