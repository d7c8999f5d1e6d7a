"""A table as a file: CSV, JSON, XLSX or Parquet."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format

from konvoi.kit.json_text import json_text
from konvoi.model.hxl import tags
from konvoi.report.money_columns import amounts, in_decimals
from konvoi.report.tables import frame_csv


def packed(
    rows: pl.DataFrame,
    name: str,
    form: str,
    money: Mapping[str, str],
    *,
    hxl: bool = False,
    tags_of: str = "",
) -> bytes:
    """Return a table as the content of a file; form: csv, json, xlsx or parquet.

    hxl: put the HXL tag of each column in the second row of CSV and XLSX. tags_of: the table by which the
    columns have tags; empty: the name. money: columns in minor units, each
    with the column of its currency; every file holds them in major units.

    Equal tables give equal bytes. Lists stand in CSV and XLSX parted by semicolons; JSON has one document
    with the table's name and its rows, decimals as numbers.
    """
    tagged = tags(tags_of or name, rows.columns) if hxl else []
    if form == "xlsx":
        return _xlsx(rows, name, money, tagged)
    return frame_csv(_flat(rows), money, tagged) if form == "csv" else _FORMS[form](rows, name, money)


def _json(rows: pl.DataFrame, name: str, money: Mapping[str, str]) -> bytes:
    document = {"table": name, "rows": in_decimals(rows, money).to_dicts()}
    return (json_text(document) + "\n").encode()


def _parquet(rows: pl.DataFrame, name: str, money: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    in_decimals(rows, money).write_parquet(out)
    return out.getvalue()


def _xlsx(rows: pl.DataFrame, name: str, money: Mapping[str, str], tagged: Sequence[str]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # A fixed stamp: equal tables give equal bytes.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        shown = in_decimals(_flat(rows), money)
        if tagged:
            # Tags are no row of the table, so that it has no filter and no head of its own.
            sheet = book.add_worksheet(name[:31])
            sheet.write_row(0, 0, rows.columns)
            sheet.write_row(1, 0, tagged)
            shown.write_excel(book, sheet, position=(2, 0), include_header=False, freeze_panes=(2, 0))
        else:
            shown.write_excel(book, name[:31], freeze_panes=(1, 0), autofilter=True)
        _write_amounts(book, rows, money, first=2 if tagged else 1)
    return out.getvalue()


def _write_amounts(
    book: xlsxwriter.Workbook, rows: pl.DataFrame, money: Mapping[str, str], *, first: int
) -> None:
    """Write amounts of money again, each with the places of its own currency: a column has one format."""
    sheet = book.worksheets()[0]
    formats: dict[int, Format] = {}
    for name, values in amounts(rows, money).items():
        for at, value in enumerate(values, first):
            if value is not None:
                digits = max(0, -int(value.as_tuple().exponent))
                if digits not in formats:
                    formats[digits] = book.add_format({"num_format": f"#,##0.{'0' * digits}".rstrip(".")})
                sheet.write_number(at, rows.columns.index(name), float(value), formats[digits])


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


_FORMS: dict[str, Callable[[pl.DataFrame, str, Mapping[str, str]], bytes]] = {
    "json": _json,
    "parquet": _parquet,
}
