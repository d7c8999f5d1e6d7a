"""konvoi report pipeline: how far what was given has come."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.cli.i18n import VARIABLE

KIEL = "pledges/kiel-release-7/Ukraine_Support_Tracker.xlsx"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten tents, told of again in a package that restates the first; four were sent, three received."""
    return workspace(tmp_path_factory.mktemp("gap"))


def test_reached_open_and_not_said_by_partner(folder: Path) -> None:
    found = konvoi("report", "pipeline", folder, "--what", "quantity", "--by", "partner", "--json").json
    rows = {(row["key"], row["stage"]): row for row in found["rows"]}
    row = rows["AR", "dispatched"]
    assert (row["lines"], row["lines_reported"], row["lines_not_reported"]) == (1, 1, 0)
    assert (row["pledged"], row["reached"], row["outstanding"], row["not_reported"]) == (10, 4, 6, 0)
    assert row["entries"]
    assert found["stages_not_reported"] == []


def test_on_a_day_before_anything_left_nothing_has_left(folder: Path) -> None:
    found = konvoi("report", "pipeline", folder, "--on", "2031-01-20", "--json").json
    assert {row["stage"] for row in found["rows"]} == {"pledged", "committed"}
    assert found["day"] == "2031-01-20"


def test_for_people_it_is_told_in_their_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "from stock  pledged" in konvoi("report", "pipeline", folder).out
    monkeypatch.setenv(VARIABLE, "de")
    words = konvoi("report", "pipeline", folder, "--by", "kind").out.split()
    assert {"Posten", "nicht", "gemeldet", "empfangen"} <= {*words}


def test_a_name_that_means_nothing_is_told(folder: Path) -> None:
    assert konvoi("report", "pipeline", folder, "--kind", "peace").code == 2


@pytest.mark.slow
@pytest.mark.real_data
def test_of_232_of_kiels_504_rows_with_units_nobody_says_what_came(real_data: Path) -> None:
    """504 rows name units; of six more only the units delivered are known."""
    found = konvoi("report", "pipeline", real_data / KIEL, "--what", "quantity", "--json").json
    row = next(row for row in found["rows"] if row["stage"] == "handed over")
    assert (row["lines"], row["lines_not_reported"], row["lines_reported"]) == (510, 232, 278)
    assert found["without_quantity"] == 258
    assert "received" in found["stages_not_reported"][0]["stages"]
