"""konvoi plan forecast: the same seed says the same."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace


def test_a_forecast_is_repeatable_and_gives_each_need_its_chance(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    konvoi("plan", "solve", folder, "--out", tmp_path / "plan")
    calls = [
        konvoi("plan", "forecast", folder, tmp_path / "plan", "--samples", 50, "--json") for _ in range(2)
    ]
    assert calls[0].out == calls[1].out
    (need,) = calls[0].json["needs"]
    assert need["need"] == "N-1"
    assert 0 <= float(need["on_time"]) <= 1
    assert "N-1" in konvoi("plan", "forecast", folder, tmp_path / "plan", "--samples", 50).out


def test_a_plan_of_another_problem_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    konvoi("plan", "solve", workspace(tmp_path / "w"), "--out", plan)
    called = konvoi("plan", "forecast", workspace(tmp_path / "x", needs=()), plan)
    assert (called.code, "need N-1 is not in table `needs`" in called.err) == (3, True)


def test_it_says_what_days_rest_on_and_what_most_often_makes_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace(tmp_path / "w", lanes=LATE)
    konvoi("plan", "solve", folder, "--out", tmp_path / "plan")
    called = konvoi("plan", "forecast", folder, tmp_path / "plan", "--samples", 200)
    assert "hand-over: 0, 0, 0.5 days." in called.out
    assert "Unannounced closures are not simulated: their frequency is not reported." in called.out
    assert "the lane road (" in called.out
    monkeypatch.setenv("KONVOI_LANG", "de")
    german = konvoi("plan", "forecast", folder, tmp_path / "plan", "--samples", 20)
    assert "die Strecke road (" in german.out
    told = konvoi("plan", "forecast", folder, tmp_path / "plan", "--samples", 200, "--json").json
    assert {row["kind"] for row in told["bases"]} == {"transit", "hand over"}
    assert [row["partner"] for row in told["partners"]] == ["AR"]
    assert told["findings"] == []


LATE = ("lane,from,to,mode,days_p10,days_p50,days_p90", "road,port,town,road,2,30,60")


@pytest.mark.parametrize(
    "words",
    [
        ("--samples", "0"),
        ("--samples", "-5"),
        ("--samples", "99999999999"),
        ("--samples", "many"),
        ("--seed", "-1"),
        ("--seed", str(2**63)),
    ],
)
def test_samples_and_seeds_of_nonsense_size_are_refused(tmp_path: Path, words: tuple[str, str]) -> None:
    called = konvoi("plan", "forecast", tmp_path, tmp_path, *words)
    assert called.code == 2
    assert words[0] in called.err
