"""All tables of a view as an open data package (Frictionless): CSV files and their description."""

import json
from collections.abc import Mapping

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.dataset import Tables
from konvoi.flow.declare import Column, Derived
from konvoi.flow.view import View
from konvoi.kit.digest import digest
from konvoi.report.table_file import packed

DESCRIPTION = "datapackage.json"


def data_package(tables: Tables, view: View, *, licence: str = "", hxl: bool = False) -> dict[str, bytes]:
    """Return the files of a data package by name: a CSV for each table that has rows, and its description.

    Parameters of tables have their defaults. licence: its name, such as CC-BY-4.0; without it the package
    states none. hxl: put the HXL tag of each column in the second row.
    """
    files: dict[str, bytes] = {}
    resources = []
    for declared in CATALOGUE.values():
        rows = tables.table(declared.name)
        shown = rows.select(one.name for one in declared.columns if view.is_cell or not one.cell_only)
        if shown.is_empty() or not shown.width:
            continue
        name = f"{declared.name}.csv"
        money = {column: by for column, by in declared.money().items() if column in shown.columns}
        files[name] = packed(shown, declared.name, "csv", money, hxl=hxl)
        resources.append(_resource(declared, shown, files[name], hxl=hxl))
    day = view.as_of or tables.gathered.day
    package: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": "konvoi",
        "title": "Tables of a Konvoi workspace",
        "description": f"Computed for the reader {view.reader}" + (f", as of {day}." if day else "."),
        **({"licenses": [{"name": licence}]} if licence else {}),
        "sources": _sources(tables),
        "resources": resources,
    }
    text = json.dumps({name: value for name, value in package.items() if value}, indent=1, ensure_ascii=False)
    return {DESCRIPTION: f"{text}\n".encode(), **files}


def _resource(declared: Derived, rows: pl.DataFrame, content: bytes, *, hxl: bool) -> dict[str, object]:
    known = {column.name: column for column in declared.columns}
    schema: dict[str, object] = {
        "fields": [_field(known[name], declared.money()) for name in rows.columns],
        "missingValues": [""],
    }
    key = list(declared.key)
    if key and set(key) <= set(rows.columns) and not any(rows[name].null_count() for name in key):
        schema["primaryKey"] = key
    found: dict[str, object] = {
        "profile": "tabular-data-resource",
        "name": declared.name,
        "title": declared.title,
        "path": f"{declared.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{digest(content)}",
        "schema": schema,
    }
    # The second row holds tags; a reader passes it over as a comment.
    return found | ({"dialect": {"commentChar": "#"}} if hxl else {})


def _field(column: Column, money: Mapping[str, str]) -> dict[str, object]:
    """Describe a column as it is written: amounts in major units are numbers, lists are text."""
    field: dict[str, object] = {"name": column.name, "type": _type(column, money), "title": column.help}
    if field["type"] == "boolean":
        field |= {"trueValues": ["yes"], "falseValues": ["no"]}
    return field


def _type(column: Column, money: Mapping[str, str]) -> str:
    if column.name in money or column.type.is_float() or column.type.is_decimal():
        return "number"
    if column.type.is_integer():
        return "integer"
    if column.type == pl.Date():
        return "date"
    return "boolean" if column.type == pl.Boolean() else "string"


def _sources(tables: Tables) -> list[dict[str, str]]:
    """Name the addresses at which the statements of the view were published."""
    rows = tables.table("packages")
    if "address" not in rows.columns:
        return []
    return [{"title": one, "path": one} for one in rows["address"].drop_nulls().unique().sort()]
