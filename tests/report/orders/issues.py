"""An issue of orders that can be checked by hand: P and Q send tents over one crossing to R."""

from datetime import date

import polars as pl
from tests.plan.dispatches import plan, world
from tests.plan.worlds import Rows, day, table
from tests.report.views import visible

from konvoi.model.entries import ENTRIES, RELATIONS
from konvoi.plan.changes import FIELDS, text
from konvoi.plan.orders import Orders, orders, records
from konvoi.plan.plan import Plan
from konvoi.report.case import Case
from konvoi.report.orders.view import Eyes

SENT = plan(("KA", "O", "6", 0), ("KB", "OQ", "5", 1))
PAPERS: Rows = [
    {"approval": "E-1", "kind": "export licence", "party": "P", "covers": "L", "given": day(-20)},
    {"approval": "E-2", "kind": "transit", "party": "Z", "covers": "O", "due": day(-2)},
]
LIMIT: Rows = [{"on": "X", "tonnes": 10}]
PARTIES: Rows = [
    {"party": "P", "name": "Arvenia", "kind": "state", "name_de": "Arwenien", "name_uk": "Арвенія"},
    {"party": "Q", "name": "Querland", "kind": "state"},
    {"party": "R", "name": "Bolaria", "kind": "recipient"},
    {"party": "C", "name": "Carry Ltd", "kind": "carrier"},
]


def issue(
    sent: Plan = SENT, *, before: dict[str, dict[str, object]] | None = None, **changed: Rows
) -> tuple[Orders, Case]:
    """Orders on the first day of the horizon, and the case behind them; all rows are the coalition's."""
    tables = world(**({"approvals": PAPERS, "capacities": LIMIT} | changed))
    tables["parties"] = table("parties", changed.get("parties", PARTIES))
    return orders(tables, sent, today=day(0), before=before), case(tables, day(0))


def case(tables: dict[str, pl.DataFrame], today: date) -> Case:
    """The case of these tables."""
    documents = pl.DataFrame(
        {"submission": ["S"], "name": ["tables.xlsx"], "party": ["CELL"], "marking": ["coalition"]}
    )
    return Case(
        title="Exercise of tents",
        day=today,
        recipient="R",
        entries=pl.DataFrame(schema=ENTRIES),
        relations=pl.DataFrame(schema=RELATIONS),
        documents=documents,
        tables=tables,
        findings=(),
        exercise=True,
    )


def kept(made: Orders) -> dict[str, dict[str, object]]:
    """The consignments as the next issue reads them."""
    return {
        id: {name: text(row[name]) for name in (*FIELDS, "offer", "budget", "supplier", "need", "good")}
        for id, row in records(made).items()
    }


def eyes(whole: Case) -> Eyes:
    """What each reader may not see of a case, by the markings of its rows."""

    def hidden(reader: str) -> dict[str, frozenset[str]]:
        shown = visible(whole, reader).tables
        found = {}
        for name, key in KEYS.items():
            every, seen = whole.tables.get(name), shown.get(name)
            if every is not None and seen is not None:
                found[name] = frozenset(every[key].drop_nulls()) - frozenset(seen[key].drop_nulls())
        return found

    return hidden


KEYS = {
    "offers": "offer",
    "budgets": "budget",
    "needs": "need",
    "lanes": "lane",
    "sites": "site",
    "approvals": "approval",
    "parties": "party",
    "capacities": "on",
    "closures": "on",
}
