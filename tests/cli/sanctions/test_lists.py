"""konvoi sanctions lists: take in, tell, release; exits, and the one JSON document."""

from pathlib import Path

import pytest
from tests.align.lists import SAMPLES
from tests.cli.calling import konvoi

CA, UN = SAMPLES / "ca" / "sema.xml", SAMPLES / "un" / "consolidated.xml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a Canadian list of two days, the second of which is short."""
    made = tmp_path_factory.mktemp("desk")
    short = made / "short.xml"
    text = CA.read_text("utf-8")
    short.write_text(
        text[: text.index("\t<record><Country>Russia / Russie</Country><Entity>")] + "</data-set>"
    )
    assert konvoi("sanctions", "lists", CA, "--of", "ca", "--day", "2031-01-01", "--dir", made).code == 0
    assert konvoi("sanctions", "lists", short, "--of", "ca", "--day", "2031-02-01", "--dir", made).code == 1
    return made


def test_a_list_that_is_taken_in_says_so_with_its_count(tmp_path: Path) -> None:
    done = konvoi("sanctions", "lists", UN, "--of", "un", "--dir", tmp_path)
    assert done.out.startswith("The list of un of 2031-02-27: imported, 3 listings.")
    assert "unchanged" in konvoi("sanctions", "lists", UN, "--of", "un", "--dir", tmp_path).out


def test_a_short_list_is_told_to_be_held_as_soon_as_it_is_taken_in(folder: Path) -> None:
    """Nobody may think that a list is in force which is not; the same again says so again."""
    short = folder / "short.xml"
    done = konvoi(
        "sanctions", "lists", short, "--of", "ca", "--day", "2031-03-01", "--dir", folder, "--json"
    ).json
    assert (done["outcome"], done["findings"][0]["code"]) == ("held", "list-held")
    assert "screened" not in done
    again = konvoi("sanctions", "lists", short, "--of", "ca", "--day", "2031-03-01", "--dir", folder)
    assert (again.code, "unchanged" in again.out, "--release ca --day 2031-03-01" in again.err) == (
        1,
        True,
        True,
    )
    manifest = folder / "lists" / "manifest.toml"
    manifest.write_text(manifest.read_text("utf-8").rpartition("\n[[list]]")[0], "utf-8")


def test_a_folder_without_files_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    done = konvoi(
        "sanctions", "lists", tmp_path / "bare", "--of", "us", "--day", "2031-03-01", "--dir", tmp_path
    )
    assert (done.code, "no file in it" in done.err) == (3, True)
    assert not (tmp_path / "lists").exists()


def test_the_state_names_regime_day_age_and_what_is_held(folder: Path) -> None:
    done = konvoi("sanctions", "lists", "--on", "2031-02-03", "--dir", folder)
    assert done.code == 1
    rows = [line.split() for line in done.out.splitlines() if line.startswith("ca")]
    assert rows == [["ca", "2031-01-01", "33", "4", "in", "force"], ["ca", "2031-02-01", "2", "2", "held"]]
    assert "konvoi sanctions lists --release ca --day 2031-02-01" in done.err


def test_the_json_holds_what_fell_and_how_old_each_list_is(folder: Path) -> None:
    found = konvoi("sanctions", "lists", "--on", "2031-02-03", "--dir", folder, "--json").json
    assert (found["on"], found["listings"]) == ("2031-02-03", 4)
    first, second = found["lists"]
    assert (first["state"], first["age"], first["old"]) == ("in force", 33, True)
    assert second["falls"] == [{"what": "entity", "before": 2, "now": 0}]
    assert {one["code"] for one in found["findings"]} == {"list-held", "list-old"}


def test_a_release_needs_a_name_and_a_reason(folder: Path) -> None:
    bare = konvoi(
        "sanctions", "lists", "--release", "ca", "--day", "2031-02-01", "--by", "A", "--dir", folder
    )
    assert (bare.code, "--reason" in bare.err) == (2, True)
    wrong = konvoi(
        "sanctions",
        "lists",
        "--release",
        "ca",
        "--day",
        "2031-01-01",
        "--by",
        "A",
        "--reason",
        "r",
        "--dir",
        folder,
    )
    assert (wrong.code, "is held" in wrong.err) == (3, True)


def test_wrong_words_are_usage(folder: Path) -> None:
    assert konvoi("sanctions", "lists", CA, "--dir", folder).code == 2
    assert konvoi("sanctions", "lists", CA, "--of", "zz", "--dir", folder).code == 2
    assert konvoi("sanctions", "lists", CA, "--of", "ca", "--release", "ca", "--dir", folder).code == 2


def test_a_list_that_is_refused_is_not_kept(tmp_path: Path) -> None:
    done = konvoi("sanctions", "lists", CA, "--of", "un", "--dir", tmp_path)
    assert (done.code, "refused" in done.out) == (3, True)
    assert not (tmp_path / "lists").exists()


@pytest.mark.parametrize(("code", "word"), [("de", "eingelesen"), ("uk", "імпортовано")])
def test_it_speaks_german_and_ukrainian(
    code: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONVOI_LANG", code)
    assert word in konvoi("sanctions", "lists", UN, "--of", "un", "--dir", tmp_path).out
