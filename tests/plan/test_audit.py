"""Each lie of a plan is found: a unit too many, a wrong day, a shut lane, a bound that nothing proves."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import polars as pl
from tests.plan.worlds import Rows, day, problem, tables

from konvoi.plan.audit import audit
from konvoi.plan.plan import Plan
from konvoi.plan.solve import solve

TIGHT: dict[str, Rows] = {
    "needs": [{"quantity": 8, "last_useful": day(27)}],
    "capacities": [{"on": "DX", "tonnes": 3}],
}


def plan_of(**changed: Rows) -> Plan:
    return solve(problem(**changed))


def codes(plan: Plan, **changed: Rows) -> list[str]:
    return sorted({finding.code for finding in audit(tables(**changed), plan)})


def first(frame: pl.DataFrame, column: str, change: pl.Expr) -> pl.DataFrame:
    """The frame with a cell of its first row changed."""
    index = pl.int_range(pl.len())
    return frame.with_columns(pl.when(index == 0).then(change).otherwise(pl.col(column)).alias(column))


def test_a_plan_that_is_right_has_no_finding() -> None:
    assert codes(plan_of(**TIGHT), **TIGHT) == []
    assert codes(plan_of()) == []
    assert codes(plan_of(offers=[]), offers=[]) == []


def test_one_unit_too_many_is_over_what_is_offered_needed_and_carried() -> None:
    plan = plan_of(**TIGHT)
    more = replace(plan, movements=first(plan.movements, "quantity", pl.col("quantity") + 1))
    assert codes(more, **TIGHT) == ["audit-load", "audit-over", "audit-unmet", "audit-value"]
    over = [f for f in audit(tables(**TIGHT), more) if f.code == "audit-over"]
    assert {f.values["kind"] for f in over} == {"need", "lane"}


def test_a_wrong_day_of_arrival_is_found() -> None:
    plan = plan_of()
    early = replace(plan, movements=first(plan.movements, "arrives", pl.col("arrives") - timedelta(days=1)))
    assert codes(early) == ["audit-way"]
    legs = first(plan.legs, "arrives", pl.col("arrives") - timedelta(days=1))
    assert "audit-date" in codes(replace(plan, legs=legs))


def test_what_is_wrong_with_a_leg_is_told_at_its_own_cell() -> None:
    """The second line of legs.csv, the head being the first; what was read is the load that stands there."""
    plan = plan_of()
    heavy = replace(plan, legs=first(plan.legs, "tonnes", pl.col("tonnes") + 1))
    (found,) = audit(tables(), heavy)
    assert (found.code, found.place.file, found.place.row, found.place.column, found.values["expected"]) == (
        "audit-load",
        "legs.csv",
        2,
        "tonnes",
        "10.0",
    )
    assert found.read.startswith("11")


def test_a_lane_that_was_shut_since_is_found() -> None:
    closed: dict[str, Rows] = {"closures": [{"on": "DX", "from": day(0), "to": day(3)}]}
    plan = replace(plan_of(), problem=plan_of(**closed).problem)
    assert "audit-shut" in codes(plan, **closed)


def test_another_problem_is_found_by_its_digest() -> None:
    assert "audit-digest" in codes(plan_of(), needs=[{"quantity": 12}])


def test_a_bound_that_its_prices_do_not_prove_is_found() -> None:
    plan = plan_of(**TIGHT)
    assert codes(replace(plan, bound=plan.bound - Decimal("0.001")), **TIGHT) == [
        "audit-below",
        "audit-bound",
    ]
    cheap = replace(plan, prices=plan.prices.with_columns(price=pl.col("price") / 2))
    assert codes(replace(cheap, bound=plan.value), **TIGHT) == ["audit-bound"]


def test_prices_below_zero_and_of_no_row_prove_nothing() -> None:
    plan = plan_of(**TIGHT)
    below = replace(plan, prices=plan.prices.with_columns(price=-pl.col("price")))
    assert codes(below, **TIGHT) == ["audit-bound", "audit-price"]
    strange = replace(plan, prices=plan.prices.with_columns(key=pl.lit("elsewhere")))
    assert codes(strange, **TIGHT) == ["audit-bound", "audit-price"]


def test_a_value_that_is_said_too_high_is_found() -> None:
    plan = plan_of()
    assert codes(replace(plan, value=plan.value + Decimal("0.000001"))) == ["audit-below", "audit-value"]


def test_half_a_step_is_found() -> None:
    plan = plan_of()
    half = replace(plan, movements=first(plan.movements, "quantity", pl.col("quantity") - Decimal("0.5")))
    assert "audit-not-a-step" in codes(half)


def test_an_offer_that_is_tied_elsewhere_or_not_ready_is_found() -> None:
    for changed in (
        {"earmarks": [{"offer": "O", "to": "need", "value": "Z"}]},
        {"offers": [{"ready": day(5)}]},
        {"approvals": [{"approval": "A", "kind": "export licence", "party": "XX", "covers": "O"}]},
        {"blocked": [{"kind": "party", "value": "P", "reason": "sanctions"}]},
        {"goods": [{"codes": "NSN:1"}], "standards": [_standard("NSN:2")]},
    ):
        assert "audit-not-allowed" in codes(plan_of(), **changed)


def _standard(code: str) -> dict[str, object]:
    return {"standard": "T", "good": "tent", "requirement": "identity code", "value": code}


def test_an_order_paid_with_money_of_a_later_day_is_found() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 10_00, "lead_days": 5, "site": "D"}
    now: dict[str, Rows] = {"offers": [], "budgets": [{"amount": 100_00}, buy]}
    later: dict[str, Rows] = {"offers": [], "budgets": [{"amount": 100_00, "day": day(3)}, buy]}
    assert codes(plan_of(**now), **now) == []
    assert "audit-not-allowed" in codes(plan_of(**now), **later)
    poorer: dict[str, Rows] = {"offers": [], "budgets": [{"amount": 90_00}, buy]}
    assert "audit-over" in codes(plan_of(**now), **poorer)


def test_an_approval_that_has_expired_by_the_day_of_departure_is_found() -> None:
    paper = {"approval": "A", "kind": "transit", "party": "XX", "covers": "O", "given": day(-9)}
    plan = plan_of(offers=[{"ready": day(3)}])
    for expires, found in ((day(3), []), (day(2), ["audit-digest", "audit-not-allowed"])):
        world: dict[str, Rows] = {"offers": [{"ready": day(3)}], "approvals": [paper | {"expires": expires}]}
        same = replace(plan, problem=problem(**world).digest) if not found else plan
        assert [
            code for code in codes(same, **world) if code in {"audit-digest", "audit-not-allowed"}
        ] == found


def test_a_leg_that_leaves_before_the_one_before_arrives_is_found() -> None:
    """Every day fits its own lane and the end; only the two legs overlap."""
    plan = plan_of()
    hasty = plan.legs.with_columns(
        pl.when(pl.col("leg") == 2).then(pl.col(name) - timedelta(days=1)).otherwise(pl.col(name)).alias(name)
        for name in ("departs", "arrives")
    )
    arrives = plan.movements.with_columns(pl.col("arrives") - timedelta(days=1))
    assert codes(replace(plan, legs=hasty, movements=arrives)) == ["audit-date"]
