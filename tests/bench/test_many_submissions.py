"""Workspaces of many small submissions: as many as asked, alike whatever their number."""

from pathlib import Path

from bench.many_submissions import write

from konvoi.flow.load_workspace import gathering
from konvoi.flow.totals_asked import ask
from konvoi.flow.workspace import workspace
from konvoi.ledger.question import Question


def packages(folder: Path) -> dict[str, str]:
    """The rows of packages by submission."""
    return {path.parent.name: path.read_text() for path in sorted(folder.rglob("packages.csv"))}


def test_a_workspace_holds_as_many_submissions_as_asked(tmp_path: Path) -> None:
    """Each with two packages, all of which the total counts."""
    write(tmp_path / "w", 12)
    work = workspace(tmp_path / "w")
    gathered = gathering(work)
    assert len(packages(tmp_path / "w")) == 12
    assert gathered.ledger.entries.height == 24
    assert not [one for one in gathered.findings if one.severity.name == "ERROR"]
    assert ask(gathered, Question(), work.settings).value is not None


def test_a_larger_workspace_begins_as_a_smaller_one(tmp_path: Path) -> None:
    """So that sizes differ in nothing else; days move on, so that no more records lie near one another."""
    for size in (3, 6):
        write(tmp_path / str(size), size)
    small, large = packages(tmp_path / "3"), packages(tmp_path / "6")
    assert small == {name: large[name] for name in small}
    assert len({text.splitlines()[1].split(",")[2] for text in large.values()}) == 6
