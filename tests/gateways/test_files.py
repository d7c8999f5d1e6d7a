"""Files are written whole or not at all, and read in one order everywhere."""

import fcntl
import os
import subprocess
import sys
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


def _named(*paths: Path) -> list[str]:
    return [name for _, name in files.named(paths)]


def test_files_that_share_a_name_are_named_by_as_much_of_their_paths_as_tells_them_apart(
    tmp_path: Path,
) -> None:
    for name in ("a/x/list.csv", "b/x/list.csv", "b/y/other.csv", "b/y/z/list.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    one = tmp_path / "a/x/list.csv"
    assert _named(one, tmp_path / "b/y/other.csv") == ["list.csv", "other.csv"]
    assert _named(one, tmp_path / "b/x/list.csv") == ["a/x/list.csv", "b/x/list.csv"]
    assert _named(tmp_path / "a/x", tmp_path / "b/x") == ["a/x/list.csv", "b/x/list.csv"]
    # A head and its tables lie in one folder still, and so do all files below a folder.
    assert _named(one, tmp_path / "b/y/z/list.csv", tmp_path / "b/y/other.csv") == [
        "x/list.csv",
        "z/list.csv",
        "y/other.csv",
    ]
    # One file by two paths is one.
    assert _named(tmp_path / "a", one, tmp_path / "b/../a/x/list.csv") == ["x/list.csv"]


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


def test_an_append_only_file_gets_its_head_once() -> None:
    assert files.with_lines(files.with_lines("", "1", head="n"), "2", head="n") == "n\n1\n2\n"


def test_what_is_not_there_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file or folder"):
        files.documents([tmp_path / "none"])
    (tmp_path / "t").write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="not UTF-8"):
        files.text(tmp_path / "t")


def test_a_last_line_that_an_editor_left_open_is_closed_before_the_next() -> None:
    assert files.with_lines("n\n1", "2\n3", head="n") == "n\n1\n2\n3\n"


def test_a_file_that_cannot_be_synced_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full in the middle of a file leaves no half of it, and nothing beside it."""
    path = tmp_path / "j.csv"
    files.write(path, b"1")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refused, match="cannot be written"):
        files.write(path, b"2")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("j.csv", b"1")]


RACE = """
import sys
import time
from pathlib import Path
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
folder, name = Path(sys.argv[1]), sys.argv[2]
while not (folder / "go").exists():
    pass
begun = time.monotonic()
for number in range(40):
    # All try the same name at the same moment.
    time.sleep(max(0.0, begun + number / 50 - time.monotonic()))
    try:
        files.write(folder / str(number), name.encode() * 300_000, over=False)
        print(number, flush=True)
    except Refused:
        pass
"""


@pytest.mark.slow
def test_of_eight_writers_of_one_name_one_is_acknowledged_and_its_content_stays(tmp_path: Path) -> None:
    """40 names at once; whoever was told that its file is kept finds it there."""
    names = [str(number) for number in range(8)]
    command = [sys.executable, "-c", RACE, str(tmp_path)]
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True, env=paths) for name in names
    ]
    (tmp_path / "go").touch()
    told = [(name, one.communicate()[0].split()) for name, one in zip(names, running, strict=True)]
    acknowledged = [(number, name) for name, numbers in told for number in numbers]
    assert sorted(number for number, _ in acknowledged) == sorted(str(number) for number in range(40))
    assert all((tmp_path / number).read_text() == name * 300_000 for number, name in acknowledged)
    assert not list(tmp_path.glob(".*"))


def test_a_folder_changes_places_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a folder is replaced, no name of a folder is given up by a rename."""
    files.write_folder(tmp_path / "out", {"old": b"1"})
    monkeypatch.setattr("os.replace", None)
    files.write_folder(tmp_path / "out", {"new": b"2"})
    assert files.read_folder(tmp_path / "out") == {"new": b"2"}


def test_where_the_kernel_exchanges_nothing_folders_and_files_are_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_renameat2", lambda: None)
    test_a_folder_is_replaced_in_one_step_and_nothing_is_left_beside_it(tmp_path)
    files.write(tmp_path / "x", b"1", over=False)
    with pytest.raises(Refused, match="is there already"):
        files.write(tmp_path / "x", b"2", over=False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out", "x"]
    assert (tmp_path / "x").read_bytes() == b"1"


def test_a_folder_whose_name_was_free_when_its_process_ended_has_it_back(tmp_path: Path) -> None:
    files.write_folder(tmp_path / "out", {"old": b"1"})
    (tmp_path / "out").rename(tmp_path / ".out.old")
    files.repair(tmp_path / "out")
    assert files.read_folder(tmp_path / "out") == {"old": b"1"}


def test_what_an_ended_process_left_is_swept_and_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    ended, living = tmp_path / f".{'a' * 16}.part", tmp_path / f".{'b' * 16}.part"
    other = tmp_path / ".somebody.part"
    ended.mkdir()
    (ended / "x").write_text("half")
    other.touch()
    with living.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        files.sweep(tmp_path)
        assert sorted(one.name for one in tmp_path.iterdir()) == [living.name, other.name]
    files.sweep(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [other.name]


def test_a_symbolic_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("of another")
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "x.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(Refused, match=r"x\.csv: a symbolic link"):
        files.documents([tmp_path / "given"])
