"""Commands take the view that is kept of a workspace: nothing is gathered again while nothing changes."""

import shutil
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import alone, workspace

from konvoi.flow.kept_views import FOLDER
from konvoi.flow.workspace import CACHE

READING = {
    "solve": ("solve", "{dir}"),
    "forecast": ("forecast", "{dir}", "{plan}", "--samples", "20"),
    "what-if": ("what-if", "{plan}", "--problem", "{dir}", "--close", "road", "--out", "{out}"),
    "learn": ("learn", "{dir}", "--out", "{out}/leadtimes.json"),
    "diff": ("diff", "{dir}", "{dir}"),
    "papers": ("papers", "{dir}", "--as", "epcis", "--out", "{out}"),
    "reconcile": ("reconcile", "{dir}", "--all"),
    "judge": ("judge", "--dir", "{dir}"),
    "review": ("review", "--dir", "{dir}", "--json"),
}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("solved")
    assert konvoi("plan", "solve", alone(workspace(base / "w")), "--out", base / "plan").code == 0
    return base


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("verb", sorted(READING))
def test_a_command_answers_from_the_kept_view_as_it_did_when_it_gathered(
    verb: str, solved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first call finds no view and gathers; the second one fails wherever it would gather."""
    shutil.rmtree(solved / "w" / CACHE / FOLDER)
    shown = []
    for number in range(2):
        out = tmp_path / str(number)
        out.mkdir()
        places = {"dir": solved / "w", "plan": solved / "plan", "out": out}
        called = konvoi(*(word.format(**places) for word in READING[verb]))
        shown.append((called.code, called.out.replace(str(out), "")))
        if not number:
            monkeypatch.setattr("konvoi.flow.load_workspace.gathering", None)
    assert shown[0][0] in {0, 1}
    assert shown[1] == shown[0]
