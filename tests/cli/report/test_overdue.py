"""konvoi report overdue: which promised days will be missed."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import dated, workspace

from konvoi.cli.i18n import VARIABLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten tents promised for 1 March 2031, told of twice; it is 20 February."""
    made = workspace(tmp_path_factory.mktemp("late"))
    settings = made / "konvoi.toml"
    settings.write_text(settings.read_text().replace("[rules]", "day = 2031-02-20\n[rules]"))
    return dated(made)


def test_what_is_due_within_the_span_is_listed_with_its_cost_and_mover(folder: Path) -> None:
    found = konvoi("report", "overdue", folder, "--within", "2w", "--json").json
    assert (found["day"], found["within"], found["planned"]) == ("2031-02-20", 14, False)
    row = found["late"][0]
    assert (row["promised"], row["basis"], row["middle"]) == ("2031-03-01", "no basis", None)
    assert row["mover"] == "AR"
    costs = [float(one["cost"]) for one in found["late"]]
    assert costs == sorted(costs, reverse=True)
    assert konvoi("report", "overdue", folder, "--within", "3", "--json").json["late"] == []


def test_what_was_known_on_an_earlier_day_is_told_as_of_that_day(folder: Path) -> None:
    found = konvoi("report", "overdue", folder, "--known", "2031-01-31", "--json").json
    assert found["day"] == "2031-01-31"
    assert {row["stage"] for row in found["late"]} == {"committed", "pledged"}


def test_a_span_that_is_none_is_wrong_usage(folder: Path) -> None:
    assert konvoi("report", "overdue", folder, "--within", "soon").code == 2
    assert konvoi("report", "overdue", folder, "--of", "Nobody").code == 2


def test_for_people_it_is_told_in_their_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no basis" in konvoi("report", "overdue", folder).out
    monkeypatch.setenv(VARIABLE, "de")
    told = konvoi("report", "overdue", folder, "--of", "AR").out
    assert "Keine Prognose: Mindestens 30" in told
