"""A total as a file: the figure, its rows and the source rows behind it, as on the page."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import xlsxwriter

from konvoi.kit.json_text import json_text
from konvoi.report.table_file import packed
from konvoi.web.access.view import Opened
from konvoi.web.ledger.asked import Answered
from konvoi.web.ledger.shown_total import ShownTotal, how
from konvoi.web.pages.texts import say

Cells = Sequence[object]


def total_csv(answer: Answered, opened: Opened) -> bytes:
    """Return the source rows of a total as CSV, each with its place; those that counted add up to it."""
    head, *rows = _sources(answer, opened)
    schema = dict.fromkeys(map(str, head), pl.String())
    texts = [["" if one is None else str(one) for one in row] for row in rows]
    return packed(pl.DataFrame(texts, schema=schema, orient="row"), "total", "csv", {})


def total_json(answer: Answered, opened: Opened) -> bytes:
    """Return a total as JSON, with the names of docs/reference/totals.md."""
    document = answer.total.as_dict() | {
        "by_variant": [part.as_dict() for part in answer.mixed],
        "not_counted": answer.missing.as_dict(),
        "view": opened.manifest.digest,
        "as_of": None if opened.day is None else opened.day.isoformat(),
        "further": [
            {"reader": one.reader, "as_of": one.as_of.isoformat(), **each.as_dict()}
            for one, each in answer.further
        ],
        "further_contains_own": answer.own,
    }
    return (json_text(document) + "\n").encode()


def total_xlsx(answer: Answered, shown: ShownTotal, opened: Opened, marking: str) -> bytes:
    """Return a total as a workbook: the figure and its basis, its rows, and its source rows with places."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # A fixed stamp: equal totals give equal bytes.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        _sheet(book, say("Total"), _first(answer, shown, opened, marking))
        total = answer.total
        if total.by:
            head = (say("Row"), say("Value"), say("Lowest"), say("Highest"), say("Unit"), say("Entries"))
            rows = [
                (name.name, one.value, one.lowest, one.highest, one.unit or total.unit, len(one.entries))
                for name, one in zip(shown.parts, total.by, strict=False)
            ]
            _sheet(book, say("Rows"), [head, *rows])
        _sheet(book, say("Source rows"), list(_sources(answer, opened)))
    return out.getvalue()


def _first(answer: Answered, shown: ShownTotal, opened: Opened, marking: str) -> list[Cells]:
    total, question = answer.total, answer.question
    asked = {
        say("Stage"): say(total.stage),
        say("Partner"): question.party,
        say("Good"): question.good,
        say("Kind"): question.kind and say(question.kind),
        say("Boundary"): total.boundary,
        say("Facts up to"): question.on and question.on.isoformat(),
        say("As of"): opened.day and opened.day.isoformat(),
        say("Marking"): marking,
        say("View digest"): opened.manifest.digest,
    }
    return [
        (shown.sentence,),
        (say("Value"), total.value, total.unit),
        (say("Lowest"), total.lowest, total.unit),
        (say("Highest"), total.highest, total.unit),
        *((name, value) for name, value in asked.items() if value),
        *((say("Range"), text) for text in shown.span),
        *((say("Not in this figure"), text) for text in shown.missing),
        *((say("Basis"), text) for text in (*shown.basis, *shown.further)),
    ]


def _sources(answer: Answered, opened: Opened) -> Iterable[Cells]:
    yield (
        *(say("Entry"), say("Package or item"), say("Value"), say("Counted"), say("Unit")),
        *(say("How it counted"), say("Document"), say("Sheet"), say("row"), say("column")),
    )
    places = _places(opened)
    for row in answer.total.rows or ():
        place = places.get(row.entry, ("", "", None, ""))
        yield row.entry, row.unit, row.value, row.counted, answer.total.unit, how(row), *place


def _places(opened: Opened) -> Mapping[str, Cells]:
    """Return document, sheet, row and column of the entries of the view."""
    kept = opened.totals()
    if kept is None:
        return {}
    columns = ("entry", "submission", "sheet", "row", "column")
    names = dict(kept.gathered.documents.select("submission", "name").iter_rows())
    rows = kept.gathered.ledger.entries.select(columns).iter_rows()
    return {entry: (names.get(one, one), sheet, row, column) for entry, one, sheet, row, column in rows}


def _sheet(book: xlsxwriter.Workbook, name: str, rows: Sequence[Cells]) -> None:
    sheet = book.add_worksheet(name[:31])
    whole, places = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "#,##0.00####"})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 9, 18)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            match value:
                case None | "":
                    continue
                case Decimal():
                    form = whole if value == value.to_integral_value() else places
                    sheet.write_number(at, column, float(value), form)
                case int():
                    sheet.write_number(at, column, value, whole)
                case _:
                    sheet.write_string(at, column, str(value))
