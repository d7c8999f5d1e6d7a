"""A table as a file: CSV, JSON, XLSX or Parquet."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import xlsxwriter

from konvoi.report.tables import frame_csv


def packed(rows: pl.DataFrame, name: str, form: str) -> bytes:
    """Return a table as the content of a file; form: csv, json, xlsx or parquet.

    Equal tables give equal bytes. Lists stand in CSV and XLSX parted by semicolons; JSON has one document
    with the table's name and its rows, decimals as numbers.
    """
    return _FORMS[form](rows, name)


def _csv(rows: pl.DataFrame, name: str) -> bytes:
    return frame_csv(_flat(rows))


def _json(rows: pl.DataFrame, name: str) -> bytes:
    document = {"table": name, "rows": rows.to_dicts()}
    return (json.dumps(document, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: object) -> object:
    """Return a decimal as a number, all else that JSON does not know as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _parquet(rows: pl.DataFrame, name: str) -> bytes:
    out = io.BytesIO()
    rows.write_parquet(out)
    return out.getvalue()


def _xlsx(rows: pl.DataFrame, name: str) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # A fixed stamp: equal tables give equal bytes.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        _flat(rows).write_excel(book, name[:31], freeze_panes=(1, 0), autofilter=True)
    return out.getvalue()


def _flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with lists as text; members with several values as JSON."""
    return rows.with_columns(
        _texts(name, dtype).list.join("; ")
        for name, dtype in rows.schema.items()
        if isinstance(dtype, pl.List)
    )


def _texts(name: str, dtype: pl.List) -> pl.Expr:
    if isinstance(dtype.inner, pl.Struct):
        return pl.col(name).list.eval(pl.element().struct.json_encode())
    return pl.col(name)


_FORMS: dict[str, Callable[[pl.DataFrame, str], bytes]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
