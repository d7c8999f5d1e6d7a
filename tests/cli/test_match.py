"""konvoi match: an answer for people, one document, a folder, and each exit."""

from pathlib import Path

import pytest
from tests.cli.calling import Called, konvoi
from tests.flow.matching.test_match_files import people, settings


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table, settings and labels."""
    folder = tmp_path_factory.mktemp("match")
    people(folder)
    settings(folder)
    (folder / "truth.csv").write_text("id,cluster\n1,a\n2,a\n3,b\n4,b\n5,c\n", "utf-8")
    return folder


def matching(place: Path, *words: object) -> Called:
    return konvoi("match", place / "people.csv", "--settings", place / "settings.toml", *words)


def test_people_are_told_of_pairs_and_of_what_is_not_calibrated(place: Path) -> None:
    called = matching(place)
    assert called.code == 0
    assert called.out.startswith("5 records: 3 pairs, 2 clusters of more than one\n")
    assert "Match probabilities are not calibrated: no reviewed pairs were supplied (--labels)." in called.out
    assert "surname: alike by 92% or more" in called.out


def test_labels_tell_the_recall_and_calibrate(place: Path) -> None:
    called = matching(place, "--labels", place / "truth.csv")
    assert "All blocks together find 2 of 2 true pairs." in called.out
    assert "not calibrated" not in called.out
    assert matching(place, "--labels", place / "truth.csv", "--json").json["calibrated"] is True


def test_the_document_has_the_fixed_columns(place: Path) -> None:
    found = matching(place, "--json").json
    names = ["left_id", "right_id", "relation", "probability", "evidence", "lower"]
    assert list(found["pairs"][0]) == names
    assert found["clusters"][1] == {"id": "2", "cluster": "1"}
    assert 0 < found["pairs"][0]["probability"] <= 1
    assert found["pairs"][0]["evidence"][0] == ["name", "equal"]
    assert found["blocks"][0]["pairs"] > 0
    assert found["recall"] is None


def test_a_folder_is_written_whole_or_not_at_all(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert matching(place, "--out", out).code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        *("blocks.csv", "clusters.csv", "groups.csv", "overflow.csv", "pairs.csv"),
        *("settings.toml", "weights.toml"),
    ]
    broken = settings(tmp_path, "prior = 7")
    called = konvoi("match", place / "people.csv", "--settings", broken, "--out", tmp_path / "none")
    assert (called.code, (tmp_path / "none").exists()) == (3, False)
    assert "Nothing was matched." in called.err


def test_memory_threads_and_spill_take_the_place_of_the_settings(place: Path, tmp_path: Path) -> None:
    room = ("--memory", "300MB", "--threads", 1, "--spill", tmp_path / "spill")
    assert matching(place, *room, "--json").json["pairs"] == matching(place, "--json").json["pairs"]
    assert not (tmp_path / "spill").exists()
    called = matching(place, "--memory", "lots")
    assert (called.code, "lots is no size such as 4GB" in called.err) == (2, True)
    called = matching(place, "--memory", "1MB", "--out", tmp_path / "out")
    assert (called.code, (tmp_path / "out").exists()) == (3, False)
    assert "allow more memory" in called.err


def test_weights_that_were_kept_are_used_as_they_are(place: Path, tmp_path: Path) -> None:
    matching(place, "--labels", place / "truth.csv", "--out", tmp_path / "out")
    kept = tmp_path / "out" / "weights.toml"
    again = matching(place, "--weights", kept, "--out", tmp_path / "again")
    assert again.code == 0
    assert (tmp_path / "again" / "weights.toml").read_text("utf-8") == kept.read_text("utf-8")
