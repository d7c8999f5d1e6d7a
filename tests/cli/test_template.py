"""konvoi template: a workbook that Konvoi reads again."""

from pathlib import Path

from openpyxl import load_workbook
from tests.cli.calling import konvoi


def test_the_template_is_read_again_without_a_finding(tmp_path: Path) -> None:
    out = tmp_path / "liste.xlsx"
    assert konvoi("template", out, "--lang", "de").code == 0
    called = konvoi("read", out, "--json")
    assert called.json["documents"][0]["format"] == "konvoi-workbook"
    assert called.json["documents"][0]["findings"] == []
    assert called.code == 0


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "list.xlsx"
    out.write_bytes(b"mine")
    assert konvoi("template", out).code == 3
    assert out.read_bytes() == b"mine"


def test_a_readers_template_holds_its_sheets_and_tags_where_asked(tmp_path: Path) -> None:
    out = tmp_path / "needs.xlsx"
    assert konvoi("template", out, "--for", "recipient", "--hxl", "--lang", "uk").code == 0
    called = konvoi("read", out, "--json")
    assert "needs" in called.json["documents"][0]["tables"]
    assert "lanes" not in called.json["documents"][0]["tables"]
    assert called.json["documents"][0]["findings"] == []


def test_the_template_tells_its_sheets_in_json(tmp_path: Path) -> None:
    document = konvoi("template", tmp_path / "list.xlsx", "--json").json
    assert "packages" in document["sheets"]


def test_a_name_that_is_no_workbooks_is_refused_with_one_that_is(tmp_path: Path) -> None:
    called = konvoi("template", tmp_path / "list.txt")
    assert (called.code, "list.xlsx" in called.err) == (2, True)
    assert not (tmp_path / "list.txt").exists()


def test_the_full_template_is_read_again_without_a_finding(tmp_path: Path) -> None:
    out = tmp_path / "full.xlsx"
    assert konvoi("template", out, "--all").code == 0
    assert konvoi("read", out, "--json").json["documents"][0]["findings"] == []


def test_the_template_of_a_desk_has_four_visible_sheets_and_all_of_its_own_where_asked(
    tmp_path: Path,
) -> None:
    visible = {}
    for name, words in (("small", ()), ("whole", ("--full",))):
        out = tmp_path / f"{name}.xlsx"
        assert konvoi("template", out, "--for", "desk", *words).code == 0
        visible[name] = [sheet.title for sheet in load_workbook(out) if sheet.sheet_state == "visible"]
    assert visible["small"] == ["Konvoi", "Packages", "Lines", "Movements"]
    assert len(visible["whole"]) > 20
