"""Tiny problems, varied until one fails: no plan beats the best, no bound is below it, the audit agrees."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.properties.arcs import optimum
from tests.plan.worlds import day, tables

from konvoi.plan.audit import audit
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import Parameters, solve

Tables = dict[str, pl.DataFrame]
Draw = st.DrawFn
Row = dict[str, object]
EXACT = Parameters(gap=0.0, rounds=40)


@st.composite
def worlds(draw: Draw) -> Tables:
    """Two depots, a crossing, two destinations, a good and one that serves instead, up to four needs."""
    number = st.integers
    ways = [("D1", "X"), ("X", "S1"), ("D2", "X"), ("X", "S2"), ("D1", "S1"), ("S1", "S2")]
    lanes: list[Row] = [
        {"lane": f"{a}-{b}", "from": a, "to": b, "days_p50": draw(number(1, 5))}
        for a, b in ways[: draw(number(2, 6))]
    ]
    needs, offers = _needs(draw), _offers(draw)
    places = st.sampled_from([*(lane["lane"] for lane in lanes), "X", "S1"])
    return tables(
        horizon=[{"weeks": 3}],
        goods=[
            {},
            {"good": "stove", "weight_kg": 500, "neq_kg": 2},
            {"good": "hut", "step": 2, "pallets": 3},
        ],
        sites=[{"site": s, "region": s[-1]} for s in ("D1", "D2", "X", "S1", "S2")],
        lanes=lanes,
        needs=needs,
        offers=offers,
        equivalences=[{"good": "hut", "serves": "tent", "ratio": draw(st.sampled_from(["0.5", "1.5"]))}],
        capacities=[
            {"on": draw(places), draw(st.sampled_from(["tonnes", "pallets", "neq_kg"])): draw(number(0, 9))}
            for _ in range(draw(number(0, 3)))
        ],
        closures=[
            {"on": draw(places), "from": day(first), "to": day(first + draw(number(0, 6)))}
            for first in draw(st.lists(number(0, 20), max_size=2))
        ],
        caps=[
            {"party": party, "what": "quantity", "most": draw(number(0, 9))}
            for party in sorted({str(one["party"]) for one in offers})[: draw(number(0, 1))]
        ],
        kits=_kits(draw, needs),
        budgets=_budgets(draw),
        **_papers(draw, offers),
    )


def _needs(draw: Draw) -> list[Row]:
    """One to four needs, some of them useful only in full."""
    number, found = st.integers, []
    for name in range(draw(number(1, 4))):
        good = draw(st.sampled_from(["tent", "stove"]))
        row: Row = {"need": f"N{name}", "good": good, "quantity": draw(number(1, 6))}
        row |= {"site": draw(st.sampled_from(["S1", "S2", "X"])), "weight": draw(number(1, 5)) - 1}
        row |= {"due": day(20 - draw(number(0, 21))), "last_useful": day(draw(number(10, 30)))}
        found.append(row | {"whole": draw(st.booleans())})
    return found


def _offers(draw: Draw) -> list[Row]:
    """Up to five offers, some of them where something is needed."""
    number, found = st.integers, []
    for name in range(5 - draw(number(0, 5))):
        row: Row = {"offer": f"O{name}", "party": f"P{name % 2}", "quantity": draw(number(1, 8))}
        row |= {"good": draw(st.sampled_from(["tent", "hut", "stove"]))}
        row |= {"site": draw(st.sampled_from(["D1", "D2", "S1"])), "ready": day(draw(number(-3, 12)))}
        found.append(row | {"until": draw(st.one_of(st.none(), number(8, 20).map(day)))})
    return found


def _kits(draw: Draw, needs: list[Row]) -> list[Row]:
    """At times the first two needs are one kit."""
    if len(needs) < 2 or draw(st.booleans()):
        return []
    usual: Row = {"kit": "K", "weight": draw(st.integers(1, 9))}
    return [usual | {"need": n["need"], "per_kit": draw(st.integers(1, 3))} for n in needs[:2]]


def _budgets(draw: Draw) -> list[Row]:
    """At times a budget in two tranches buys tents."""
    if draw(st.booleans()):
        return []
    buy: Row = {
        "good": "tent",
        "price": 10_00,
        "lead_days": draw(st.integers(0, 9)),
        "site": "D2",
    }
    return [
        {"amount": draw(st.integers(0, 40_00))},
        {"amount": draw(st.integers(0, 40_00)), "day": day(draw(st.integers(1, 12)))},
        buy | {"most": draw(st.one_of(st.none(), st.integers(0, 5)))},
    ]


def _papers(draw: Draw, offers: list[Row]) -> dict[str, list[Row]]:
    """At times the first offer is tied, needs an approval, or its party is blocked."""
    chosen = draw(st.sampled_from(["none", "tied", "approval", "blocked"])) if offers else "none"
    paper: Row = {"approval": "A", "kind": "transit", "party": "XX", "covers": "O0"}
    dates = {"due": day(draw(st.integers(-2, 12))), "expires": day(draw(st.integers(8, 30)))}
    return {
        "earmarks": [{"offer": "O0", "to": "region", "value": "2"}] if chosen == "tied" else [],
        "approvals": [paper | dates] if chosen == "approval" else [],
        "blocked": [{"kind": "party", "value": "P0", "reason": "r", "to": day(9)}]
        if chosen == "blocked"
        else [],
    }


def planned(world: Tables) -> Plan:
    return solve(from_tables(world), parameters=EXACT)


@given(worlds())
def test_the_optimum_lies_between_value_and_bound_and_the_audit_is_content(world: Tables) -> None:
    plan, best = planned(world), optimum(world)
    assert float(plan.value) <= best + 1e-6
    assert best <= float(plan.bound) + 1e-6
    assert [finding.as_dict() for finding in audit(world, plan)] == []
