"""konvoi sanctions matrix: the matrix, gaps, one party, changes, a workbook; exits and JSON."""

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from tests.cli.calling import konvoi
from tests.flow.sided import sided


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists taken in."""
    return sided(tmp_path_factory.mktemp("sided"))


def test_the_answer_says_for_which_days_each_list_can_speak_and_of_how_many_cells_a_share_is(
    folder: Path,
) -> None:
    done = konvoi("sanctions", "matrix", "--dir", folder)
    assert done.code == 0
    assert done.out.startswith("On 2031-09-02, 10 parties are listed by 3 regimes.")
    assert "1 pair of parties is under review" in done.out
    rows = [line.split() for line in done.out.splitlines()]
    assert ["un", "2031-02-27", "2031-02-27", "2031-02-27", "in", "force"] in rows
    assert ["ca", "2031-09-02", "asset", "freeze", "3", "6", "50.0", "%", "1"] in rows
    assert ["eu", "un", "asset", "freeze", "1", "0", "0", "1", "-154"] in rows


def test_gaps_name_the_party_the_day_and_the_act(folder: Path) -> None:
    done = konvoi("sanctions", "matrix", "--gaps", "--of", "ca", "--dir", folder)
    assert done.out.startswith("As of 2031-09-02: 3 gaps.")
    line = next(one for one in done.out.splitlines() if one.startswith("Added SAMPLE"))
    assert line.split() == (
        "Added SAMPLE ca 2031-09-02 asset freeze eu (1 of 2) Regulation (EU) 9999/3".split()
    )


def test_one_party_is_told_with_since_and_acts(folder: Path) -> None:
    done = konvoi("sanctions", "matrix", "--party", "Ivan Petrovich SAMPLE", "--dir", folder)
    line = next(one for one in done.out.splitlines() if " eu " in one and "freeze" in one)
    assert line.split() == "asset freeze eu listed 2031-03-17 – Regulation (EU) 9999/1".split()
    found = konvoi("sanctions", "matrix", "--party", "Ivan Petrovich SAMPLE", "--dir", folder, "--json").json
    assert {one["listing"].split(":")[0] for one in found["listings"]} == {"ca", "eu"}
    assert {one["file"] for one in found["listings"]} == {
        "ca/2031-09-02/sema.xml",
        "eu/2031-09-02/39999R0001.csv",
    }


def test_the_json_holds_a_cell_for_each_regime(folder: Path) -> None:
    found = konvoi("sanctions", "matrix", "--dir", folder, "--json").json
    row = next(one for one in found["matrix"] if one["name"] == "Sample Shipping LLC")
    assert {name: row[name] for name in ("order", "ca", "eu", "un")} == {
        "order": "asset freeze",
        "ca": "not listed",
        "eu": "listed",
        "un": "listed",
    }
    assert [one["speaks_to"] for one in found["lists"]] == ["2031-09-02", "2031-09-02", "2031-02-27"]


def test_changes_between_two_days_are_counted_and_told(folder: Path) -> None:
    done = konvoi("sanctions", "matrix", "--changes", "2031-08-01", "2031-09-02", "--dir", folder)
    assert "Only one list, so nothing to compare: ca." in done.out
    assert [line.split() for line in done.out.splitlines()][2] == [
        "eu",
        "2031-08-01",
        "2031-09-02",
        "1",
        "0",
        "0",
        "two",
        "lists",
    ]
    found = konvoi(
        "sanctions", "matrix", "--changes", "2031-08-01", "2031-09-02", "--dir", folder, "--json"
    ).json
    assert [(one["name"], one["change"]) for one in found["changes"]] == [("Added SAMPLE", "new")]


def test_a_workbook_is_written_and_no_other_file(folder: Path, tmp_path: Path) -> None:
    done = konvoi("sanctions", "matrix", "--dir", folder, "--out", tmp_path / "matrix.xlsx")
    assert (done.code, (tmp_path / "matrix.xlsx").read_bytes()[:2]) == (0, b"PK")
    assert konvoi("sanctions", "matrix", "--dir", folder, "--out", tmp_path / "matrix.txt").code == 2


def test_files_have_the_hxl_tags_of_their_columns_below_the_head(folder: Path, tmp_path: Path) -> None:
    table, book = tmp_path / "gaps.csv", tmp_path / "gaps.xlsx"
    for out in (table, book):
        done = konvoi("sanctions", "matrix", "--gaps", "--hxl", "--out", out, "--dir", folder)
        assert done.code in (0, 1), done.err
    head, second, *rows = csv.reader(io.StringIO(table.read_text()))
    tagged = dict(zip(head, second, strict=True))
    assert (tagged["name"], tagged["order"]) == ("#org+name", "#meta+measure")
    assert rows
    sheets = openpyxl.load_workbook(book)
    gaps = list(sheets["Gaps"].values)
    assert gaps[1][:2] == ("#org+code", "#org+name")
    assert gaps[2][1] in {row[head.index("name")] for row in rows}
    page = tmp_path / "gaps.ftm.json"
    refused = konvoi("sanctions", "matrix", "--gaps", "--hxl", "--out", page, "--dir", folder)
    assert (refused.code, "ends in .xlsx or .csv" in refused.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--of", "zz"),
        ("--within", "-1"),
        ("--party", "Nobody Knows"),
        ("--changes", "2031-09-02", "2031-08-01"),
        ("--changes", "2031-08-01", "2031-09-02", "--gaps"),
        ("--pairs", "--gaps"),
    ],
)
def test_wrong_words_are_usage(folder: Path, words: tuple[str, ...]) -> None:
    assert konvoi("sanctions", "matrix", *words, "--dir", folder).code == 2


def test_an_undecided_pair_is_told_decided_by_a_person_and_asked_no_more(
    folder: Path, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(folder, desk)
    done = konvoi("sanctions", "matrix", "--pairs", "--dir", desk)
    assert done.out.startswith("1 pair of parties is under review; until then it counts as two.")
    assert "dates of birth may agree" in " ".join(done.out.replace("petrovich sample", "").split())
    assert not any(code in done.out for code in ("name:", "words:", "births:"))
    (pair,) = konvoi("sanctions", "matrix", "--pairs", "--dir", desk, "--json").json["pairs"]
    before = konvoi("sanctions", "matrix", "--dir", desk, "--json").json["parties"]
    words = ("--verdict", "same", "--by", "A. Example", "--reason", "same passport", "--dir", desk)
    assert konvoi("review", pair["a"], pair["b"], *words).code == 0
    after = konvoi("sanctions", "matrix", "--dir", desk, "--json").json
    assert (after["parties"], after["undecided_pairs"]) == (before - 1, 0)
    assert konvoi("review", pair["a"], "un:consolidated:none", *words).code == 2


def test_gaps_are_counted_by_theme_and_chosen_by_programme_and_measure(folder: Path) -> None:
    whole = konvoi("sanctions", "matrix", "--gaps", "--dir", folder, "--json").json
    grouped = konvoi("sanctions", "matrix", "--gaps", "--by", "measure", "--dir", folder, "--json").json
    assert sum(one["stated"] for one in grouped["groups"]) == whole["stated"]
    freezes = konvoi(
        "sanctions", "matrix", "--gaps", "--measure", "asset freeze", "--dir", folder, "--json"
    ).json
    assert {one["order"] for one in freezes["gaps"]} == {"asset freeze"}
    assert freezes["asked"] == {"measure": "asset freeze"}
    act = next(one for one in freezes["gaps"] if one["name"] == "Added SAMPLE")["acts_cited"][0]
    assert (act["number"], act["known"]) == ("Regulation (EU) 9999/3", True)
    unknown = konvoi("sanctions", "matrix", "--gaps", "--programme", "EU-NOWHERE", "--dir", folder)
    assert (unknown.code, "--programme" in unknown.err) == (2, True)
    assert konvoi("sanctions", "matrix", "--by", "theme", "--dir", folder).code == 2


def test_changes_since_a_day_are_counted_by_regime(folder: Path) -> None:
    found = konvoi("sanctions", "matrix", "--since", "2031-08-01", "--dir", folder, "--json").json
    eu = next(one for one in found["regimes"] if one["regime"] == "eu")
    assert (eu["listed"], eu["delisted"], eu["changed"], eu["basis"]) == (1, 0, 0, "two lists")
    late = konvoi("sanctions", "matrix", "--since", "2031-09-02", "--dir", folder)
    assert (late.code, "nothing can have changed" in late.err) == (3, True)


def test_the_answer_is_the_same_for_the_public_without_findings_on_files(folder: Path) -> None:
    cell = konvoi("sanctions", "matrix", "--gaps", "--dir", folder, "--json").json
    public = konvoi("sanctions", "matrix", "--gaps", "--for", "public", "--dir", folder, "--json").json
    assert public["findings"] == []
    assert public["gaps"] == cell["gaps"]


def test_a_party_is_a_page_and_gaps_are_no_page(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "party.html"
    done = konvoi("sanctions", "matrix", "--party", "Sample Shipping LLC", "--out", page, "--dir", folder)
    assert (done.code, page.read_bytes()[:9].lower()) == (0, b"<!doctype")
    assert konvoi("sanctions", "matrix", "--gaps", "--out", page, "--dir", folder).code == 2
