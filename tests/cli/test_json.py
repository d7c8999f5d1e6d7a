"""Whatever happens, --json prints one JSON document on stdout: in good cases, bad ones and empty ones."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import Called, konvoi
from tests.flow.workspaces import of_day, workspace

from konvoi.cli import VERBS

SOLVED = ("{good}/out-cell/problem", "{good}/out-cell/plan")
GOOD = {
    "demo": ("exercise", "--dir", "{new}/week"),
    "init": ("{new}/cell",),
    "add": ("{bad}/goods.csv", "--from", "AR", "--dir", "{good}"),
    "undo": ("--list", "--dir", "{good}"),
    "verify": ("{good}",),
    "run": ("{good}", "--out", "{new}/out"),
    "read": ("{good}",),
    "total": ("{good}", "--oversupply"),
    "show": ("P-1", "{good}"),
    "trace": ("R-1", "{good}"),
    "contracts": ("{good}", "--ocds", "{new}/contracts.json"),
    "stalled": ("{good}",),
    "gap": ("{good}", "--by", "partner"),
    "diff": ("{good}", "{good}"),
    "tempo": ("{good}", "--by", "kind"),
    "late": ("{good}", "--within", "30d"),
    "outlook": ("{good}",),
    "effect": ("{good}",),
    "review": ("--dir", "{good}"),
    "judge": ("--dir", "{good}"),
    "ask": ("--dir", "{good}"),
    "standards": ("{good}",),
    "release": ("--list", "{good}"),
    "steps": ("{good}",),
    "session": ("--dir", "{good}", "--out", "{new}/session"),
    "clauses": ("tests/intake/formats/samples/markdown/agreement.md",),
    "tranches": ("{good}",),
    "projects": ("{good}",),
    "positions": ("", "{good}"),
    "solve": ("{good}",),
    "what-if": (SOLVED[1], "--problem", "{good}", "--close", "road", "--out", "{new}/what-if"),
    "audit": SOLVED,
    "learn": ("{good}", "--out", "{new}/leadtimes.json"),
    "forecast": (*SOLVED, "--samples", "20"),
    "orders": (SOLVED[1], "--problem", "{good}", "--out", "{new}/orders"),
    "reconcile": ("{good}",),
    "papers": ("{good}", "--as", "epcis", "--out", "{new}/papers"),
    "lists": ("tests/align/regimes/samples/un/consolidated.xml", "--of", "un", "--dir", "{good}"),
    "sanctions": ("--gaps", "--dir", "{good}"),
    "propose": ("--dir", "{good}"),
    "screen": ("--dir", "{good}"),
    "match": ("{bad}/goods.csv", "--settings", "{bad}/../goods.toml"),
    "template": ("{new}/list.xlsx",),
    "table": ("entries", "{good}"),
}
BAD = {
    "demo": ("parade",),
    "init": ("{good}",),
    "add": ("{bad}/broken.xlsx", "--from", "AR", "--dir", "{good}"),
    "undo": ("nothing.xlsx", "--dir", "{good}"),
    "verify": ("{good}", "--accept", "nothing.xlsx", "--by", "M. Example"),
    "run": ("{good}", "--for", "ZZ"),
    "read": ("{bad}/broken.xlsx",),
    "total": ("{good}", "--partner", "ZZ"),
    "show": ("nothing", "{good}"),
    "trace": ("nothing", "{good}"),
    "contracts": ("{good}", "--ocds", "{new}/contracts.json", "--for", "ZZ"),
    "stalled": ("{good}", "--of", "ZZ"),
    "gap": ("{good}", "--partner", "ZZ"),
    "diff": ("{bad}/broken.xlsx", "{good}"),
    "tempo": ("{good}", "--by", "colour"),
    "late": ("{good}", "--within", "soon"),
    "outlook": ("{bad}/none",),
    "effect": ("{bad}/none",),
    "review": ("--in", "{bad}/broken.xlsx", "--by", "A", "--dir", "{good}"),
    "judge": ("a", "b", "--verdict", "same", "--by", "A", "--dir", "{good}"),
    "ask": ("--party", "ZZ", "--dir", "{good}"),
    "standards": ("{bad}/none",),
    "release": ("{good}", "--by", "partner"),
    "steps": ("{good}", "--of", "ZZ"),
    "session": ("S-9", "--dir", "{good}", "--out", "{new}/session"),
    "clauses": ("{bad}/broken.xlsx",),
    "tranches": ("{good}", "--programme", "ZZ"),
    "projects": ("ZZ", "{good}"),
    "positions": ("ZZ", "{good}"),
    "solve": ("{bad}/broken.xlsx",),
    "what-if": (SOLVED[1], "--problem", "{good}", "--close", "nowhere", "--out", "{new}/what-if"),
    "audit": ("{good}", "{bad}"),
    "learn": ("{good}", "--by", "colour"),
    "forecast": ("{good}", "{bad}"),
    "orders": ("{bad}", "--problem", "{good}", "--out", "{new}/orders"),
    "reconcile": ("{bad}/broken.xlsx",),
    "papers": ("{good}",),
    "lists": ("{bad}/broken.xlsx", "--of", "uk", "--dir", "{good}"),
    "sanctions": ("--party", "Nobody At All", "--dir", "{good}"),
    "propose": ("p-none", "--withdraw", "--by", "A", "--dir", "{good}"),
    "screen": ("{bad}/broken.xlsx", "--dir", "{good}"),
    "match": ("{bad}/broken.xlsx", "--settings", "{bad}/../goods.toml"),
    "template": ("{new}/list.txt",),
    "table": ("entries", "{empty}"),
}
EMPTY = {
    "undo": ("--list", "--dir", "{empty}"),
    "run": ("{empty}",),
    "read": ("{empty}",),
    "total": ("{empty}",),
    "show": ("P-1", "{empty}"),
    "trace": ("P-1", "{empty}"),
    "contracts": ("{empty}", "--ocds", "{new}/contracts.json"),
    "stalled": ("{empty}",),
    "gap": ("{empty}",),
    "diff": ("{empty}", "{good}"),
    "tempo": ("{empty}",),
    "late": ("{empty}",),
    "outlook": ("{empty}",),
    "effect": ("{empty}",),
    "review": ("--dir", "{empty}"),
    "judge": ("--dir", "{empty}"),
    "ask": ("--dir", "{empty}"),
    "standards": ("{empty}",),
    "release": ("{empty}",),
    "steps": ("{empty}",),
    "session": ("--dir", "{empty}", "--out", "{new}/session"),
    "clauses": ("{empty}",),
    "tranches": ("{empty}",),
    "projects": ("{empty}",),
    "positions": ("", "{empty}"),
    "solve": ("{empty}",),
    "what-if": (SOLVED[1], "--problem", "{empty}", "--close", "road", "--out", "{new}/what-if"),
    "audit": ("{empty}", SOLVED[1]),
    "learn": ("{empty}",),
    "forecast": ("{empty}", SOLVED[1]),
    "orders": (SOLVED[1], "--problem", "{empty}", "--out", "{new}/orders"),
    "reconcile": ("{empty}",),
    "papers": ("{empty}", "--as", "ubl", "--out", "{new}/papers"),
    "lists": ("--dir", "{empty}"),
    "sanctions": ("--dir", "{empty}"),
    "propose": ("--dir", "{empty}"),
    "screen": ("--dir", "{empty}"),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workspace that was run, a folder with a broken file, and a workspace without submissions."""
    folder = tmp_path_factory.mktemp("json")
    good = of_day(workspace(folder / "good", sessions=("session,day,town", "S-1,2031-03-20,Port")))
    assert konvoi("run", good).code == 0
    assert konvoi(*(word.format(good=good) for word in ("lists", *GOOD["lists"]))).code == 0
    (folder / "bad").mkdir()
    (folder / "bad" / "goods.csv").write_text("good,name,unit\ntarp,Tarp,piece\n")
    (folder / "bad" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut")
    compared = '[[block]]\non = ["unit"]\n[[comparison]]\nkind = "alike"\ncolumn = "name"\n'
    (folder / "goods.toml").write_text(f'id = "good"\n{compared}')
    konvoi("init", folder / "empty")
    return {"good": good, "bad": folder / "bad", "empty": folder / "empty"}


def called(verb: str, words: tuple[str, ...], places: dict[str, Path], new: Path) -> Called:
    """The verb with --json, in folders of its own."""
    return konvoi(verb, *(word.format(**places, new=new) for word in words), "--json")


def test_each_verb_stands_in_each_list() -> None:
    assert set(GOOD) == set(BAD) == set(VERBS)


# The whole exercise is planned for it; tests/cli/test_demo.py does so every day.
LONG = pytest.param("demo", marks=pytest.mark.slow)


@pytest.mark.parametrize("verb", [LONG if verb == "demo" else verb for verb in VERBS])
def test_an_answer_is_one_document(verb: str, places: dict[str, Path], tmp_path: Path) -> None:
    done = called(verb, GOOD[verb], places, tmp_path)
    assert done.code in (0, 1, 3 if verb == "demo" else 0)
    assert isinstance(json.loads(done.out), dict)
    assert "error" not in done.json


@pytest.mark.parametrize("verb", VERBS)
def test_what_cannot_be_answered_is_one_document_that_says_why(
    verb: str, places: dict[str, Path], tmp_path: Path
) -> None:
    done = called(verb, BAD[verb], places, tmp_path)
    assert done.code in (2, 3)
    assert isinstance(json.loads(done.out), dict)
    if "error" in done.json:
        assert done.json["error"]["exit"] == done.code
        assert done.json["error"]["message"] in done.err


@pytest.mark.parametrize("verb", sorted(EMPTY))
def test_where_nothing_was_handed_in_it_is_one_document_too(
    verb: str, places: dict[str, Path], tmp_path: Path
) -> None:
    done = called(verb, EMPTY[verb], places, tmp_path)
    assert done.code in (0, 1, 2, 3)
    assert isinstance(json.loads(done.out), dict)


@pytest.mark.parametrize("words", [("--json",), ("fly", "--json"), ("total", "--json", "--no-such-option")])
def test_a_command_that_is_none_is_one_document_too(words: tuple[str, ...]) -> None:
    done = konvoi(*words)
    assert (done.code, done.json["error"]["kind"]) == (2, "usage")
