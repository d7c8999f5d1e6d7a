"""konvoi report stalled: what stays too long, for how many euros, and whose move it is."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.examples.folders import EXAMPLES
from tests.flow.workspaces import workspace

from konvoi.cli.i18n import VARIABLE

EXERCISE = EXAMPLES / "exercise"


def test_the_exercise_s_stalled_lines_with_days_euros_mover_and_next_step() -> None:
    found = konvoi("report", "stalled", EXERCISE, "--json").json
    assert found["day"] == "2031-03-03"
    rows = {one["line"]: one for one in found["stalled"]}
    lorries = rows["XA-1/3"]
    assert (lorries["stage"], lorries["days"], lorries["limit"]) == ("contracted", 77, 60)
    assert (lorries["mover"], lorries["moves"], lorries["next"]) == ("X-ORLEM", "supplier", "produced")
    assert (lorries["eur"], lorries["basis"]) == (7200000, "limit")
    days = [one["days"] for one in found["stalled"]]
    assert days == sorted(days, reverse=True)


def test_what_waits_for_one_party_alone() -> None:
    found = konvoi("report", "stalled", EXERCISE, "--of", "XC", "--json").json
    assert {one["mover"] for one in found["stalled"]} == {"XC"}
    assert konvoi("report", "stalled", EXERCISE, "--of", "Nobody").code == 2


def test_a_limit_of_the_workspace_counts(tmp_path: Path) -> None:
    """Dispatched on 1 February, received on the 8th: nothing stalls; a line without a word since does."""
    lines = ("line,package,good,quantity,route,promised", "L-1,P-1,tent,10,from stock,", "L-3,P-1,tent,5,,")
    folder = workspace(tmp_path, lines=lines, offers=())
    settings = folder / "konvoi.toml"
    text = settings.read_text()
    settings.write_text(text.replace("[rules]", "day = 2031-02-20\n[rules]"))
    assert konvoi("report", "stalled", folder, "--json").json["stalled"] == []
    settings.write_text(settings.read_text() + "\n[stalled]\ncommitted = 40\n")
    (row,) = konvoi("report", "stalled", folder, "--json").json["stalled"]
    assert (row["line"], row["days"], row["limit"], row["eur"]) == ("L-3", 41, 40, None)


def test_for_people_it_is_told_in_their_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "uk")
    told = konvoi("report", "stalled", EXERCISE).out
    assert "зупинені позиції" in told
    assert "постачальник" in told
