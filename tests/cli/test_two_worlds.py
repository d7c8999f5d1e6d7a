"""Two worlds through the command line: hidden rows change nothing that a reader is shown, told or written.

One workspace holds a hidden row in every table at once; a second one none. A verb gives a reader the same
terminal, messages, JSON, exit codes and files in both.
"""

import re
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.cli.test_view import WITHOUT, options
from tests.flow.secret_rows import ROWS
from tests.flow.worlds import PLANNED, PLANNING, VERBS, differences, given, world

from konvoi.cli.commands import COMMANDS, GROUPS

READERS = ("public", "XB")
ELSEWHERE = {
    "template": "writes an empty workbook",
    "bundle": "is for one party and signed; tests/flow/federation/test_bundle.py compares its contents",
}
"""Commands with `--for` that are not tried here, each with the reason."""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(tmp_path_factory.mktemp("bare") / "cell", [])


@pytest.fixture(scope="module")
def hiding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(tmp_path_factory.mktemp("hiding") / "cell", ROWS)


@pytest.fixture(scope="module")
def unplanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace with hidden rows that change nothing of the plan, which is the coordination cell's."""
    rows = [(table, row) for table, row in ROWS if table not in PLANNED]
    return world(tmp_path_factory.mktemp("unplanned") / "cell", rows)


@pytest.fixture(scope="module")
def plan(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan") / "plan"
    konvoi("plan", "solve", bare, "--rounds", "2", "--out", folder, "--json")
    return folder


def test_every_command_with_a_reader_is_tried() -> None:
    tried = {
        " ".join(words[: 2 if words[0] in GROUPS else 1]) for words in (*VERBS.values(), *PLANNING.values())
    }
    assert {verb for verb in COMMANDS if "--for" in options(verb)} - set(ELSEWHERE) == tried
    assert not tried & set(WITHOUT)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verb_gives_a_reader_the_same_in_both_worlds(
    verb: str, reader: str, bare: Path, hiding: Path, tmp_path: Path
) -> None:
    one = given(verb, bare, reader, old=bare, out=tmp_path / "one")
    other = given(verb, hiding, reader, old=bare, out=tmp_path / "other")
    assert differences(one, other) == []
    assert 2 not in {one.get("terminal exit code"), one["json exit code"]}


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("verb", sorted(PLANNING))
def test_a_verb_that_plans_gives_a_reader_the_same_in_both_worlds(
    verb: str, reader: str, bare: Path, unplanned: Path, plan: Path, tmp_path: Path
) -> None:
    one = given(verb, bare, reader, old=bare, out=tmp_path / "one", plan=plan)
    other = given(verb, unplanned, reader, old=bare, out=tmp_path / "other", plan=plan)
    assert differences(one, other) == []
    assert 2 not in {one["terminal exit code"], one["json exit code"]}


@pytest.mark.slow
@pytest.mark.parametrize("party", ["XB", "XV"])
def test_the_page_of_a_delegation_and_of_the_recipient_is_the_same_in_both_worlds(
    party: str, bare: Path, hiding: Path, tmp_path: Path
) -> None:
    files = []
    for number, folder in enumerate((bare, hiding)):
        out = tmp_path / str(number)
        done = konvoi("brief", folder, "--delegation", party, "--out", out)
        assert done.code == 0, done.err
        files.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert files[0] == files[1]


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_a_plan_made_with_hidden_rows_names_none_of_them_to_a_reader(
    reader: str, hiding: Path, tmp_path: Path
) -> None:
    found = given("solve", hiding, reader, old=hiding, out=tmp_path / "out")
    text = "\n".join(map(str, found.values()))
    values = {value for _, row in ROWS for value in row.values()}
    names = {value for value in values if re.search(r"-H\w*\d|Hidden", value)}
    assert len(names) >= 40
    assert [name for name in sorted(names) if re.search(rf"\b{re.escape(name)}\b", text)] == []
