"""konvoi delivery reconcile on a small workspace, on papers in three forms, and on papers that contradict."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace
from tests.report.papers.cases import DAY, PAPERS
from tests.report.papers.round_trip import writable_by

from konvoi.report.papers import PAPERS as WRITERS


def written(folder: Path, form: str) -> list[Path]:
    """The invented papers in one form, as files."""
    writer = next(one for one in WRITERS if one.name == form)
    found = []
    for name, content in writer.write(writable_by(PAPERS, writer), DAY).items():
        found.append(folder / name)
        found[-1].write_bytes(content)
    return found


def test_what_is_open_is_told_and_is_no_fault(tmp_path: Path) -> None:
    called = konvoi("delivery", "reconcile", workspace(tmp_path))
    assert called.code == 0
    assert called.out.splitlines()[0] == "1 good of consignments: 1 partly received; no findings"
    found = konvoi("delivery", "reconcile", tmp_path, "--json").json
    (row,) = found["consignments"]
    assert (row["consignment"], row["good"], row["sent"], row["received"], row["open"]) == (
        "M-1",
        "tent",
        4,
        3,
        1,
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", ["ubl", "epcis", "workbook"])
def test_papers_of_every_form_are_compared(tmp_path: Path, form: str) -> None:
    """A row of the workbook cannot name the good, so a receipt for a waybill of three goods stays unclear."""
    found = konvoi("delivery", "reconcile", *written(tmp_path, form), "--json").json
    states = {(row["consignment"], row["line"]): row["state"] for row in found["consignments"]}
    unclear = form == "workbook"
    assert states == {
        ("M-9", "L-1"): "received",
        ("W-7", "L-1"): "received with discrepancies",
        ("W-7", "L-2"): "received with discrepancies",
        ("W-7", "L-3"): "open" if unclear else "received with discrepancies",
    }
    codes = sorted(finding["code"] for finding in found["findings"])
    last = "receipt-good-unclear" if unclear else "receipt-damaged"
    assert codes == sorted(["receipt-damaged", "receipt-rejected", "receipt-short", last])


def test_a_despatch_in_one_form_is_answered_by_a_receipt_in_another(tmp_path: Path) -> None:
    despatches = [path for path in written(tmp_path, "ubl") if "despatch-W-7" in path.name]
    found = konvoi("delivery", "reconcile", *despatches, *written(tmp_path, "epcis"), "--json").json
    tents = next(row for row in found["consignments"] if (row["consignment"], row["good"]) == ("W-7", "tent"))
    assert (tents["sent"], tents["received"], tents["damaged"]) == (10, 7, 2)
    assert tents["state"] == "received with discrepancies"


def test_bad_receipts_are_told_with_their_cells_and_the_rest_is_compared(tmp_path: Path) -> None:
    receipts = (
        "receipt,reference,day,received,place,proof",
        "R-1,M-1,2031-02-08,3,town,signed by consignee",
        "R-2,M-1,2031-01-08,1,town,",
        "R-3,M-1,2031-02-09,5,town,",
        "R-4,W-404,2031-02-09,5,town,",
    )
    called = konvoi("delivery", "reconcile", workspace(tmp_path, receipts=receipts), "--json")
    told = {(finding["code"], finding["row"]) for finding in called.json["findings"]}
    assert called.code == 1
    assert told == {
        ("receipt-before-despatch", 3),
        ("receipt-above-despatch", 4),
        ("consignment-unknown", 5),
    }
    assert all(finding["remedy"] for finding in called.json["findings"])


def test_a_receipt_handed_in_by_two_parties_counts_once(tmp_path: Path) -> None:
    """Neither document has a day: the lower row stands, and the other is compared with it."""
    folder = workspace(tmp_path)
    desk = folder / "submissions" / "BO"
    desk.mkdir()
    (desk / "receipts.csv").write_text("receipt,reference,day,received\nR-1,M-1,2031-02-08,4\n")
    found = konvoi("delivery", "reconcile", folder, "--json").json
    assert [finding["code"] for finding in found["findings"]] == ["receipt-contradicts"]
    assert [finding["read"] for finding in found["findings"]] == ["4"]
    assert found["consignments"][0]["received"] == 3


def test_nothing_sent_is_said(tmp_path: Path) -> None:
    called = konvoi("delivery", "reconcile", workspace(tmp_path, movements=(), receipts=()))
    assert (called.code, called.out) == (0, "No dispatches submitted.\n")


def test_what_came_without_difference_is_said_to_be_left_out(tmp_path: Path) -> None:
    receipts = ("receipt,reference,day,received", "R-1,M-1,2031-02-08,4")
    folder = workspace(tmp_path, receipts=receipts)
    last = konvoi("delivery", "reconcile", folder).out.splitlines()[-1]
    assert last == "1 without difference is not listed (--all)."
    assert "without difference" not in konvoi("delivery", "reconcile", folder, "--all").out


def test_an_unknown_consignment_is_told_of_once(tmp_path: Path) -> None:
    receipts = ("receipt,reference,day,received", "R-1,M-404,2031-02-08,4")
    told = konvoi("delivery", "reconcile", workspace(tmp_path, receipts=receipts)).err
    assert told.count("M-404") == 1


EVENT: dict[str, object] = {
    "type": "ObjectEvent",
    "eventTime": "2031-02-01T10:00:00Z",
    "eventTimeZoneOffset": "+00:00",
    "action": "OBSERVE",
    "bizStep": "shipping",
    "readPoint": {"id": "urn:epc:id:sgln:9506000.00001.0"},
    "bizTransactionList": [{"type": "desadv", "bizTransaction": "urn:konvoi:paper:W-1"}],
    "quantityList": [{"epcClass": "urn:epc:class:lgtin:9506000.013435.ABC", "quantity": 10}],
}
ID = "urn:uuid:11111111-2222-4333-8444-555555555555"
REPORTED_AGAIN = EVENT | {
    "eventID": ID,
    "recordTime": "2031-02-02T00:00:00Z",
    "readPoint": {"id": "https://id.example.org/414/9506000000015"},
    "quantityList": [{"epcClass": "https://id.example.org/01/09506000134352/10/ABC", "quantity": 10.0}],
}


def events(path: Path, *found: dict[str, object]) -> Path:
    """A document of events as a file."""
    head = {
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2031-02-03T00:00:00Z",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(head | {"epcisBody": {"eventList": list(found)}}))
    return path


@pytest.mark.parametrize("parties", [("DE", "PL"), ("PL", "PL")])
def test_an_event_of_two_documents_counts_once_in_each_command(
    tmp_path: Path, parties: tuple[str, str]
) -> None:
    """The second report has an id, a time of recording and addresses for its keys: one event by its hash."""
    folder = workspace(tmp_path, movements=(), receipts=())
    events(folder / "submissions" / parties[0] / "sent.json", EVENT)
    events(folder / "submissions" / parties[1] / "again.json", REPORTED_AGAIN)
    (row,) = konvoi("delivery", "reconcile", folder, "--json").json["consignments"]
    assert (row["sent"], row["open"]) == (10, 10)
    goods = konvoi("total", folder, "--what", "quantity", "--by", "good", "--json").json["by"]
    assert [one["value"] for one in goods if one["key"] == "gtin:09506000134352"] == [10]


def test_a_receipt_that_answers_either_id_of_an_event_answers_it(tmp_path: Path) -> None:
    files = [events(tmp_path / "sent.json", EVENT), events(tmp_path / "again.json", REPORTED_AGAIN)]
    for id in (ID, found_id(files[0])):
        receipts = tmp_path / "receipts.csv"
        receipts.write_text(f"receipt,reference,day,received\nR-1,{id},2031-02-08,4\n")
        (row,) = konvoi("delivery", "reconcile", *files, receipts, "--json").json["consignments"]
        assert (row["sent"], row["received"], row["open"]) == (10, 4, 6)


def found_id(path: Path) -> str:
    """The id of the one movement of a document."""
    (row,) = konvoi("delivery", "reconcile", path, "--json").json["consignments"]
    return str(row["despatches"])
