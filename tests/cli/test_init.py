"""konvoi init: a workspace to start from."""

from pathlib import Path

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
