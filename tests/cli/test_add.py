"""konvoi add: kept as it came, once."""

from pathlib import Path

from tests.cli.calling import konvoi


def test_a_file_is_kept_as_it_came_and_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    goods = tmp_path / "goods.csv"
    goods.write_text("good,name,unit\ntent,Tent,piece\n")
    first = konvoi("add", goods, "--from", "PL", "--dir", tmp_path / "cell", "--json")
    again = konvoi("add", goods, "--from", "PL", "--dir", tmp_path / "cell", "--json")
    assert [c.json["files"][0]["outcome"] for c in (first, again)] == ["taken in", "unchanged"]
    kept = tmp_path / "cell" / "submissions" / "PL" / "goods.csv"
    assert kept.read_bytes() == goods.read_bytes()


def test_another_content_under_the_same_name_is_kept_beside_it(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    goods = tmp_path / "goods.csv"
    for name in ("Tent", "Large tent"):
        goods.write_text(f"good,name,unit\ntent,{name},piece\n")
        konvoi("add", goods, "--from", "PL", "--dir", tmp_path / "cell")
    desk = tmp_path / "cell" / "submissions" / "PL"
    assert (desk / "goods.csv").read_text() != (desk / "v2" / "goods.csv").read_text()


def test_a_file_that_cannot_be_read_is_not_taken_in(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    (tmp_path / "x.bin").write_bytes(b"\x00")
    called = konvoi("add", tmp_path / "x.bin", "--from", "PL", "--dir", tmp_path / "cell")
    assert called.code == 3
    assert not (tmp_path / "cell" / "submissions" / "PL").exists()


def test_a_party_that_is_no_folders_name_is_refused(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    (tmp_path / "goods.csv").write_text("good,name,unit\n")
    called = konvoi("add", tmp_path / "goods.csv", "--from", "../x", "--dir", tmp_path / "cell")
    assert called.code == 3
    assert "not the id of a party" in called.err
