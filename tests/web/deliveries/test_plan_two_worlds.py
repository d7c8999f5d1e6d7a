"""Two worlds: offers, dispatches and lanes that a party keeps to itself change nothing for others.

The secret leaves the coordination cell's plan as it is, since that acts on all rows.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.web.answers import Answer, answer
from tests.web.planning.plan_files import hand_in
from tests.web.world import World, compute, copied

from konvoi.web.lists.query import LISTS

VIEWERS = ("", "desk-xa", "reader-xa", "recipient", "administrator")
SECRET = {
    "goods": "good,name,unit,weight_kg,pallets,step\nradio,Undisclosed radio,piece,2,0.1,1\n",
    "sites": "site,name,kind,country,lat,lon,region\nXB-CAMP,Undisclosed,depot,XB,52.0,20.0,Undisclosed\n",
    "lanes": "lane,from,to,mode,days_p50\nL-X,XB-CAMP,XV-HUB,road,2\n",
    "offers": "offer,party,good,quantity,site,ready,state\nXB-O7,XB,radio,40,XB-CAMP,,accepted\n",
    "packages": "package,party,kind,title,day,stage,counterparty\n"
    "XB-9,XB,humanitarian,Undisclosed,2031-01-10,committed,XV\n",
    "lines": "line,package,good,quantity,unit\nXB-9/1,XB-9,radio,40,piece\n",
    "movements": "movement,line,day,stage,quantity,unit,from,to,waybill\n"
    "XB-M7,XB-9/1,2031-02-10,dispatched,40,piece,XB-CAMP,XV-HUB,W-77\n",
}
PLAN = ("planned-movements", "plan-changes", "unmet-needs", "capacities", "loads", "needs", "offers", "lanes")
DELIVERIES = ("consignments", "dispatches", "receipts", "pieces", "on-time")
ADDRESSES = (
    *(f"/planning/{one}" for one in ("", "coverage", "unmet", "map", "loads", "schedule", "records")),
    *(
        "/planning/offers/XB-O7",
        "/planning/offers/XA-O1",
        "/planning/needs/N-1",
        "/planning/schedule?party=XB",
    ),
    *("/deliveries/", "/deliveries/records", "/deliveries/orders", "/deliveries/consignments/W-77"),
    *(
        f"/deliveries/consignments/{one}/{part}"
        for one in ("W-1", "W-77")
        for part in ("sheet", "papers/ubl")
    ),
    *("/deliveries/orders/partner/XA/orders.en.html", "/deliveries/orders/partner/XB/orders.en.html"),
    *(
        "/planning/needs/add",
        "/planning/offers/add",
        "/deliveries/receipts/add",
        "/deliveries/dispatches/add",
    ),
)


def given(world: World, viewer: str) -> Mapping[str, Answer]:
    """Return what a viewer is given of plan and deliveries."""
    client = world.exporting(viewer) if viewer else world.client()
    client.cookies["csrftoken"] = "x" * 32
    lists = [f"/planning/lists/{one}" for one in PLAN] + [f"/deliveries/lists/{one}" for one in DELIVERIES]
    files = [f"{one}.{form}" for one in lists for form in ("csv", "json")]
    return {path: answer(client.get(path), ids=True) for path in (*ADDRESSES, *lists, *files)}


@pytest.mark.slow
def test_what_a_party_keeps_to_itself_changes_nothing_for_others(
    with_deliveries: Path, tmp_path: Path
) -> None:
    before = copied(with_deliveries, tmp_path / "before")
    compute(before.folder, ("public", "XA", "XV"), "again")
    plain = {viewer: given(before, viewer) for viewer in VIEWERS}
    shutil.rmtree(before.folder)
    assert {*PLAN, *DELIVERIES} <= {*LISTS}
    after = copied(with_deliveries, tmp_path / "after")
    hand_in(after.folder, tmp_path / "secret", "XB", "own", SECRET)
    compute(after.folder, ("public", "XA", "XV"), "again")
    different = [
        (viewer, path)
        for viewer in VIEWERS
        for path, one in given(after, viewer).items()
        if one != plain[viewer][path] or b"Undisclosed" in one.body or b"W-77<" in one.body
    ]
    assert different == []
    assert plain["desk-xa"]["/planning/schedule"].status == 200
    assert plain["desk-xa"]["/deliveries/orders/partner/XA/orders.en.html"].status == 200
