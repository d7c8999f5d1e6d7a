"""konvoi show: from a name to the cell."""

from pathlib import Path

from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace


def test_a_line_opens_down_to_file_and_row(tmp_path: Path) -> None:
    called = konvoi("show", "L-1", workspace(tmp_path), "--json")
    assert called.code == 0
    entries = [r for r in called.json["records"] if r["what"] == "entry"]
    assert {r["stage"] for r in entries} >= {"committed", "dispatched", "received"}
    rows = [r for r in called.json["records"] if r["what"] == "lines"]
    assert [(r["file"], r["row"]) for r in rows] == [("AR/lines.csv", 2)]


def test_a_name_that_nobody_handed_in_exits_with_3_and_offers_the_nearest(tmp_path: Path) -> None:
    called = konvoi("show", "P1", workspace(tmp_path))
    assert called.code == 3
    assert "Did you mean P-1" in called.err
