"""A rolling horizon: last week's plan carried on, with a frozen window and a reason for each change."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl

from konvoi.kit.progress import Stop, never
from konvoi.plan.change_limit import Side, few_changes
from konvoi.plan.confirm import confirmed
from konvoi.plan.core.field import field_of
from konvoi.plan.core.pool import columns_of
from konvoi.plan.core.whole import whole_of
from konvoi.plan.difference import difference
from konvoi.plan.exact import WIDE
from konvoi.plan.explain import unmet
from konvoi.plan.frozen import LEFT_OVER, Split, Window, legs_by_movement, of_today, split_plan
from konvoi.plan.layout import limits, net
from konvoi.plan.movement_rows import as_frame, legs_of, plan_of, side_of
from konvoi.plan.near import in_steps, warmth
from konvoi.plan.payments import earliest_money
from konvoi.plan.plan import LEGS, MOVEMENTS, PAYMENTS, Plan
from konvoi.plan.problem import NEED_STATES, OFFER_STATES, Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.recount import Key, count, option_key, priced, worth
from konvoi.plan.reprice import bound
from konvoi.plan.residual import BOUGHT, FOR, FROZEN, not_before, residual_tables
from konvoi.plan.roll_reasons import with_reasons
from konvoi.plan.solve import Parameters, solve
from konvoi.plan.without import frame_of
from konvoi.plan.world import Row, World, world
from konvoi.plan.write import movement_costs

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
    not be avoided. loose: value of the best plan found without a limit on changes. rest: what was open.
    """

    plan: Plan
    changes: pl.DataFrame
    frozen: int
    gone: int
    least: int
    loose: Decimal
    rest: "Rest"


@dataclass(frozen=True)
class Rest:
    """The problem beside what is frozen, its plan, and the day before which nothing may leave anew."""

    tables: Tables
    plan: Plan
    opens: date


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
    chosen: Sequence[Row] = tuple(anew.moves.values())
    legs = dict(rest.split.legs) | dict(anew.legs)
    least = 0
    limited = wished.most is not None or bool(wished.cost)
    if limited:
        before = Side({move["movement"]: move for move in rest.split.open}, rest.split.legs)
        lost = wished.plan.movements.filter(pl.col("movement").is_in(list(rest.split.broken)))
        few = few_changes(
            rest.here,
            before,
            anew,
            rest.arriving,
            broken=[_as_open(rest.split, row) for row in lost.iter_rows(named=True)],
            most=wished.most,
            cost=wished.cost,
        )
        chosen, least = few.moves, few.least
    open_plan = plan_of(found, [*chosen, *rest.arriving], legs)
    if limited or not _arrives_in_full(found, rest):
        open_plan = replace(open_plan, unmet=_unmet(rest, open_plan))
    budgets = {BOUGHT + one.movement: one.key[0] for one in rest.split.bought}
    paid = [move | {"budget": budgets.get(move["budget"], move["budget"])} for move in chosen]
    moves = [*rest.split.frozen, *(of_today(here, move, legs.get(move["movement"], [])) for move in paid)]
    plan = _stitched(posed, here, (rest, wished), open_plan, moves=moves, legs=legs)
    gone = {move["movement"] for move in rest.split.gone}
    last = replace(wished.plan, movements=wished.plan.movements.filter(~pl.col("movement").is_in(gone)))
    changes = with_reasons(rest.split, last, difference(last, plan, cleaned, to_the_day=True))
    loose = max(found.value, plan.value)
    left = Rest({**rest.problem.tables, **named}, open_plan, wished.window.opens)
    return Rolled(plan, changes, len(rest.split.frozen), len(gone), least, loose, left)


def explained(
    tables: Tables, before: Plan, after: Plan, *, week: date, reported: Mapping[str, Decimal] | None = None
) -> pl.DataFrame:
    """Return the changes from one plan to another with their reasons: konvoi.plan.roll_reasons.ROLL_CHANGES.

    tables: the problem that `after` solves. Movements of `before` that left before the week do not change.
    week, reported: as in Roll.
    """
    states = {"states": NEED_STATES, "offer_states": OFFER_STATES} | before.states()
    cleaned = dict(from_tables(tables, **states).tables)
    here = world(cleaned, states["states"], states["offer_states"])
    split = split_plan(here, before, Window(week, 0), reported)
    gone = {move["movement"] for move in split.gone}
    last = replace(before, movements=before.movements.filter(~pl.col("movement").is_in(gone)))
    return with_reasons(split, last, difference(last, after, cleaned, to_the_day=True))


def with_confirmed_causes(rolled: Rolled, *, most: int | None = None, stop: Stop = never) -> Rolled:
    """Return the plan of a week with `confirmed` filled in `unmet`, as konvoi.plan.confirm.confirmed does.

    Each remedy is tried beside what is frozen: nothing leaves by it before the window opens.
    """
    rest = rolled.rest
    tried = confirmed(
        rest.tables, rest.plan, most=most, trial=lambda tables: not_before(tables, rest.opens), stop=stop
    )
    # The plan's causes are those of the rest, line by line.
    unmet = rolled.plan.unmet.with_columns(confirmed=tried.unmet["confirmed"])
    return replace(rolled, plan=replace(rolled.plan, unmet=unmet))


