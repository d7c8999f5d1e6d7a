"""Whatever happens, --json prints one JSON document on stdout: in good cases, bad ones and empty ones."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import Called, konvoi
from tests.flow.workspaces import of_day, workspace

from konvoi.cli.commands import COMMANDS
from konvoi.gateways.signing import public_text

LASTING = {"serve", "worker", "erase-person"}
"""Commands that hand over to a process of the web, and have no --json."""
ANSWERING = [one for one in COMMANDS if one not in LASTING]
OTHER_KEY = public_text(bytes(range(32)))
SOLVED = ("{good}/out-cell/problem", "{good}/out-cell/plan")
GOOD = {
    "demo": ("exercise", "--dir", "{new}/week"),
    "init": ("{new}/cell",),
    "add": ("{bad}/goods.csv", "--from", "AR", "--dir", "{good}"),
    "withdraw": ("--list", "--dir", "{good}"),
    "verify": ("{good}",),
    "import-workspace": ("{fresh}",),
    "export-workspace": ("{new}/copy", "--dir", "{moved}"),
    "backup": ("{moved}", "--to", "{new}/cell.backup", "--key-file", "{new}/backup.key"),
    "restore": ("{backup}", "--key-file", "{key}", "--dir", "{new}/restored"),
    "doctor": ("{moved}",),
    "run": ("{good}", "--out", "{new}/out"),
    "brief": ("{good}", "--out", "{new}/brief"),
    "read": ("{good}",),
    "total": ("{good}", "--oversupply"),
    "show": ("P-1", "{good}"),
    "agreement contracts": ("{good}", "--ocds", "{new}/contracts.json"),
    "report stalled": ("{good}",),
    "report pipeline": ("{good}", "--by", "partner"),
    "report changes": ("{good}", "{good}"),
    "report tempo": ("{good}", "--by", "kind"),
    "report overdue": ("{good}", "--within", "30d"),
    "report outlook": ("{good}",),
    "report effect": ("{good}",),
    "review": ("--dir", "{good}"),
    "ask": ("{good}",),
    "plan standards": ("{good}",),
    "release": ("--list", "{good}"),
    "meeting actions": ("{good}",),
    "meeting remind": ("{good}", "--out", "{new}/reminders"),
    "meeting pack": ("--dir", "{good}", "--out", "{new}/session"),
    "agreement clauses": ("tests/intake/formats/samples/markdown/agreement.md",),
    "funding tranches": ("{good}",),
    "funding projects": ("{good}",),
    "agreement positions": ("", "{good}"),
    "plan solve": ("{good}",),
    "plan what-if": (SOLVED[1], "--problem", "{good}", "--close", "road", "--out", "{new}/what-if"),
    "plan audit": SOLVED,
    "plan learn": ("{good}", "--out", "{new}/leadtimes.json"),
    "plan forecast": (*SOLVED, "--samples", "20"),
    "plan orders": (SOLVED[1], "--problem", "{good}", "--out", "{new}/orders"),
    "delivery reconcile": ("{good}",),
    "delivery papers": ("{good}", "--as", "epcis", "--out", "{new}/papers"),
    "sanctions lists": ("tests/align/regimes/samples/un/consolidated.xml", "--of", "un", "--dir", "{good}"),
    "sanctions matrix": ("--gaps", "--dir", "{good}"),
    "sanctions propose": ("--dir", "{good}"),
    "sanctions screen": ("--dir", "{good}"),
    "match": ("{bad}/goods.csv", "--settings", "{bad}/../goods.toml"),
    "template": ("{new}/list.xlsx",),
    "map": ("{bad}/goods.csv",),
    "bundle": ("{good}", "--for", "BO", "--as", "XC", "--out", "{new}/x.bundle", "--key-file", "{signing}"),
    "receive": ("{bundle}", "--dir", "{keyed}", "--dry-run"),
    "keys make": ("--key-file", "{new}/signing.key"),
    "keys add": ("FR", OTHER_KEY, "--dir", "{keyed}"),
    "keys list": ("{keyed}",),
    "table": ("entries", "{good}"),
}
BAD = {
    "bundle": ("{good}", "--for", "coalition", "--as", "XC", "--key-file", "{signing}"),
    "receive": ("{bad}/broken.xlsx", "--dir", "{keyed}"),
    "keys make": ("--key-file", "{signing}"),
    "keys add": ("XC", "none", "--dir", "{keyed}"),
    "keys list": ("{bad}",),
    "demo": ("parade",),
    "init": ("{good}",),
    "add": ("{bad}/broken.xlsx", "--from", "AR", "--dir", "{good}"),
    "withdraw": ("nothing.xlsx", "--dir", "{good}"),
    "verify": ("{good}", "--accept", "nothing.xlsx", "--by", "M. Example"),
    "import-workspace": ("{moved}",),
    "export-workspace": ("{new}/copy", "--dir", "{good}"),
    "backup": ("{bad}", "--to", "{new}/cell.backup", "--key-file", "{new}/backup.key"),
    "restore": ("{bad}/broken.xlsx", "--key-file", "{key}", "--dir", "{new}/restored"),
    "doctor": ("{bad}/none",),
    "run": ("{good}", "--for", "ZZ"),
    "brief": ("{good}", "--delegation", "ZZ", "--out", "{new}/brief"),
    "read": ("{bad}/broken.xlsx",),
    "total": ("{good}", "--partner", "ZZ"),
    "show": ("nothing", "{good}"),
    "agreement contracts": ("{good}", "--ocds", "{new}/contracts.json", "--for", "ZZ"),
    "report stalled": ("{good}", "--of", "ZZ"),
    "report pipeline": ("{good}", "--partner", "ZZ"),
    "report changes": ("{bad}/broken.xlsx", "{good}"),
    "report tempo": ("{good}", "--by", "colour"),
    "report overdue": ("{good}", "--within", "soon"),
    "report outlook": ("{bad}/none",),
    "report effect": ("{bad}/none",),
    "review": ("--in", "{bad}/broken.xlsx", "--by", "A", "--dir", "{good}"),
    "ask": ("--party", "ZZ", "--dir", "{good}"),
    "plan standards": ("{bad}/none",),
    "release": ("{good}", "--by", "partner"),
    "meeting actions": ("{good}", "--of", "ZZ"),
    "meeting remind": ("{good}", "--party", "ZZ", "--out", "{new}/reminders"),
    "meeting pack": ("S-9", "--dir", "{good}", "--out", "{new}/session"),
    "agreement clauses": ("{bad}/broken.xlsx",),
    "funding tranches": ("{good}", "--programme", "ZZ"),
    "funding projects": ("ZZ", "{good}"),
    "agreement positions": ("ZZ", "{good}"),
    "plan solve": ("{bad}/broken.xlsx",),
    "plan what-if": (SOLVED[1], "--problem", "{good}", "--close", "nowhere", "--out", "{new}/what-if"),
    "plan audit": ("{good}", "{bad}"),
    "plan learn": ("{good}", "--by", "colour"),
    "plan forecast": ("{good}", "{bad}"),
    "plan orders": ("{bad}", "--problem", "{good}", "--out", "{new}/orders"),
    "delivery reconcile": ("{bad}/broken.xlsx",),
    "delivery papers": ("{good}",),
    "sanctions lists": ("{bad}/broken.xlsx", "--of", "uk", "--dir", "{good}"),
    "sanctions matrix": ("--party", "Nobody At All", "--dir", "{good}"),
    "sanctions propose": ("p-none", "--withdraw", "--by", "A", "--dir", "{good}"),
    "sanctions screen": ("{bad}/broken.xlsx", "--dir", "{good}"),
    "match": ("{bad}/broken.xlsx", "--settings", "{bad}/../goods.toml"),
    "template": ("{new}/list.txt",),
    "map": ("{bad}/broken.xlsx",),
    "table": ("entries", "{empty}"),
}
EMPTY = {
    "withdraw": ("--list", "--dir", "{empty}"),
    "run": ("{empty}",),
    "brief": ("{empty}", "--out", "{new}/brief"),
    "read": ("{empty}",),
    "total": ("{empty}",),
    "show": ("P-1", "{empty}"),
    "agreement contracts": ("{empty}", "--ocds", "{new}/contracts.json"),
    "report stalled": ("{empty}",),
    "report pipeline": ("{empty}",),
    "report changes": ("{empty}", "{good}"),
    "report tempo": ("{empty}",),
    "report overdue": ("{empty}",),
    "report outlook": ("{empty}",),
    "report effect": ("{empty}",),
    "review": ("--dir", "{empty}"),
    "ask": ("--dir", "{empty}"),
    "plan standards": ("{empty}",),
    "release": ("{empty}",),
    "meeting actions": ("{empty}",),
    "meeting remind": ("{empty}", "--out", "{new}/reminders"),
    "meeting pack": ("--dir", "{empty}", "--out", "{new}/session"),
    "agreement clauses": ("{empty}",),
    "funding tranches": ("{empty}",),
    "funding projects": ("{empty}",),
    "agreement positions": ("", "{empty}"),
    "plan solve": ("{empty}",),
    "plan what-if": (SOLVED[1], "--problem", "{empty}", "--close", "road", "--out", "{new}/what-if"),
    "plan audit": ("{empty}", SOLVED[1]),
    "plan learn": ("{empty}",),
    "plan forecast": ("{empty}", SOLVED[1]),
    "plan orders": (SOLVED[1], "--problem", "{empty}", "--out", "{new}/orders"),
    "delivery reconcile": ("{empty}",),
    "delivery papers": ("{empty}", "--as", "ubl", "--out", "{new}/papers"),
    "sanctions lists": ("--dir", "{empty}"),
    "sanctions matrix": ("--dir", "{empty}"),
    "sanctions propose": ("--dir", "{empty}"),
    "sanctions screen": ("--dir", "{empty}"),
    "backup": ("{empty}", "--to", "{new}/cell.backup", "--key-file", "{new}/backup.key"),
    "restore": ("{backup}", "--check", "--key-file", "{key}", "--dir", "{moved}"),
    "doctor": ("{empty}",),
    "bundle": ("{empty}", "--for", "BO", "--as", "XC", "--out", "{new}/x.bundle", "--key-file", "{signing}"),
    "keys list": ("{empty}",),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workspace that was run, a folder with a broken file, and a workspace without submissions."""
    folder = tmp_path_factory.mktemp("json")
    sessions = ("session,day,town", "S-1,2031-03-20,Port")
    steps = ("step,follows,party,title,due", "T-1,S-1,AR,Confirm the dispatch,2031-02-12")
    good = of_day(workspace(folder / "good", sessions=sessions, steps=steps))
    assert konvoi("run", good).code == 0
    listed = ("sanctions", "lists", *GOOD["sanctions lists"])
    assert konvoi(*(word.format(good=good) for word in listed)).code == 0
    (folder / "bad").mkdir()
    (folder / "bad" / "goods.csv").write_text("good,name,unit\ntarp,Tarp,piece\n")
    (folder / "bad" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut")
    compared = '[[block]]\non = ["unit"]\n[[comparison]]\nkind = "alike"\ncolumn = "name"\n'
    (folder / "goods.toml").write_text(f'id = "good"\n{compared}')
    for name in ("empty", "fresh", "moved"):
        konvoi("init", folder / name)
    assert konvoi("import-workspace", folder / "moved").code == 0
    kept = {"backup": folder / "moved.backup", "key": folder / "moved.key"}
    words = ("--to", kept["backup"], "--key-file", kept["key"])
    assert konvoi("backup", folder / "moved", *words).code == 0
    kept["cut"] = folder / "cut.backup"
    kept["cut"].write_bytes(kept["backup"].read_bytes()[:-1])
    kept |= {"signing": folder / "signing.key", "bundle": folder / "bo.bundle", "keyed": folder / "keyed"}
    public = konvoi("keys", "make", "--key-file", kept["signing"], "--json").json["key"]
    konvoi("init", kept["keyed"])
    toml = kept["keyed"] / "konvoi.toml"
    toml.write_text(toml.read_text().replace("[coalition]", '[coalition]\nparty = "BO"', 1))
    assert konvoi("keys", "add", "XC", public, "--until", "2999-12-31", "--dir", kept["keyed"]).code == 0
    asked = ("--for", "BO", "--as", "XC", "--out", kept["bundle"], "--key-file", kept["signing"])
    assert konvoi("bundle", good, *asked).code == 0
    return {"good": good, **kept} | {name: folder / name for name in ("bad", "empty", "fresh", "moved")}


def called(verb: str, words: tuple[str, ...], places: dict[str, Path], new: Path) -> Called:
    """The verb with --json, in folders of its own."""
    return konvoi(*verb.split(), *(word.format(**places, new=new) for word in words), "--json")


def test_each_verb_stands_in_each_list() -> None:
    assert set(GOOD) == set(BAD) == set(ANSWERING)


@pytest.mark.parametrize("verb", COMMANDS)
def test_each_verb_but_those_that_last_has_json(verb: str) -> None:
    assert ("--json" in konvoi(*verb.split(), "--help").out) == (verb not in LASTING)


# The whole exercise is planned for it; tests/cli/test_demo.py does so every day.
LONG = pytest.param("demo", marks=pytest.mark.slow)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("verb", [LONG if verb == "demo" else verb for verb in ANSWERING])
def test_an_answer_is_one_document(verb: str, places: dict[str, Path], tmp_path: Path) -> None:
    done = called(verb, GOOD[verb], places, tmp_path)
    assert done.code in (0, 1, 3 if verb == "demo" else 0)
    assert isinstance(json.loads(done.out), dict)
    assert "error" not in done.json


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("verb", ANSWERING)
def test_what_cannot_be_answered_is_one_document_that_says_why(
    verb: str, places: dict[str, Path], tmp_path: Path
) -> None:
    done = called(verb, BAD[verb], places, tmp_path)
    assert done.code in (2, 3)
    assert isinstance(json.loads(done.out), dict)
    if "error" in done.json:
        assert done.json["error"]["exit"] == done.code
        assert done.json["error"]["message"] in done.err


@pytest.mark.slow(all=True)
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
