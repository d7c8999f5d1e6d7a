"""Write a counting case as a workspace on disk: CSV folders, workbooks, IATI, FTS and OCDS."""

import csv
import io
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter
from tests.counting.case import Case, Document, Rows
from tests.flow.workspaces import reads_once

from konvoi.model.head import HEAD
from konvoi.model.naming import localized
from konvoi.model.party import states
from konvoi.model.table import Type
from konvoi.model.tables import BY_NAME

HEADER = '[coalition]\nname = "Counting"\nrecipient = "UA"\nday = 2026-06-30\ncurrency = "EUR"\n'
RATES = {"USD": "1.25", "GBP": "0.8", "PLN": "4", "SEK": "10", "UAH": "50", "JPY": "160"}
"""Units of each currency for one euro, the same all year, so that sums can be checked in the head."""

FUNDING = ("paid", "commitment")


def write(case: Case, folder: Path, names: Mapping[int, str] | None = None) -> Path:
    """Write the case as a workspace; names: of the files or folders of documents, by their number.

    What another workspace of the same content has read and gathered is taken from there.
    """
    folder.mkdir(parents=True)
    reads_once(folder)
    named = names or {number: f"d{number}" for number in range(len(case.documents))}
    written: dict[int, list[str]] = {}
    for number, document in enumerate(case.documents):
        where = folder / "submissions" / document.party
        content = contents(document, named[number])
        written[number] = [f"{document.party}/{name}" for name in content]
        for name, text in content.items():
            (where / name).parent.mkdir(parents=True, exist_ok=True)
            (where / name).write_bytes(text)
    (folder / "konvoi.toml").write_text(HEADER + case.settings + _superseded(case, written), "utf-8")
    (folder / "rates.csv").write_text(_rates(), "utf-8")
    return folder


def contents(document: Document, name: str) -> dict[str, bytes]:
    """Return the files of a document by their paths; name: of the file, or of the folder of tables."""
    if document.form == "csv":
        return _folder(document, name)
    if document.form == "xlsx":
        return {f"{name}.xlsx": _workbook(document)}
    if document.form == "iati":
        return {f"{name}.xml": _iati(document).encode()}
    if document.form == "fts":
        return {f"{name}.json": json.dumps(_fts(document)).encode()}
    return {f"{name}.json": json.dumps(_ocds(document)).encode()}


def _rates() -> str:
    rows = [
        f"{code},{day},{rate},test" for code, rate in RATES.items() for day in ("2026-01-01", "2026-06-01")
    ]
    return "\n".join(["currency,day,per_eur,source", *rows]) + "\n"


def _superseded(case: Case, written: Mapping[int, list[str]]) -> str:
    """The settings that name what each document replaces, file by file."""
    lines = []
    for number, document in enumerate(case.documents):
        if document.supersedes is None:
            continue
        old = {Path(name).name: name for name in written[document.supersedes]}
        for new in written[number]:
            before = old.get(Path(new).name, written[document.supersedes][0])
            lines.append(f'"{new}" = "{before}"')
    return "\n".join(["[supersedes]", *lines]) + "\n" if lines else ""


def _grid(table: str, rows: Rows, language: str) -> list[list[str]]:
    """Heads and cells of a table as they stand in a file of a language."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    choices = (
        {one.name for one in BY_NAME[table].columns if one.type == Type.CHOICE} if table in BY_NAME else set()
    )
    grid = [[localized("column", name, language) for name in columns]]
    for row in rows:
        cells = [row.get(name, "") for name in columns]
        grid.append(
            [
                localized("choice", cell, language) if name in choices else cell
                for name, cell in zip(columns, cells, strict=True)
            ]
        )
    return grid


def _head(document: Document) -> list[list[str]]:
    about = {"party": document.party, "day": document.day, "marking": "public"}
    return [[localized("head", name, document.language), value] for name, value in about.items()]


def _folder(document: Document, name: str) -> dict[str, bytes]:
    found = {f"{name}/konvoi.csv": _csv(_head(document))}
    for table, rows in document.tables.items():
        file = localized("table", table, document.language)
        found[f"{name}/{file}.csv"] = _csv(_grid(table, rows, document.language))
    return found


def _csv(grid: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(grid)
    return text.getvalue().encode()


def _workbook(document: Document) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    grids = {HEAD.name: _head(document)} | {
        localized("table", table, document.language): _grid(table, rows, document.language)
        for table, rows in document.tables.items()
    }
    for title, grid in {**grids, **document.extra}.items():
        sheet = book.add_worksheet(title)
        for at, row in enumerate(grid):
            sheet.write_row(at, 0, row)
    book.close()
    return stream.getvalue()


def _iati(document: Document) -> str:
    """A file of activities: one row for each transaction, the activity's columns repeated."""
    rows = document.tables["activities"]
    giver = states()[document.party]
    activities: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        activities.setdefault(row["activity"], []).append(row)
    parts = []
    for activity, transactions in activities.items():
        told = "".join(
            f'<transaction ref="{row.get("ref", "")}"><transaction-type code="{row["type"]}"/>'
            f'<transaction-date iso-date="{row["day"]}"/>'
            f'<value currency="{row.get("currency") or "EUR"}" value-date="{row["day"]}">{row["value"]}'
            "</value>"
            "</transaction>"
            for row in transactions
            if row["type"]
        )
        title = escape(transactions[0].get("title", ""))
        parts.append(
            f'<iati-activity default-currency="EUR" last-updated-datetime="{document.day}T08:00:00Z">'
            f"<iati-identifier>{activity}</iati-identifier>"
            f'<reporting-org ref="XM-{document.party}" type="10"><narrative>{giver}</narrative>'
            "</reporting-org>"
            f"<title><narrative>{title}</narrative></title>"
            f'<participating-org role="1" type="10" ref="XM-{document.party}"><narrative>{giver}</narrative>'
            '</participating-org><activity-status code="2"/><recipient-country code="UA"/>'
            f"{told}</iati-activity>"
        )
    return (
        f'<iati-activities version="2.03" generated-datetime="{document.day}T09:00:00Z">'
        f"{''.join(parts)}</iati-activities>"
    )


