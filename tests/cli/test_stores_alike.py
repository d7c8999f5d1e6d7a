"""Commands answer the same whether a workspace is kept in a folder or in a database."""

import shutil
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.cli.test_json import GOOD, LASTING, places

from konvoi.cli.commands import COMMANDS

__all__ = ["places"]

ALONE = {"demo", "init", "template", "map", "match", "read", "import-workspace", "export-workspace"} | {
    *("backup", "restore", "doctor", "keys make")
}
"""Commands that read no workspace, make one, or tell of its store."""
PLAN = {"plan what-if", "plan audit", "plan forecast", "plan orders", "delivery papers", "run", "brief"}
"""Commands that take longer and read the same through `run`, which is compared byte for byte elsewhere."""
CHOSEN = sorted(set(COMMANDS) - ALONE - PLAN - LASTING)


@pytest.fixture(scope="module")
def kinds(places: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One workspace as a folder and in a database."""
    base = tmp_path_factory.mktemp("kinds")
    folder = Path(shutil.copytree(places["good"], base / "folder"))
    moved = Path(shutil.copytree(places["good"], base / "moved"))
    assert konvoi("import-workspace", moved).code == 0
    return {"folder": folder, "database": moved}


@pytest.mark.slow
@pytest.mark.parametrize("command", CHOSEN)
def test_a_command_answers_the_same_from_both_stores(
    command: str, kinds: dict[str, Path], places: dict[str, Path], tmp_path: Path
) -> None:
    """At one path, since paths stand in answers; each time on a fresh copy."""
    told = []
    for source in kinds.values():
        here = tmp_path / "cell"
        shutil.copytree(source, here)
        new = tmp_path / "new"
        new.mkdir()
        named = {**places, "good": here} | ({"keyed": here} if command == "keys add" else {})
        words = [word.format(**named, new=new) for word in GOOD[command]]
        done = konvoi(*command.split(), *words, "--json")
        told.append((done.code, without_chain(done.json)))
        shutil.rmtree(here)
        shutil.rmtree(new)
    assert told[0] == told[1]


def without_chain(answer: object) -> object:
    """An answer without what differs by the receipt that an import adds for changes made by hand."""
    if isinstance(answer, dict):
        # A bundle holds the head, so its own digest and length differ with it.
        left = {"head", "receipts", "at", "files"} | ({"digest", "bytes"} if "head" in answer else set())
        return {name: without_chain(value) for name, value in answer.items() if name not in left}
    return [without_chain(one) for one in answer] if isinstance(answer, list) else answer
