"""Limits that cannot be read, from partners' files to the plan and its audit."""

from decimal import Decimal

import pytest
from tests.flow.planning.limited import START, Texts, tables_of

from konvoi.model.limiting import LIMITING, OF_TABLE
from konvoi.model.table import Type
from konvoi.model.tables import BY_NAME
from konvoi.plan.audit import audit
from konvoi.plan.clean import without
from konvoi.plan.problem import from_tables
from konvoi.plan.solve import solve

LATE = {"needs": "need,good,quantity,site,due,last_useful\nN,tent,10,S,2026-01-06,2026-01-20"}
HUTS = {
    "goods": START["goods"] + "\nhut,Hut,piece,100,1,1,1",
    "offers": START["offers"].replace("tent", "hut"),
    "equivalences": "good,serves,ratio\nhut,tent,1",
}
SHOP = {
    "offers": "",
    "budgets": "budget,party,day,amount,currency,good,price,lead_days,supplier,site,most\n"
    "B,Norland,2026-01-05,1000,EUR,,,,,,\nB,Norland,,,EUR,tent,1,1,Maker,D,100",
}
CAPACITY = {
    "capacities": "on,from,to,tonnes,pallets,neq_kg\nDS,2026-01-05,2026-02-01,100,100,100",
}
STANDARD = HUTS | {"standards": "standard,good,requirement,value\nT,tent,packing,box"}

FOR_TABLE: dict[str, Texts] = {
    "goods": {},
    "needs": {"needs": START["needs"].replace("due", "due,state").replace("18", "18,validated")},
    "offers": {
        "offers": "offer,party,good,quantity,site,ready,until,state\n"
        "O,Norland,tent,10,D,2026-01-05,2026-02-01,accepted"
    },
    "standards": STANDARD,
    "approvals": {
        "approvals": "approval,kind,party,covers,due,given,refused,expires\n"
        "A,export licence,Norland,O,2026-01-05,2026-01-05,,2026-02-01"
    },
    "budgets": SHOP,
    "equivalences": HUTS,
    "kits": {"kits": "kit,need,per_kit,weight\nK,N,10,5"},
    "earmarks": {"earmarks": "offer,to,value\nO,site,S"},
    "sites": {},
    "lanes": {},
    "capacities": CAPACITY,
    "closures": {"closures": "on,from,to\nDS,2026-01-26,2026-02-01"},
    "caps": {"caps": "party,what,most,good\nNorland,tonnes,100,tent"},
    "stocks": {"stocks": "party,good,stock,floor\nNorland,tent,100,1"},
    "blocked": {"blocked": "kind,value,reason,from,to\nparty,Norland,r,2026-01-26,2026-02-01"},
    "horizon": {},
}
"""For each table a problem whose plan brings 10 while all of its cells can be read."""

FOR_CELL: dict[tuple[str, str], tuple[Texts, int]] = {
    ("needs", "last_useful"): (LATE, 5),
    ("needs", "whole"): (
        {
            "needs": START["needs"].replace("due", "due,whole").replace("18", "18,no"),
            "offers": START["offers"].replace("10", "5"),
        },
        5,
    ),
    ("standards", "value"): (
        HUTS | {"standards": "standard,good,requirement,value\nT,tent,interchangeable with,hut"},
        10,
    ),
    ("standards", "mandatory"): (
        HUTS
        | {"standards": "standard,good,requirement,value,mandatory\nT,tent,interchangeable with,cabin,no"},
        10,
    ),
    ("horizon", "late_credit"): (LATE | {"horizon": "start,weeks,late_credit\n2026-01-05,4,0.5"}, 5),
    ("blocked", "kind"): ({"blocked": "kind,value,reason\ncarrier,Norland,r"}, 10),
    ("kits", "need"): (FOR_TABLE["kits"], 15),
    ("kits", "per_kit"): (FOR_TABLE["kits"], 15),
    ("kits", "weight"): (FOR_TABLE["kits"], 15),
}
"""Cells that need a problem of their own, and its value while they can be read."""

NOT_OF_A_PLAN = {name for name in OF_TABLE["capacities"] if name.startswith("daily_")}
EVERY = [(one.table, one.column) for one in LIMITING if one.column not in NOT_OF_A_PLAN]
NAMES = {("approvals", "covers"), ("earmarks", "offer"), ("capacities", "on"), ("closures", "on")}
NAMES |= {("caps", "party"), ("caps", "good"), ("stocks", "party"), ("stocks", "good"), ("blocked", "value")}


def world(table: str, column: str) -> tuple[Texts, int]:
    if (table, column) in FOR_CELL:
        return FOR_CELL[table, column]
    texts = FOR_TABLE[table]
    if table == "capacities" and column in ("from", "to"):
        texts = {"capacities": "on,from,to,tonnes\nDS,2026-01-26,2026-02-01,0"}
    if table == "standards" and column == "in_force":
        rows = "standard,good,requirement,value,in_force\nT,tent,interchangeable with,cabin,2050-01-01"
        texts = {**HUTS, "standards": rows}
    return texts, 10


def changed(texts: Texts, table: str, column: str, cell: str) -> Texts:
    """Return texts in which the last row of a table that states a cell in a column states another."""
    head, *rows = {**START, **texts}[table].splitlines()
    at = head.split(",").index(column)
    number = max(n for n, row in enumerate(rows) if row.split(",")[at] or column == "refused")
    cells = rows[number].split(",")
    cells[at] = cell
    rows[number] = ",".join(cells)
    return {**texts, table: "\n".join([head, *rows])}


def value(texts: Texts) -> Decimal:
    return solve(from_tables(tables_of(texts))).value


def unreadable(table: str, column: str) -> str:
    kind = next(one.type for one in BY_NAME[table].columns if one.name == column)
    return "#REF!" if kind in {Type.TEXT, Type.REF, Type.PARTY, Type.ID} else "4O?"


@pytest.mark.parametrize(("table", "column"), EVERY)
def test_nothing_that_a_cell_limits_is_used_while_it_cannot_be_read(table: str, column: str) -> None:
    """The same problem, with the cell readable, uses it; a plan of the kit's parts alone is worth 10."""
    texts, usual = world(table, column)
    assert value(texts) == usual
    tables = tables_of(changed(texts, table, column, unreadable(table, column)))
    found = from_tables(tables)
    plan = solve(found)
    expected = {"kits": 10}.get(table, usual if (table, column) in NAMES else 0)
    assert plan.value == expected
    assert {(one.table, one.column) for one in found.without} >= {(table, column)}
    assert {one.code for one in audit(tables, plan)} == {"limit-unreadable"}
    assert any(one.stops_orders for one in without(tables)) == ((table, column) in NAMES)
