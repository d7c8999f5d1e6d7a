"""konvoi forecast: the same seed says the same."""

from pathlib import Path

from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace


def test_a_forecast_is_repeatable_and_gives_each_need_its_chance(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    konvoi("solve", folder, "--out", tmp_path / "plan")
    calls = [konvoi("forecast", folder, tmp_path / "plan", "--samples", 50, "--json") for _ in range(2)]
    assert calls[0].out == calls[1].out
    (need,) = calls[0].json["needs"]
    assert need["need"] == "N-1"
    assert 0 <= float(need["on_time"]) <= 1
    assert "N-1" in konvoi("forecast", folder, tmp_path / "plan", "--samples", 50).out


def test_a_plan_of_another_problem_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    konvoi("solve", workspace(tmp_path / "w"), "--out", plan)
    called = konvoi("forecast", workspace(tmp_path / "x", needs=()), plan)
    assert (called.code, "need N-1 is not in table `needs`" in called.err) == (3, True)
