"""Both examples run from nothing, each in a folder of its own; the exercise says on every page what it is."""

import json
import zipfile
from pathlib import Path

import pytest
from tests.cli.calling import Called, konvoi

# The word as readers of each language see it.
EXERCISE = {"en": "Exercise", "de": "Übung", "uk": "Навчання"}


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Called, Path]:
    folder = tmp_path_factory.mktemp("demo") / "week"
    return konvoi("demo", "exercise", "--dir", folder), folder


@pytest.mark.slow
def test_the_exercise_runs_though_one_of_its_files_is_broken(week: tuple[Called, Path]) -> None:
    """Exit 3: a file was refused; everything else is read, planned and shown."""
    called, folder = week
    assert called.code == 3
    assert called.out.startswith("Merrow Coalition: 51 documents")
    assert (folder / "out" / "brief.en.html").is_file()
    found = json.loads((folder / "out-cell" / "findings.json").read_text("utf-8"))
    errors = {(one["code"], one["file"]) for one in found if one["severity"] == "error"}
    assert errors == {
        ("container-broken", "XE/eskeria-march.xlsx"),
        ("position-clause-gone", "X-CELL/positions-2.xlsx"),
        ("serial-never-sent", "XV/velmora-receipts.xlsx"),
    }


@pytest.mark.slow
def test_a_workspace_is_copied_without_the_program_that_made_it(week: tuple[Called, Path]) -> None:
    """What lies there is what a cell has: settings, submissions, decisions, and the week's inbox."""
    names = {path.name for path in week[1].iterdir()}
    assert {"konvoi.toml", "submissions", "judgements.csv", "inbox"} <= names
    assert names.isdisjoint({"make.py", "facts", "__pycache__"})


@pytest.mark.parametrize("language", sorted(EXERCISE))
def test_the_brief_says_exercise_above_and_on_each_printed_page(
    week: tuple[Called, Path], language: str
) -> None:
    """Once for the eye, once in the margin of each printed page."""
    text = (week[1] / "out" / f"brief.{language}.html").read_text("utf-8")
    assert f"{EXERCISE[language]}: " in text.partition("</header>")[0]
    assert f"{EXERCISE[language]} · " in text


def test_every_sheet_every_appointment_and_the_data_say_exercise(week: tuple[Called, Path]) -> None:
    """None of them can be taken for a real one when it is passed on alone."""
    out = week[1] / "out"
    with zipfile.ZipFile(out / "brief.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "/worksheets/sheet" in name]
    assert sheets
    assert all("Exercise · " in sheet for sheet in sheets)
    unfolded = (out / "brief.ics").read_text("utf-8").replace("\n ", "")
    events = unfolded.split("BEGIN:VEVENT")[1:]
    assert events
    assert all("Exercise" in event for event in events)
    assert json.loads((out / "brief.json").read_text("utf-8"))["page"]["exercise"] is True


def test_an_example_that_there_is_not_is_wrong_usage() -> None:
    called = konvoi("demo", "parade")
    assert called.code == 2
    assert "exercise" in called.err


@pytest.mark.slow
def test_the_example_of_published_facts_runs_without_an_error(tmp_path: Path) -> None:
    """The main job; its brief does not call itself an exercise."""
    called = konvoi("demo", "--dir", tmp_path / "demo")
    assert called.code == 0
    assert "Exercise" not in (tmp_path / "demo" / "out" / "brief.en.html").read_text("utf-8")


def test_a_workspace_of_ones_own_is_never_made_into_an_example(tmp_path: Path) -> None:
    """Its submissions would be gone."""
    konvoi("init", tmp_path / "cell")
    kept = tmp_path / "cell" / "submissions" / "PL" / "list.csv"
    kept.parent.mkdir()
    kept.write_text("mine")
    called = konvoi("demo", "exercise", "--dir", tmp_path / "cell")
    assert (called.code, "no copy of this example" in called.err) == (3, True)
    assert kept.read_text() == "mine"
