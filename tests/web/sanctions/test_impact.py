"""Impact of a new listing on the plan: movements that used the carrier, and the plan that avoids it."""

import re
from pathlib import Path

from tests.web.planning.plan_files import NEEDS, NETWORK, OFFERS, hand_in
from tests.web.sanctions.listing import take_lists
from tests.web.world import World, compute, text

CARRIED = {
    **NETWORK,
    "parties": "party,name,kind,role\nX-OSK,Osk Freight,carrier,none\n",
    "lanes": "lane,from,to,mode,days_p50,days_p10,days_p90,carrier\n"
    "L-A,XA-DEPOT,XV-HUB,road,3,2,5,X-OSK\nL-E,XV-HUB,XV-EAST,road,2,1,3,\n",
}


def test_a_new_list_names_a_carrier_and_the_plan_avoids_it(world: World, tmp_path: Path) -> None:
    parts = (("X-CELL", CARRIED), ("XV", NEEDS), ("XA", OFFERS["XA"]))
    for party, tables in parts:
        hand_in(world.folder, tmp_path / party, party, "coalition", tables)
    compute(world.folder, ("cell", "XA"), "before")
    page = text(world.client("planner").get("/sanctions/impact"))
    assert "No alert blocks anybody." in page
    take_lists(world.folder)
    compute(world.folder, ("cell", "XA"), "after")
    client = world.client("planner")
    page = text(client.get("/sanctions/impact"))
    assert re.search(
        r"[1-9] movements? blocked; the plan of these results avoids them\. 1 party blocked", page
    )
    assert "Osk Freight" in page
    rows = text(client.get("/planning/lists/planned-movements"))
    assert "L-A" not in rows
    assert world.client().get("/sanctions/impact").status_code == 302
