"""Pages of the ledger: the source cell for each reader, packages, and totals as page and file."""

import inspect
import io
import json
import re

from openpyxl import load_workbook
from tests.web.world import World, text

from konvoi.ledger import refuse
from konvoi.web.access.models import AuditEvent
from konvoi.web.ledger.shown_total import IN_FORM

XA, XB = "packages/XA-1", "packages/XB-1"


def entry(world: World, person: str, package: str) -> str:
    """Return the entry of a package, as its page links to it."""
    page = world.client(person).get(f"/ledger/packages/{package}").content.decode()
    found = re.search(r'href="/ledger/source/([^"]+)"', page)
    assert found
    return found[1]


def test_the_sender_sees_the_row_with_its_number_and_the_cell_marked(world: World) -> None:
    page = world.client("desk-xa").get(f"/ledger/source/{entry(world, 'desk-xa', 'XA-1')}")
    assert "<mark>1000000</mark>" in page.content.decode()
    assert "Sheet packages · row 2 · column amount" in text(page)
    assert "The whole document, its digest and its history" in text(page)


def test_others_see_the_row_without_number_and_not_the_document(world: World) -> None:
    page = world.client("desk-xb").get(f"/ledger/source/{entry(world, 'desk-xb', 'XA-1')}")
    assert "<mark>1000000</mark>" in page.content.decode()
    assert "row 2" not in text(page)
    assert "The whole document" not in text(page)


def test_a_hidden_record_is_answered_as_one_that_is_not_there(world: World) -> None:
    known = entry(world, "desk-xa", "XA-1")
    for path in (f"/ledger/source/{known}", f"/ledger/source/{XA}", "/ledger/packages/XA-1"):
        assert world.client("administrator").get(path).status_code == 404
        assert world.client("desk-xb").get(path).status_code == 200
    assert world.client("administrator").get(f"/ledger/source/{XB}").status_code == 200


def test_records_of_the_brief_lead_to_their_cell_on_the_same_day(world: World) -> None:
    page = world.client("auditor").get("/records").content.decode()
    link = re.search(r'href="(ledger/source/[^"]+)"', page)
    assert link
    assert world.client("auditor").get(f"/{link[1]}").status_code == 200


def test_the_figure_of_the_file_is_that_of_the_page(world: World) -> None:
    client = world.client("desk-xa")
    asked = "stage=pledged&by=partner&currency=EUR"
    page = text(client.get(f"/ledger/total?{asked}"))
    assert "3,500,000 EUR pledged (coalition → XV)" in page
    book = load_workbook(io.BytesIO(client.get(f"/ledger/total.xlsx?{asked}").content))
    first, rows, sources = book.worksheets
    assert [cell.value for cell in first[2]] == ["Value", 3_500_000, "EUR"]
    assert sum(float(str(row[1].value)) for row in rows.iter_rows(min_row=2)) == 3_500_000
    assert sum(float(str(row[3].value)) for row in sources.iter_rows(min_row=2)) == 3_500_000
    document = json.loads(client.get(f"/ledger/total.json?{asked}").content)
    assert float(document["value"]) == 3_500_000
    assert AuditEvent.objects.filter(action="exported", object="total.xlsx").count() == 1


def test_a_reader_s_total_holds_what_the_reader_may_see(world: World) -> None:
    assert "2,500,000 EUR pledged" in text(world.client().get("/ledger/total?stage=pledged"))


def test_an_answer_that_is_kept_is_given_to_readers_of_the_same_results_alone(world: World) -> None:
    address = "/ledger/total?stage=pledged&currency=EUR"
    for _ in range(2):
        assert "3,500,000 EUR pledged" in text(world.client("desk-xa").get(address))
        assert "2,500,000 EUR pledged" in text(world.client().get(address))
    german = {"accept-language": "de"}
    assert "3.500.000 EUR zugesagt" in text(world.client("desk-xa").get(address, headers=german))


def test_options_that_mean_nothing_are_marked(world: World) -> None:
    page = text(
        world.client("planner").get("/ledger/total?stage=pledged&party=Bolara&on=tomorrow&boundary=x")
    )
    assert "The total was not computed. Correct the marked fields." in page
    assert "“Bolara” is not known here. Did you mean XB?" in page
    assert "“tomorrow” is no day." in page


def test_a_reason_for_no_figure_names_no_option_of_a_command() -> None:
    reasons = re.findall(r'"([^"]+ --[^"]+)"', inspect.getsource(refuse))
    assert set(reasons) == set(IN_FORM)
    assert not any(" --" in text for text in IN_FORM.values())


def test_a_kind_of_file_that_is_not_there_is_not_found(world: World) -> None:
    assert world.client("planner").get("/ledger/total.exe").status_code == 404
