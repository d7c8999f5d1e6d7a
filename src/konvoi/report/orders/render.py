"""The front door: an issue of orders becomes files, one folder for each reader."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi import __version__
from konvoi.kit.digest import key
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.plan.changes import text
from konvoi.plan.orders import Orders, records
from konvoi.report.case import Case
from konvoi.report.orders.binding import Binding
from konvoi.report.orders.calendar import Diary
from konvoi.report.orders.paper import Printing
from konvoi.report.orders.sheet import Sheet
from konvoi.report.orders.spoken import Spoken
from konvoi.report.orders.view import Eyes, Issue, Reader, View, narrowed
from konvoi.report.orders.workbook import Workbooks
from konvoi.report.page import Message, Name
from konvoi.report.tables import frame_csv

TABLES = ("consignments", "legs", "papers", "calls", "conflicts", "solutions", "changes")
_PLAIN = re.compile(r"[^\w.-]")


def render(
    orders: Orders,
    case: Case,
    eyes: Eyes,
    *,
    audience: str = "",
    languages: Sequence[str] = ("en", "de", "uk"),
    before: Mapping[str, object] | None = None,
    stop: Stop = never,
) -> Iterator[tuple[str, bytes]]:
    """The files of an issue by path, in order.

    eyes: what is hidden from each reader. audience: empty for the orders of all readers, each with what it
    may see; `public` or `coalition` for all with only what these may see; one reader's id for its orders
    alone. before: the last issue's orders.json.
    KIND/READER/orders.LANG.html, orders.xlsx and orders.ics for each reader; for the cell, index.LANG.html,
    orders.json, conflicts.csv, consignments.csv and changes.csv beside them. Equal cases give equal bytes.
    """
    last = before or {}
    issue = narrowed(Issue(orders, case, eyes, _calls(last), previous(last) or {}, _legs(last)), audience)
    binding = Binding(issue, audience)
    spoken = [Spoken(language) for language in languages]
    printings = [Printing(issue, one) for one in spoken]
    books = Workbooks(spoken[0])
    diary = Diary(spoken[0])
    sheets: list[Sheet] = []
    for sheet in binding.sheets():
        stop(Progress("Writing orders", len(sheets), len(binding.readers)))
        sheets.append(sheet)
        folder = _folder(sheet.reader)
        for printing in printings:
            yield f"{folder}/orders.{printing.code}.html", printing.page(sheet)
        yield f"{folder}/orders.xlsx", books.book(sheet)
        yield f"{folder}/orders.ics", diary.calendar(sheet)
    if audience in ("", PUBLIC, COALITION):
        yield from _cells_own(issue, audience, printings, sheets)


def _cells_own(
    issue: Issue, audience: str, printings: Sequence[Printing], sheets: Sequence[Sheet]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files for the cell: the summary, and the tables with which the next issue is compared."""
    whole = _summary(issue)
    marking = Message(audience or "for the coordination cell only")
    if audience == COALITION:
        marking = Message("for the coalition only")
    for printing in printings:
        rows = [_link(printing, sheet) for sheet in sheets]
        yield f"index.{printing.code}.html", printing.summary(marking, whole, rows)
    yield "orders.json", document(issue.orders, exercise=issue.case.exercise)
    for name in ("conflicts", "consignments", "changes"):
        yield f"{name}.csv", frame_csv(_flat(getattr(issue.orders, name)))


def _summary(issue: Issue) -> Sheet:
    """All consignments as one sheet, for the cell."""
    weeks = Binding(issue).everything
    gone = tuple(
        sorted(name for name, rows in issue.changes.items() if rows[0]["change"] in ("dropped", "past"))
    )
    sheet = Sheet(issue, Reader("partner", ""), View(), Message(""), weeks, gone)
    return replace(sheet, conflicts=tuple(issue.conflicts))


def _link(printing: Printing, sheet: Sheet) -> dict[str, object]:
    kinds = {"partner": "Partner", "hub": "Hub", "carrier": "Carrier", "consignee": "Consignee"}
    reader = sheet.reader
    names = sheet.wording.names
    name: Name = names.site(reader.id) if reader.kind == "hub" else names.party(reader.id)
    consignments, weeks = sheet.totals
    return {
        "kind": printing.text(Message(kinds[reader.kind])),
        "name": printing.text(name),
        "consignments": printing.text(consignments),
        "weeks": printing.text(weeks),
        "conflicts": printing.text(len(sheet.conflicts)),
        "folder": _folder(reader),
    }


def _folder(reader: Reader) -> str:
    return f"{reader.kind}/{folder_of(reader.id)}"


def folder_of(id: str) -> str:
    """A reader's id as the name of a folder, on every system.

    >>> folder_of("PLRZE"), folder_of("a/b")[:4]
    ('PLRZE', 'a_b-')
    """
    plain = _PLAIN.sub("_", id).strip(".")
    return plain if plain == id and id == id.upper() else f"{plain}-{key(id)[:6]}"


def document(orders: Orders, *, exercise: bool = False) -> bytes:
    """The whole issue as orders.json: days as ISO 8601, numbers as decimal text."""
    tables = {name: _rows(getattr(orders, name)) for name in TABLES}
    kept = {id: row["papers"] for id, row in records(orders).items()}
    tables["consignments"] = [
        row | {"papers": str(kept[str(row["consignment"])])} for row in tables["consignments"]
    ]
    head: dict[str, object] = {"konvoi": __version__, "day": orders.day.isoformat(), "plan": orders.plan}
    head |= {"exercise": True} if exercise else {}
    found = head | {"findings": [finding.as_dict() for finding in orders.findings]} | tables
    parts = [f"{json.dumps(name)}: {_lines(value)}" for name, value in found.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _lines(value: object) -> str:
    """A value as JSON, of a list one line for each of its members."""
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"


def _rows(frame: pl.DataFrame) -> list[dict[str, object]]:
    return [{name: _json(cell) for name, cell in row.items()} for row in frame.iter_rows(named=True)]


def _json(cell: object) -> object:
    return cell if cell is None or isinstance(cell, bool | int | list) else text(cell)


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(name).list.join("; ") for name in lists)


def previous(content: Mapping[str, object]) -> dict[str, dict[str, object]] | None:
    """The consignments of an issue by id, as its orders.json holds them; None where it is none."""
    rows = content.get("consignments")
    if not isinstance(rows, list):
        return None
    return {str(row["consignment"]): row for row in rows if isinstance(row, dict) and "consignment" in row}


def _legs(content: Mapping[str, object]) -> dict[str, list[Mapping[str, object]]]:
    found: dict[str, list[Mapping[str, object]]] = {}
    rows = content.get("legs")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            found.setdefault(str(row.get("consignment")), []).append(row)
    return found


def _calls(content: Mapping[str, object]) -> pl.DataFrame:
    rows = content.get("calls")
    known = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    wanted = ("kind", "reader", "consignment")
    return pl.DataFrame(
        {name: [str(row.get(name) or "") for row in known] for name in wanted},
        schema=dict.fromkeys(wanted, pl.String),
    ).filter(pl.col("kind").is_in(["partner", "hub", "carrier", "consignee"]))
