"""Days that run backwards, days below zero, stages that nobody told of: told with place and remedy."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.test_run import Planned, move, planned
from tests.plan.worlds import Rows, day, tables

from konvoi.forecast.run import run
from konvoi.forecast.validate import faults
from konvoi.model.finding import Severity

TWO = move("M", 0, ("DX", 0, 2), ("XS", 2, 4))


def sent(**cells: object) -> Planned:
    return planned((TWO[0] | cells, TWO[1]))


def told(plan: Planned, **changed: Rows) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.place.sheet, one.place.row, one.read) for one in faults(tables(**changed), plan)]


def test_a_plan_and_tables_without_fault_tell_nothing() -> None:
    assert told(sent(offer="O")) == []


def test_legs_that_run_backwards_are_an_error_at_their_row() -> None:
    back = planned(move("M", 0, ("DX", 5, 2), ("XS", 1, 4)))
    found = faults(tables(), back)
    assert [(one.code, one.place.row, one.severity) for one in found] == [
        ("forecast-plan-turned", 2, Severity.ERROR),
        ("forecast-plan-turned", 3, Severity.ERROR),
    ]


def test_a_plan_of_centuries_is_an_error() -> None:
    long = sent(arrives=day(365 * 25))
    assert [code for code, *_ in told(long)] == ["forecast-plan-long"]


def test_days_of_a_lane_below_zero_or_out_of_order_are_told() -> None:
    lanes: Rows = [
        {"lane": "DX", "from": "D", "to": "X", "days_p10": -1, "days_p50": 2, "days_p90": 1},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1, "days_p10": 3},
    ]
    assert told(sent(), lanes=lanes) == [
        ("forecast-days-negative", "lanes", 2, "-1"),
        ("forecast-days-turned", "lanes", 2, "1"),
        ("forecast-days-turned", "lanes", 3, "3"),
    ]
    assert 0 <= run(tables(lanes=lanes), sent(), samples=30).needs["on_time"][0] <= 1


def test_what_is_bought_without_lead_days_or_with_negative_ones_is_told() -> None:
    plan = sent(offer=None, budget="B", supplier="F")
    budget: dict[str, object] = {"budget": "B", "good": "tent", "supplier": "F"}
    assert told(plan, budgets=[budget]) == [("forecast-no-lead", "budgets", 2, "")]
    assert told(plan, budgets=[budget | {"lead_days": -9}]) == [
        ("forecast-days-negative", "budgets", 2, "-9")
    ]
    assert run(tables(budgets=[budget | {"lead_days": -9}]), plan, samples=30).samples == 30


def test_a_procured_line_without_a_contract_and_a_contract_that_runs_backwards_are_told() -> None:
    offers: Rows = [{"line": "L", "ready": day(9)}]
    lines: Rows = [{"line": "L", "package": "P", "route": "procured"}]
    assert told(sent(offer="O"), offers=offers, lines=lines) == [("forecast-no-contract", "offers", 2, "L")]
    turned: Rows = [{"contract": "C", "line": "L", "supplier": "F", "day": day(8), "delivery": day(3)}]
    found = told(sent(offer="O"), offers=offers, lines=lines, contracts=turned)
    assert found == [("forecast-contract-turned", "contracts", 2, str(day(3)))]


def test_an_approval_that_nobody_gives_a_day_for_is_told() -> None:
    asked: Rows = [{"approval": "A", "kind": "transit", "party": "P", "covers": "O"}]
    assert told(sent(offer="O"), approvals=asked) == [("forecast-approval-undated", "approvals", 2, "")]


numbers = st.one_of(st.none(), st.integers(-5, 10_000), st.decimals(-3, 99, places=1))


@given(st.lists(numbers, min_size=6, max_size=6), st.integers(-3000, 3000), st.integers(-400, 9999))
def test_damaged_days_are_told_of_and_never_raise(
    cells: list[int | Decimal | None], lead: int, due: int
) -> None:
    names = ("days_p10", "days_p50", "days_p90")
    lanes: Rows = [
        {"lane": "DX", "from": "D", "to": "X", **dict(zip(names, cells[:3], strict=True))},
        {"lane": "XS", "from": "X", "to": "S", **dict(zip(names, cells[3:], strict=True))},
    ]
    budgets: Rows = [{"budget": "B", "good": "tent", "supplier": "F", "lead_days": lead}]
    every = tables(lanes=lanes, budgets=budgets, needs=[{"due": day(due)}])
    plan = sent(offer=None, budget="B", supplier="F")
    faults(every, plan)
    assert 0 <= run(every, plan, samples=5).needs["on_time"][0] <= 1
