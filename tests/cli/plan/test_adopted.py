"""Commands of the plan take the plan that was adopted, in a folder and in a database alike."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.calling import Called, konvoi
from tests.flow.workspaces import copied_to
from tests.web.packages import AT
from tests.web.planning.plan_files import hand_in, submit_plan

from konvoi.flow.adopted_plan import adopt_plan
from konvoi.flow.planning.scenarios import Words
from konvoi.flow.planning.what_if import adoptable, what_if
from konvoi.flow.plans import own_plan, plan_folder
from konvoi.flow.store import store
from konvoi.flow.workspace import workspace

TOML = '[coalition]\nname = "Merrow Coalition"\nrecipient = "XV"\ncurrency = "EUR"\nday = 2031-03-03\n'


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workspace whose last run plans over L-B, and in which a plan that closes L-B was adopted since: as a
    folder and in a database.
    """
    base = tmp_path_factory.mktemp("adopted")
    place = base / "folder"
    place.mkdir()
    (place / "konvoi.toml").write_text(TOML, encoding="utf-8")
    submit_plan(place, base / "files")
    assert konvoi("run", place).code in (0, 1)
    assert "L-B" in (plan_folder(place) / "legs.csv").read_text("utf-8")
    answered = what_if(plan_folder(place), workspace(place), [Words("shut", close=("L-B",))])
    (found,) = [one for one in adoptable(answered, answered.tried[0]) if one.kind == "close"]
    moved = base / "database"
    copied_to(moved, place)
    assert konvoi("import-workspace", moved).code == 0
    for one in (place, moved):
        kept = store(one)
        with kept.writing():
            adopt_plan(kept, "shut", found.content, date(2031, 3, 3), at=AT, reason="closed")
    return {"folder": place, "database": moved}


@pytest.fixture(params=("folder", "database"))
def adopted(request: pytest.FixtureRequest, once: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of it in each store."""
    copied_to(tmp_path / "work", once[request.param])
    return tmp_path / "work"


def orders(place: Path, out: Path, *more: object) -> str:
    """Issue orders and return what all readers get."""
    done = konvoi("plan", "orders", *more, "--dir", place, "--out", out)
    assert done.code in (0, 1), done.err
    return (out / "orders.json").read_text("utf-8")


def good(done: Called) -> Called:
    assert done.code in (0, 1), done.err
    return done


def test_orders_are_those_of_the_adopted_plan(adopted: Path, tmp_path: Path) -> None:
    assert "L-B" in orders(adopted, tmp_path / "named", plan_folder(adopted))
    now = orders(adopted, tmp_path / "now")
    assert "L-B" not in now
    assert "L-A" in now


def test_after_the_next_run_orders_and_audit_are_the_same(adopted: Path, tmp_path: Path) -> None:
    now = orders(adopted, tmp_path / "now")
    before = good(konvoi("plan", "audit", adopted, "--json")).json
    assert (before["plan"], before["holds"]) == ("the plan in force", True)
    good(konvoi("run", adopted))
    plan = plan_folder(adopted)
    assert own_plan(adopted) == plan
    assert "L-B" not in (plan / "legs.csv").read_text("utf-8")
    assert json.loads((plan.parent / "plan-in-force.json").read_text("utf-8"))["id"] == "shut"
    assert orders(adopted, tmp_path / "later") == now
    after = good(konvoi("plan", "audit", adopted, "--json")).json
    assert (after["plan"], after["holds"]) == (str(plan), True)
    assert (after["value"], after["bound"]) == (before["value"], before["bound"])


def test_forecasts_and_scenarios_are_of_the_adopted_plan(adopted: Path, tmp_path: Path) -> None:
    seen = good(konvoi("plan", "forecast", adopted, "--samples", "20", "--json")).json
    audited = good(konvoi("plan", "audit", adopted, "--json")).json
    assert {row["movement"] for row in seen["movements"]}
    asked = ("plan", "what-if", "--dir", adopted, "--close", "L-A", "--out", tmp_path / "w", "--json")
    told = good(konvoi(*asked)).json
    assert told["plan"]["value"] == audited["value"]
    assert told["plan"]["stale"] is False


def test_a_new_plan_keeps_what_the_plan_in_force_assumes(adopted: Path, tmp_path: Path) -> None:
    done = good(konvoi("plan", "solve", adopted, "--out", tmp_path / "new"))
    assert "L-B" not in (tmp_path / "new" / "legs.csv").read_text("utf-8")
    assert "as assumed by the plan in force: shut" in done.err
    week = ("--from", tmp_path / "new", "--week", "2031-03-10")
    good(konvoi("plan", "solve", adopted, *week, "--out", tmp_path / "week"))
    assert "L-B" not in (tmp_path / "week" / "legs.csv").read_text("utf-8")


def test_what_came_since_carries_the_adopted_plan_on(adopted: Path, tmp_path: Path) -> None:
    offer = "offer,party,good,quantity,site,ready,state\nXA-O9,XA,pump,3,XA-DEPOT,2031-03-04,accepted\n"
    hand_in(adopted, tmp_path / "more", "XA", "coalition", {"offers": offer})
    now = orders(adopted, tmp_path / "now")
    assert "XA-O9" in now
    assert "L-B" not in now


def test_reports_leave_out_a_plan_that_another_was_adopted_after(adopted: Path) -> None:
    assert own_plan(adopted) is None
    for report in ("overdue", "outlook"):
        done = good(konvoi("report", report, adopted, "--json"))
        assert "A plan was adopted since the last run: the report is without a plan." in done.err
        if report == "overdue":
            assert done.json["planned"] is False
    good(konvoi("run", adopted))
    assert "adopted since" not in good(konvoi("report", "overdue", adopted, "--json")).err


def test_an_earlier_day_has_the_plan_of_then(adopted: Path, tmp_path: Path) -> None:
    assert "L-B" in orders(adopted, tmp_path / "then", "--as-of", "2031-03-01")


def test_an_adopted_plan_that_was_altered_is_not_ordered(once: dict[str, Path], tmp_path: Path) -> None:
    place = tmp_path / "work"
    copied_to(place, once["folder"])
    kept = place / "plans" / "shut.zip"
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    done = konvoi("plan", "orders", "--dir", place, "--out", tmp_path / "out")
    assert done.code not in (0, 1)
    assert "not as recorded" in done.err
