"""Uploads in tests: files as a browser sends them, and their jobs as the worker does them."""

import io
import re
import uuid
from collections.abc import Mapping
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.world import World

from konvoi.gateways.refusal import Refused
from konvoi.report.submissions.template import template
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import claim, end
from konvoi.web.submissions import jobs
from konvoi.web.submissions.actions import announced_of
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.questions import compute_questions

DAY = "2031-03-02"


def workbook(
    party: str, packages: list[Mapping[str, str | int]], *, marking: str = "coalition", day: str = DAY
) -> bytes:
    """Return a workbook of a party with rows of the table `packages`."""
    from konvoi import RELEASED

    book = openpyxl.load_workbook(io.BytesIO(template("en", day=RELEASED, full=True)))
    head = book.worksheets[0]
    for row in head.iter_rows(min_col=1, max_col=2):
        name = str(row[0].value or "").strip().casefold()
        told = {"party": party, "day": day, "marking": marking, "submitted by": party}
        if name in told:
            row[1].value = told[name]
    sheet = book["packages"] if "packages" in book.sheetnames else book["Packages"]
    columns = {
        re.sub(r"\s*(\[.*\])?\s*\*?$", "", str(cell.value)).strip().casefold().replace(" ", "_"): cell.column
        for cell in sheet[1]
        if cell.value
    }
    for at, values in enumerate(packages, start=2):
        for name, value in values.items():
            sheet.cell(at, columns[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def relief(package: str, party: str, amount: str | int, **more: str | int) -> dict[str, str | int]:
    """Return a row of `packages`."""
    return {
        "package": package,
        "party": party,
        "kind": "humanitarian",
        "title": f"Relief {package}",
        "day": "2031-03-01",
        "stage": "pledged",
        "currency": "EUR",
        "amount": amount,
        "counterparty": "XV",
    } | more


def hand_in(
    client: Client, files: Mapping[str, bytes], *, key: uuid.UUID | None = None, party: str = ""
) -> Upload:
    """Send files and return their upload."""
    given = [SimpleUploadedFile(name, content) for name, content in files.items()]
    answer = client.post(
        "/submissions/hand-in", {"files": given, "key": str(key or uuid.uuid4()), "party": party}
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Upload.objects.get(pk=answer["Location"].rpartition("/")[2])


def work() -> None:
    """Do the jobs of uploads that wait, one after the other, as the worker does."""
    while (job := claim("test", ["files"])) is not None:
        try:
            {"check": jobs.check, "take": jobs.take, "ask": compute_questions}[job.kind](job)
        except Refused as error:
            jobs.fail(job, str(error))
            end(job.pk, Job.State.FAILED, error=str(error))


def checked(client: Client, files: Mapping[str, bytes], *, party: str = "") -> Upload:
    """Send files, have them checked, and return their upload."""
    upload = hand_in(client, files, party=party)
    work()
    upload.refresh_from_db()
    return upload


def confirm(client: Client, address: str, *, follow: bool = False) -> Any:
    """Confirm the upload at an address as its preview is now, and return the answer."""
    seen = announced_of(Upload.objects.get(pk=address.rpartition("/")[2]))
    return client.post(f"{address}/confirm", {"seen": seen}, follow=follow)


def stored(world: World, name: str, files: Mapping[str, bytes]) -> Upload:
    """Send files, have them checked, confirm and store them."""
    client = world.client(name)
    upload = checked(client, files)
    confirm(client, f"/submissions/uploads/{upload.pk}")
    work()
    upload.refresh_from_db()
    return upload
