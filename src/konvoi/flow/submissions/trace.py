"""The way of a record through all that was handed in, each step with what it says and where it stands."""

import datetime
from decimal import Decimal

import polars as pl

from konvoi.accord.facts import table
from konvoi.accord.trace import clause_id, way
from konvoi.flow.gathered import Gathered
from konvoi.kit.money import to_major
from konvoi.model.tables import BY_NAME

_WORDS = ("title", "text", "clause", "stage", "state", "good")
_PARTIES = ("party", "supplier", "carrier", "parties")
_QUANTITIES = ("quantity", "received")


def trace(gathered: Gathered, name: str) -> list[dict[str, object]]:
    """The steps of WAY as plain values: direction, table, id, via, party, day, how much, words, place.

    name: an id of any table of the way, or an entry's. Empty where nothing bears it.
    """
    tables = gathered.tables
    found = way(tables, name)
    if found.is_empty():
        said = gathered.ledger.entries.filter(pl.col("entry") == name)["reference"].drop_nulls()
        found = way(tables, said[0]) if len(said) else found
    wanted = {str(one) for one in found["table"].unique()}
    rows = {one: _by_id(gathered, one) for one in sorted(wanted - {"clauses"})}
    rows["clauses"] = _clauses(gathered)
    units = _units(gathered)
    return [
        {**step, **_told(rows.get(str(step["table"]), {}).get(str(step["id"]), {}), units)}
        for step in found.iter_rows(named=True)
    ]


def _by_id(gathered: Gathered, name: str) -> dict[str, dict[str, object]]:
    rows = table(gathered.tables, name)
    key = BY_NAME[name].columns[0].name
    return {str(row[key]): row for row in rows.iter_rows(named=True)}


def _clauses(gathered: Gathered) -> dict[str, dict[str, object]]:
    """Return the clauses of the texts that were submitted, under their document."""
    found = gathered.tables.get("clauses")
    wanted = ("document", "clause", "text", "_file", "_sheet", "_row")
    rows = [] if found is None else found.select(wanted).drop_nulls("document").to_dicts()
    return {clause_id(row["document"], row["clause"]): row for row in rows}


def _units(gathered: Gathered) -> dict[str, str]:
    """The unit of each reference that the ledger knows, and of each good."""
    entries = gathered.ledger.entries.drop_nulls(["reference", "unit"]).unique("reference", keep="first")
    goods = table(gathered.tables, "goods").select("good", "unit").drop_nulls()
    return dict(goods.iter_rows()) | dict(entries.select("reference", "unit").iter_rows())


def _told(row: dict[str, object], units: dict[str, str]) -> dict[str, object]:
    """Return the values of a row as plain values; nothing of a clause whose text was not submitted."""
    day = row.get("day")
    number = next((row[name] for name in _QUANTITIES if isinstance(row.get(name), Decimal)), None)
    minor = row.get("amount")
    currency = str(row.get("currency") or "")
    unit = row.get("unit") or next((units[str(one)] for one in row.values() if str(one) in units), "")
    return {
        "party": next((row[name] for name in _PARTIES if row.get(name)), None),
        "day": day.isoformat() if isinstance(day, datetime.date) else None,
        "quantity": number,
        "unit": unit or None if number is not None else None,
        "amount": to_major(minor, currency) if isinstance(minor, int) else None,
        "currency": currency or None if minor is not None else None,
        "words": next((str(row[name]) for name in _WORDS if row.get(name)), None),
        "file": row.get("_file"),
        "sheet": row.get("_sheet"),
        "row": row.get("_row"),
    }
