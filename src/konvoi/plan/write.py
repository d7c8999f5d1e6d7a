"""A plan's tables: movements, legs and prices, as people and other programs read them."""

from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.kit.digest import key
from konvoi.kit.money import to_major
from konvoi.plan.column import Column, Taken
from konvoi.plan.exact import WIDE, day_of, decimal
from konvoi.plan.limits import Limits
from konvoi.plan.links import Links
from konvoi.plan.net import Floats
from konvoi.plan.plan import LEGS, MOVEMENTS, OWN_PRICES, PRICES
from konvoi.plan.problem import Problem

Names = dict[Column, str]


def movements(problem: Problem, taken: Taken) -> tuple[pl.DataFrame, Names]:
    """Return one line for each consignment by day of departure, and its id, derived from its content."""
    lines: list[dict[str, object]] = []
    names: Names = {}
    for column, steps in sorted(taken.items(), key=lambda one: _order(problem, one[0])):
        source = problem.sources[column.source]
        need = problem.needs[column.need]
        names[column] = movement(problem, column)
        good = problem.goods[source.good]
        lines.append(
            {
                "movement": names[column],
                "offer": source.offer or None,
                "need": need.id,
                "good": good.id,
                "quantity": decimal(steps * good.step),
                "departs": day_of(column.departs, problem.start),
                "arrives": day_of(column.arrives, problem.start),
                "on_time": column.on_time(problem),
                "budget": source.budget or None,
                "supplier": source.supplier or None,
            }
        )
    return _frame(lines, MOVEMENTS), names


def movement(problem: Problem, column: Column) -> str:
    """Return the id of a consignment, which follows from its content."""
    source = problem.sources[column.source]
    need = problem.needs[column.need]
    return key(source.key, need.id, [[problem.lanes[a].id, d] for a, d in column.legs], column.departs)


def _order(problem: Problem, column: Column) -> tuple[int, int, str, str, Column]:
    """Movements by day of departure and arrival, then by need and source."""
    need = problem.needs[column.need].id
    source = problem.sources[column.source].key
    return (column.departs, column.arrives, need, source, column)


def legs(problem: Problem, taken: Taken, names: Names) -> pl.DataFrame:
    """One line for each leg of each movement, with its exact load."""
    lines: list[dict[str, object]] = []
    days = _days(
        problem, max((leg[1] + problem.lanes[leg[0]].days for one in taken for leg in one.legs), default=0)
    )
    for column, name in names.items():
        good = problem.goods[problem.sources[column.source].good]
        amount = taken[column] * good.step
        load = {
            "tonnes": _rounded(amount * good.tonnes),
            "pallets": _rounded(amount * good.pallets),
            "neq_kg": _rounded(amount * good.neq),
        }
        for number, (lane, day) in enumerate(column.legs, start=1):
            way = problem.lanes[lane]
            lines.append(
                {
                    "movement": name,
                    "leg": number,
                    "lane": way.id,
                    "from": problem.sites[way.start].id,
                    "to": problem.sites[way.end].id,
                    "departs": days[day],
                    "arrives": days[day + way.days],
                    "week": days[day // 7 * 7],
                }
                | load
            )
    return _frame(lines, LEGS)


def _days(problem: Problem, last: int) -> list[date]:
    """Return the dates of the days from the first of the horizon to a last one."""
    return [day_of(number, problem.start) for number in range(last + 1)]


def _rounded(load: int) -> Decimal:
    """Return a load in parts of 10^-15 with six decimals, half to even."""
    whole, rest = divmod(load, 10**9)
    up = 2 * rest > 10**9 or (2 * rest == 10**9 and whole % 2)
    return Decimal(whole + up).scaleb(-6, WIDE)


def movement_costs(problem: Problem, legs: pl.DataFrame) -> dict[str, dict[str, str]]:
    """Return the costs of movements that their lanes state, by currency, as a parameter of the plan.

    There is none where no lane that is used states any.
    """
    known = pl.col("currency").fill_null("") != ""
    stated = problem.tables["lanes"].filter(pl.col("movement_cost") > 0, known)
    sums = (
        legs.join(stated.select("lane", "currency", "movement_cost"), on="lane")
        .group_by("currency")
        .agg(pl.col("movement_cost").sum())
        .sort("currency")
    )
    found = {currency: format(to_major(minor, currency), "f") for currency, minor in sums.iter_rows()}
    return {"movement_costs": found} if found else {}


def prices(limits: Limits, y: Floats) -> pl.DataFrame:
    """One line for each row with a price above zero."""
    return (
        limits.frame.select("row", "kind", "key", "week", "resource")
        .with_columns(price=pl.Series(y, dtype=pl.Float64))
        .filter(pl.col("price") > 0)
        .sort("kind", "key", "week", "resource")
        .select(PRICES.names())
    )


def own_prices(limits: Limits, links: Links) -> pl.DataFrame:
    """One line for each row that a need useful only in full pays for besides."""
    needs = [limits.problem.needs[need].id for need in links.need.tolist()]
    rows: pl.DataFrame = limits.frame.select("row", "kind", "key", "week", "resource")[links.row.tolist()]
    return (
        rows.with_columns(
            need=pl.Series(needs, dtype=pl.String),
            price=pl.Series(links.price / limits.bounds[links.row], dtype=pl.Float64),
        )
        .filter(pl.col("price") > 0)
        .sort("need", "kind", "key", "week", "resource")
        .select(OWN_PRICES.names())
    )


def _frame(lines: list[dict[str, object]], schema: pl.Schema) -> pl.DataFrame:
    """Lines as a table of a schema."""
    return pl.DataFrame({name: [line[name] for line in lines] for name in schema}, schema=schema)
