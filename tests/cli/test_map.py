"""konvoi map: from a partner's own file to the total."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi

TEXT = (
    "Record ID;Donor;Announced on;Project;Commitment (kEUR)\n"
    "A-17;Norway;23/01/2031;Transformers;1 250,5\n"
    "A-18;Norge;05/02/2031;Grain silos;300\n"
)


def file(folder: Path, text: str = TEXT, name: str = "tracker.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def work(folder: Path) -> Path:
    konvoi("init", folder / "w")
    return folder / "w"


def test_what_is_open_is_said_and_nothing_is_kept(tmp_path: Path) -> None:
    folder = work(tmp_path)
    called = konvoi("map", file(tmp_path), "--from", "NO", "--dir", folder, "--keep")
    assert called.code == 0
    assert "Still to be stated: kind" in called.out
    assert not (folder / "mappings.toml").exists()


@pytest.mark.slow
def test_a_kept_mapping_reads_every_later_file_of_the_sender_with_its_headings(tmp_path: Path) -> None:
    folder = work(tmp_path)
    made = konvoi("map", file(tmp_path), "--from", "NO", "--dir", folder, "--set", "kind=energy", "--keep")
    assert "Kept" in made.out
    assert konvoi("add", file(tmp_path), "--from", "NO", "--dir", folder).code == 0
    later = file(tmp_path, TEXT.splitlines()[0] + "\nA-20;Norway;25/02/2031;Roofs;2\n", "march.csv")
    assert konvoi("add", later, "--from", "NO", "--dir", folder).code == 0
    assert konvoi("total", folder, "--json").json["value"] == 1552500
    assert konvoi("verify", folder).code == 0


def test_another_senders_file_is_not_read_by_it(tmp_path: Path) -> None:
    folder = work(tmp_path)
    konvoi("map", file(tmp_path), "--from", "NO", "--dir", folder, "--set", "kind=energy", "--keep")
    assert konvoi("add", file(tmp_path), "--from", "DK", "--dir", folder).code == 3


def test_an_edited_mapping_is_taken_and_shown(tmp_path: Path) -> None:
    out = tmp_path / "mapping.toml"
    assert konvoi("map", file(tmp_path), "--out", out).code == 0
    out.write_text(out.read_text("utf-8").replace('"kind" = "?"', '"kind" = "military"'), "utf-8")
    found = konvoi("map", file(tmp_path), "--mapping", out, "--set", "party=NO", "--json").json
    assert (found["open"], found["mapping"]["constants"]["kind"], found["rows"]) == ([], "military", 2)


def test_a_wrong_mapping_and_a_file_without_a_table_are_refused(tmp_path: Path) -> None:
    wrong = file(tmp_path, "[[mapping]]\ntable = 'parcels'\n", "mapping.toml")
    called = konvoi("map", file(tmp_path), "--mapping", wrong)
    assert (called.code, "parcels" in called.err) == (3, True)
    assert konvoi("map", file(tmp_path, "hello\n", "a.txt")).code == 3
    assert konvoi("map", file(tmp_path), "--set", "kind").code == 2
    assert konvoi("map", file(tmp_path), "--table", "parcels").code == 2
