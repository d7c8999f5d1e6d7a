"""The day of a case: the workspace's, otherwise that of the latest document of the view."""

from datetime import date
from pathlib import Path

import pytest
from tests.flow.workspaces import dated
from tests.flow.workspaces import workspace as made

from konvoi.flow.cases import today
from konvoi.flow.collect import gathering
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed, workspace
from konvoi.gateways.refusal import Refused


def marked(folder: Path, markings: str, day: str = "") -> Workspace:
    """A workspace whose receipts are of 8 February and whose other documents are earlier, with markings."""
    made_ = dated(made(folder))
    settings = made_ / "konvoi.toml"
    head = settings.read_text().replace("[rules]", f"{day}[rules]")
    settings.write_text(f"{head}[markings]\n{markings}\n")
    return workspace(made_)


def day_for(work: Workspace, reader: str) -> date:
    opened = viewed(work, View(None, reader))
    return today(gathering(opened), opened)


def test_the_day_of_a_view_is_that_of_its_latest_visible_document(tmp_path: Path) -> None:
    work = marked(tmp_path, '"AR/receipts.csv" = "own"\n"AR/movements.csv" = "public"')
    assert day_for(work, "cell") == date(2031, 2, 8)
    assert day_for(work, "public") == date(2031, 2, 1)


def test_the_day_of_hidden_documents_is_not_told(tmp_path: Path) -> None:
    hidden = "\n".join(
        f'"AR/{name}.csv" = "own"'
        for name in (
            *("packages", "lines", "movements", "receipts", "goods", "sites", "lanes"),
            *("needs", "offers", "horizon"),
        )
    )
    with pytest.raises(Refused, match="released to this reader"):
        day_for(marked(tmp_path / "without", hidden), "public")
    assert day_for(marked(tmp_path / "with", hidden, "day = 2031-03-01\n"), "public") == date(2031, 3, 1)
