"""konvoi report effect: what was there when it was needed."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight tents are needed by 15 March 2031; four were received in February."""
    return workspace(tmp_path_factory.mktemp("effect"))


def test_needs_are_told_by_the_month_of_their_due_day(folder: Path) -> None:
    found = konvoi("report", "effect", folder, "--json").json
    (row,) = found["tables"]["effect-months-table"]
    assert (row["Due in"], row["Needed, by value"]["value"]) == ("2031-03-01", 8)
    assert found["tables"]["effect-kits"] == []


def test_what_is_not_asked_for_or_stated_is_said_so(folder: Path) -> None:
    told = konvoi("report", "effect", folder).out
    assert "no validated need requests a kit" in told
    assert "No financing need reported" in told
    assert "Needs covered by the due date:" in told
