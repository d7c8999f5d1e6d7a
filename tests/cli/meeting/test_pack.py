"""konvoi meeting pack: the files of a pack, and what keeps it from being made."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.examples.folders import copied


@pytest.mark.slow
def test_the_next_session_of_the_exercise_has_its_pack_in_each_language(tmp_path: Path) -> None:
    """One of its files is refused, so the exit says so; the pack is made all the same."""
    called = konvoi("meeting", "pack", "--dir", copied("exercise", tmp_path))
    assert called.code == 3
    assert called.out.startswith("The pack of session SES-2, as of 2031-03-03:")
    made = sorted(path.name for path in (tmp_path / "session").iterdir())
    assert made == [f"session.{code}.{form}" for code in ("de", "en", "uk") for form in ("docx", "html")]
    assert "Run konvoi run to compute one" in called.err
    assert "Exercise" in (tmp_path / "session" / "session.en.html").read_text("utf-8")


@pytest.mark.slow
def test_the_real_session_is_shown_as_it_was_published(tmp_path: Path) -> None:
    """Fifteen states, three institutions, the United States online, four points of officials, three of the
    press; no decision, no step."""
    out = tmp_path / "out"
    found = konvoi(
        "meeting", "pack", "--dir", copied("2022", tmp_path), "--for", "public", "--out", out, "--json"
    ).json
    assert (found["session"], found["plan"]) == ("KYIV-2026-01-03", False)
    text = (out / "session.en.html").read_text("utf-8")
    assert "Central railway station" in text
    assert text.count("Ukraine, official") == 4
    assert text.count("Ukraine, press") == 3
    assert "No decision" not in text
    assert "No action items submitted" in text


@pytest.mark.slow
def test_on_the_day_of_the_real_session_agreements_are_in_force(tmp_path: Path) -> None:
    """The example stands in March 2023, before any of them was signed: its day is named for this session.
    Two of the ten, of SE and the EU, say nothing of entry into force."""
    folder = copied("2022", tmp_path)
    konvoi("meeting", "pack", "--dir", folder, "--day", "2026-01-03")
    text = (folder / "session" / "session.en.html").read_text("utf-8")
    assert text.count(">in force<") == 8


def test_a_folder_that_is_the_workspace_itself_is_not_written_over(tmp_path: Path) -> None:
    folder = copied("exercise", tmp_path)
    assert konvoi("meeting", "pack", "--dir", folder, "--out", folder).code == 3
    assert (folder / "submissions").is_dir()


@pytest.mark.slow
def test_a_session_that_nobody_knows_is_answered_with_the_nearest(tmp_path: Path) -> None:
    called = konvoi("meeting", "pack", "SES-3", "--dir", copied("exercise", tmp_path))
    assert called.code == 2
    assert "SES-1" in called.err
