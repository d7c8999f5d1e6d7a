"""Faults of all movements together: limits that they exceed, and a value that is not theirs."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from bench.checking.movements import Fault
from bench.checking.tables import PlanFolder, Problem, Row, day_of, monday, number

_NEAR = Fraction(1, 10**5)
"""Part of a quantity by which the unmet quantities, which are rounded, may be apart from it."""

Sums = Mapping[tuple[object, ...], Fraction]


@dataclass
class Totals:
    """Sums over all movements.

    load: by lane or site, Monday and resource. sent: by offer. bought: by budget, good, supplier and site.
    given: by what is capped (quantity, tonnes, a currency), partner and good ("" for all). stock: by partner
    and good, of offers alone. in_time, late: units of need. step: the largest part of a need that one step
    serves.
    """

    load: dict[tuple[str, date, str], Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    sent: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    bought: dict[tuple[str, ...], Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    given: dict[tuple[str, str, str], Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    stock: dict[tuple[str, str], Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    in_time: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    late: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    step: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))


def totals(problem: Problem, plan: PlanFolder) -> Totals:
    """Return the sums over all movements of known needs."""
    found = Totals()
    for move in plan.movements:
        need = problem.needs.get(move["need"])
        ratio = problem.ratios.get((move["good"], need["good"])) if need else None
        if need is None or ratio is None:
            continue
        quantity = Fraction(move["quantity"])
        legs = plan.legs.get(move["movement"], [])
        _count_source(problem, found, move, legs[0]["from"] if legs else need["site"])
        _count_loads(problem, found, move, legs)
        in_time = day_of(move["arrives"]) <= day_of(need["due"])
        (found.in_time if in_time else found.late)[move["need"]] += quantity * ratio
        found.step[move["need"]] = max(found.step[move["need"]], ratio * problem.step(move["good"]))
    return found


def _count_source(problem: Problem, found: Totals, move: Row, start: str) -> None:
    """Count what a movement takes from its offer, or its purchase, and from its partner."""
    good = move["good"]
    quantity = Fraction(move["quantity"])
    if move["offer"]:
        offer = problem.offers[move["offer"]]
        party, currency, value = offer["party"], offer.get("currency"), offer.get("unit_value")
        found.sent[move["offer"]] += quantity
        found.stock[party, good] += quantity
    else:
        key = (move["budget"], good, move["supplier"])
        option = next((row for row in problem.purchases.get(key, []) if row["site"] == start), None)
        if option is None:
            return
        party, currency, value = option["party"], option["currency"], option["price"]
        found.bought[*key, start] += quantity
    for of in (good, ""):
        found.given["quantity", party, of] += quantity
        found.given["tonnes", party, of] += quantity * problem.loads(good)["tonnes"]
        if value and currency:
            found.given[currency, party, of] += quantity * Fraction(value)


def _count_loads(problem: Problem, found: Totals, move: Row, legs: list[Row]) -> None:
    """Count what a movement takes of lanes, of the sites it passes and of those at both ends."""
    quantity = Fraction(move["quantity"])
    for number_of, leg in enumerate(legs):
        leaves = monday(day_of(leg["departs"]))
        comes = monday(day_of(leg["arrives"]))
        for resource, each in problem.loads(move["good"]).items():
            found.load[leg["lane"], leaves, resource] += each * quantity
            found.load[leg["to"], comes, resource] += each * quantity
            if number_of == 0:
                found.load[leg["from"], leaves, resource] += each * quantity


def faults_of_sums(problem: Problem, plan: PlanFolder, found: Totals) -> Iterator[Fault]:
    """Yield the limits that all movements together exceed."""
    yield from _capacities(problem, found)
    for offer, quantity in found.sent.items():
        if quantity > Fraction(problem.offers[offer]["quantity"]):
            yield Fault("more than is offered", offer, str(float(quantity)))
    for (*key, site), quantity in found.bought.items():
        option = next(row for row in problem.purchases[tuple(key)] if row["site"] == site)
        if option.get("most") and quantity > Fraction(option["most"]):
            yield Fault("more than may be bought", "|".join([*key, site]), str(float(quantity)))
    yield from _budgets(problem, plan)
    for cap in problem.rows("caps"):
        what = cap["currency"] if cap["what"] == "value" else cap["what"]
        given = found.given.get((what, cap["party"], cap.get("good") or ""), Fraction(0))
        if given > Fraction(cap["most"]):
            yield Fault("above the partner's cap", cap["party"], str(float(given)))
    for row in problem.rows("stocks"):
        free = max(Fraction(0), number(row["stock"]) - number(row["floor"]))
        if found.stock.get((row["party"], row["good"]), Fraction(0)) > free:
            yield Fault("below the stock floor", row["party"], row["good"])


def _capacities(problem: Problem, found: Totals) -> Iterator[Fault]:
    """Yield the lanes and sites that take more than they may, week by week."""
    limits = problem.listed("capacities", "on")
    for (on, week, resource), load in found.load.items():
        for row in limits.get((on,), []):
            first = day_of(row["from"]) if row.get("from") else date.min
            last = day_of(row["to"]) if row.get("to") else date.max
            holds = first <= week + timedelta(days=6) and last >= week
            if row.get(resource) and holds and load > Fraction(row[resource]):
                yield Fault("above capacity", on, f"{week} {resource} {float(load)} of {row[resource]}")


def _budgets(problem: Problem, plan: PlanFolder) -> Iterator[Fault]:
    """Yield the budgets that spend more by some day than there is by then."""
    spent = defaultdict[str, list[tuple[date, Fraction]]](list)
    for payments in plan.payments.values():
        for row in payments:
            spent[row["budget"]].append((day_of(row["ordered"]), Fraction(row["amount"])))
    for budget, paid in spent.items():
        there = problem.tranches[budget]
        for day in sorted({*(day for day, _ in there), *(day for day, _ in paid)}):
            most = sum((amount for at, amount in there if at <= day), Fraction(0))
            used = sum((amount for at, amount in paid if at <= day), Fraction(0))
            if used > most:
                yield Fault("more money than there is", budget, f"{day} {float(used)} of {float(most)}")


def faults_of_needs(problem: Problem, plan: PlanFolder, found: Totals) -> Iterator[Fault]:
    """Yield needs that get more than they ask, a part where only all is useful, or a wrong unmet quantity."""
    unmet = Counter[str]()
    lines = Counter[tuple[str, str]]()
    for row in plan.rows("unmet"):
        unmet[row["need"]] += Fraction(row["quantity"])  # type: ignore[assignment]
        lines[row["need"], row["cause"]] += 1
    yield from (Fault("two lines of one cause", *key) for key, count in lines.items() if count > 1)
    in_kits = {row["need"] for row in problem.rows("kits")}
    for name, need in problem.needs.items():
        asked = Fraction(need["quantity"])
        there = found.in_time[name] + found.late[name]
        if there and there >= asked + found.step[name]:
            yield Fault("more than is needed", name, str(float(there)))
        if need.get("whole") in ("yes", "true") and 0 < there < asked and name not in in_kits:
            yield Fault("a part where only all is useful", name, str(float(there)))
        lacks = max(Fraction(0), asked - found.in_time[name])
        if abs(lacks - unmet[name]) > _NEAR * max(Fraction(1), lacks):
            yield Fault("another unmet quantity", name, f"{float(lacks)}, {float(unmet[name])}")


def value(problem: Problem, found: Totals) -> Fraction:
    """Return the value of what comes, by its definition."""
    total = Fraction(0)
    for name, need in problem.needs.items():
        asked = Fraction(need["quantity"])
        in_time = min(found.in_time[name], asked)
        late = min(found.late[name], asked - in_time)
        if need.get("whole") in ("yes", "true") and in_time + late < asked:
            continue
        total += number(need.get("weight"), 1) * (in_time + problem.late_credit * late)
    for parts in problem.listed("kits", "kit").values():
        weight = max((number(row.get("weight")) for row in parts), default=Fraction(0))
        total += weight * min(_sets(problem, found, row) for row in parts)
    return total


def _sets(problem: Problem, found: Totals, part: Row) -> int:
    """Return the whole sets of a kit that one of its components is there for in time."""
    asked = Fraction(problem.needs[part["need"]]["quantity"])
    return math.floor(min(found.in_time[part["need"]], asked) / Fraction(part["per_kit"]))
