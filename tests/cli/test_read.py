"""konvoi read: what is understood, what is wrong, and the exits."""

from pathlib import Path

from tests.cli.calling import konvoi


def test_a_clean_file_exits_with_0_and_tells_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    called = konvoi("read", tmp_path / "goods.csv", "--json")
    assert called.code == 0
    (document,) = called.json["documents"]
    assert (document["format"], document["tables"]) == ("konvoi-csv", {"goods": 1})


def test_an_error_exits_with_1_and_names_place_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("good,name,unit,weight_kg\ntent,Tent,piece,4O\n")
    called = konvoi("read", tmp_path / "goods.csv", "--json")
    assert called.code == 1
    (finding,) = called.json["documents"][0]["findings"]
    assert (finding["row"], finding["column"], finding["read"]) == (2, "weight_kg", "4O")
    assert "40" in finding["remedy"]
    assert "4O" in konvoi("read", tmp_path / "goods.csv").err


def test_what_nobody_knows_is_refused_with_3_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\x01\x02")
    (tmp_path / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    called = konvoi("read", tmp_path)
    assert called.code == 3
    assert "a.bin: refused" in called.out
    assert "goods.csv: konvoi-csv" in called.out


def test_no_path_is_wrong_usage() -> None:
    assert konvoi("read").code == 2
