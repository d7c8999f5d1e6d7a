"""Limits that partners' files state unreadably: closed, listed, waived by the coordination cell."""

from pathlib import Path

import pytest
import xlsxwriter
from tests.cli.calling import konvoi
from tests.flow.workspaces import of_day, workspace

CELL = "capacities, road, tonnes: “4O”."
WAIVERS = "table,key,column,value,by,day,reason\n"


def limited(folder: Path) -> Path:
    """Arvenia's tents, and a carrier's workbook in which a zero is a letter."""
    made = of_day(workspace(folder))
    desk = made / "submissions" / "CARRIER"
    desk.mkdir()
    with xlsxwriter.Workbook(str(desk / "limits.xlsx")) as book:
        sheet = book.add_worksheet("Kapazitäten")
        for number, row in enumerate([("worauf", "von", "bis", "Tonnen"), ("road", None, None, "4O")]):
            sheet.write_row(number, 0, row)
    return made


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = limited(tmp_path_factory.mktemp("limited") / "w")
    called = konvoi("run", folder, "--for", "cell")
    assert called.code == 1
    assert CELL in called.out
    return folder


@pytest.mark.slow
def test_a_run_lists_what_it_planned_without_and_sends_nothing(ran: Path) -> None:
    plan = ran / "out-cell" / "plan"
    assert "4O" in (plan / "planned_without.csv").read_text("utf-8")
    assert len((plan / "movements.csv").read_text("utf-8").splitlines()) == 1
    assert "Planned without" in (ran / "out" / "brief.en.html").read_text("utf-8")


@pytest.mark.slow
def test_the_audit_fails_on_the_workspace_and_on_the_problem_that_was_written(ran: Path) -> None:
    """The unreadable cell stands in the written problem, too, and its digest is the plan's."""
    own = ran / "out-cell"
    for problem in (ran, own / "problem"):
        called = konvoi("plan", "audit", problem, own / "plan", "--json")
        assert (called.code, called.json["holds"]) == (1, False)
        assert {one["code"] for one in called.json["findings"]} == {"limit-unreadable"}
        assert [one["read"] for one in called.json["planned_without"]] == ["4O"]


@pytest.mark.slow
def test_other_readers_are_not_told(ran: Path, tmp_path: Path) -> None:
    told = konvoi("run", ran, "--for", "public", "--out", tmp_path / "out")
    assert "4O" not in told.out
    assert "Planned without" not in (tmp_path / "out" / "brief.en.html").read_text("utf-8")
    for verb in ("solve", "audit"):
        rest = (ran / "out-cell" / "plan",) if verb == "audit" else ()
        assert "4O" not in konvoi(verb, ran, *rest, "--for", "BO").out


@pytest.mark.slow
def test_a_waiver_of_the_cell_opens_the_lane_and_one_of_a_partner_does_not(tmp_path: Path) -> None:
    folder = limited(tmp_path / "w")
    waiver = f"{WAIVERS}capacities,road,tonnes,40,A. Desk,2031-02-01,By telephone\n"
    theirs = folder / "submissions" / "CARRIER" / "waivers.csv"
    theirs.write_text(waiver)
    assert konvoi("plan", "solve", folder, "--json").json["movements"] == []
    theirs.unlink()
    (folder / "waivers.csv").write_text(waiver)
    plan = tmp_path / "plan"
    solved = konvoi("plan", "solve", folder, "--out", plan)
    assert "Waived by A. Desk." in solved.out
    assert len((plan / "movements.csv").read_text("utf-8").splitlines()) == 2
    assert konvoi("plan", "audit", folder, plan).code == 0
    assert "A. Desk" not in konvoi("table", "waivers", folder, "--for", "BO").out


def test_a_waiver_counts_from_its_day_on(tmp_path: Path) -> None:
    folder = limited(tmp_path / "w")
    (folder / "waivers.csv").write_text(f"{WAIVERS}capacities,road,tonnes,40,A. Desk,2031-02-01,r\n")
    known = '[known_on]\n"CARRIER/limits.xlsx" = 2031-01-10\n'
    known += "".join(f'"AR/{one.name}" = 2031-01-10\n' for one in (folder / "submissions" / "AR").iterdir())
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text() + known)
    sent = {
        day: len(konvoi("plan", "solve", folder, "--as-of", day, "--json").json["movements"])
        for day in ("2031-01-31", "2031-02-01")
    }
    assert sent == {"2031-01-31": 0, "2031-02-01": 1}


@pytest.mark.slow
def test_orders_are_refused_while_it_is_not_certain_what_a_row_limits(tmp_path: Path) -> None:
    closures = ("on,from,to", "the bridge,2031-02-10,2031-03-31")
    folder = of_day(workspace(tmp_path / "w", closures=closures))
    plan = tmp_path / "plan"
    konvoi("plan", "solve", folder, "--out", plan)
    refused = konvoi("plan", "orders", plan, "--problem", folder, "--out", tmp_path / "orders")
    assert refused.code == 3
    assert "closures, the bridge, on: unknown" in refused.err
    other = konvoi("plan", "orders", plan, "--problem", folder, "--out", tmp_path / "orders", "--for", "AR")
    assert (other.code, "the bridge" in other.err) == (3, False)
    (folder / "waivers.csv").write_text(f"{WAIVERS}closures,the bridge,on,,A. Desk,2031-02-01,Elsewhere\n")
    assert konvoi("plan", "orders", plan, "--problem", folder, "--out", tmp_path / "orders").code == 0
