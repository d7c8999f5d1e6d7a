"""The arrivals of a plan at each need, in units of the need."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.plan.problem import NEED_STATES
from konvoi.report.case import Case
from konvoi.report.names import table


@dataclass(frozen=True)
class Arrival:
    """One movement's part in a need: units of need, planned day, and the 10, 50, 90 of 100 days of its
    forecast; without one these are the planned day."""

    movement: str
    need: str
    units: Decimal
    arrives: date
    first: date
    middle: date
    last: date
    behind: tuple[str, ...]

    def on(self, which: str) -> date:
        """The planned day (`arrives`) or one of the forecast's (`first`, `middle`, `last`)."""
        days = {"arrives": self.arrives, "first": self.first, "middle": self.middle, "last": self.last}
        return days[which]


def needs(case: Case, states: Collection[str] = NEED_STATES) -> list[dict[str, object]]:
    """The needs in some states, by due day: rows of the table, with `last_useful` filled; it limits `due`.

    states: those that are planned, unless asked; a need without a state is validated. What no plan takes
    for its quantity or weight is none of those that are planned.
    """
    rows = table(case, "needs")
    state = pl.col("state").fill_null("validated")
    possible = (pl.col("quantity") > 0) & (pl.col("weight").fill_null(Decimal(1)) >= 0)
    return list(
        rows.filter(state.is_in(list(states)))
        .filter(possible | ~state.is_in(list(NEED_STATES)))
        .drop_nulls(["need", "quantity", "due"])
        .unique("need", keep="last", maintain_order=True)
        .with_columns(last_useful=pl.col("last_useful").fill_null(pl.col("due")))
        .with_columns(due=pl.min_horizontal("due", "last_useful"))
        .sort("due", "need")
        .iter_rows(named=True)
    )


def arrivals(case: Case) -> tuple[Arrival, ...]:
    """Return the quantity of each movement of the plan, by arrival."""
    if case.plan is None:
        return ()
    wanted = dict(table(case, "needs").select("need", "good").iter_rows())
    ratios = {
        (good, serves): ratio
        for good, serves, ratio in table(case, "equivalences").select("good", "serves", "ratio").iter_rows()
    }
    days = {}
    if case.outlook is not None:
        seen = case.outlook.movements.select("movement", "first", "middle", "last")
        days = {movement: tuple(known) for movement, *known in seen.iter_rows()}
    return tuple(
        _arrival(row, _ratio(ratios, row["good"], wanted.get(row["need"])), days.get(row["movement"]))
        for row in case.plan.movements.sort("arrives", "movement").iter_rows(named=True)
    )


def behind(movement: dict[str, object]) -> tuple[str, ...]:
    """Return the records behind a movement: its offer or budget, and its need."""
    parts: Iterable[tuple[str, str]] = (("offer", "offers"), ("budget", "budgets"), ("need", "needs"))
    return tuple(sorted(f"{table}/{movement[key]}" for key, table in parts if movement.get(key)))


def _ratio(ratios: dict[tuple[str, str], Decimal], good: str, wanted: str | None) -> Decimal:
    if wanted is None or good == wanted:
        return Decimal(1)
    return ratios.get((good, wanted)) or Decimal(1)


def _arrival(row: dict[str, object], ratio: Decimal, days: tuple[date | None, ...] | None) -> Arrival:
    arrives = row["arrives"]
    quantity = row["quantity"]
    if not isinstance(arrives, date) or not isinstance(quantity, Decimal):
        raise ValueError(f"a movement has a quantity and a day of arrival: {row!r}")
    first, middle, last = days or (None, None, None)
    return Arrival(
        str(row["movement"]),
        str(row["need"]),
        quantity * ratio,
        arrives,
        first or arrives,
        middle or arrives,
        last or arrives,
        behind(row),
    )
