"""Lists as files: CSV a part at a time, JSON, XLSX and iCalendar; the rows of the page, all of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl
from icalendar import Calendar, Event, Todo

from konvoi.kit.digest import key
from konvoi.kit.json_text import json_text
from konvoi.kit.text import calendar_text, harmless
from konvoi.model.hxl import tags
from konvoi.model.table import QUANTITY
from konvoi.report.money_columns import in_decimals
from konvoi.report.table_file import packed
from konvoi.report.tables import frame_csv
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.query import ListQuery
from konvoi.web.pages.attachments import WORKBOOK

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": WORKBOOK,
    "ics": "text/calendar; charset=utf-8",
}
TAGGED = ("csv", "xlsx")
"""Files that have a place for HXL tags."""
MOST_OF_WORKBOOK = 200_000
"""Rows of a workbook that is made while its reader waits."""
_OF_KIND: dict[Kind, pl.DataType] = {
    Kind.DAY: pl.Date(),
    Kind.NUMBER: QUANTITY,
    Kind.MONEY: pl.Int64(),
    Kind.YES: pl.Boolean(),
    Kind.TEXTS: pl.List(pl.String()),
}
Schema = Mapping[str, pl.DataType]


def frame(rows: Sequence[Row], columns: Sequence[Column], schema: Schema | None) -> pl.DataFrame:
    """Return rows as a frame of some columns; moments are texts, as ISO 8601."""
    types = {one.name: (schema or {}).get(one.name) or _OF_KIND.get(one.kind, pl.String()) for one in columns}
    values = [{one.name: _value(row.get(one.name), one) for one in columns} for row in rows]
    return pl.DataFrame(values, schema=types, orient="row")


def _value(value: Any, column: Column) -> Any:
    if column.kind == Kind.MOMENT and isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value


def csv_parts(
    query: ListQuery,
    columns: Sequence[Column],
    schema: Schema | None,
    batches: Iterator[Sequence[Row]],
    *,
    tagged: bool = False,
) -> Iterator[bytes]:
    """Yield a list as CSV, a part at a time. A text that a spreadsheet would take for a formula has an
    apostrophe before it. tagged: the HXL tag of each column stands below its head.
    """
    second = tags(query.rows_of, [one.name for one in columns]) if tagged else ()
    yield frame_csv(frame((), columns, schema), tags=second)
    for rows in batches:
        content = frame_csv(_plain_texts(frame(rows, columns, schema)), query.money)
        yield content[content.index(b"\n") + 1 :]


def _plain_texts(rows: pl.DataFrame) -> pl.DataFrame:
    texts = [name for name, type in rows.schema.items() if isinstance(type, pl.List)]
    joined = rows.with_columns(pl.col(name).cast(pl.List(pl.String())).list.join("; ") for name in texts)
    return joined.with_columns(pl.col(pl.String).map_elements(harmless, return_dtype=pl.String()))


def json_file(
    query: ListQuery, columns: Sequence[Column], schema: Schema | None, rows: Sequence[Row]
) -> bytes:
    """Return a list as JSON: its name, the number of rows, and the rows."""
    document = {"list": query.name, "total": len(rows), "rows": plain_rows(query, columns, schema, rows)}
    return (json_text(document) + "\n").encode()


def plain_rows(
    query: ListQuery, columns: Sequence[Column], schema: Schema | None, rows: Sequence[Row]
) -> list[dict[str, Any]]:
    """Return rows as values for JSON, amounts of money in major units."""
    return in_decimals(frame(rows, columns, schema), query.money).to_dicts()


def workbook(
    query: ListQuery,
    columns: Sequence[Column],
    schema: Schema | None,
    rows: Sequence[Row],
    *,
    tagged: bool = False,
) -> bytes:
    """Return a list as XLSX; tagged: the HXL tag of each column stands below its head."""
    return packed(
        frame(rows, columns, schema), query.name, "xlsx", query.money, hxl=tagged, tags_of=query.rows_of
    )


def calendar(
    query: ListQuery, title: str, columns: Sequence[Column], rows: Sequence[Row], day: date | None
) -> bytes:
    """Return a list as a calendar: an entry on the day of each row, and a task without a day for the others.

    day: of the results, for stamps; None: a fixed one.
    """
    found = Calendar()
    found.add("prodid", "-//Konvoi//list//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", calendar_text(title))
    stamp = datetime.combine(day or date(2000, 1, 1), time(), UTC)
    for number, row in enumerate(rows):
        on = row.get(query.calendar)
        entry = Event() if on is not None else Todo()
        entry.add("uid", f"{key(query.name, row.get(query.key) if query.key else number)}@konvoi")
        entry.add("dtstamp", stamp)
        if on is not None:
            entry.add("dtstart", on)
            entry.add("dtend", on + timedelta(days=1))
            entry.add("transp", "TRANSPARENT")
        texts = [(one, one.text(row)) for one in columns if one.name != query.calendar]
        entry.add("summary", calendar_text(" · ".join([text for _, text in texts if text][:3]) or title))
        told = "\n".join(f"{one.heading}: {text}" for one, text in texts if text)
        entry.add("description", calendar_text(told))
        found.add_component(entry)
    return bytes(found.to_ical(sorted=True))
