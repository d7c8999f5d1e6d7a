"""Planted secrets: what a party hides is in nothing that other readers get, and changes nothing of it."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.cli.calling import Called, konvoi
from tests.flow.workspaces import TABLES, workspace

HEAD = "party,CO\nday,2031-02-20\nmarking,{marking}\n"
SESSIONS = "session,day,town,title\nS-1,2031-02-01,Odrin,Donors\n"
AGENDA = "item,session,topic,title\nI-1,S-1,security,Escorts\n"
PROGRAMME = "programme,party,title,rule,currency\nEP-1,AR,Loan,all or nothing,EUR\n"
TRANCHES = "tranche,programme,stage,currency,day,amount\nT-1,EP-1,decided,EUR,2031-02-10,1000000\n"
PROJECTS = "project,title,stage,owner,sector,cost,currency\nPR-1,School,prepared,BO,education,2000000,EUR\n"
FINANCING = "financing,project,party,stage,day,amount,currency\nF-1,PR-1,AR,committed,2031-01-22,200000,EUR\n"
ROUNDS = "round,document,number,opened,deadline,parties\nR-1,D-1,1,2031-02-01,2031-03-01,AR;BO;CO\n"
DOCUMENTS = "document,title,parties,kind\nD-1,Pact,AR;BO;CO,agreement\n"
POSITIONS = "position,round,party,stance,day,clause\nPO-1,R-1,AR,reject,2031-02-10,I/1\n"
PUBLIC = {
    "sessions": SESSIONS,
    "agenda": AGENDA,
    "programmes": PROGRAMME,
    "tranches": TRANCHES,
    "projects": PROJECTS,
    "financing": FINANCING,
    "rounds": ROUNDS,
    "documents": DOCUMENTS,
    "positions": POSITIONS,
}
"""What everybody may see, besides the tents of Arvenia."""

HIDDEN = {
    "amount": (
        "packages",
        "package,party,day,kind,amount,currency,stage\nH-1,CO,2031-02-01,humanitarian,7777777,EUR,committed\n",
    ),
    "amount unknown": (
        "packages",
        "package,party,day,kind,stage\nH-1,CO,2031-02-01,humanitarian,pledged\n",
    ),
    "meeting": ("sessions", "session,day,town,title\nS-H,2031-02-22,Hiddenham,Secret\n"),
    "tranche": (
        "tranches",
        "tranche,programme,stage,currency,day,amount\nT-H,EP-1,decided,EUR,2031-02-11,3333333\n",
    ),
    "financing": (
        "financing",
        "financing,project,party,stage,day,amount,currency\nF-H,PR-1,CO,committed,2031-01-23,55555,EUR\n",
    ),
    "position": ("positions", "position,round,party,stance,day,clause\nPO-H,R-1,CO,reject,2031-02-11,I/1\n"),
    "need": ("needs", "need,good,quantity,site,due,weight\nN-H,tent,777,town,2031-03-15,1\n"),
    "duplicate": (
        "packages",
        "package,party,day,kind,amount,currency,stage\nH-1,AR,2031-01-10,humanitarian,1000.00,EUR,committed\n",
    ),
    "error": (
        "packages",
        "package,party,day,kind,amount,currency,stage\nH-E,CO,2031-02-0Z,energy,4O,EUR,done\n",
    ),
    "unread line": ("lines", "line,package,good,quantity,promised\nL-H,P-1,tent,4O,2031-01-20\n"),
}
"""One table of rows that CO hides, by what they hide."""

SECRETS = ("7777777", "7,777,777", "7.777.777", "Hiddenham", "3333333", "55555", "T-H", "F-H", "PO-H", "N-H")

Build = Callable[..., Path]


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Makes a workspace of which all is public but what CO hides, by the names of HIDDEN; each once."""
    base = tmp_path_factory.mktemp("planted")

    @cache
    def made(*hidden: str, planned: bool = True) -> Path:
        names = "-".join(hidden) or "bare"
        folder = workspace(base / ("planned" if planned else "unplanned") / names.replace(" ", "-"))
        settings = folder / "konvoi.toml"
        text = settings.read_text().replace(
            "[rules]", 'marking = "public"\nlanguages = ["en"]\n[rules]\nrounds = 2'
        )
        settings.write_text(text)
        desk = folder / "submissions" / "AR"
        for name, rows in PUBLIC.items():
            (desk / f"{name}.csv").write_text(rows)
        for number, name in enumerate(hidden):
            table, rows = HIDDEN[name]
            own = folder / "submissions" / "CO" / str(number)
            own.mkdir(parents=True)
            (own / "konvoi.csv").write_text(HEAD.format(marking="own"))
            (own / f"{table}.csv").write_text(rows)
        if not planned:
            (desk / "horizon.csv").unlink()
        return folder

    return made


@cache
def run_publicly(folder: Path) -> tuple[int, str, list[str]]:
    """What a run of a workspace tells the public; its files are there afterwards."""
    return told(konvoi("run", folder, "--json"), folder)


def texts(folder: Path) -> str:
    """All that stands in the files below a folder that are a reader's, archives opened."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or "cell" in path.relative_to(folder).parts:
            continue
        content = path.read_bytes()
        found.append(content.decode("utf-8", errors="replace"))
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found += [archive.read(one).decode("utf-8", errors="replace") for one in archive.namelist()]
    return "\n".join(found)


def files(folder: Path) -> dict[str, bytes]:
    """The files of a reader below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "cell" not in path.relative_to(folder).parts
    }


