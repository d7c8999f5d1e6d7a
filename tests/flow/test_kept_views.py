"""Views kept on disk: the same as gathered anew, and never those of other inputs."""

from dataclasses import fields
from pathlib import Path

import polars as pl
import pytest
from tests.flow.workspaces import alone
from tests.flow.workspaces import workspace as made

from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import FOLDER, loaded
from konvoi.flow.load_workspace import gathering
from konvoi.flow.view import View
from konvoi.flow.workspace import CACHE, viewed, workspace
from konvoi.ledger.post import Ledger

MOST = 3
NOT_KEPT = {"weights", "parties", "readings", "inputs", "ledger", "tables"}


def kept(folder: Path) -> list[Path]:
    return sorted((folder / CACHE / FOLDER).glob("*.zip"))


def test_a_kept_view_is_what_was_gathered(tmp_path: Path) -> None:
    """Every field of what is gathered: a new one is kept or named above."""
    folder = alone(made(tmp_path))
    first, second = loaded(workspace(folder)), loaded(workspace(folder))
    assert len(kept(folder)) == 1
    for one in fields(Gathered):
        if one.name not in NOT_KEPT:
            left, right = getattr(first, one.name), getattr(second, one.name)
            assert left.equals(right) if isinstance(left, pl.DataFrame) else left == right, one.name
    for one in fields(Ledger):
        left, right = getattr(first.ledger, one.name), getattr(second.ledger, one.name)
        if isinstance(left, pl.DataFrame):
            assert left.equals(right), one.name
        elif one.compare and one.name != "tables":
            assert left == right, one.name
    for mine, other in ((first.tables, second.tables), (first.ledger.tables, second.ledger.tables)):
        assert mine.keys() == other.keys()
        assert all(rows.equals(other[name]) for name, rows in mine.items())
    facts = [(one.document, one.party, one.format, dict(one.facts), one.headings) for one in first.readings]
    assert facts == [(r.document, r.party, r.format, dict(r.facts), r.headings) for r in second.readings]


def test_every_input_has_a_view_of_its_own(tmp_path: Path) -> None:
    folder = alone(made(tmp_path))
    loaded(workspace(folder))
    (folder / "judgements.csv").write_text("left,right,relation,verdict,by,at\n")
    loaded(workspace(folder))
    loaded(viewed(workspace(folder), View(None, "public")))
    line = next((folder / "submissions").rglob("lines.csv"))
    line.write_text(line.read_text() + "\n")
    loaded(workspace(folder))
    assert len(kept(folder)) == 4


def test_rows_of_single_documents_are_not_kept_and_reading_them_fails(tmp_path: Path) -> None:
    folder = alone(made(tmp_path))
    loaded(workspace(folder))
    (one, *_) = loaded(workspace(folder)).readings
    with pytest.raises(RuntimeError, match="lines"):
        one.tables["lines"]
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        one.entries["entry"]


@pytest.mark.slow
def test_a_damaged_view_is_gathered_anew(tmp_path: Path) -> None:
    folder = alone(made(tmp_path))
    whole = loaded(workspace(folder))
    (place,) = kept(folder)
    for content in (b"", b"PK", place.read_bytes()[:-200]):
        place.write_bytes(content)
        again = loaded(workspace(folder))
        assert again.ledger.entries.equals(whole.ledger.entries)


@pytest.mark.slow
def test_old_views_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("konvoi.flow.kept_views.MOST", MOST)
    folder = alone(made(tmp_path))
    found = []
    for number in range(MOST + 2):
        (folder / "judgements.csv").write_text("left,right,relation,verdict,by,at\n" * (number + 1))
        loaded(workspace(folder))
        found.append(len(kept(folder)))
    assert found == [*range(1, MOST + 1), 1, 2]


@pytest.mark.slow
def test_files_alone_keep_nothing(tmp_path: Path) -> None:
    from konvoi.flow.workspace import opened

    folder = alone(made(tmp_path))
    work = opened([folder / "submissions"])
    assert loaded(work).ledger.entries.height == gathering(work).ledger.entries.height
    assert not (folder / CACHE / FOLDER).exists()
