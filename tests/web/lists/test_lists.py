"""Lists: filters, sorting and paging of the address, and what is refused."""

import csv
import html
import io
import json
import re
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from icalendar import Calendar
from tests.web.answers import content
from tests.web.world import ROLES, World, text

from konvoi.model.naming import localized
from konvoi.web.lists.columns import Kind
from konvoi.web.lists.query import LISTS
from konvoi.web.lists.tables import table_query


def test_tables_lists_what_the_reader_may_see_with_rows(world: World) -> None:
    page = world.client("planner").get("/tables/")
    assert page.status_code == 200
    assert "packages" in text(page)
    rows = json.loads(content(world.exporting("planner").get("/tables.json")))
    known = {one["table"]: one["rows"] for one in rows["rows"]}
    assert (known["packages"], rows["total"]) == (2, len(known))
    public = json.loads(content(world.client().get("/tables.json")))
    assert {one["table"]: one["rows"] for one in public["rows"]}["packages"] == 1


def test_a_table_is_filtered_sorted_and_paged_by_its_address(world: World) -> None:
    client = world.client("planner")
    page = text(client.get("/tables/packages?sort=-amount&limit=1"))
    assert "Bolarian relief" in page
    assert "Arvenian relief" not in page
    assert "2 rows · rows 1 to 1" in page
    assert "Arvenian relief" in text(client.get("/tables/packages?title=ARVEN"))
    assert "No row fits" in text(client.get("/tables/packages?kind=military"))
    assert "1 row" in text(client.get("/tables/packages?day_from=2031-01-11&day_until=2031-01-31"))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("colour=red", "“colour” is not known. Known:"),
        ("sort=_file%22", "is not known"),
        ("columns=secret", "“secret” is not known"),
        ("day_from=31.2.2031", "“31.2.2031” is not a day"),
        ("limit=0", "“limit” is a whole number from 1 to 1,000."),
        ("sort=day,-day", "stands more than once"),
        ("after=abc", "cannot be read"),
        ("title=a&title=b", "stands more than once"),
        ("day=2031-02-31", "is not a day"),
    ],
)
def test_what_a_list_does_not_declare_is_refused(world: World, query: str, why: str) -> None:
    for address in ("/tables/packages", "/tables/packages.csv"):
        page = world.client("planner").get(f"{address}?{query}")
        assert (page.status_code, why in text(page)) == (400, True), text(page)


def test_files_have_the_hxl_tags_of_their_columns_below_the_head_where_asked_for(world: World) -> None:
    page = content(world.client("planner").get("/tables/packages?kind=economic")).decode()
    address = "/tables/packages.csv?hxl=yes&amp;kind=economic"
    assert address in page, "the page offers the file with tags and the same filter"
    client = world.exporting("planner")
    columns = "columns=package,party,amount"
    plain = list(csv.reader(io.StringIO(content(client.get(f"/tables/packages.csv?{columns}")).decode())))
    file = content(client.get(f"/tables/packages.csv?{columns}&hxl=yes")).decode()
    tagged = list(csv.reader(io.StringIO(file)))
    assert tagged[1] == ["#meta+id+package", "#org+code+funder", "#value", "#currency+code"]
    assert [tagged[0], *tagged[2:]] == plain
    book = content(client.get(f"/tables/packages.xlsx?{columns}&hxl=yes"))
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values)
    assert list(rows[1]) == tagged[1]
    for address, why in {
        "/tables/packages.json?hxl=yes": "HXL tags are written in CSV and XLSX only",
        "/tables/packages.csv?hxl=2": "“hxl” is yes or no",
        "/tables/packages.csv?hxl=yes&hxl=no": "“hxl” is yes or no",
    }.items():
        answer = client.get(address)
        assert (answer.status_code, why in text(answer)) == (400, True)


