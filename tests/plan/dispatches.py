"""Plans written by hand for the tiny problem of tests/plan/worlds.py: tents of one tonne from D by X to S.

X is a crossing, S a hub, D a port; the carrier of the first lane is C. What partner P sends is offer O, what
partner Q sends is offer OQ.
"""

from collections.abc import Mapping
from decimal import Decimal

import polars as pl
from tests.plan.worlds import Rows, day, tables

from konvoi.kit.days import monday
from konvoi.plan.plan import LEGS, MOVEMENTS, Plan

WORLD: dict[str, Rows] = {
    "sites": [
        {"site": "D", "name": "Dock", "kind": "port"},
        {"site": "X", "name": "Gate", "kind": "crossing"},
        {"site": "S", "name": "Stores", "kind": "hub"},
    ],
    "lanes": [
        {"lane": "DX", "from": "D", "to": "X", "days_p50": 2, "carrier": "C"},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
    ],
    "needs": [{"quantity": 100, "due": day(20), "recipient": "R"}],
    "offers": [{"quantity": 50, "line": "L"}, {"offer": "OQ", "party": "Q", "quantity": 50}],
}


def world(**changed: Rows) -> dict[str, pl.DataFrame]:
    """The tiny problem with two partners."""
    return tables(**(WORLD | changed))


def plan(*sent: tuple[str, str, str, int], lanes: Mapping[str, int] | None = None) -> Plan:
    """A plan of consignments (id, offer, quantity, day of loading), each by the same lanes, at once."""
    way = lanes or {"DX": 2, "XS": 1}
    movements, legs = [], []
    for name, offer, quantity, departs in sent:
        number = departs
        for at, (lane, days) in enumerate(way.items(), 1):
            ends = {"from": lane[0], "to": lane[1], "departs": day(number), "arrives": day(number + days)}
            load = {"tonnes": Decimal(quantity), "pallets": Decimal(0), "neq_kg": Decimal(0)}
            legs.append(
                {"movement": name, "leg": at, "lane": lane, "week": monday(day(number))} | ends | load
            )
            number += days
        movements.append(
            {
                "movement": name,
                "offer": offer,
                "need": "N",
                "good": "tent",
                "quantity": Decimal(quantity),
                "departs": day(departs),
                "arrives": day(number),
                "on_time": number <= 20,
            }
        )
    return Plan(
        problem="",
        version="1",
        parameters={},
        seed=1,
        stopped="by hand",
        value=Decimal(0),
        bound=Decimal(0),
        movements=_frame(movements, MOVEMENTS),
        legs=_frame(legs, LEGS),
    )


def _frame(rows: list[dict[str, object]], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)
