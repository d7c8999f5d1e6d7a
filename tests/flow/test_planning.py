"""How late things come is taken from the forecast of a first plan; settings and wishes choose the goals."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.flow.workspaces import workspace

from konvoi.flow.chain import tables_of
from konvoi.flow.planning import Wish, chances, planning
from konvoi.flow.workspace import workspace as opened
from konvoi.forecast.outlook import MOVEMENTS, Outlook
from konvoi.plan.plan import MOVEMENTS as SENT
from konvoi.plan.plan import Plan

NEEDS = pl.DataFrame({"need": ["A", "B"], "site": ["S", "S"]})


def _planned(folder: Path, wish: Wish | None = None, **settings: object) -> Plan:
    """The plan of the small workspace, with other settings."""
    work = opened(workspace(folder))
    work = replace(work, settings=replace(work.settings, **settings))  # type: ignore[arg-type]
    made, _, _ = tables_of(work)
    plan, _ = planning(made, work, wish=wish)
    assert plan is not None
    return plan


def test_movements_to_a_site_count_alike_and_their_shares_add_up_to_one() -> None:
    """One comes as planned in any run; the other by two days late in 50 and by four in 90 of 100."""
    day = date(2031, 3, 1)
    rows = {"movement": ["1", "2"], "need": ["A", "B"], "arrives": [day, day]}
    moves = pl.DataFrame({name: rows.get(name, [None] * 2) for name in SENT}, schema=SENT)
    outlook = pl.DataFrame(
        {
            "movement": ["1", "2"],
            "on_time": [1.0, 0.5],
            "first": [day, day],
            "middle": [day, date(2031, 3, 3)],
            "last": [day, date(2031, 3, 5)],
        },
        schema=MOVEMENTS,
    )
    plan = Plan("p", "0", {}, 0, "", Decimal(0), Decimal(0), movements=moves)
    found = chances(NEEDS, plan, Outlook("p", 0, 10, movements=outlook))
    shares = {days: round(share, 3) for _, days, share in found.iter_rows()}
    assert shares == {0: 0.55, 1: 0.1, 2: 0.1, 3: 0.1, 4: 0.1, 5: 0.025, 6: 0.025}
    assert found["share"].sum() == pytest.approx(1.0)


def test_settings_choose_and_a_wish_overrules_them(tmp_path: Path) -> None:
    usual = _planned(tmp_path / "a")
    assert (usual.parameters["ordered"], usual.parameters["mindful"]) == (False, False)
    chosen = _planned(tmp_path / "b", goals="ordered", delays=True)
    assert (chosen.parameters["ordered"], chosen.parameters["mindful"]) == (True, True)
    otherwise = Wish(ordered=False, mindful=False, gap=0.5)
    wished = _planned(tmp_path / "c", otherwise, goals="ordered", delays=True)
    assert [wished.parameters[name] for name in ("ordered", "mindful", "gap")] == [False, False, 0.5]
    assert chosen.value == usual.value


def test_the_plan_in_force_is_kept_to_where_that_costs_nothing(tmp_path: Path) -> None:
    """Both lines are offered alike; told what is in force, the plan takes it from there."""
    usual = _planned(tmp_path / "a")
    near = _planned(tmp_path / "b", Wish(ordered=True, near=usual))
    assert near.movements["offer"].to_list() == usual.movements["offer"].to_list()
