"""The support pipeline on the web: its figures for each reader, and the way from each to its source cells."""

import html
import json
import re

from tests.web.answers import content
from tests.web.world import World, text


def rows(world: World, person: str, query: str) -> list[dict[str, object]]:
    """Return the rows of the pipeline as a file gives them."""
    answer = world.exporting(person).get(f"/ledger/pipeline.json?{query}")
    found: list[dict[str, object]] = json.loads(content(answer))["rows"]
    return found


def test_every_reader_sees_the_pipeline_of_what_is_released_to_it(world: World) -> None:
    asked = "what=amount&by=partner&stage=pledged"
    assert {row["key"] for row in rows(world, "planner", asked)} == {"XA", "XB"}
    assert {row["key"] for row in rows(world, "", asked)} == {"XB"}


def test_a_figure_leads_to_its_items_and_these_to_their_source_cells(world: World) -> None:
    client = world.client("desk-xa")
    page = client.get("/ledger/pipeline?by=partner&stage=pledged&day=")
    assert "Arvenia" in text(page)
    (to,) = {
        html.unescape(one)
        for one in re.findall(r'href="(/ledger/pipeline-items[^"]+)"', page.content.decode())
        if "party=XA" in one and "told" not in one and "what=amount" in one
    }
    items = client.get(to)
    assert "1,000,000" in text(items)
    assert "1 row" in text(items)
    (cell, *_) = re.findall(r'href="(/ledger/source/[^"]+)"', items.content.decode())
    assert "<mark>1000000</mark>" in client.get(cell).content.decode()


def test_the_sentence_and_the_picture_show_the_rows_that_are_asked_for(world: World) -> None:
    page = world.client("planner").get("/ledger/pipeline?by=partner")
    assert "EUR 3.5 m pledged" in text(page)
    assert page.content.decode().count("<figure>") == 1
    one = world.client("planner").get("/ledger/pipeline?by=partner&key=XB")
    assert "EUR 2.5 m pledged" in text(one)
    assert "No line item" not in text(one)


def test_addresses_with_parameters_keep_the_day(world: World) -> None:
    page = world.client("planner").get("/ledger/pipeline?by=partner&day=2031-03-03").content.decode()
    links = [one for one in re.findall(r'href="([^"]+)"', page) if "pipeline-items" in one]
    assert all(one.count("?") == 1 for one in links)
