"""A submission that shows a record to more readers than before says so; a narrower one does not."""

from pathlib import Path

import pytest
from tests.web.packages import PACKAGES, submit, submit_parties

from konvoi.flow.move_workspace import new_workspace
from konvoi.flow.submissions.import_submission import read_submission

TOML = '[coalition]\nname = "Merrow Coalition"\nrecipient = "UA"\nday = 2031-03-03\n'
AT = "2031-03-01T08:00:00+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with the list of parties."""
    new_workspace(tmp_path / "work", TOML, at=AT)
    submit_parties(tmp_path / "work", tmp_path / "files")
    return tmp_path / "work"


def _again(folder: Path, marking: str, rows: str = PACKAGES["XA"]) -> list[tuple[str, str, str, str]]:
    place = folder.parent / "again"
    place.mkdir()
    (place / "konvoi.csv").write_text(f"party,XA\nday,2031-02-02\nmarking,{marking}\n", encoding="utf-8")
    (place / "packages.csv").write_text(rows, encoding="utf-8")
    found = read_submission([place], party="XA", folder=folder).widened
    return [(one.table, one.reference, one.before, one.after) for one in found]


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("before", "after", "wider"),
    [
        ("own", "public", True),
        ("own", "coalition", True),
        ("own", "DE", True),
        ("DE", "DE;PL", True),
        ("DE;PL", "DE", False),
        ("DE", "coalition", True),
        ("coalition", "public", True),
        ("public", "public", False),
        ("public", "own", False),
        ("coalition", "DE", False),
    ],
)
def test_a_wider_marking_of_the_head_is_told(folder: Path, before: str, after: str, *, wider: bool) -> None:
    submit(folder, folder.parent / "files", "XA", marking=before)
    told = _again(folder, after)
    assert told == ([("packages", "XA-1", before, after)] if wider else [])


@pytest.mark.slow
def test_a_wider_marking_of_a_row_is_told(folder: Path) -> None:
    submit(folder, folder.parent / "files", "XA", marking="own")
    heads, row, _ = PACKAGES["XA"].split("\n")
    assert _again(folder, "own", f"{heads},marking\n{row},public\n") == [
        ("packages", "XA-1", "own", "public")
    ]


@pytest.mark.slow
def test_a_record_that_is_new_widens_nothing(folder: Path) -> None:
    submit(folder, folder.parent / "files", "XA", marking="own")
    assert _again(folder, "public", PACKAGES["XA-own"]) == []
