"""Files are written whole or not at all, and read in one order everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused


def test_documents_of_a_folder_come_in_the_order_of_their_names_and_without_hidden_ones(
    tmp_path: Path,
) -> None:
    for name in ("b.csv", "a/c.csv", ".hidden", "~$lock.xlsx", "a/.x/y"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [d.name for d in files.documents([tmp_path])] == ["a/c.csv", "b.csv"]


def test_a_submission_has_the_party_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "submissions" / "PL").mkdir(parents=True)
    (tmp_path / "submissions" / "PL" / "x.csv").write_text("x")
    (tmp_path / "submissions" / "stray.csv").write_text("belongs to nobody")
    assert [(d.name, d.party) for d in files.submissions(tmp_path, marking="coalition")] == [
        ("PL/x.csv", "PL")
    ]


def test_a_folder_is_replaced_in_one_step_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    files.write_folder(out, {"old": b"1"})
    files.write_folder(out, {"new/x": b"2"})
    assert files.read_folder(out) == {"new/x": b"2"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    files.write_folder(out, {"old": b"1"})
    with pytest.raises(Refused, match="cannot be written"):
        files.write_folder(out, {"a": b"1", "a/b": b"2"})
    assert files.read_folder(out) == {"old": b"1"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_files_are_written_while_they_are_made_and_their_sizes_told(tmp_path: Path) -> None:
    """The second is made only when the first lies on disk."""
    beside = []

    def made() -> Iterator[tuple[str, bytes]]:
        for name in ("a", "b/c"):
            beside.append(sorted(p.name for p in tmp_path.rglob("*") if p.is_file()))
            yield name, b"12"

    assert files.write_folder(tmp_path / "out", made()) == {"a": 2, "b/c": 2}
    assert beside == [[], ["a"]]


def test_a_stop_while_files_are_made_leaves_the_old_folder(tmp_path: Path) -> None:
    def made() -> Iterator[tuple[str, bytes]]:
        yield "new", b"2"
        raise KeyboardInterrupt

    files.write_folder(tmp_path / "out", {"old": b"1"})
    with pytest.raises(KeyboardInterrupt):
        files.write_folder(tmp_path / "out", made())
    assert files.read_folder(tmp_path / "out") == {"old": b"1"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_file_that_is_there_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    files.write(tmp_path / "x", b"1")
    with pytest.raises(Refused, match="is there already"):
        files.write(tmp_path / "x", b"2", over=False)
    files.write(tmp_path / "x", b"2")
    assert (tmp_path / "x").read_bytes() == b"2"


def test_an_append_only_file_gets_its_head_once(tmp_path: Path) -> None:
    for line in ("1", "2"):
        files.append(tmp_path / "j.csv", line, head="n")
    assert (tmp_path / "j.csv").read_text() == "n\n1\n2\n"


def test_what_is_not_there_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file or folder"):
        files.documents([tmp_path / "none"])
    (tmp_path / "t").write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="not UTF-8"):
        files.text(tmp_path / "t")


def test_a_last_line_that_an_editor_left_open_is_closed_before_the_next(tmp_path: Path) -> None:
    path = tmp_path / "j.csv"
    path.write_text("n\n1")
    files.append(path, "2\n3", head="n")
    assert path.read_text() == "n\n1\n2\n3\n"


def test_lines_that_cannot_be_kept_leave_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full in the middle of a line leaves no half of it."""
    path = tmp_path / "j.csv"
    files.append(path, "1", head="n")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refused, match="nothing was added"):
        files.append(path, "2", head="n")
    assert path.read_text() == "n\n1\n"
