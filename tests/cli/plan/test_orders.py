"""konvoi plan orders: what each reader gets of a plan."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import copied_to, workspace


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("solved")
    assert konvoi("plan", "solve", workspace(base / "w"), "--out", base / "plan").code == 0
    return base


@pytest.fixture
def planned(solved: Path, tmp_path: Path) -> tuple[Path, Path]:
    copied_to(tmp_path, solved)
    return tmp_path / "w", tmp_path / "plan"


def test_partner_hub_and_consignee_get_a_page_in_each_language_a_workbook_and_a_calendar(
    planned: tuple[Path, Path], tmp_path: Path
) -> None:
    """One consignment of tents: Arvenia sends it, the port loads it, Bolaria receives it."""
    out = tmp_path / "orders"
    called = konvoi("plan", "orders", planned[1], "--problem", planned[0], "--out", out, "--json")
    assert (called.code, called.json["consignments"], called.json["readers"]) == (0, 1, 3)
    names = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    readers = ("partner/AR", "hub/port-", "consignee/BO")
    for ending in ("en.html", "de.html", "uk.html", "xlsx", "ics"):
        for reader in readers:
            assert [n for n in names if n.startswith(reader) and n.endswith(f"orders.{ending}")]
    assert {"index.en.html", "orders.json", "conflicts.csv"} <= names


@pytest.mark.slow
def test_the_workspace_in_this_folder_and_its_plan_are_taken_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = workspace(tmp_path / "cell")
    assert konvoi("run", cell).code == 0
    monkeypatch.chdir(cell)
    called = konvoi("plan", "orders")
    assert called.code == 0
    assert called.out.startswith("1 consignment for 3 readers, 0 conflicts")
    assert (cell / "orders" / "index.uk.html").is_file()


def test_what_changed_since_the_last_issue_is_told(planned: tuple[Path, Path], tmp_path: Path) -> None:
    """Nothing changed, then the last issue is altered by hand: a smaller quantity, another consignment."""
    first, second = tmp_path / "1", tmp_path / "2"
    asked = ("orders", planned[1], "--problem", planned[0], "--json")
    assert konvoi(*asked, "--out", first).json["changes"] == []
    assert konvoi(*asked, "--out", second, "--previous", first).json["changes"] == []
    document = json.loads((first / "orders.json").read_text())
    row = document["consignments"][0]
    document["consignments"] = [
        row | {"quantity": "3"},
        row | {"consignment": "old", "departs": "2031-09-01"},
    ]
    (first / "orders.json").write_text(json.dumps(document))
    changed = konvoi(*asked, "--out", second, "--previous", first).json["changes"]
    assert [(c["change"], c["field"], c["before"], c["after"]) for c in changed] == [
        ("changed", "quantity", "3", "4"),
        ("dropped", "", "", ""),
    ]


def test_one_reader_alone_gets_its_folder_and_nothing_of_the_cell(
    planned: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "orders"
    assert (
        konvoi("plan", "orders", planned[1], "--problem", planned[0], "--out", out, "--for", "AR").code == 0
    )
    assert {p.relative_to(out).parts[:2] for p in out.rglob("*.*")} == {("partner", "AR")}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--for", "ZZ"), 2, "--for: 'ZZ' is none of"),
        (("--previous", "{w}"), 3, "no orders.json in it"),
    ],
)
def test_what_cannot_be_issued_is_refused_with_the_remedy(
    planned: tuple[Path, Path], tmp_path: Path, arguments: tuple[str, str], code: int, said: str
) -> None:
    given = (arguments[0], arguments[1].format(w=planned[0]))
    called = konvoi("plan", "orders", planned[1], "--problem", planned[0], "--out", tmp_path / "o", *given)
    assert called.code == code
    assert said in called.err
    assert not (tmp_path / "o").exists()


def test_a_last_issue_that_is_no_issue_is_refused(planned: tuple[Path, Path], tmp_path: Path) -> None:
    for content in ("{", "[]", '{"consignments": 3}'):
        (tmp_path / "orders.json").write_text(content)
        called = konvoi("plan", "orders", planned[1], "--problem", planned[0], "--previous", tmp_path)
        assert (called.code, "orders.json: no" in called.err) == (3, True)


def test_without_a_workspace_the_problem_has_to_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    called = konvoi("plan", "orders")
    assert called.code == 2
    assert "--problem" in called.err
