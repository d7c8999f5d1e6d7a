"""Readings kept together come back by name, and nothing damaged does."""

from pathlib import Path

from konvoi.flow.kept_readings import keep, kept


def test_readings_kept_together_come_back_each_by_its_name(tmp_path: Path) -> None:
    keep(tmp_path, {"a": b"one", "b": b""})
    keep(tmp_path, {"c": b"three"})
    found = kept(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    assert {name: [one.content() for one in places] for name, places in found.items()} == {
        "a": [b"one"],
        "b": [b""],
        "c": [b"three"],
    }


def test_a_reading_that_is_cut_or_gone_has_no_content(tmp_path: Path) -> None:
    keep(tmp_path, {"a": b"one", "b": b"two"})
    (file,) = tmp_path.iterdir()
    places = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:-1])
    assert places["a"][0].content() == b"one"
    assert places["b"][0].content() is None
    file.unlink()
    assert places["a"][0].content() is None


def test_a_file_whose_head_is_damaged_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.readings").write_bytes(b"\xff" * 20)
    (tmp_path / "y.readings").write_bytes(b"")
    (tmp_path / "z.readings").write_bytes(b"\0\0\0\0\0\0\0\2[]")
    (tmp_path / "u.readings").write_bytes(b"\0\0\0\0\0\0\0\3[3]")
    assert kept(tmp_path) == {}
