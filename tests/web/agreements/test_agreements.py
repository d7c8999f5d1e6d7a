"""Agreements: lists and pages of texts, and a position from the form to the matrix."""

import io
import json
import re
import uuid
import zipfile
from pathlib import Path

import pytest
from tests.web.affairs import work_off
from tests.web.answers import content
from tests.web.packages import AT
from tests.web.world import World, compute, text

from konvoi.flow.submissions.import_submission import take
from konvoi.web.form_rows.models import FormRow

ROUND = "/agreements/rounds/PACT-1"
FORM = f"{ROUND}/position"
GIVEN = {
    "clause": "I/1",
    "stance": "accept with reserve",
    "words": "Who keeps the schedule is to be said.",
    "lifts": "2031-04-01",
    "marking": "coalition",
}


def test_the_list_of_documents_says_how_far_each_text_is(negotiated: World) -> None:
    rows = json.loads(content(negotiated.client("desk-xa").get("/agreements/documents.json")))["rows"]
    known = {row["document"]: row for row in rows}
    assert (known["D-PACT"]["round"], known["D-PACT"]["open"], known["D-XA"]["open"]) == (2, 2, None)
    public = negotiated.client().get("/agreements/documents")
    assert "D-PACT" not in text(public)
    assert "Agreement with Arvenia" in text(public)


def test_a_document_shows_its_text_what_changed_and_what_became_of_obligations(negotiated: World) -> None:
    client = negotiated.client("desk-xa")
    page = text(client.get("/agreements/documents/D-PACT"))
    assert "The Parties keep one schedule of deliveries." in page
    assert "24 72 hours" in page
    assert "allocated: EUR 2,000,000" in text(client.get("/agreements/documents/D-XA"))
    assert "EUR 2,000,000" in text(client.get("/agreements/obligations"))
    assert client.get("/agreements/documents/D-NONE").status_code == 404
    assert negotiated.client().get("/agreements/documents/D-PACT").status_code == 302


def test_a_round_shows_distance_by_clause_by_party_and_of_clauses_together(negotiated: World) -> None:
    page = text(negotiated.client("planner").get(f"{ROUND}?clause=I/2&clause=II/1"))
    assert "2 parties keep clauses open: 0 clauses settled, 2 clauses open, 1 clause awaits positions" in page
    assert "Silence procedure running until 20 Mar 2031" in page
    assert "2 parties have to move, 3 open positions" in page
    package = page.split("Clauses traded together")[1].split("Distance by party")[0]
    assert "I/22open" in package
    assert "II/11open" in package
    assert "I/10" not in package
    assert "[Each Party tells of each delay within 72 hours.]" in page
    assert "Bolaria (supported by Velmora)" in page
    assert negotiated.client().get(ROUND).status_code == 302


def test_a_clause_that_the_text_lacks_is_named_and_left_out_of_a_package(negotiated: World) -> None:
    client = negotiated.client("planner")
    page = text(client.get(f"{ROUND}?clause=I/2&clause=IX/9"))
    assert "left out: IX/9" in page
    assert "Clauses traded together: I/2" in page
    assert "traded together: I/2, IX/9" not in page
    assert "Clauses traded together" not in text(client.get(f"{ROUND}?clause=IX/9"))


def test_a_round_whose_deadline_is_before_its_opening_accepts_nothing_by_silence(
    negotiated: World, tmp_path: Path
) -> None:
    """It was opened last, so that its text is the latest and what changed is counted up to it."""
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "konvoi.csv").write_text("party,X-CELL\nday,2031-03-02\nmarking,coalition\n")
    row = "PACT-2,D-PACT,2031-02-05,2031-03-01,,pact-0.md"
    (folder / "rounds.csv").write_text(f"round,document,deadline,opened,rule,text\n{row}\n")
    take([folder], party="X-CELL", folder=negotiated.folder, at=AT)
    compute(negotiated.folder, ("cell",), "wrong")
    client = negotiated.client("planner")
    page = text(client.get("/agreements/rounds/PACT-2"))
    assert "0 clauses settled" in page
    assert "The deadline is before the opening on 1 Mar 2031" in page
    assert "accepted under the silence procedure" not in page.split("+ accept")[0]
    names = re.findall(r"rounds/(PACT-\d)", client.get("/agreements/documents/D-PACT").content.decode())
    assert list(dict.fromkeys(names)) == ["PACT-0", "PACT-1", "PACT-2"]


