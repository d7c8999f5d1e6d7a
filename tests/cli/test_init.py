"""konvoi init: a workspace to start from."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi

from konvoi.flow.settings import settings


def test_a_new_workspace_is_understood_and_never_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "cell"
    assert konvoi("init", folder, "--name", 'The "Cell"', "--recipient", "BO").code == 0
    known, findings = settings((folder / "konvoi.toml").read_text())
    assert (known.name, known.recipient, findings) == ('The "Cell"', "BO", ())
    again = konvoi("init", folder)
    assert again.code == 3
    assert "is there already" in again.err


def test_init_answers_in_json_too(tmp_path: Path) -> None:
    assert konvoi("init", tmp_path / "cell", "--json").json["workspace"] == str(tmp_path / "cell")


def test_the_next_step_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    """Also where the folder's name has a blank."""
    folder = tmp_path / "клітина 1"
    assert f"--dir '{folder}'" in konvoi("init", folder).out


@pytest.mark.parametrize("verb", ["total", "standards", "reconcile", "run", "ask"])
def test_a_workspace_without_submissions_says_what_comes_next(verb: str, tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    words = ("--dir", tmp_path / "cell") if verb == "ask" else (tmp_path / "cell",)
    called = konvoi(verb, *words)
    assert (called.code, called.out) == (3, "")
    assert "no submissions yet; import one: konvoi add FILE --from PARTY" in called.err


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    called = konvoi("read", tmp_path)
    assert (called.code, "no files to read" in called.err) == (3, True)


def test_serve_makes_the_same_workspace(tmp_path: Path) -> None:
    from konvoi.flow.store import store
    from konvoi.web.start import prepare

    konvoi("init", tmp_path / "one" / "cell")
    prepare(tmp_path / "two" / "cell")
    made = store(tmp_path / "two" / "cell").text("konvoi.toml")
    assert made == (tmp_path / "one" / "cell" / "konvoi.toml").read_text()
