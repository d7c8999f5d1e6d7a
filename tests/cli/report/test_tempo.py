"""konvoi report tempo: days from stage to stage, kept promises, moved days."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import dated, workspace

from konvoi.cli.i18n import VARIABLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten tents promised for 1 March 2031, four of them sent on 1 February and received on the 8th."""
    return dated(workspace(tmp_path_factory.mktemp("tempo")))


def test_the_rows_tell_each_passage_with_its_cases_and_what_is_behind_them(folder: Path) -> None:
    found = konvoi("report", "tempo", folder, "--json").json
    assert set(found["tables"]) >= {"speed-by-route", "kept-by-route", "slips", "speed-by-partner"}
    row = next(row for row in found["tables"]["speed-by-route"] if row["From stage"] == "dispatched")
    assert (row["Completed"]["value"], row["Median"]["value"]) == (1, 7)
    assert row["Completed"]["behind"]
    assert any("Items by first promised date" in sentence for sentence in found["answer"])


def test_for_people_the_asked_key_stands_in_the_tables(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = konvoi("report", "tempo", folder, "--by", "partner").out
    assert "Time between stages by partner, days:" in told
    assert "On-time delivery by partner:" in told
    monkeypatch.setenv(VARIABLE, "de")
    assert "Zeit zwischen Stufen, Tage:" in konvoi("report", "tempo", folder).out


def test_what_was_known_on_an_earlier_day_is_told_as_of_that_day(folder: Path) -> None:
    for day, stages in (("2031-01-15", {"committed"}), ("2031-02-01", {"committed", "dispatched"})):
        found = konvoi("report", "tempo", folder, "--known", day, "--json").json
        assert found["day"] == day
        assert {row["From stage"] for row in found["tables"]["speed-by-route"]} - {"pledged"} == stages


def test_what_nothing_is_told_by_is_wrong_usage(folder: Path) -> None:
    assert konvoi("report", "tempo", folder, "--by", "colour").code == 2