def test_the_working_text_tracks_each_amendment_with_its_party(negotiated: World) -> None:
    answer = negotiated.exporting("planner").get(f"{ROUND}/text.docx")
    document = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert '<w:del w:id="1" w:author="XB"' in document
    assert ">72</w:delText>" in document.replace(" 72", "72")
    assert "[Each Party pays into the Fund.]" in document
    assert negotiated.client().get(f"{ROUND}/text.docx").status_code == 302


def test_a_clause_with_a_trigger_counts_hours_from_a_moment(negotiated: World) -> None:
    client = negotiated.client()
    assert "XA act towards XV within 24 hours." in text(client.get("/agreements/triggers/G-1"))
    page = text(client.get("/agreements/triggers/G-1?at=2031-03-03T09:30"))
    assert "4 Mar 2031, 09:30 UTC" in page
    assert "cannot be read" in text(client.get("/agreements/triggers/G-1?at=noon"))


def record(world: World, person: str, given: dict[str, str], key: uuid.UUID | None = None) -> str:
    """Fill in the form of a position, look at the effect and record it; return the page after it."""
    client = world.client(person)
    page = client.post(FORM, {**given, "key": str(key or uuid.uuid4()), "step": "check"})
    assert page.status_code == 200, text(page)
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', page.content.decode())
    sent = {**given, "key": str(key or uuid.uuid4()), "seen": seen, "step": "record"}
    return text(client.post(FORM, sent, follow=True))


def test_a_legal_desk_sees_what_a_reservation_changes_and_records_it(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = negotiated.client("legal")
    page = text(client.post(FORM, {**GIVEN, "key": str(uuid.uuid4()), "step": "check"}))
    assert "I/1positions outstandingopen01" in page
    assert "Parties that keep the text open: 2 → 3" in page
    assert not FormRow.objects.exists()
    key = uuid.uuid4()
    assert "The position is recorded." in record(negotiated, "legal", GIVEN, key)
    assert "The position is recorded." in record(negotiated, "legal", GIVEN, key)
    (row,) = work_off(monkeypatch)
    assert (row.state, row.reason, row.party) == (FormRow.State.STORED, "", "XA")
    compute(negotiated.folder, ("cell", "XA"), "after")
    assert "3 parties keep clauses open: 0 clauses settled, 3 clauses open" in text(client.get(ROUND))
    # The party's own row stays hidden from others until results show it.
    assert "Recorded on this page" not in text(negotiated.client("desk-xb").get(ROUND))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"stance": ""}, "Choose a position."),
        ({"clause": "IX/9"}, "Choose a clause of the text."),
        ({"stance": "amend", "words": ""}, "Write the clause as it is to read."),
        ({"stance": "support"}, "Choose the amendment that is supported."),
        ({"stance": "support", "clause": "II/1", "amendment": "PO-1"}, "The amendment is to clause I/2."),
        ({"amendment": "PO-1"}, "Only support, acceptance and rejection"),
        ({"lifts": "2020-01-01"}, "The day is before that of the position."),
        ({"lifts": "31.4."}, "Write a day as 2026-03-31."),
        ({"marking": "XB"}, "Choose who may see it."),
    ],
)
def test_a_position_with_a_fault_is_not_recorded(negotiated: World, change: dict[str, str], why: str) -> None:
    sent = {**GIVEN, **change, "key": str(uuid.uuid4()), "seen": "", "step": "record"}
    page = negotiated.client("legal").post(FORM, sent)
    assert (page.status_code, why in text(page)) == (400, True)
    assert not FormRow.objects.exists()


def test_a_position_is_refused_where_the_party_spoke_in_the_meantime(negotiated: World) -> None:
    sent = {**GIVEN, "key": str(uuid.uuid4()), "seen": "0" * 16, "step": "record"}
    page = text(negotiated.client("legal").post(FORM, sent, follow=True))
    assert "were changed in the meantime" in page
    assert not FormRow.objects.exists()


def test_a_desk_speaks_for_its_party_alone_and_a_planner_for_any(negotiated: World) -> None:
    assert "The position is recorded." in record(negotiated, "desk-xb", {**GIVEN, "party": "XA"})
    assert "The position is recorded." in record(negotiated, "planner", {**GIVEN, "party": "XV"})
    assert {one.party for one in FormRow.objects.all()} == {"XB", "XV"}
    for person in ("reader-xa", "auditor", "administrator", "sanctions"):
        assert negotiated.client(person).get(FORM).status_code == 404
