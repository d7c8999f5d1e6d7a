"""Addresses of records: any reference has one, and leads back to its record."""

import html
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse
from tests.web.planning.plan_files import NETWORK, hand_in
from tests.web.world import World, compute

from konvoi.web.access.routes import _Reference
from konvoi.web.lists.found import _made

REFERENCE = "2031/07 <b>?#%25"
REFERENCES = (
    *("N-1", "2031/07", REFERENCE, "/x", "a//b", "a/../b", "..", ".", "~1", "a~0/b"),
    *("x/decide", "x/sheet", "x/papers/ubl", "x/text.docx", "x/position", "x/room", "two\nlines"),
)
KEY = "00000000-0000-4000-8000-000000000000"
OTHERS = {"form": "ubl", "file": "a.docx", "page": 1, "job": KEY, "release": KEY}
TABLES = {
    "X-CELL": {
        **NETWORK,
        "documents": f"document,title,parties,kind\n{REFERENCE},Pact,XA;XB;XV,agreement\n",
        "rounds": f"round,document,deadline,opened,rule\n"
        f"{REFERENCE},{REFERENCE},2031-03-20,2031-02-20,silence accepts\n",
        "guarantees": "guarantee,document,clause,kind,trigger,who,whom,hours,on_request\n"
        f"{REFERENCE},{REFERENCE},I/1,consultation,Armed attack,XA,XV,24,no\n",
        "sessions": f"session,day,town,title\n{REFERENCE},2031-03-10,Merrow,Security advisers\n",
        "decisions": f"decision,session,words,state\n{REFERENCE},{REFERENCE},One schedule.,adopted\n",
    },
    "XV": {
        "needs": "need,good,quantity,site,due,weight,state,recipient\n"
        f"{REFERENCE},tent,60,XV-EAST,2031-04-04,1,validated,XV\n",
    },
    "XA": {
        "offers": "offer,party,good,quantity,site,ready,state\n"
        f"{REFERENCE},XA,tent,100,XA-DEPOT,2031-03-04,accepted\n",
        "packages": "package,party,kind,title,day,stage,counterparty\n"
        f"{REFERENCE},XA,humanitarian,Tents,2031-01-10,committed,XV\n",
        "lines": f"line,package,good,quantity,unit\n{REFERENCE},{REFERENCE},tent,40,piece\n",
        "movements": "movement,line,day,stage,quantity,unit,from,to,waybill\n"
        f"{REFERENCE},{REFERENCE},2031-02-10,dispatched,40,piece,XA-DEPOT,XV-HUB,{REFERENCE}\n",
    },
}
LISTS = {
    "need": "/planning/lists/needs",
    "offer": "/planning/lists/offers",
    "agreement": "/agreements/documents",
    "trigger": "/agreements/triggers",
    "meeting": "/meetings/list",
    "decision": "/meetings/decisions",
}
PAGES = ("round", "consignment", "package")


def of_records(found: list[URLPattern | URLResolver]) -> dict[str, tuple[str, list[str]]]:
    """Return each route whose address names a record: the parameter of it, and the other ones."""
    named: dict[str, tuple[str, list[str]]] = {}
    for one in found:
        if isinstance(one, URLResolver):
            named |= of_records(one.url_patterns)
            continue
        kinds = one.pattern.converters
        for name, kind in kinds.items():
            if isinstance(kind, _Reference):
                named[str(one.name)] = (name, [other for other in kinds if other != name])
                break
    return named


def test_every_reference_has_an_address_of_each_kind_that_leads_back_to_it() -> None:
    routes = of_records(get_resolver().url_patterns)
    assert {
        "need",
        "offer",
        "slip",
        "round",
        "trigger",
        "meeting",
        "proposal",
        "alert",
        "paper",
    } <= routes.keys()
    for name, (parameter, others) in routes.items():
        more = {one: OTHERS[one] for one in others}
        for reference in REFERENCES:
            address = reverse(name, kwargs={parameter: reference, **more})
            found = resolve(unquote(address))
            assert (found.view_name, found.kwargs[parameter]) == (name, reference), address


def test_a_link_that_cannot_be_made_is_left_out() -> None:
    assert _made(lambda: reverse("need", kwargs={"need": ""})) == ""
    with pytest.raises(NoReverseMatch):
        reverse("need", kwargs={"need": ""})


@pytest.mark.slow
def test_lists_and_pages_of_records_open_with_any_reference(world: World, tmp_path: Path) -> None:
    for party, tables in TABLES.items():
        hand_in(world.folder, tmp_path / party, party, "public", tables)
    compute(world.folder, ("cell",), name="second")
    client = world.client("planner")
    for name, listed in LISTS.items():
        page = client.get(listed)
        assert page.status_code == 200, listed
        links = {html.unescape(one) for one in re.findall(r'href="([^"?]+)', page.content.decode())}
        address = reverse(name, kwargs={name: REFERENCE})
        assert address in links, listed
        assert client.get(address).status_code == 200, address
    for name in PAGES:
        address = reverse(name, kwargs={name: REFERENCE})
        assert client.get(address).status_code == 200, address
    for address in ("/agreements/positions", "/deliveries/orders", "/deliveries/lists/consignments"):
        assert client.get(address).status_code == 200, address