def pages(client: Client, path: str) -> list[dict[str, Any]]:
    """All pages of a list of the API."""
    found, after = [], ""
    while True:
        found.append(client.get(f"/api/v1/{path}{after}").json())
        if not found[-1]["next"]:
            return found
        after = f"&after={found[-1]['next']}"


@pytest.mark.parametrize(
    "path",
    [
        "tables?limit=3&sort=-rows",
        *(
            f"tables/packages?limit=1&sort={one}"
            for one in ("kind", "-kind", "since", "-since,title", "-amount")
        ),
        *(f"tables/parties?limit=1&sort={one}" for one in ("role,-group", "-group", "member_from")),
    ],
)
def test_pages_follow_one_another_and_lead_back(world: World, path: str) -> None:
    client = world.client("planner")
    found = pages(client, path)
    (whole,) = pages(client, path.replace("limit=3", "limit=1000").replace("limit=1&", "limit=1000&"))
    assert [row for page in found for row in page["rows"]] == whole["rows"]
    assert [page["start"] for page in found] == sorted({page["start"] for page in found})
    for before, page in pairwise(found):
        back = client.get(f"/api/v1/{path}&before={page['previous']}").json()
        assert (back["rows"], back["start"]) == (before["rows"], before["start"])


def test_a_page_of_other_results_starts_again(world: World) -> None:
    theirs = world.client("desk-xa").get("/api/v1/tables/packages?limit=1").json()["next"]
    page = text(world.client("planner").get(f"/tables/packages?limit=1&after={theirs}"))
    assert "The results have changed since." in page
    assert "rows 1 to 1" in page


ADDRESSES = (
    *("/tables/", "/tasks", "/submissions/documents/", "/administration/audit/"),
    "/planning/lists/plan-changes",
    *("/ledger/packages", "/ledger/entries", "/ledger/revisions", "/ledger/pipeline"),
    *("/ledger/pipeline-items", "/matching/pairs"),
    *(
        f"/planning/lists/{name}"
        for name in ("needs", "offers", "planned-movements", "unmet-needs", "lanes", "capacities", "loads")
    ),
    *(
        f"/deliveries/lists/{name}"
        for name in ("consignments", "dispatches", "receipts", "pieces", "on-time")
    ),
    *("/agreements/documents", "/agreements/positions", "/agreements/obligations", "/agreements/triggers"),
    "/agreements/calls",
    *("/meetings/list", "/meetings/decisions", "/meetings/actions"),
    *("/funding/programmes", "/funding/tranches", "/funding/conditions", "/funding/payments"),
    *("/funding/projects", "/funding/twice", "/sanctions/lists", "/sanctions/gaps", "/sanctions/ending"),
    *("/sanctions/proposals", "/sanctions/alerts"),
)


def test_the_addresses_of_all_lists_are_looked_at() -> None:
    assert get_resolver().url_patterns, "lists declare themselves where addresses are made"
    assert {reverse(name) for name in LISTS} == set(ADDRESSES)


