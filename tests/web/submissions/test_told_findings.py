"""Findings on an upload: what storing tells is told before, on the page, in the workbook, and afterwards."""

import io
from pathlib import Path

import openpyxl
import pytest
from tests.web.planning.plan_files import NEEDS, NETWORK, hand_in
from tests.web.submissions.test_document import address
from tests.web.submissions.uploading import checked, confirm, work
from tests.web.world import World, compute, text

from konvoi.kit.digest import digest
from konvoi.model.tables import BY_NAME
from konvoi.report.submissions.form_book import form_book
from konvoi.web.submissions.preview import finding_of

NAMES = ("need", "good", "quantity", "site", "due", "state")
ROWS = (
    ("V-1", "tent", "1.000", "XV-EAST", "2031-04-04", "requested"),
    ("V-2", "unicorn", "10", "XV-EAST", "2031-04-04", "requested"),
    ("V-3", "tent", "10", "Atlantis", "2031-04-04", "requested"),
    ("V-4", "tent", "about 40", "XV-EAST", "2031-04-04", "requested"),
    ("V-5", "tent", "40", "XV-EAST", "2031-04-04", "requested"),
    ("V-5", "tent", "50", "XV-EAST", "2031-04-04", "requested"),
)
TOLD = {
    ("number-ambiguous", "1.000"),
    ("number-unreadable", "about 40"),
    ("row-double", "V-5"),
    ("reference-unknown", "unicorn"),
    ("reference-unknown", "Atlantis"),
}


@pytest.mark.slow
def test_what_storing_tells_is_told_in_the_preview_and_on_the_page_of_the_document(
    world: World, tmp_path: Path
) -> None:
    hand_in(world.folder, tmp_path / "network", "X-CELL", "coalition", NETWORK)
    hand_in(world.folder, tmp_path / "needs", "XV", "coalition", NEEDS)
    head = {"party": "XV", "day": "2031-03-02", "marking": "coalition", "version": "2"}
    rows = [dict(zip(NAMES, one, strict=True)) for one in ROWS]
    content = form_book(BY_NAME["needs"], "needs", head, rows, "en")
    client = world.client("recipient")
    upload = checked(client, {"needs.xlsx": content})
    (file,) = upload.preview["files"]
    found = [finding_of(one) for one in file["findings"]]
    assert {(one.code, one.read) for one in found if one.severity == "error"} == TOLD
    page = f"/submissions/uploads/{upload.pk}"
    assert "No findings." not in text(client.get(page))
    assert "unless it is a row that is not shown to you" in text(client.get(page))
    assert "sofern es nicht eine Zeile ist" in text(client.get(page, headers={"accept-language": "de"}))
    marked = b"".join(client.get(f"{page}/marked/0"))
    listed = str([list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(marked)).worksheets])
    assert "unicorn" in listed
    assert "No findings" not in listed
    confirm(client, page)
    work()
    compute(world.folder, ("XV",), "second")
    document = address(world, "recipient", "needs.xlsx")
    shown = text(client.get(document))
    assert all(read in shown for _, read in TOLD)
    assert "sofern es nicht eine Zeile ist" in text(client.get(document, headers={"accept-language": "de"}))
    assert digest(content) == file["digest"]
