"""konvoi brief: the brief, the page of a delegation, the decision sheet of a meeting; what is refused."""

import re
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import of_day, workspace

SESSIONS = ("session,day,town,title", "S-1,2031-03-20,Port,Advisers", "S-2,2031-04-20,Town,Advisers")
AGENDA = ("item,session,topic,title", "I-1,S-1,security,Tents for the winter", "I-2,S-2,economy,Later")
STEPS = ("step,title,party,due", "T-1,Send the papers,AR,2031-02-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("brief") / "cell"
    return of_day(workspace(made, sessions=SESSIONS, agenda=AGENDA, steps=STEPS))


@pytest.mark.slow
def test_a_brief_is_written_for_a_reader_in_a_folder_of_its_own(folder: Path, tmp_path: Path) -> None:
    done = konvoi("brief", folder, "--for", "cell", "--out", tmp_path / "b")
    assert done.code == 0
    assert {"brief.en.html", "brief.xlsx", "brief.json"} <= {path.name for path in (tmp_path / "b").iterdir()}
    assert not (tmp_path / "b-cell").exists()
    assert str(tmp_path / "b" / "brief.en.html") in done.out


@pytest.mark.slow
def test_the_full_form_shows_parts_that_the_short_one_leaves_to_the_workbook(
    folder: Path, tmp_path: Path
) -> None:
    for name, words in (("short", ()), ("full", ("--full",))):
        konvoi("brief", folder, "--for", "cell", "--out", tmp_path / name, *words)
    short, full = ((tmp_path / name / "brief.en.html").read_text("utf-8") for name in ("short", "full"))
    assert full.count("<section") > short.count("<section")
    assert 'id="front"' in short
    assert 'id="front"' in full


@pytest.mark.slow
def test_the_page_of_a_delegation_is_for_the_cell_and_that_delegation_alone(
    folder: Path, tmp_path: Path
) -> None:
    done = konvoi("brief", folder, "--delegation", "AR", "--out", tmp_path / "d", "--json")
    assert {"delegation-AR.en.html", "delegation-AR.en.docx"} <= set(done.json["files"])
    own = konvoi("brief", folder, "--delegation", "AR", "--for", "AR", "--out", tmp_path / "o", "--json")
    assert own.code == 0
    page = (tmp_path / "o" / "delegation-AR.en.html").read_bytes()
    assert page == (tmp_path / "d" / "delegation-AR.en.html").read_bytes()
    assert konvoi("brief", folder, "--delegation", "AR", "--for", "public", "--out", tmp_path / "p").code == 2
    assert konvoi("brief", folder, "--delegation", "AR", "--for", "BO", "--out", tmp_path / "q").code == 2


def test_the_decision_sheet_has_the_points_of_the_meeting_and_open_action_items(
    folder: Path, tmp_path: Path
) -> None:
    done = konvoi("brief", folder, "--meeting", "S-1", "--out", tmp_path / "m", "--json")
    assert done.json["meeting"] == "S-1"
    text = (tmp_path / "m" / "decisions-S-1.en.html").read_text("utf-8")
    assert "Tents for the winter" in text
    assert "Later" not in text
    assert "Send the papers" in text
    assert "Next meeting: 20 Apr 2031, Town." in re.sub(r"<[^>]+>", "", text)


def test_the_next_meeting_is_found_and_an_unknown_one_is_answered_with_those_known(
    folder: Path, tmp_path: Path
) -> None:
    done = konvoi("brief", folder, "--meeting", "next", "--out", tmp_path / "m", "--json")
    assert done.json["meeting"] == "S-1"
    wrong = konvoi("brief", folder, "--meeting", "S-9", "--out", tmp_path / "n")
    assert (wrong.code, "S-1" in wrong.err) == (2, True)


def test_papers_of_two_kinds_and_folders_in_use_are_refused(folder: Path, tmp_path: Path) -> None:
    assert konvoi("brief", folder, "--meeting", "S-1", "--delegation", "AR").code == 2
    assert konvoi("brief", folder, "--delegation", "AR", "--full").code == 2
    assert konvoi("brief", folder, "--delegation", "AR", "--hxl").code == 2
    assert konvoi("brief", folder, "--out", folder).code == 3
