"""The tables of a plan: consignments by source and need, days and legs; unmet needs and their reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from konvoi.model.table import QUANTITY
from konvoi.plan.without import WITHOUT

MOVEMENTS = pl.Schema(
    {
        "movement": pl.String(),
        "offer": pl.String(),
        "need": pl.String(),
        "good": pl.String(),
        "quantity": QUANTITY,
        "departs": pl.Date(),
        "arrives": pl.Date(),
        "on_time": pl.Boolean(),
        "budget": pl.String(),
        "supplier": pl.String(),
    }
)
"""One line for each consignment; `offer` is null where it is bought from a budget."""

LEGS = pl.Schema(
    {
        "movement": pl.String(),
        "leg": pl.Int64(),
        "lane": pl.String(),
        "from": pl.String(),
        "to": pl.String(),
        "departs": pl.Date(),
        "arrives": pl.Date(),
        "tonnes": QUANTITY,
        "pallets": QUANTITY,
        "neq_kg": QUANTITY,
        "week": pl.Date(),
    }
)
"""One line for each leg of a movement, from 1. `departs` is the day on which it loads; `week` is the Monday
of that day's week, in which its load counts against the lane's capacity."""

UNMET = pl.Schema(
    {
        "need": pl.String(),
        "quantity": QUANTITY,
        "cause": pl.String(),
        "parameters": pl.String(),
        "confirmed": pl.String(),
    }
)
"""One line for each need (in units of need) not met by its due day, and cause; parameters: a JSON object.
confirmed: `yes` or `not confirmed` where the cause names a remedy (konvoi.plan.confirm), else null."""

PAYMENTS = pl.Schema(
    {
        "movement": pl.String(),
        "budget": pl.String(),
        "ordered": pl.Date(),
        "tranche": pl.Date(),
        "amount": QUANTITY,
    }
)
"""One line for each tranche that pays for a purchase, in minor units of the budget's currency. `ordered`: the
day of the order, `tranche`: that of the money; all money that is there when the horizon begins counts as one
tranche of its first day. What is ordered first takes the earliest money that is left."""

PRICES = pl.Schema(
    {
        "row": pl.String(),
        "kind": pl.String(),
        "key": pl.String(),
        "week": pl.Date(),
        "resource": pl.String(),
        "price": pl.Float64(),
    }
)
"""One line for each row of the problem with a price above zero: the gain from one more unit of it."""

OWN_PRICES = pl.Schema({"need": pl.String(), **PRICES})
"""Prices that a need useful only in full pays besides, in the proof of the bound: see konvoi.plan.reprice."""


@dataclass(frozen=True)
class Plan:
    """A plan, or a diagnosis where nothing can be sent (no movements, every need in `unmet`).

    value and bound are in the problem's own unit of value (docs/reference/problem.md). without: cells that
    limit the plan and could not be read.
    """

    problem: str
    version: str
    parameters: Mapping[str, object]
    seed: int
    stopped: str
    value: Decimal
    bound: Decimal
    movements: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MOVEMENTS))
    legs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LEGS))
    unmet: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=UNMET))
    prices: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PRICES))
    own_prices: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OWN_PRICES))
    payments: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PAYMENTS))
    without: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WITHOUT))

    def states(self) -> dict[str, tuple[str, ...]]:
        """Return the states of needs and offers planned, as plan.read_problem.from_tables takes them."""
        known = {name: self.parameters.get(name) for name in ("states", "offer_states")}
        return {name: tuple(map(str, found)) for name, found in known.items() if isinstance(found, list)}
