"""konvoi ask: files for each party, one JSON document, and no folder of the user's overwritten."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.asked import cell, filled


def test_each_party_gets_a_workbook_and_letters(tmp_path: Path) -> None:
    called = konvoi("ask", "--dir", cell(tmp_path))
    assert called.code == 1, "a quantity could not be read"
    assert "questions to 3 parties" in called.out
    names = sorted(path.name for path in (tmp_path / "cell" / "asks" / "AR").iterdir())
    letters = [f"letter.{code}.{kind}" for code in ("de", "en", "uk") for kind in ("docx", "html")]
    assert names == [*letters, "questions.xlsx"]


@pytest.mark.slow
def test_one_party_is_asked_alone_and_the_others_files_stay(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    konvoi("ask", "--dir", folder)
    called = konvoi("ask", "--dir", folder, "--party", "CA", "--json")
    assert {one["party"] for one in called.json["questions"]} == {"CA"}
    assert sorted(path.name for path in (folder / "asks").iterdir()) == ["AR", "BO", "CA"]


@pytest.mark.slow
def test_a_workbook_goes_out_comes_back_and_is_asked_no_more(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    asked = konvoi("ask", "--dir", folder, "--party", "CA", "--json").json["questions"]
    book = (folder / "asks" / "CA" / "questions.xlsx").read_bytes()
    back = tmp_path / "answers.xlsx"
    back.write_bytes(filled(book, {asked[0]["question"]: {"Answer": "given", "Day": "2031-03-01"}}))
    assert konvoi("add", back, "--from", "CA", "--dir", folder).code == 0
    assert konvoi("ask", "--dir", folder, "--party", "CA", "--json").json["questions"] == []


def test_a_party_that_nobody_knows_is_told_of(tmp_path: Path) -> None:
    called = konvoi("ask", "--dir", cell(tmp_path), "--party", "XX")
    assert called.code == 2
    assert "--party: 'XX' is none of" in called.err


def test_a_party_is_asked_under_its_name_too(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    by_id = konvoi("ask", "--dir", folder, "--party", "CA", "--json").json
    assert (
        konvoi("ask", "--dir", folder, "--party", "Kanada", "--json").json["questions"] == by_id["questions"]
    )


def test_a_workspace_is_never_written_over(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    called = konvoi("ask", "--dir", folder, "--out", folder)
    assert called.code == 3
    assert (folder / "konvoi.toml").is_file()


def test_one_party_is_said_to_be_one(tmp_path: Path) -> None:
    called = konvoi("ask", "--dir", cell(tmp_path), "--party", "CA")
    assert called.out.splitlines()[0] == "1 question to 1 party, as of 2031-03-10."