def _fts(document: Document) -> dict[str, Any]:
    """A page of flows into Ukraine in 2026, with the totals that it states of itself."""
    rows = document.tables["flows"]
    funding = sum(float(row["usd"] or 0) for row in rows if row["status"] in FUNDING)
    pledged = sum(float(row["usd"] or 0) for row in rows if row["status"] == "pledge")
    incoming = {
        "flowCount": len(rows),
        "fundingTotal": float(document.totals.get("funding", funding)),
        "pledgeTotal": float(document.totals.get("pledges", pledged)),
    }
    nothing = {"flowCount": 0, "fundingTotal": 0, "pledgeTotal": 0}
    flows = [_flow(row) for row in rows]
    data = {"incoming": incoming, "outgoing": nothing, "internal": {"flowCount": 0}, "flows": flows}
    return {"status": "ok", "data": data}


def _flow(row: Mapping[str, str]) -> dict[str, Any]:
    def thing(kind: str, number: str, name: str, **more: object) -> dict[str, object]:
        return {"type": kind, "id": number, "name": name, "behavior": "single", **more}

    year = thing("UsageYear", "47", "2026")
    giver = row.get("giver") or "Germany"
    government = {"organizationTypes": ["Government"]}
    told: dict[str, Any] = {
        "id": row["id"],
        "versionId": int(row.get("version") or 1),
        "status": row["status"],
        "amountUSD": float(row["usd"]) if row["usd"] else None,
        "date": f"{row['day']}T00:00:00Z",
        "decisionDate": f"{row['day']}T00:00:00Z",
        "firstReportedDate": f"{row['day']}T00:00:00Z",
        "createdAt": f"{row['day']}T08:00:00.000Z",
        "updatedAt": f"{row.get('updated') or row['day']}T08:00:00.000Z",
        "description": row.get("title", ""),
        "flowType": "Standard",
        "contributionType": "financial",
        "newMoney": True,
        "boundary": "incoming",
        "onBoundary": "single",
        "refCode": row.get("code") or None,
        "sourceObjects": [
            thing("Organization", "2900", f"{giver}, Government of", **government),
            thing("Location", "83", giver, iso3="DEU" if giver == "Germany" else "POL"),
            year,
        ],
        "destinationObjects": [
            thing("Organization", "2973", "Ukraine, Government of", **government),
            thing("Location", "229", "Ukraine", iso3="UKR"),
            year,
        ],
    }
    if row.get("amount"):
        told |= {"originalAmount": float(row["amount"]), "originalCurrency": row.get("currency") or "EUR"}
    return told


def _ocds(document: Document) -> dict[str, Any]:
    """Releases of contracting processes, with the party's ministry as buyer."""
    buyer = {"id": "buyer", "name": f"Ministry of {document.party}"}
    return {
        "uri": f"https://example.org/{document.day}",
        "version": "1.1",
        "publishedDate": f"{document.day}T10:00:00Z",
        "publisher": {"name": "Publisher"},
        "releases": [_release(row, buyer) for row in document.tables["releases"]],
    }


def _release(row: Mapping[str, str], buyer: dict[str, str]) -> dict[str, Any]:
    """One release; without a contract it states an empty list of contracts."""
    supplier = {"id": "s1", "name": "Supplier"}
    award = {"id": "A1", "status": "active", "date": f"{row['day']}T00:00:00Z", "suppliers": [supplier]}
    return {
        "ocid": row["ocid"],
        "id": row["release"],
        "date": f"{row['day']}T09:00:00Z",
        "tag": ["contract"],
        "initiationType": "tender",
        "parties": [buyer | {"roles": ["buyer"]}, supplier | {"roles": ["supplier"]}],
        "buyer": buyer,
        "awards": [award],
        "contracts": [_contract(row)] if row["contract"] else [],
    }


def _contract(row: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": row["contract"],
        "awardID": "A1",
        "title": row.get("title", ""),
        "status": row.get("state") or "active",
        "dateSigned": f"{row['signed']}T00:00:00Z",
    }
    if row.get("amount"):
        found["value"] = {"amount": float(row["amount"]), "currency": row.get("currency") or "EUR"}
    return found
