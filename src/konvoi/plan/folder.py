"""A plan as the files of its folder, and back: plan.json, movements.csv, legs.csv, unmet.csv, prices.csv,
payments.csv, own_prices.csv where the bound needs it, planned_without.csv where a limit could not be read."""

import io
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.plan.plan import LEGS, MOVEMENTS, OWN_PRICES, PAYMENTS, PRICES, UNMET, Plan
from konvoi.plan.without import WITHOUT

_TABLES = {"movements": MOVEMENTS, "legs": LEGS, "unmet": UNMET, "prices": PRICES, "payments": PAYMENTS}
_LATER = ("payments",)
"""Tables that older plans lack; the audit then treats them as missing."""
_WITHOUT = "planned_without.csv"
_OWN = "own_prices.csv"


_LATER_COLUMNS = ("confirmed",)
"""Columns that older plans lack."""


def files(plan: Plan) -> dict[str, bytes]:
    """The files of a plan by name; equal plans give equal bytes."""
    head = {
        "problem": plan.problem,
        "version": plan.version,
        "parameters": dict(plan.parameters),
        "seed": plan.seed,
        "stopped": plan.stopped,
        "value": format(plan.value, "f"),
        "bound": format(plan.bound, "f"),
    }
    text = json.dumps(head, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    tables = {f"{name}.csv": _csv(getattr(plan, name)) for name in _TABLES}
    if plan.without.height:
        tables[_WITHOUT] = _csv(plan.without)
    if plan.own_prices.height:
        tables[_OWN] = _csv(plan.own_prices)
    return {"plan.json": text.encode()} | tables


def _csv(frame: pl.DataFrame) -> bytes:
    """A table as CSV: numbers without trailing zeros, prices with all their digits, lines ended by one LF."""
    columns = [_text(frame[name]).alias(name) for name in frame.columns]
    return pl.DataFrame(columns).write_csv().encode() if columns else b""


def _text(column: pl.Series) -> pl.Series:
    """A column as texts; an empty cell stays empty."""
    texts = [None if cell is None else _cell(cell) for cell in column.to_list()]
    return pl.Series(texts, dtype=pl.String)


def _cell(cell: Any) -> str:
    """One cell: a float in the fewest digits that give it back, a decimal without trailing zeros."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        text = format(cell, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return repr(cell) if isinstance(cell, float) else str(cell)


def plan_of(content: Mapping[str, bytes]) -> Plan:
    """Return the plan in files.

    Raises ValueError, naming the file or cell, where one cannot be read; the caller adds the folder.
    """
    asked = ("plan.json", *(f"{name}.csv" for name in _TABLES if name not in _LATER))
    if missing := [name for name in asked if name not in content]:
        raise ValueError(f"not a plan: {', '.join(missing)} missing")
    try:
        head = json.loads(content["plan.json"])
        there = {name: schema for name, schema in _TABLES.items() if f"{name}.csv" in content}
        tables = {name: _frame(content[f"{name}.csv"], schema) for name, schema in there.items()}
        if _WITHOUT in content:
            tables["without"] = _frame(content[_WITHOUT], WITHOUT)
        if _OWN in content:
            tables["own_prices"] = _frame(content[_OWN], OWN_PRICES)
        return Plan(
            problem=str(head["problem"]),
            version=str(head["version"]),
            parameters=dict(head["parameters"]),
            seed=int(head["seed"]),
            stopped=str(head["stopped"]),
            value=Decimal(head["value"]),
            bound=Decimal(head["bound"]),
            **tables,
        )
    except (KeyError, TypeError, ArithmeticError, UnicodeDecodeError, pl.exceptions.PolarsError) as error:
        raise ValueError(f"not a plan: {error}") from error


def _frame(content: bytes, schema: pl.Schema) -> pl.DataFrame:
    """A table from CSV: columns by the schema, whatever their order."""
    texts = pl.read_csv(io.BytesIO(content), infer_schema=False)
    texts = texts.with_columns(
        pl.lit(None).alias(name) for name in _LATER_COLUMNS if name not in texts.columns
    )
    missing = [name for name in schema if name not in texts.columns]
    if missing:
        raise ValueError(f"not a plan: no column {', '.join(missing)}")
    if not texts.height:
        return pl.DataFrame(schema=schema)
    return texts.select(_read(pl.col(name), kind) for name, kind in schema.items())


def _read(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """A column of texts in its own type."""
    if kind == pl.Boolean:
        return column == "true"
    return column.str.to_date() if kind == pl.Date else column.cast(kind)
