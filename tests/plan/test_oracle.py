"""Tiny problems of every kind: no plan beats the true optimum, no bound is below it, the audit is content."""

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.oracle import optimum
from tests.plan.worlds import day, tables

from konvoi.plan.audit import audit
from konvoi.plan.folder import files
from konvoi.plan.plan import Plan
from konvoi.plan.problem import from_tables
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
        caps=[{"party": "P0", "what": "quantity", "most": draw(number(0, 9))}] if draw(st.booleans()) else [],
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


@given(worlds(), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(world: Tables, seed: int) -> None:
    shuffled = {
        name: frame[random.Random(seed).sample(range(frame.height), frame.height)]
        for name, frame in world.items()
    }
    assert files(planned(shuffled)) == files(planned(world))


@given(worlds())
def test_one_more_offer_never_lowers_the_bound(world: Tables) -> None:
    more = pl.concat([world["offers"], tables(offers=[{"offer": "MORE", "site": "D2"}])["offers"]])
    assert float(planned(world | {"offers": more}).bound) >= float(planned(world).bound) * (1 - 1e-4) - 1e-4


@given(worlds())
def test_closing_a_lane_that_no_plan_can_use_changes_nothing(world: Tables) -> None:
    """A lane out of the last destination leads nowhere that is needed."""
    aside = tables(sites=[{"site": "Z"}], lanes=[{"lane": "S2-Z", "from": "S2", "to": "Z", "days_p50": 1}])
    wider = {
        name: pl.concat([world[name], aside[name]]) if name in ("sites", "lanes") else world[name]
        for name in world
    }
    shut = tables(closures=[{"on": "S2-Z", "from": day(0), "to": day(20)}])["closures"]
    closed = wider | {"closures": pl.concat([world["closures"], shut])}
    before, after = planned(wider), planned(closed)
    assert (before.value, before.bound) == (after.value, after.bound)
    assert before.movements.equals(after.movements)


@given(worlds())
def test_other_names_give_the_same_bound(world: Tables) -> None:
    """Names decide between equals only: what is proven of the problem stays."""
    names = {f"N{n}": f"M{9 - n}" for n in range(5)} | {f"O{n}": f"Q{9 - n}" for n in range(5)}
    columns = {
        "needs": ["need"],
        "offers": ["offer"],
        "kits": ["need"],
        "earmarks": ["offer"],
        "approvals": ["covers"],
    }
    renamed = world | {
        name: world[name].with_columns(pl.col(column).replace(names) for column in columns[name])
        for name in columns
    }
    assert float(planned(renamed).bound) == pytest.approx(float(planned(world).bound), rel=1e-4, abs=1e-4)
