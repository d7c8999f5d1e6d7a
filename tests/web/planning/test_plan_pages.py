"""Pages of the plan: what each reader sees of it, by week, hub, partner, place and region."""

import json
import re

import pytest
from tests.web.answers import content
from tests.web.world import World, text

PAGES = ("coverage", "unmet", "map", "loads", "schedule")


def test_the_first_page_says_what_the_plan_comes_to(planned: World) -> None:
    page = text(planned.client("planner").get("/planning/"))
    assert re.search(r"The plan reaches [\d>\s]+% of the proven upper limit", page)
    assert "1 lane or site at 90 % of capacity or more: Arvendale → Velmgate" in page
    assert "1 need is not met in full by its due date." in page


def test_a_partner_sees_its_own_movements_and_no_hidden_offer(planned: World) -> None:
    client = planned.client("desk-xa")
    page = text(client.get("/planning/schedule"))
    assert "4 movements planned" in page
    assert "You see the movements of which every record is released to you." in text(client.get("/planning/"))
    for address in (
        "",
        *PAGES,
        "lists/offers",
        "lists/planned-movements",
        "lists/loads",
        "lists/unmet-needs",
    ):
        answer = client.get(f"/planning/{address}")
        assert answer.status_code == 200, address
        assert b"XB-O1" not in answer.content
        assert b"Bolwick" not in answer.content
    assert "5 movements planned" in text(planned.client("planner").get("/planning/schedule"))


def test_values_and_bottlenecks_are_those_of_the_coordination_cell(planned: World) -> None:
    page = text(planned.client("recipient").get("/planning/unmet"))
    assert "No unmet need is released to this reader." in page
    assert "Bottleneck" not in page.partition("Unmet needs and reasons")[2]
    cell = text(planned.client("auditor").get("/planning/unmet"))
    assert "Water pump, Velmgate: 3 piece" in cell or "Water pump" in cell
    assert "Bottlenecks: gain from one more unit" in cell
    names = json.loads(content(planned.exporting("desk-xa").get("/planning/lists/unmet-needs.json")))
    assert "cause" not in str(names["rows"])


@pytest.mark.parametrize(
    ("address", "there", "absent"),
    [
        ("map?week=2031-03-03", "week 2031-W10", "2031-W11"),
        ("schedule?party=XB", "1 movement planned", "Tent"),
        ("schedule?hub=XB-DEPOT", "1 movement planned", "Tent"),
        ("coverage?region=East", "N-1", "N-2"),
        ("loads?place=L-E", "Velmgate → Tarnvel: at 90 %", "Arvendale → Velmgate: at"),
        ("map?week=1999-01-04", "“1999-01-04” is not among the choices. Everything is shown.", "no such"),
    ],
)
def test_a_page_shows_what_its_address_chooses(planned: World, address: str, there: str, absent: str) -> None:
    page = text(planned.client("planner").get(f"/planning/{address}"))
    main = page.partition("Show")[2]
    assert there in page
    assert absent not in main


def test_every_figure_leads_to_its_records_and_these_to_their_cell(planned: World) -> None:
    client = planned.client("planner")
    page = client.get("/planning/coverage").content.decode()
    links = re.findall(r'href="(/planning/records\?[^"#]+)#(\w+)"', page)
    assert {anchor[0] for _, anchor in links} == {"b", "e"}
    records = client.get(links[0][0].replace("&amp;", "&")).content.decode()
    for _, anchor in links:
        assert f'id="{anchor}"' in records
    cell = re.search(r'href="(/ledger/source/needs%2F[^"]+)"', records)
    assert cell
    assert client.get(cell[1]).status_code == 200
    assert client.get("/planning/records?of=other").status_code == 404


def test_lists_have_rows_and_lead_to_their_cells(planned: World) -> None:
    client = planned.client("recipient")
    page = text(client.get("/planning/lists/needs?state=requested"))
    assert "N-3" in page
    assert "N-1" not in page
    rows = json.loads(content(planned.exporting("planner").get("/planning/lists/loads.json")))["rows"]
    full = [one for one in rows if one["place"] == "L-A"]
    assert [one["limit"] for one in full] == ["2"] * len(full) or [float(one["limit"]) for one in full]
    assert client.get("/ledger/source/needs/N-1").status_code == 200


def test_without_a_plan_the_pages_say_what_to_do(world: World) -> None:
    assert "There is no plan yet." in text(world.client("planner").get("/planning/"))
    for page in PAGES:
        assert world.client("planner").get(f"/planning/{page}").status_code == 200
