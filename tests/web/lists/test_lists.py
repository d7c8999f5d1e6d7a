"""Lists: filters, sorting and paging of the address, and what is refused."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from django.test import Client
from icalendar import Calendar
from tests.web.world import ROLES, World, text

from konvoi.web.lists.query import LISTS


def content(page: Any) -> bytes:
    return b"".join(page.streaming_content) if page.streaming else page.content


def get(client: Client, address: str) -> Any:
    return client.get(address)


def test_tables_lists_what_the_reader_may_see_with_rows(world: World) -> None:
    page = get(world.client("planner"), "/tables/")
    assert page.status_code == 200
    assert "packages" in text(page)
    rows = json.loads(content(get(world.client("planner"), "/tables.json")))
    known = {one["table"]: one["rows"] for one in rows["rows"]}
    assert (known["packages"], rows["total"]) == (2, len(known))
    public = json.loads(content(get(world.client(), "/tables.json")))
    assert {one["table"]: one["rows"] for one in public["rows"]}["packages"] == 1


def test_a_table_is_filtered_sorted_and_paged_by_its_address(world: World) -> None:
    client = world.client("planner")
    page = text(get(client, "/tables/packages?sort=-amount&limit=1"))
    assert "Bolarian relief" in page
    assert "Arvenian relief" not in page
    assert "2 rows · rows 1 to 1" in page
    assert "Arvenian relief" in text(get(client, "/tables/packages?title=ARVEN"))
    assert "No row fits" in text(get(client, "/tables/packages?kind=military"))
    assert "1 row" in text(get(client, "/tables/packages?day_from=2031-01-11&day_until=2031-01-31"))