def told(called: Called, folder: Path) -> tuple[int, str, list[str]]:
    """Exit code, answer and messages, less progress and the name of the folder."""
    lines = [line for line in called.err.splitlines() if not line.endswith(" …")]
    return called.code, called.out.replace(str(folder), ""), [one.replace(str(folder), "") for one in lines]


@pytest.mark.slow
def test_an_amount_that_is_a_partys_own_is_in_no_byte_of_the_public_brief(cell: Build) -> None:
    folder = cell("amount")
    assert "7777777" in konvoi("total", folder, "--partner", "CO", "--json").out
    run_publicly(folder)
    assert [secret for secret in SECRETS if secret in texts(folder / "out")] == []


def test_the_town_of_a_hidden_meeting_is_not_in_the_public_session_pack(cell: Build, tmp_path: Path) -> None:
    folder = cell("meeting")
    called = konvoi("meeting", "pack", "--dir", folder, "--for", "public", "--out", tmp_path / "pack")
    assert "Odrin" in texts(tmp_path / "pack")
    assert "Hiddenham" not in texts(tmp_path / "pack") + called.out + called.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hidden", "words", "shown"),
    [
        ("tranche", ("tranches",), "T-1"),
        ("financing", ("projects",), "PR-1"),
        ("position", ("positions", "D-1"), "I/1"),
    ],
)
def test_a_hidden_record_makes_no_record_of_others_vanish(
    cell: Build, hidden: str, words: tuple[str, ...], shown: str
) -> None:
    bare, with_hidden = (konvoi(*words, one, "--for", "public", "--json") for one in (cell(), cell(hidden)))
    assert shown in bare.out
    assert (with_hidden.code, with_hidden.out) == (bare.code, bare.out)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("hidden", ["amount unknown", "need", "error", "unread line", "duplicate"])
def test_the_public_brief_counts_nothing_that_is_hidden(cell: Build, hidden: str) -> None:
    """Neither entries without value nor needs, findings or questions; nor a difference that equals one."""
    # The plan is the coordination cell's: it changes with a hidden need.
    plain, planted = cell(planned=False), cell(hidden, planned=False)
    assert run_publicly(plain) == run_publicly(planted)
    assert files(plain / "out") == files(planted / "out")


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["orders", "session"])
def test_messages_beside_the_answer_name_nothing_hidden(cell: Build, tmp_path: Path, verb: str) -> None:
    shown = []
    for number, folder in enumerate((cell(), cell("error"))):
        run_publicly(folder)
        out = tmp_path / f"{verb}-{number}"
        words = (
            ("session", "--dir", folder)
            if verb == "session"
            else (*("orders", folder / "out-cell" / "plan", "--problem", folder),)
        )
        code, answer, lines = told(konvoi(*words, "--for", "public", "--out", out), folder)
        shown.append((code, answer.replace(str(out), ""), [one.replace(str(out), "") for one in lines]))
    assert shown[0] == shown[1]
    assert "4O" not in str(shown)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    "verb", ["total", "gap", "contracts", "projects", "read", "tranches", "steps", "run"]
)
def test_exit_codes_and_counts_of_errors_do_not_follow_hidden_rows(cell: Build, verb: str) -> None:
    plain, planted = cell(), cell("error")
    bare, with_error = (told(konvoi(verb, one, "--for", "public"), one) for one in (plain, planted))
    assert with_error == bare
    assert "4O" in konvoi("read", planted).err


@pytest.mark.slow
def test_run_lists_no_file_of_the_plan_to_the_public(cell: Build) -> None:
    called = konvoi("run", cell(), "--json")
    assert any(name.startswith("brief") for name in called.json["files"])
    assert all(name.startswith("brief") for name in called.json["files"])
    assert called.json["own"] == {}
    assert called.json["plan"] is None


@pytest.mark.slow
def test_the_public_reviews_no_pair_of_which_one_side_is_hidden(cell: Build) -> None:
    bare, planted = cell(), cell("duplicate")
    assert "H-1" in konvoi("review", "--dir", planted, "--json").out
    answers = [konvoi("review", "--dir", one, "--as", "public", "--json").json for one in (bare, planted)]
    assert answers[0] == answers[1]


@pytest.mark.slow
def test_each_party_is_asked_from_its_own_view(cell: Build, tmp_path: Path) -> None:
    """Arvenia's promised days stay the question; the line that CO hides is asked of nobody but CO."""
    asked = {}
    for folder in (cell(), cell("unread line")):
        called = konvoi("ask", "--dir", folder, "--out", tmp_path / f"{folder.name}-asks", "--json")
        asked[folder.name] = {(one["party"], one["question"]) for one in called.json["questions"]}
    more = asked["unread-line"] - asked["bare"]
    assert asked["bare"] <= asked["unread-line"]
    assert {party for party, _ in more} == {"CO"}


def test_the_small_workspace_has_the_tables_that_are_hidden_in_it() -> None:
    known = {*TABLES, *PUBLIC}
    assert {table for table, _ in HIDDEN.values()} <= known
