"""Documents of orders and consignments as files, the same as the command line writes, and receipt sheets."""

import re

import pytest
from django.test import Client
from tests.web.world import World, text

from konvoi.flow.deliveries.export_papers import written
from konvoi.flow.deliveries.papers import papers
from konvoi.flow.kept_views import loaded
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace


def orders(client: Client) -> list[str]:
    """Return the addresses of the planned movements that a person sees."""
    listed = client.get("/deliveries/lists/on-time").content.decode()
    return re.findall(r'href="(/deliveries/slips/[^"]+)"', listed)


@pytest.mark.parametrize("form", ["ubl", "epcis", "workbook"])
def test_documents_of_a_consignment_are_those_of_the_command_line(delivered: World, form: str) -> None:
    work = viewed(workspace(delivered.folder), View(None, "XA"))
    gathered = loaded(work)
    found = papers(gathered.ledger.entries, gathered.tables)
    files, _ = written(found, form, day=work.settings.day, exercise=True)
    page = delivered.exporting("desk-xa").get(f"/deliveries/consignments/W-1/papers/{form}")
    assert page.status_code == 200
    if len(files) == 1:
        assert page.content == next(iter(files.values()))
    else:
        assert page["Content-Disposition"].endswith('W-1.zip"')
        assert all(content in page.content for content in files.values())


def test_an_order_is_there_as_ubl_and_as_a_workbook_for_who_may_see_it(delivered: World) -> None:
    cell, own = delivered.exporting("planner"), delivered.exporting("desk-xa")
    every, mine = orders(cell), orders(own)
    name = every[0].rpartition("/")[2]
    for form in ("ubl", "workbook"):
        page = cell.get(f"{every[0]}/papers/{form}")
        assert page.status_code == 200, form
        assert name.encode() in page.content or form == "workbook"
    for form in ("epcis", "pdf"):
        assert cell.get(f"{every[0]}/papers/{form}").status_code == 404
    hidden = [one for one in every if one not in mine]
    assert hidden
    for part in ("papers/ubl", "sheet"):
        assert own.get(f"{hidden[0]}/{part}").status_code == 404


def test_the_receipt_sheet_has_the_lines_the_code_and_blank_fields(delivered: World) -> None:
    client = delivered.client("recipient")
    page = client.get("/deliveries/consignments/W-1/sheet")
    assert "data:image/svg+xml;base64," in page.content.decode()
    assert "Tent" in text(page)
    assert "40" in text(page)
    for blank in ("Signature", "Remarks", "Number of the signed document"):
        assert blank in text(page)
    cell = delivered.client("planner")
    assert cell.get(f"{orders(cell)[0]}/sheet").status_code == 200
    assert delivered.client("administrator").get("/deliveries/consignments/W-1/sheet").status_code == 404
