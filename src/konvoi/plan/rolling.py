"""A rolling horizon: last week's plan carried on, with a frozen window and a reason for each change."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl

from konvoi.kit.progress import Stop, never
from konvoi.plan.change_limit import Side, few_changes
from konvoi.plan.core.field import field_of
from konvoi.plan.core.pool import columns_of
from konvoi.plan.core.whole import whole_of
from konvoi.plan.difference import difference
from konvoi.plan.exact import WIDE
from konvoi.plan.explain import unmet
from konvoi.plan.frozen import Split, Window, legs_by_movement, of_today, split_plan
from konvoi.plan.limits import limits
from konvoi.plan.movement_rows import as_frame, legs_of, plan_of, side_of
from konvoi.plan.near import in_steps, warmth
from konvoi.plan.net import net
from konvoi.plan.plan import LEGS, MOVEMENTS, PAYMENTS, Plan
from konvoi.plan.problem import NEED_STATES, OFFER_STATES, Problem, from_tables
from konvoi.plan.recount import Key, count, option_key, room, worth
from konvoi.plan.reprice import bound
from konvoi.plan.residual import FROZEN, residual_tables
from konvoi.plan.roll_reasons import with_reasons
from konvoi.plan.solve import Parameters, solve
from konvoi.plan.without import frame_of
from konvoi.plan.world import Row, World, world

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Roll:
    """The wishes for a rolling plan.

    plan: last week's. window: the week, and the weeks from then on in which nothing changes. most: changes at
    most; None: as many as pay. cost: of a change, in units of value. reported: quantity dispatched by line;
    None where nobody reports.
    """

    plan: Plan
    window: Window
    most: int | None = None
    cost: Decimal = Decimal(0)
    reported: Mapping[str, Decimal] | None = None


@dataclass(frozen=True)
class Rolled:
    """The plan of this week and its changes from last week's: konvoi.plan.roll_reasons.ROLL_CHANGES.

    frozen, gone: movements that stay in any case, and that left before the week. least: changes that could
    not be avoided. loose: value of the best plan found without a limit on changes.
    """

    plan: Plan
    changes: pl.DataFrame
    frozen: int
    gone: int
    least: int
    loose: Decimal


@dataclass(frozen=True)
class _Rest:
    """The problem beside what is frozen.

    near: last week's plan in it. arriving: frozen movements as the rest sees them, at their goals.
    """

    problem: Problem
    here: World
    split: Split
    near: Plan
    arriving: tuple[Row, ...]


def roll(
    tables: Tables,
    wished: Roll,
    *,
    parameters: Parameters | None = None,
    seed: int = 0,
    chances: pl.DataFrame | None = None,
    stop: Stop = never,
) -> Rolled:
    """Return the plan of this week: frozen movements as they are, the rest planned anew near last week's.

    tables: the problem as it is now. The plan is one of these tables and passes their audit. Its bound holds
    for every plan, frozen or not; that of plans with what is frozen stands in its parameters (`rolled`).
    parameters, seed, chances, stop: as in konvoi.plan.solve.solve.
    """
    states = {"states": NEED_STATES, "offer_states": OFFER_STATES} | wished.plan.states()
    posed = from_tables(tables, **states)
    cleaned = dict(posed.tables)
    here = world(cleaned, states["states"], states["offer_states"])
    # Parties tell which names of limits are known.
    named = {"parties": tables["parties"]} if "parties" in tables else {}
    rest = _rest(cleaned | named, here, wished, states)
    found = solve(rest.problem, parameters=parameters, seed=seed, near=rest.near, chances=chances, stop=stop)
    free = found.movements.filter(~pl.col("offer").fill_null("").str.starts_with(FROZEN))
    anew = side_of(rest.here, free, legs_by_movement(found))
    chosen: Iterable[Row] = anew.moves.values()
    legs = dict(rest.split.legs) | dict(anew.legs)
    least = 0
    if wished.most is not None or wished.cost:
        before = Side({move["movement"]: move for move in rest.split.open}, rest.split.legs)
        lost = wished.plan.movements.filter(pl.col("movement").is_in(list(rest.split.broken)))
        few = few_changes(
            rest.here,
            before,
            anew,
            rest.arriving,
            broken=lost.rows(named=True),
            most=wished.most,
            cost=wished.cost,
        )
        chosen, least = few.moves, few.least
    moves = [*rest.split.frozen, *(of_today(here, move, legs.get(move["movement"], [])) for move in chosen)]
    plan = _stitched(posed, here, (rest, wished), found, moves=moves, legs=legs)
    gone = {move["movement"] for move in rest.split.gone}
    last = replace(wished.plan, movements=wished.plan.movements.filter(~pl.col("movement").is_in(gone)))
    changes = with_reasons(rest.split, last, difference(last, plan, cleaned, to_the_day=True))
    return Rolled(plan, changes, len(rest.split.frozen), len(gone), least, max(found.value, plan.value))


def _rest(cleaned: Tables, here: World, wished: Roll, states: Mapping[str, tuple[str, ...]]) -> _Rest:
    """Return the problem that is still open, with last week's plan in it."""
    split = split_plan(here, wished.plan, wished.window, wished.reported)
    offered = states["offer_states"]
    left = residual_tables(cleaned, here, split, wished.window, state=offered[0])
    problem = from_tables(left, **states)
    there = world(problem.tables, states["states"], offered)
    arriving = tuple(_arriving(here, move) for move in split.frozen)
    near = plan_of(wished.plan, [*split.open, *arriving], split.legs)
    return _Rest(problem, there, split, near, arriving)


