"""Writers of a database that are killed lose nothing that they acknowledged; a loss would be told."""

from pathlib import Path

import pytest
from bench.crash_database import ADDED, AT, SETTINGS, measured, wrong

from konvoi.flow.move_workspace import new_workspace
from konvoi.flow.receipts import Kind
from konvoi.flow.store import Edit, store


def test_a_change_that_was_acknowledged_and_is_not_there_is_told(tmp_path: Path) -> None:
    cell = tmp_path / "cell"
    new_workspace(cell, SETTINGS, at=AT)
    path = "submissions/W/0.csv"
    store(cell).commit(ADDED, [Edit(path, path.encode() * 500)])
    assert list(wrong(cell, ["W-0"], 1)) == []
    assert list(wrong(cell, ["W-0", "W-1", "W-2"], 2)) == [
        "W-1: acknowledged and lost",
        "W-2: acknowledged and lost",
    ]
    assert ADDED.kind == Kind.ADDED


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_twenty_rounds_lose_nothing(kind: str) -> None:
    tally = measured(kind, 20, 7)
    assert (tally.wrong, tally.kills) == ([], 80)
    assert tally.acknowledged > 0
