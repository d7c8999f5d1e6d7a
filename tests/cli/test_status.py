"""konvoi without a command: the status of the workspace, or how to start."""

import shutil
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import of_day, workspace


def test_in_a_folder_without_a_workspace_three_commands_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    called = konvoi()
    assert called.code == 0
    assert all(word in called.out for word in ("konvoi demo", "konvoi init", "konvoi read"))


def test_a_workspace_without_submissions_asks_for_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    konvoi("init", tmp_path / "cell")
    monkeypatch.chdir(tmp_path / "cell")
    called = konvoi()
    assert (called.code, "konvoi add FILE --from PARTY" in called.out) == (0, True)


@pytest.mark.slow
def test_the_status_fits_ten_lines_and_tells_whether_the_results_are_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = of_day(workspace(tmp_path / "cell", sessions=("session,day,town", "S-1,2031-03-20,Port")))
    monkeypatch.chdir(folder)
    first = konvoi()
    assert first.code == 0
    assert len(first.out.splitlines()) <= 10
    assert "none; run konvoi run" in first.out
    assert "S-1, 2031-03-20, Port" in first.out
    assert "0.00" not in first.out
    assert konvoi("run").code == 0
    assert "up to date: out" in konvoi().out
    held = folder / "submissions" / "AR"
    shutil.copytree(held, tmp_path / "more")
    later = tmp_path / "goods.csv"
    later.write_text("good,name,unit\ntarp,Tarp,piece\n")
    assert konvoi("add", later, "--from", "AR").code in (0, 1)
    assert "out of date; run konvoi run" in konvoi().out


def test_what_nobody_reports_is_no_zero(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    konvoi("init", tmp_path / "cell")
    file = tmp_path / "packages.csv"
    file.write_text(
        "package,party,day,kind,amount,currency,stage\nA-1,DE,2031-02-01,energy,1500,EUR,pledged\n"
    )
    assert konvoi("add", file, "--from", "DE", "--dir", tmp_path / "cell").code == 0
    monkeypatch.chdir(tmp_path / "cell")
    rows = {line[2:27].strip(): line[27:] for line in konvoi().out.splitlines()[1:]}
    assert rows["Pledged"] == "EUR 1,500"
    assert rows["Delivered or disbursed"] == "not reported"
    assert rows["Overdue"] == "no promised days reported"


@pytest.mark.slow
def test_the_most_urgent_decisions_are_named_with_party_and_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    konvoi("init", tmp_path / "cell")
    (tmp_path / "packages.csv").write_text(
        "package,party,day,kind,stage\nA-1,DE,2031-02-01,energy,committed\n"
    )
    (tmp_path / "lines.csv").write_text(
        "line,package,good,quantity,unit,promised,route\nA-1/1,A-1,generator,4,piece,2031-01-15,from stock\n"
    )
    for name in ("packages.csv", "lines.csv"):
        called = konvoi("add", tmp_path / name, "--from", "DE", "--dir", tmp_path / "cell")
        assert called.code in (0, 1), called.err
    monkeypatch.chdir(tmp_path / "cell")
    rows = {line[2:27].strip(): line[27:] for line in konvoi().out.splitlines()[1:]}
    assert rows["Most urgent"].startswith("DE: ")
    assert rows["Most urgent"].endswith("(2031-01-15)")
    assert max(map(len, konvoi().out.splitlines())) <= 100


def test_errors_in_the_submissions_give_exit_code_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = ("package,party,day,kind,amount,currency", "P-1,AR,2031-01-10,energy,4O,EUR")
    monkeypatch.chdir(workspace(tmp_path, packages=packages))
    called = konvoi()
    assert called.code == 1
    assert "2 errors" in called.out


def test_an_amount_with_cents_has_all_its_decimals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = ("package,party,day,kind,amount,currency", "P-1,AR,2031-01-10,energy,910000.5,EUR")
    monkeypatch.chdir(workspace(tmp_path, packages=packages, lines=("line,package,good,quantity",)))
    rows = {line[2:27].strip(): line[27:] for line in konvoi().out.splitlines()[1:]}
    assert rows["Pledged"] == "EUR 910,000.50"


def test_of_a_withdrawn_pledge_nothing_is_left_and_that_is_no_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = ("package,party,day,kind,amount,currency", "P-1,AR,2031-01-10,energy,0,EUR")
    monkeypatch.chdir(workspace(tmp_path, packages=packages, lines=("line,package,good,quantity",)))
    rows = {line[2:27].strip(): line[27:] for line in konvoi().out.splitlines()[1:]}
    assert rows["Pledged"] == "EUR 0"