def _arriving(here: World, move: Row) -> Row:
    """A frozen movement as an offer at its goal, handed over on the day of its arrival."""
    name = FROZEN + move["movement"]
    own = {"movement": name, "offer": name, "budget": None, "supplier": None, "departs": move["arrives"]}
    return move | own | {"_from": here.needs[move["need"]]["site"]}


def _stitched(
    posed: Problem,
    here: World,
    asked: tuple[_Rest, Roll],
    found: Plan,
    *,
    moves: Sequence[Row],
    legs: Mapping[str, list[Row]],
) -> Plan:
    """The plan of frozen and other movements, with value, bound and reasons of this week's tables."""
    rest, wished = asked
    ordered = sorted(moves, key=lambda one: (one["departs"], one["arrives"], one["need"], one["movement"]))
    value = _decimal(worth(here, count(here, ordered, legs)))
    prices, most = _proof(here, found, wished.plan, same=posed.digest == wished.plan.problem)
    frozen = {move["movement"] for move in rest.split.frozen}
    open_moves = [move for move in ordered if move["movement"] not in frozen]
    told = {
        "week": str(wished.window.week),
        "freeze": wished.window.freeze,
        "most_changes": wished.most,
        "change_cost": format(wished.cost, "f"),
        "frozen": len(rest.split.frozen),
        "bound": format(min(found.bound, max(value, most)), "f"),
    }
    return replace(
        found,
        problem=posed.digest,
        without=frame_of(posed.without),
        parameters={**found.parameters, "rolled": told},
        value=value,
        bound=max(value, most),
        movements=as_frame(ordered, MOVEMENTS),
        legs=as_frame(legs_of(ordered, legs), LEGS),
        unmet=_unmet(rest, [*open_moves, *rest.arriving], legs),
        prices=prices,
        payments=_payments(here, ordered, (wished.plan, found)),
    )


def _decimal(number: Fraction) -> Decimal:
    """An exact value as a decimal."""
    return WIDE.divide(Decimal(number.numerator), Decimal(number.denominator)).normalize(WIDE) + 0


def _proof(here: World, found: Plan, before: Plan, *, same: bool) -> tuple[pl.DataFrame, Decimal]:
    """Return the prices of the lower bound on every plan, and that bound.

    same: whether last week's plan is one of the same problem, so that its bound holds as well.
    """
    prices = _known_prices(here, found.prices)
    most = _bound(here, prices)
    return (before.prices, before.bound) if same and before.bound < most else (prices, most)


def _known_prices(here: World, prices: pl.DataFrame) -> pl.DataFrame:
    """The prices of rows that the problem has, frozen or not."""
    kits: set[Key] = {("kit", name, None, row["need"]) for name, rows in here.kits.items() for row in rows}
    known = set(room(here)) | kits
    rows = prices.select("kind", "key", "week", "resource").iter_rows()
    return prices.filter(pl.Series([row in known for row in rows], dtype=pl.Boolean))


def _bound(here: World, prices: pl.DataFrame) -> Decimal:
    """The bound that prices prove for every plan of the problem, rounded up to six places."""
    keys = prices.select("kind", "key", "week", "resource").iter_rows()
    proven = bound(here, dict(zip(keys, prices["price"].to_list(), strict=True)))
    return Decimal(math.ceil(proven * (1 + Fraction(1, 10**9)) * 10**6)).scaleb(-6, WIDE)


def _unmet(rest: _Rest, moves: Sequence[Row], legs: Mapping[str, list[Row]]) -> pl.DataFrame:
    """Return what stays unmet, with the causes beside what is frozen."""
    ways = net(rest.problem)
    rows = limits(rest.problem)
    whole = whole_of(field_of(ways, rows), rows)
    warm = warmth(whole, ways, rows, plan_of(rest.near, moves, legs))
    nothing = columns_of(rest.problem, {}), np.zeros(0, dtype=np.int64)
    return unmet(ways, rows, whole, nothing if warm is None else in_steps(whole, warm))


def _payments(here: World, moves: Sequence[Row], plans: Sequence[Plan]) -> pl.DataFrame:
    """The payments of purchases: what is ordered first takes the earliest money that is left."""
    days: dict[str, date] = {}
    for plan in plans:
        orders = plan.payments.group_by("movement").agg(pl.col("ordered").min())
        days |= dict(orders.select("movement", "ordered").iter_rows())
    left: dict[str, dict[date, Fraction]] = {}
    for budget, totals in here.tranches.items():
        before = 0
        for day, total in totals.items():
            left.setdefault(budget, {})[day] = Fraction(total - before)
            before = total
    bought = [move for move in moves if move["offer"] is None]
    lines = []
    for move in sorted(bought, key=lambda one: (days[one["movement"]], one["movement"])):
        owed = Fraction(move["quantity"]) * here.options[option_key(here, move)]["price"]
        for tranche, money in left.get(move["budget"], {}).items():
            part = min(money, owed)
            if part <= 0:
                continue
            left[move["budget"]][tranche] -= part
            owed -= part
            ordered = max(days[move["movement"]], tranche)
            own = {"movement": move["movement"], "budget": move["budget"], "ordered": ordered}
            lines.append(own | {"tranche": tranche, "amount": _decimal(part)})
    return as_frame(lines, PAYMENTS).sort("budget", "ordered", "movement", "tranche")