def files(client: Client, address: str, query: str) -> dict[str, Any]:
    """The rows of a list in each of its files, by ending; none where it is not there for the client."""
    found: dict[str, Any] = {}
    for form in ("json", "csv", "xlsx", "ics"):
        answer = client.get(f"{address}.{form}{query}")
        if answer.status_code in (302, 404):
            continue
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        data = content(answer)
        if form == "json":
            found[form] = json.loads(data)["rows"]
        elif form == "csv":
            found[form] = list(csv.DictReader(io.StringIO(data.decode())))
        elif form == "xlsx":
            (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
            head, *rows = sheet.iter_rows(values_only=True)
            found[form] = [
                dict(zip(head, row, strict=True)) for row in rows if any(one is not None for one in row)
            ]
        else:
            found[form] = Calendar.from_ical(data).subcomponents
        assert int(answer["Konvoi-Rows"]) == len(found[form])
    return found


def named(value: object) -> str:
    """A key as text; workbooks know no whole numbers."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def shown(page: Any) -> list[str]:
    """The first cell of each row of a page."""
    body = re.search(r"<tbody>(.*?)</tbody>", page.content.decode(), re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [html.unescape(re.sub(r"<[^>]*>", "", re.split(r"</t[hd]>", row)[0])).strip() for row in rows]


@pytest.mark.parametrize("person", ["", *ROLES])
def test_one_query_gives_the_same_rows_in_all_formats(world: World, person: str) -> None:
    client = world.client(person)
    client.post("/acting", {"acting": "auditor:"})
    client.post("/purpose", {"for": "all", "purpose": "checking"})
    opened = client.get("/api/v1/tables?limit=1000").json()["rows"]
    assert opened
    lists = {reverse(one.name): one for one in LISTS.values()}
    # Each table is asked for by every third person.
    some = opened[["", *ROLES].index(person) % 3 :: 3]
    lists |= {f"/tables/{row['table']}": table_query(row["table"]) for row in some}
    # Each file of the audit log adds an event to it.
    queries = {"/tables/": ("", "?rows_from=1"), "/administration/audit/": ("?action=role-chosen",)}
    different: list[tuple[str, object]] = []
    for address, one in lists.items():
        for query in queries.get(address, ("",)):
            more = f"{query or '?'}{'&' if query else ''}limit=1000"
            page = client.get(f"{address}{more}")
            path = address.strip("/") if address.startswith("/tables/") else one.name
            answer = client.get(f"/api/v1/{path}{more}")
            found = files(client, address.rstrip("/"), query)
            if page.status_code != 200:
                assert (page.status_code, answer.status_code, found) in ((302, 401, {}), (404, 404, {}))
                continue
            assert set(found) == set(one.forms)
            api = answer.json()
            assert found.pop("json") == api["rows"]
            counts = {
                len(shown(page)),
                len(api["rows"]),
                api["total"],
                *(len(some) for some in found.values()),
            }
            if len(counts) > 1:
                different.append((address, counts))
            different += [
                (address, form)
                for form in (("csv", "xlsx") if one.key else ())
                if [named(row[one.key]) for row in found[form]]
                != [named(row[one.key]) for row in api["rows"]]
            ]
            if one.shown[0].kind == Kind.TEXT and shown(page) != [
                row[one.shown[0].name] for row in api["rows"]
            ]:
                different.append((address, "page"))
    assert different == []


@pytest.mark.slow
def test_counts_by_value_add_up_and_lead_to_their_rows(negotiated: World) -> None:
    """Every list that counts its rows by a filter: the counts are all rows, each leads to as many."""
    client, tried = negotiated.client("planner"), 0
    assert get_resolver().url_patterns  # Lists are known once their addresses are.
    for name, query in LISTS.items():
        if not query.counted:
            continue
        page = client.get(reverse(name)).content.decode()
        line = re.search(r"<span>[^<]+: ((?:<a href=\"\?[^>]+>[^<]*</a> [\d,]+(?: · )?)+)</span>", page)
        rows = re.search(r'role="status">([\d,]+) row', page)
        if line is None or rows is None:
            continue
        counts = re.findall(r'<a href="(\?[^"]+)">[^<]*</a> ([\d,]+)', line[1])
        assert sum(int(count.replace(",", "")) for _, count in counts) == int(rows[1].replace(",", "")), name
        for asked, count in counts:
            assert f">{count} row" in client.get(reverse(name) + html.unescape(asked)).content.decode(), asked
        tried += 1
    assert tried > 3


@pytest.mark.parametrize("language", ["de", "uk"])
def test_every_heading_of_a_list_has_a_name_in_each_language(language: str) -> None:
    assert get_resolver().url_patterns  # Lists are known once their addresses are.
    unnamed = sorted(
        {
            f"{name}: {one.name}"
            for name, query in LISTS.items()
            for one in query.shown
            if not one.title and localized("column", one.name, language) == one.name
        }
    )
    assert unnamed == []
