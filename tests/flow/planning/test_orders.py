"""Orders of the example: every partner with a movement has its orders, and no leg is lost."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from konvoi.flow.planning.orders import issue
from konvoi.flow.planning.plan_workspace import planning
from konvoi.flow.run import tables_of
from konvoi.flow.workspace import workspace
from konvoi.gateways.files import write_folder
from konvoi.plan.folder import files

EXAMPLE = Path(__file__).parents[3] / "examples" / "2022"
HUBS = ("hub", "port", "railhead", "airport")


@pytest.mark.slow
def test_the_examples_orders_hold_every_movement_and_every_leg(tmp_path: Path) -> None:
    """Counted from the plan's own tables: who sends, who carries, which sites are hubs."""
    work = workspace(EXAMPLE)
    work = replace(work, folder=None, settings=replace(work.settings, rounds=1, languages=("en",)))
    made, _, _ = tables_of(work)
    plan, _ = planning(made, work)
    assert plan is not None
    write_folder(tmp_path / "plan", files(plan))
    issued = issue(tmp_path / "plan", work)
    calls = issued.orders.calls
    senders = dict(made.tables["offers"].select("offer", "party").iter_rows())
    payers = dict(made.tables["budgets"].select("budget", "party").iter_rows())
    moves = plan.movements.iter_rows(named=True)
    wanted = {(m["movement"], senders.get(m["offer"]) or payers[m["budget"]]) for m in moves}
    partners = calls.filter(kind="partner")
    assert set(partners.select("consignment", "reader").iter_rows()) == wanted
    assert {f"partner/{party}" for _, party in wanted} <= {name.rsplit("/", 1)[0] for name, _ in issued.files}
    legs = set(plan.legs.select("movement", "leg").iter_rows())
    for kind in ("partner", "consignee"):
        told = calls.filter(kind=kind).explode("legs").drop_nulls("legs").select("consignment", "legs")
        assert sorted(told.iter_rows()) == sorted(legs)
    hubs = set(made.tables["sites"].filter(pl.col("kind").is_in(HUBS))["site"])
    ends = {
        (row["movement"], row["leg"], row[end])
        for row in plan.legs.iter_rows(named=True)
        for end in ("from", "to")
        if row[end] in hubs
    }
    found = calls.filter(kind="hub").explode("legs").select("consignment", "legs", "reader")
    assert set(found.iter_rows()) == ends
