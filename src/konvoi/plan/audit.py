"""Audit a plan: all its figures are recomputed from the problem's tables, exactly, by independent code."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from konvoi.model.finding import Finding, Place, Severity
from konvoi.plan.clean import Notes, clean, digest_of
from konvoi.plan.exact import WIDE
from konvoi.plan.paid import payment_faults
from konvoi.plan.plan import Plan
from konvoi.plan.recount import Count, Key, count, faults, movement_costs, origin, priced, room, worth
from konvoi.plan.reprice import Prices, bound
from konvoi.plan.world import Row, World, world

SENTENCES: dict[str, tuple[str, str]] = {
    "audit-digest": (
        "the digest of these tables: {expected}",
        "Audit the plan with the tables it was made from.",
    ),
    "audit-unknown": ("an id that the problem has and may use", "Make the plan anew."),
    "audit-not-allowed": ("a movement that the tables allow: {why}", "Make the plan anew."),
    "audit-not-a-step": ("a multiple of {step}", "Make the plan anew."),
    "audit-least": ("at least the smallest consignment of the good: {least}", "Make the plan anew."),
    "audit-least-lane": ("at least the smallest consignment of {lane}: {least} t", "Make the plan anew."),
    "audit-date": ("{expected}", "Make the plan anew."),
    "audit-way": ("legs that lead from the source to the need: {expected}", "Make the plan anew."),
    "audit-shut": ("an open lane and open sites: {lane} is shut on {day}", "Make the plan anew."),
    "audit-load": ("{expected}", "Make the plan anew."),
    "audit-over": ("no more than {most} of {resource}: {kind} {key} {week}", "Make the plan anew."),
    "audit-value": ("{expected}", "Make the plan anew."),
    "audit-cost": ("the costs of movements that the lanes state: {expected}", "Make the plan anew."),
    "audit-bound": ("at least {expected}: the prices prove no less", "Make the plan anew."),
    "audit-below": ("a bound that is not below the value", "Make the plan anew."),
    "audit-price": ("a row of the problem, with a price that is not below zero", "Make the plan anew."),
    "audit-payment": ("{expected}", "Make the plan anew."),
    "audit-unmet": ("what is missing or late of each need: {expected}", "Make the plan anew."),
}
"""The expected state and the remedy of each finding of the audit."""


def audit(problem_tables: Mapping[str, pl.DataFrame], plan: Plan) -> tuple[Finding, ...]:
    """Return the faults of a plan; none if every movement, load, date and step, the value and the bound hold.

    A cell that limits the plan, cannot be read and is not waived is a fault, too: the plan keeps what holds
    instead, and nobody knows whether that is meant.

    Quantities, loads and the value are compared exactly. The bound is confirmed by pricing all consignments
    from the tables and the plan's prices.
    """
    notes = Notes()
    tables = clean(problem_tables, notes)
    states, offer_states = (_states(plan, name) for name in ("states", "offer_states"))
    here = world(tables, states, offer_states)
    found = _Found()
    expected = digest_of(tables, (states, offer_states))
    if expected != plan.problem:
        found.tell("audit-digest", "plan", {}, "problem", plan.problem, expected=expected)
    moves = _rows(plan.movements)
    legs = _rows(plan.legs)
    by_movement: dict[str, list[Row]] = defaultdict(list)
    for leg in legs:
        by_movement[leg["movement"]].append(leg)
    sound = [move for move in moves if _sound(here, move, by_movement, found)]
    _strays(moves, legs, found)
    counted = count(here, sound, by_movement)
    _over(here, counted, found)
    for sheet, column, row, read, why in payment_faults(here, sound, _rows(plan.payments)):
        found.tell("audit-payment", sheet, row, column, read, expected=why)
    _value(here, plan, counted, found)
    _unmet(here, plan, counted, found)
    _costs(here, plan, sound, found)
    _bound(here, plan, found)
    return (*found.findings, *(one.finding() for one in notes.without if one.open))


class _Found:
    """Findings, as they are made."""

    def __init__(self) -> None:
        """Start without findings."""
        self.findings: list[Finding] = []

    def tell(
        self, code: str, sheet: str, row: Mapping[str, Any], column: str, read: str, **values: str
    ) -> None:
        """Keep a finding about a cell of the plan."""
        place = Place(
            "plan.json" if sheet == "plan" else f"{sheet}.csv", sheet, int(row.get("_line", 0)), column
        )
        self.findings.append(Finding(Severity.ERROR, code, place, read, *SENTENCES[code], values))


def _states(plan: Plan, name: str) -> tuple[str, ...]:
    """Return the states that the plan lists as planned."""
    stated = plan.parameters.get(name)
    usual = {"states": ("validated",), "offer_states": ("accepted", "accepted in part")}
    return tuple(str(one) for one in stated) if isinstance(stated, Iterable) else usual[name]


def _rows(frame: pl.DataFrame) -> list[Row]:
    """The rows of a table of the plan with their lines, the head being the first."""
    return [row | {"_line": number} for number, row in enumerate(frame.iter_rows(named=True), start=2)]


def _sound(here: World, move: Row, legs: Mapping[str, list[Row]], found: _Found) -> bool:
    """Report the faults of one movement; return True if it can be counted with the others."""
    mine = sorted(legs.get(move["movement"], []), key=lambda leg: leg["leg"])
    move["_from"] = origin(here, move, mine) if move["need"] in here.needs else None
    told = list(faults(here, move, mine))
    for one in told:
        sheet, row = ("movements", move) if one.leg is None else ("legs", one.leg)
        found.tell(one.code, sheet, row, one.column, str(row.get(one.column, "")), **one.values)
    uncountable = {"audit-unknown", "audit-not-allowed"}
    return not any(one.code in uncountable for one in told)


def _strays(moves: list[Row], legs: list[Row], found: _Found) -> None:
    """Report ids used twice and legs without a movement."""
    seen: set[str] = set()
    for move in moves:
        if move["movement"] in seen:
            found.tell("audit-unknown", "movements", move, "movement", move["movement"])
        seen.add(move["movement"])
    for leg in legs:
        if leg["movement"] not in seen:
            found.tell("audit-unknown", "legs", leg, "movement", leg["movement"])


def _over(here: World, counted: Count, found: _Found) -> None:
    """Report each row whose use exceeds its bound."""
    there = room(here)
    for key in sorted(counted.taken, key=str):
        steps = [step for _, _, step in counted.brought.get(key[1], ())] if key[0] == "need" else []
        # The last step to a need may go over its quantity: less than the coarsest step of what came.
        over = key in there and counted.taken[key] > there[key]
        if over and not (steps and counted.taken[key] - max(steps) < there[key]):
            kind, name, week, resource = key
            values = {"kind": kind, "key": name, "week": str(week or ""), "resource": resource}
            most = _text(there[key])
            found.tell(
                "audit-over", "movements", {}, "quantity", _text(counted.taken[key]), most=most, **values
            )


def _text(number: Fraction) -> str:
    """An exact number as people read it."""
    return format(WIDE.divide(Decimal(number.numerator), Decimal(number.denominator)).normalize(WIDE), "f")


def _value(here: World, plan: Plan, counted: Count, found: _Found) -> None:
    """Report a plan whose value is not the stated one."""
    expected = worth(here, counted)
    if Fraction(plan.value) != expected:
        found.tell("audit-value", "plan", {}, "value", format(plan.value, "f"), expected=_text(expected))


def _unmet(here: World, plan: Plan, counted: Count, found: _Found) -> None:
    """Report each need whose unmet quantity is not what is missing or late of it."""
    stated: dict[str, Fraction] = defaultdict(Fraction)
    for row in _rows(plan.unmet):
        stated[row["need"]] += Fraction(row["quantity"])
    for name, need in here.needs.items():
        in_time = sum((s for s, day, _ in counted.brought.get(name, ()) if day <= need["due"]), Fraction(0))
        missing = max(Fraction(0), Fraction(need["quantity"]) - in_time)
        if abs(stated[name] - missing) > Fraction(1, 10**6):
            found.tell(
                "audit-unmet",
                "unmet",
                {},
                "quantity",
                _text(stated[name]),
                expected=f"{name} {_text(missing)}",
            )


def _costs(here: World, plan: Plan, moves: list[Row], found: _Found) -> None:
    """Report costs of movements that are not those that the lanes state."""
    names = {move["movement"] for move in moves}
    expected = movement_costs(here, [leg for leg in _rows(plan.legs) if leg["movement"] in names])
    stated = plan.parameters.get("movement_costs", {})
    if stated != expected:
        found.tell(
            "audit-cost", "plan", {}, "parameters", _costs_text(stated), expected=_costs_text(expected)
        )


def _costs_text(costs: object) -> str:
    """Costs by currency as people read them."""
    if not isinstance(costs, Mapping):
        return str(costs)
    return ", ".join(f"{currency} {amount}" for currency, amount in sorted(costs.items(), key=str)) or "0"


def _bound(here: World, plan: Plan, found: _Found) -> None:
    """Report a bound that the prices do not prove."""
    proven = bound(here, _prices(here, plan, found), _own_prices(here, plan, found))
    if proven > Fraction(plan.bound):
        expected = str(math.ceil(proven * 10**6) / 10**6)
        found.tell("audit-bound", "plan", {}, "bound", format(plan.bound, "f"), expected=expected)
    if plan.bound < plan.value:
        found.tell("audit-below", "plan", {}, "bound", format(plan.bound, "f"))


def _own_prices(here: World, plan: Plan, found: _Found) -> dict[str, Prices]:
    """Return the prices that needs useful only in full pay besides; report and ignore others."""
    known = room(here)
    own: dict[str, dict[Key, float]] = defaultdict(dict)
    for row in _rows(plan.own_prices):
        key: Key = (row["kind"], row["key"], row["week"], row["resource"])
        able = row["need"] in here.needs and here.needs[row["need"]]["whole"] and key[0] != "need"
        if not able or key not in known or not row["price"] >= 0 or math.isinf(row["price"]):
            found.tell("audit-price", "own_prices", row, "price", str(row["price"]))
        else:
            own[row["need"]][key] = row["price"]
    return dict(own)


def _prices(here: World, plan: Plan, found: _Found) -> Prices:
    """Return the prices by row; report and ignore those below zero, or of no row of the problem."""
    known = priced(here)
    prices: dict[Key, float] = {}
    for row in _rows(plan.prices):
        key: Key = (row["kind"], row["key"], row["week"], row["resource"])
        if key not in known or not row["price"] >= 0 or math.isinf(row["price"]):
            found.tell("audit-price", "prices", row, "price", str(row["price"]))
        else:
            prices[key] = row["price"]
    return prices
