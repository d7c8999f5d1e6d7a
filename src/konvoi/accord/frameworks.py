"""Call-offs whose framework contract was not handed in as they name it: which it may be, for a person."""

from collections.abc import Iterator, Mapping

import polars as pl

from konvoi.kit.digest import key
from konvoi.kit.text import fold
from konvoi.link.comparison import OTHERWISE, Comparison, Level
from konvoi.link.match import match
from konvoi.link.settings import Block, Settings

Tables = Mapping[str, pl.DataFrame]
Row = Mapping[str, object]

LEAST = 0.5
"""Pairs below this probability are not told of."""

UNDER = pl.Schema(
    {
        "call_off": pl.String(),
        "contract": pl.String(),
        "probability": pl.Float64(),
        "evidence": pl.String(),
        "seen": pl.String(),
    }
)
"""One line for each call-off and a framework contract it may be under, the surest first.

evidence: JSON list of [what was compared, the answer]. seen: digest of what speaks for and against."""

RECORDS = pl.Schema(
    {
        **dict.fromkeys(("id", "role", "supplier", "thing", "unit", "currency"), pl.String()),
        "quantity": pl.Float64(),
        "amount": pl.Float64(),
        "day": pl.Date(),
    }
)
"""One line for each call-off without its framework, and each contract. supplier: as it is called, folded.
thing: the good or code. role: which of the two it is."""

# Shares by judgement, among pairs of one supplier or one good: a call-off fits into its framework.
_FIT = "a part of what the framework holds", "more than the framework holds"
SUPPLIER = Comparison(
    name="supplier",
    columns=("supplier",),
    levels=(
        Level("the same supplier", "l.supplier = r.supplier", 0.98, 0.2),
        Level("another supplier", OTHERWISE, 0.02, 0.8),
    ),
)
THING = Comparison(
    name="good",
    columns=("thing",),
    levels=(
        Level("the same good", "l.thing = r.thing", 0.95, 0.3),
        Level("another good", OTHERWISE, 0.05, 0.7),
    ),
)
QUANTITY = Comparison(
    name="quantity",
    columns=("quantity",),
    unknown="l.unit <> r.unit",
    levels=(
        Level(_FIT[0], "l.quantity <= r.quantity", 0.95, 0.5),
        Level(_FIT[1], OTHERWISE, 0.05, 0.5),
    ),
)
AMOUNT = Comparison(
    name="amount",
    columns=("amount",),
    unknown="l.currency <> r.currency",
    levels=(Level(_FIT[0], "l.amount <= r.amount", 0.95, 0.5), Level(_FIT[1], OTHERWISE, 0.05, 0.5)),
)
DAY = Comparison(
    name="day",
    columns=("day",),
    levels=(
        Level("signed after the framework", "l.day >= r.day", 0.98, 0.5),
        Level("signed before the framework", OTHERWISE, 0.02, 0.5),
    ),
)
SETTINGS = Settings(
    comparisons=(SUPPLIER, THING, QUANTITY, AMOUNT, DAY),
    blocks=(Block("supplier", ("supplier",), narrower=("thing",)), Block("good", ("thing", "currency"))),
    relation="part_of",
    directed=True,
    allowed="l.role = 'call_offs' AND r.role = 'contracts'",
    prior=0.1,
    least=LEAST,
)

_SEEN = ("day", "quantity", "unit", "amount", "currency")


def seen(call_off: Row, contract: Row) -> str:
    """A digest of what was looked at: with another one a decision does not hold any more."""
    pair = (call_off, "call_off"), (contract, "contract")
    return key(*([row[name], *(row[column] for column in _SEEN)] for row, name in pair))


def under(tables: Tables) -> pl.DataFrame:
    """All pairs of a call-off without its framework and a contract that this may be (UNDER)."""
    contracts = {str(row["contract"]): row for row in _rows(tables, "contracts")}
    homeless = {
        str(row["call_off"]): row
        for row in _rows(tables, "call_offs")
        if str(row["contract"]) not in contracts
    }
    if not contracts or not homeless:
        return pl.DataFrame(schema=UNDER)
    names = {str(row["party"]): fold(str(row["name"])) for row in _rows(tables, "parties") if row["name"]}
    goods = _goods(tables)
    records = [
        _record(f"{role}/{name}", row, names, goods)
        for role, rows in (("call_offs", homeless), ("contracts", contracts))
        for name, row in rows.items()
        if row["state"] != "cancelled"
    ]
    pairs = match(pl.DataFrame(records, schema=RECORDS), SETTINGS).pairs
    return pl.DataFrame(list(_pairs(pairs, homeless, contracts)), schema=UNDER)


def _pairs(pairs: pl.DataFrame, homeless: Mapping[str, Row], contracts: Mapping[str, Row]) -> Iterator[Row]:
    for row in pairs.sort(-pl.col("probability"), "left_id", "right_id").iter_rows(named=True):
        call_off, contract = (str(row[side]).split("/", 1)[1] for side in ("left_id", "right_id"))
        yield {
            "call_off": call_off,
            "contract": contract,
            "probability": row["probability"],
            "evidence": row["evidence"],
            "seen": seen(homeless[call_off], contracts[contract]),
        }


def _goods(tables: Tables) -> dict[str, str]:
    """The good of each line, and of each code that goods bear."""
    lines = {str(row["line"]): str(row["good"]) for row in _rows(tables, "lines") if row["good"]}
    codes = {
        code.strip(): str(row["good"])
        for row in _rows(tables, "goods")
        for code in str(row["codes"] or "").split(";")
        if code.strip()
    }
    return codes | lines


def _record(id: str, row: Row, names: Mapping[str, str], goods: Mapping[str, str]) -> dict[str, object]:
    supplier, code = str(row.get("supplier") or row.get("_supplier") or ""), str(row.get("_code") or "")
    quantity, amount = row["quantity"], row["amount"]
    return {
        "id": id,
        "role": id.split("/", 1)[0],
        "supplier": (names.get(supplier) or fold(supplier)) or None,
        "thing": goods.get(str(row["line"])) or goods.get(code) or code or None,
        "unit": row["unit"],
        "currency": row["currency"],
        "quantity": None if quantity is None else float(str(quantity)),
        "amount": None if amount is None else float(str(amount)),
        "day": row["day"],
    }


def _rows(tables: Tables, name: str) -> list[dict[str, object]]:
    return tables[name].to_dicts() if name in tables else []
