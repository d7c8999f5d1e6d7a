"""konvoi meeting actions: what is open, whose it is, and what was known of it on a day."""

from pathlib import Path

from tests.cli.calling import konvoi
from tests.examples import folders

EXERCISE = folders.EXAMPLES / "exercise"
HEAD = "party,X-CELL\nday,{day}\n"
STEPS = "step,title,party,due,state,waits_for,done\n"


def cell(folder: Path) -> Path:
    """Two steps of February, of which March says that one was done and adds a third."""
    (folder / "konvoi.toml").write_text("[coalition]\nrecipient = 'UA'\n")
    told = {
        "2031-02-01": "A,ask for the licence,PL,2031-02-10,,,\nB,send the lorries,DE,2031-02-28,,A,\n",
        "2031-03-02": "A,ask for the licence,PL,2031-02-10,done,,2031-02-12\nC,say thanks,PL,,,,\n",
    }
    for day, rows in told.items():
        own = folder / "submissions" / "X-CELL" / day
        own.mkdir(parents=True)
        (own / "konvoi.csv").write_text(HEAD.format(day=day))
        (own / "steps.csv").write_text(STEPS + rows)
    return folder


def test_what_is_late_comes_first_and_what_has_ended_last(tmp_path: Path) -> None:
    found = konvoi("meeting", "actions", cell(tmp_path), "--json").json
    assert found["day"] == "2031-03-02"
    assert found["counts"] == {"open": 2, "overdue": 1, "undated": 1, "ended": 1}
    assert [(one["step"], one["state"], one["late"], one["waits"]) for one in found["steps"]] == [
        ("B", "open", 2, []),
        ("C", "open", None, []),
        ("A", "done", 2, []),
    ]
    assert (found["steps"][0]["file"], found["steps"][0]["row"]) == ("X-CELL/2031-02-01/steps.csv", 3)


def test_what_was_known_on_a_day_knows_nothing_of_later_documents(tmp_path: Path) -> None:
    found = konvoi("meeting", "actions", cell(tmp_path), "--known", "2031-02-11", "--json").json
    assert found["day"] == "2031-02-11"
    assert [(one["step"], one["state"], one["late"], one["waits"]) for one in found["steps"]] == [
        ("A", "open", 1, []),
        ("B", "open", None, ["A"]),
    ]


def test_a_document_without_a_day_is_told_of_where_a_day_is_asked_for(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    (folder / "submissions" / "PL").mkdir()
    (folder / "submissions" / "PL" / "steps.csv").write_text(STEPS + "D,undated,PL,,,,\n")
    asked = konvoi("meeting", "actions", folder, "--known", "2031-03-02")
    assert "undated" not in asked.out
    assert "PL/steps.csv" in asked.err
    assert "undated" in konvoi("meeting", "actions", folder).out


def test_the_steps_of_one_party_are_found_by_its_name_and_overdue_ones_alone(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    assert [
        one["step"] for one in konvoi("meeting", "actions", folder, "--of", "Poland", "--json").json["steps"]
    ] == [
        "C",
        "A",
    ]
    late = konvoi("meeting", "actions", folder, "--overdue", "--json").json
    assert [one["step"] for one in late["steps"]] == ["B"]
    assert late["counts"]["open"] == 2
    assert konvoi("meeting", "actions", folder, "--of", "Polandia").code == 2


def test_people_read_a_sentence_and_a_table_and_what_the_press_says_beside_it() -> None:
    called = konvoi("meeting", "actions", EXERCISE)
    assert called.out.startswith(
        "As of 2031-03-03: 7 open action items, 4 are overdue, 1 has no day; 3 have ended."
    )
    assert "open (reported as" in called.out


def test_a_day_that_is_none_is_wrong_usage() -> None:
    assert konvoi("meeting", "actions", EXERCISE, "--known", "yesterday").code == 2


def test_errors_in_what_was_read_are_an_exit_of_their_own(tmp_path: Path) -> None:
    """A script sees that steps wait for each other in a circle, as it does with every other verb."""
    folder = cell(tmp_path)
    assert konvoi("meeting", "actions", folder).code == 0
    rows = "X,one,PL,,,Y,\nY,two,PL,,,X,\n"
    (folder / "submissions" / "X-CELL" / "2031-03-02" / "steps.csv").write_text(STEPS + rows)
    called = konvoi("meeting", "actions", folder, "--json")
    assert called.code == 1
    assert {"X", "Y"} <= {one["step"] for one in called.json["steps"]}
    assert konvoi("report", "stalled", folder).code == 1
    assert konvoi("meeting", "pack", "--dir", folder, "--out", tmp_path / "pack").code == 3
