"""Readings kept together come back by name, and nothing damaged does."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from konvoi.flow.kept_readings import keep, kept
from konvoi.intake.wire import packed_readings
from konvoi.model.document import Document, Reading

A, B, C = (Document(f"{name}.csv", name.encode()) for name in "abc")
WANTED = {"a": A, "b": B, "c": C}


def reading(document: Document) -> Reading:
    return Reading(document.name, document.digest, "konvoi-csv")


def put(folder: Path, names: Sequence[str], *readings: Reading) -> None:
    keep(folder, names, readings, packed_readings(readings))


def test_readings_kept_together_come_back_each_by_its_name(tmp_path: Path) -> None:
    put(tmp_path, ["a", "b"], reading(A), reading(B))
    put(tmp_path, ["c"], reading(C))
    assert len(list(tmp_path.iterdir())) == 2
    assert {name: one.digest for name, one in kept(tmp_path, WANTED).items()} == {
        one.name: one.digest for one in (A, B, C)
    }
    assert list(kept(tmp_path, {"b": B})) == ["b.csv"]
    assert kept(tmp_path, {"d": A}) == {}


def test_a_reading_that_is_refused_or_of_another_document_is_not_kept(tmp_path: Path) -> None:
    put(tmp_path, ["a", "b"], replace(reading(A), refused=True), reading(C))
    assert kept(tmp_path, WANTED) == {}


def test_a_file_that_is_damaged_holds_nothing_and_the_next_is_taken(tmp_path: Path) -> None:
    put(tmp_path, ["a", "b"], reading(A), reading(B))
    (file,) = tmp_path.iterdir()
    put(tmp_path, ["a"], reading(A))
    file.write_bytes(file.read_bytes()[:-1])
    assert list(kept(tmp_path, WANTED)) == ["a.csv"]


def test_a_file_whose_head_is_damaged_holds_nothing(tmp_path: Path) -> None:
    for name, content in {
        "u": b"\0\0\0\0\0\0\0\3[3]",
        "v": b'\0\0\0\0\0\0\0\5["a"]',
        "x": b"\xff" * 20,
        "y": b"",
        "z": b"\0\0\0\0\0\0\0\2[]",
    }.items():
        (tmp_path / f"{name}.readings").write_bytes(content)
    assert kept(tmp_path, WANTED) == {}
