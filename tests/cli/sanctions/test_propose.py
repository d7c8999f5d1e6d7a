"""konvoi sanctions propose: a draft from a gap, its steps, the dossier, and what is refused."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.sided import sided


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with lists and what was read of them."""
    made = sided(tmp_path_factory.mktemp("sided"))
    (made / "konvoi.toml").write_text(
        '[coalition]\nname = "Norvania"\nexercise = true\nlanguages = ["en", "uk"]\n'
    )
    return made


@pytest.fixture
def folder(lists: Path) -> Path:
    (lists / "proposals.csv").unlink(missing_ok=True)
    (lists / "receipts.jsonl").unlink(missing_ok=True)
    (lists / "receipts.head").unlink(missing_ok=True)
    return lists


def drafted(folder: Path) -> str:
    done = konvoi(
        "sanctions", "propose", "Added SAMPLE", "--to", "ca", "--by", "A", "--dir", folder, "--json"
    )
    assert done.code == 0, done.err
    assert done.json["acts"] == "Regulation (EU) 9999/3"
    return str(done.json["proposal"])


def states(folder: Path) -> list[tuple[str, str]]:
    found = konvoi("sanctions", "propose", "--dir", folder, "--json").json
    return [(one["proposal"], one["state"]) for one in found["proposals"]]


def test_a_draft_is_tabled_adopted_and_each_step_is_taken_back_by_another(folder: Path) -> None:
    id = drafted(folder)
    for words, state in (
        (("--table", "S-1"), "tabled"),
        (("--adopt", "CA"), "adopted"),
        (("--undo",), "tabled"),
        (("--reject", "too little"), "rejected"),
        (("--withdraw",), "withdrawn"),
    ):
        assert konvoi("sanctions", "propose", id, *words, "--by", "B", "--dir", folder).code == 0
        assert states(folder) == [(id, state)]
    lines = (folder / "proposals.csv").read_text("utf-8").splitlines()
    assert len(lines) == 7, "nothing is overwritten"
    assert drafted(folder) == id, "what was withdrawn may be proposed again"


def test_the_same_gap_is_proposed_once(folder: Path) -> None:
    id = drafted(folder)
    again = konvoi("sanctions", "propose", "Added SAMPLE", "--to", "ca", "--by", "B", "--dir", folder)
    assert (again.code, f"{id} proposes it already: draft" in again.err) == (3, True)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("Ivan Petrovich SAMPLE", "--to", "ca"), 3, "ca already lists Ivan Petrovich SAMPLE"),
        (("Added SAMPLE", "--to", "uk"), 3, "no list of uk is imported"),
        (("Added SAMPLE", "--to", "un"), 3, "state no gap of un"),
        (("Added SAMPLE", "--to", "zz"), 2, "--to"),
        (("Nobody", "--to", "ca"), 2, "PARTY"),
        (("p-0", "--withdraw"), 2, "ID"),
        (("p-0", "--withdraw", "--undo"), 2, "one step at a time"),
        (("p-0",), 2, "say the step"),
        (("--to", "ca"), 2, "name the party"),
    ],
)
def test_what_is_no_step_is_refused_and_writes_nothing(
    folder: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    done = konvoi("sanctions", "propose", *words, "--by", "A", "--dir", folder)
    assert (done.code, told in done.err) == (code, True), done.err
    assert not (folder / "proposals.csv").exists()


def test_the_dossier_is_a_page_in_each_language_a_workbook_and_json(folder: Path, tmp_path: Path) -> None:
    id = drafted(folder)
    done = konvoi("sanctions", "propose", id, "--out", tmp_path / "dossier", "--dir", folder)
    assert done.code == 0, done.err
    names = sorted(path.name for path in (tmp_path / "dossier").iterdir())
    pages = [f"proposal.{code}.{form}" for code in ("en", "uk") for form in ("docx", "html")]
    assert names == sorted([*pages, "proposal.ftm.json", "proposal.xlsx"])
    page = (tmp_path / "dossier" / "proposal.en.html").read_text("utf-8")
    assert "It is proposed that Canada lists Added SAMPLE (person): asset freeze." in page
    assert "for the coalition only" in page
    assert "invented" in page
    party, sanction = (tmp_path / "dossier" / "proposal.ftm.json").read_text("utf-8").splitlines()
    assert json.loads(party)["properties"]["name"] == ["Added SAMPLE"]
    assert json.loads(sanction)["properties"]["program"] == ["Regulation (EU) 9999/3"]


def test_a_broken_file_of_proposals_is_a_finding_and_no_traceback(folder: Path) -> None:
    (folder / "proposals.csv").write_text("a,b\n1,2\n")
    done = konvoi("sanctions", "propose", "--dir", folder, "--json")
    assert (done.code, [one["code"] for one in done.json["findings"]]) == (1, ["proposals-broken"])
