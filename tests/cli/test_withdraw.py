"""konvoi withdraw: taken out, listed, brought back."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi


@pytest.mark.slow
def test_a_submission_is_taken_out_listed_and_brought_back(tmp_path: Path) -> None:
    cell = tmp_path / "cell"
    konvoi("init", cell)
    goods = tmp_path / "goods.csv"
    goods.write_text("good,name,unit\ntent,Tent,piece\n")
    konvoi("add", goods, "--from", "PL", "--dir", cell)
    called = konvoi("withdraw", "PL/goods.csv", "--dir", cell, "--json")
    assert (called.code, called.json) == (0, {"name": "PL/goods.csv", "withdrawn": "PL/goods.csv"})
    listed = konvoi("withdraw", "--list", "--dir", cell, "--json").json
    assert [[one["name"] for one in listed[what]] for what in ("submissions", "withdrawn")] == [
        [],
        ["PL/goods.csv"],
    ]
    again = konvoi("withdraw", "PL/goods.csv", "--dir", cell)
    assert (again.code, "was taken out already" in again.err) == (3, True)
    added = konvoi("add", goods, "--from", "PL", "--dir", cell, "--json")
    assert added.json["files"][0]["outcome"] == "brought back"
    assert "submissions: 1" in konvoi("withdraw", "--list", "--dir", cell).out


def test_without_a_submission_or_a_list_it_is_wrong_usage(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    assert konvoi("withdraw", "--dir", tmp_path / "cell").code == 2


def test_outside_a_workspace_it_is_refused(tmp_path: Path) -> None:
    assert konvoi("withdraw", "x.csv", "--dir", tmp_path).code == 3