def _as_open(split: Split, move: Row) -> Row:
    """Return a movement with the budget that stands for what was bought for it in the open problem."""
    bought = any(one.movement == move["movement"] for one in split.bought)
    return move | {"budget": BOUGHT + move["movement"]} if bought else move


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
    """The plan of frozen and other movements, with value and bound of this week's tables.

    found: the plan of the open problem; its causes are those of the whole plan.
    """
    rest, wished = asked
    ordered = sorted(moves, key=lambda one: (one["departs"], one["arrives"], one["need"], one["movement"]))
    value = _decimal(worth(here, count(here, ordered, legs)))
    prices, own, most = _proof(here, found, wished.plan, same=posed.digest == wished.plan.problem)
    told: dict[str, object] = {
        "week": str(wished.window.week),
        "freeze": wished.window.freeze,
        "most_changes": wished.most,
        "change_cost": format(wished.cost, "f"),
        "frozen": len(rest.split.frozen),
        "bound": format(min(found.bound, max(value, most)), "f"),
    }
    if left := list(_left_over(rest.split, found)):
        told[LEFT_OVER] = left
    stages = as_frame(legs_of(ordered, legs), LEGS)
    chosen = {name: one for name, one in found.parameters.items() if name != "movement_costs"}
    return replace(
        found,
        problem=posed.digest,
        without=frame_of(posed.without),
        parameters={**chosen, **movement_costs(posed, stages), "rolled": told},
        value=value,
        bound=max(value, most),
        movements=as_frame(ordered, MOVEMENTS),
        legs=stages,
        unmet=_named(found.unmet, rest.split),
        prices=prices,
        own_prices=own,
        payments=_payments(here, ordered, (wished.plan, found)),
    )


def _decimal(number: Fraction) -> Decimal:
    """An exact value as a decimal."""
    return WIDE.divide(Decimal(number.numerator), Decimal(number.denominator)).normalize(WIDE) + 0


def _proof(
    here: World, found: Plan, before: Plan, *, same: bool
) -> tuple[pl.DataFrame, pl.DataFrame, Decimal]:
    """Return the prices of the lower bound on every plan, those of single needs besides, and that bound.

    same: whether last week's plan is one of the same problem, so that its bound holds as well.
    """
    prices = _known_prices(here, found.prices)
    only = [name for name, need in here.needs.items() if need["whole"]]
    own = _known_prices(here, found.own_prices).filter(pl.col("need").is_in(only))
    most = _bound(here, prices, own)
    kept = same and before.bound < most
    return (before.prices, before.own_prices, before.bound) if kept else (prices, own, most)


def _known_prices(here: World, prices: pl.DataFrame) -> pl.DataFrame:
    """The prices of rows that the problem has, frozen or not."""
    known = priced(here)
    rows = prices.select("kind", "key", "week", "resource").iter_rows()
    return prices.filter(pl.Series([row in known for row in rows], dtype=pl.Boolean))


def _bound(here: World, prices: pl.DataFrame, own: pl.DataFrame) -> Decimal:
    """The bound that prices prove for every plan of the problem, rounded up to six places."""
    keys = prices.select("kind", "key", "week", "resource").iter_rows()
    alone: dict[str, dict[Key, float]] = {}
    for need, *key, price in own.select("need", "kind", "key", "week", "resource", "price").iter_rows():
        alone.setdefault(need, {})[(key[0], key[1], key[2], key[3])] = price
    proven = bound(here, dict(zip(keys, prices["price"].to_list(), strict=True)), alone)
    return Decimal(math.ceil(proven * (1 + Fraction(1, 10**9)) * 10**6)).scaleb(-6, WIDE)


def _arrives_in_full(found: Plan, rest: _Rest) -> bool:
    """Return True if a plan of the open problem counts all that is frozen, even where it is worth nothing."""
    frozen = found.movements.filter(pl.col("offer").fill_null("").str.starts_with(FROZEN))
    sent = dict(frozen.group_by("offer").agg(pl.col("quantity").sum()).iter_rows())
    return all(sent.get(move["offer"]) == move["quantity"] for move in rest.arriving)


def _left_over(split: Split, found: Plan) -> Iterator[dict[str, str]]:
    """Yield the goods that were bought and that a plan of the open problem does not send."""
    sent = dict(found.movements.group_by("budget").agg(pl.col("quantity").sum()).iter_rows())
    for one in split.bought:
        rest = one.quantity - Fraction(sent.get(BOUGHT + one.movement, 0))
        if rest > 0:
            budget, good, supplier, site = one.key
            own = {"movement": one.movement, "ordered": str(one.ordered), "quantity": str(_decimal(rest))}
            yield own | {"budget": budget, "good": good, "supplier": supplier, "site": site}


def _named(unmet: pl.DataFrame, split: Split) -> pl.DataFrame:
    """Return causes that name budgets and approvals as the tables do."""
    text = pl.col("parameters")
    for one in split.bought:
        name = BOUGHT + one.movement
        text = text.str.replace_all(FOR + name, "", literal=True).str.replace_all(
            name, one.key[0], literal=True
        )
    return unmet.with_columns(parameters=text)


def _unmet(rest: _Rest, plan: Plan) -> pl.DataFrame:
    """Return what stays unmet by a plan of the open problem, with the causes beside what is frozen."""
    ways = net(rest.problem)
    rows = limits(rest.problem)
    whole = whole_of(field_of(ways, rows), rows)
    warm = warmth(whole, ways, rows, plan)
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
        for tranche, part in earliest_money(left.get(move["budget"], {}), owed):
            ordered = max(days[move["movement"]], tranche)
            own = {"movement": move["movement"], "budget": move["budget"], "ordered": ordered}
            lines.append(own | {"tranche": tranche, "amount": _decimal(part)})
    return as_frame(lines, PAYMENTS).sort("budget", "ordered", "movement", "tranche")
