"""Which steps a movement has: what is bought, what is produced, what is approved, which way it goes."""

from dataclasses import replace

import polars as pl
import pytest
from tests.forecast.test_run import CALM, Planned, days, move, planned, world
from tests.plan.worlds import Rows, day, tables

from konvoi.forecast.delay import Spread
from konvoi.forecast.run import run
from konvoi.forecast.steps import SHOCKS, ways

SURE = {"days_p10": 2, "days_p50": 2, "days_p90": 2}
TWO = move("M", 0, ("DX", 0, 2), ("XS", 2, 4))


def sent(**cells: object) -> Planned:
    """The movement over DX and XS with further cells."""
    head, legs = TWO
    return planned((head | cells, legs))


def kinds(every: dict[str, pl.DataFrame], plan: Planned) -> list[tuple[str, str]]:
    (way,) = ways(every, plan, {})
    return [(step.kind, step.key) for step in way.steps]


def test_stock_has_legs_what_lies_between_them_and_a_hand_over() -> None:
    assert kinds(world(SURE, SURE), sent(offer="O")) == [
        ("transit", "DX"),
        ("passing", "X"),
        ("transit", "XS"),
        ("hand over", "S"),
    ]


BUDGET: Rows = [{"budget": "B", "good": "tent", "supplier": "F", "lead_days": 10}]


def test_what_is_bought_is_contracted_and_produced_first() -> None:
    plan = sent(offer=None, budget="B", supplier="F")
    assert kinds(world(SURE, SURE, budgets=BUDGET), plan)[:2] == [("contract", "F"), ("production", "F")]


def test_a_contract_that_is_signed_late_makes_everything_late() -> None:
    """Ordered ten days before day 0; signed three days late in every run: it leaves on day 3, comes on 7."""
    plan = sent(offer=None, budget="B", supplier="F")
    late = {**CALM, "contract": Spread(3, 3, 3), "production": Spread(1, 1, 1)}
    outlook = run(world(SURE, SURE, budgets=BUDGET), plan, samples=20, assumed=late)
    assert days(outlook) == [day(7)] * 3
    assert outlook.bases["kind"].to_list()[:2] == ["contract", "production"]


def test_what_was_ordered_before_it_had_to_be_is_ready_in_time_all_the_same() -> None:
    plan = sent(offer=None, budget="B", supplier="F")
    paid = pl.DataFrame({"movement": ["M"], "ordered": [day(-14)]})
    known = replace(plan)
    object.__setattr__(known, "payments", paid)
    late = {**CALM, "contract": Spread(3, 3, 3), "production": Spread(1, 1, 1)}
    assert days(run(world(SURE, SURE, budgets=BUDGET), known, samples=20, assumed=late)) == [day(4)] * 3


def test_an_approval_that_is_due_is_waited_for_and_one_that_is_given_is_not() -> None:
    """Due on day 1, five days late: day 6, a Sunday. X is reached on day 8, and left on Monday, day 14."""
    asked: Rows = [{"approval": "A", "kind": "export licence", "party": "P", "covers": "O", "due": day(1)}]
    late = {**CALM, "approval": Spread(5, 5, 5)}
    plan = sent(offer="O")
    assert ("approval", "P") in kinds(world(SURE, SURE, approvals=asked), plan)
    assert days(run(world(SURE, SURE, approvals=asked), plan, samples=9, assumed=late)) == [day(16)] * 3
    given = [dict(asked[0]) | {"given": day(0)}]
    assert days(run(world(SURE, SURE, approvals=given), plan, samples=9, assumed=late)) == [day(4)] * 3


def test_an_approval_of_the_line_or_the_budget_counts_too() -> None:
    paper: dict[str, object] = {"approval": "A", "kind": "transit", "party": "P", "due": day(1)}
    of_line = world(SURE, SURE, approvals=[paper | {"covers": "L"}], offers=[{"line": "L"}])
    assert ("approval", "P") in kinds(of_line, sent(offer="O"))
    of_money = world(SURE, SURE, approvals=[paper | {"covers": "B"}], budgets=BUDGET)
    assert ("approval", "P") in kinds(of_money, sent(offer=None, budget="B", supplier="F"))


def test_what_a_contract_still_has_to_produce_is_produced_by_the_day_it_is_ready() -> None:
    every = world(SURE, SURE, offers=[{"line": "L", "ready": day(0)}], horizon=[{"start": day(-21)}])
    signed: Rows = [{"contract": "C", "line": "L", "supplier": "F", "day": day(-14)}]
    every |= {"contracts": tables(contracts=signed)["contracts"]}
    (way,) = ways(every, sent(offer="O"), {})
    assert (way.begins, way.steps[0].kind, way.steps[0].key) == (day(-14), "production", "F")
    assert way.steps[0].spread.middle == 14.0
    late = {**CALM, "production": Spread(1, 1, 1)}
    assert days(run(every, sent(offer="O"), samples=9, assumed=late)) == [day(4)] * 3


def test_two_of_one_supplier_are_late_together_and_two_of_two_are_not() -> None:
    """Two consignments of one supplier are both in time more often than if they had nothing in common."""
    rows: Rows = [dict(BUDGET[0]), dict(BUDGET[0]) | {"supplier": "G"}]
    chances = {}
    for other in ("F", "G"):
        one, two = (move(name, 0, (lane, 0, 2)) for name, lane in (("A", "DX"), ("B", "XS")))
        bought = {"offer": None, "budget": "B"}
        plan = planned(
            (one[0] | bought | {"supplier": "F"}, one[1]), (two[0] | bought | {"supplier": other}, two[1])
        )
        every = world(SURE, SURE, due=4, budgets=rows)
        chances[other] = run(every, plan, samples=4000, assumed=CALM).needs["on_time"][0]
    assert chances["F"] > chances["G"] + 0.03


def _shut(*told: tuple[str, float, float]) -> pl.DataFrame:
    """Names, how often a year, and how many days."""
    return pl.DataFrame(
        [(on, often, long, long, long) for on, often, long in told], schema=SHOCKS, orient="row"
    )


@pytest.mark.parametrize(
    ("on", "met"), [("XS", ["XS"]), ("X", ["X"]), ("S", ["S"]), ("hub", ["X"]), ("D", []), ("nowhere", [])]
)
def test_a_lane_a_site_that_is_reached_and_each_site_of_a_kind_may_be_shut(on: str, met: list[str]) -> None:
    """From D by DX to the hub X, and by XS to S; that D is shut is no closure on the way."""
    every = world(SURE, SURE) | {"shocks": _shut((on, 300, 30))}
    every["sites"] = every["sites"].with_columns(kind=pl.when(pl.col("site") == "X").then(pl.lit("hub")))
    assert [key for kind, key in kinds(every, sent()) if kind == "closure"] == met


def test_who_meets_a_closure_waits_and_two_of_one_week_wait_together() -> None:
    """Shut for ten days every few weeks: as often as not both wait; with nothing shut both come on day 2."""
    one, two = (move(name, 0, ("DX", 0, 2)) for name in ("A", "B"))
    every = world(SURE, SURE, due=4) | {"shocks": _shut(("DX", 25, 10))}
    found = run(every, planned(one, two), samples=4000, assumed=CALM)
    alone = found.movements["on_time"][0]
    assert 0.3 < alone < 0.7
    assert found.needs["on_time"][0] == pytest.approx(alone, abs=0.02)
    calm = run(world(SURE, SURE, due=4), planned(one, two), samples=9, assumed=CALM)
    assert calm.needs["on_time"][0] == 1.0
    assert found.causes.row(0, named=True)["kind"] == "closure"
