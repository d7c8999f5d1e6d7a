"""What a bottleneck would bring is planned anew: more room where it is full, money that comes later."""

from datetime import date
from decimal import Decimal

from tests.plan.worlds import day, tables

from konvoi.plan.bottlenecks import bottlenecks
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

FULL: list[dict[str, object]] = [{"on": "DX", "tonnes": 3, "from": date(2026, 1, 5), "to": date(2026, 2, 1)}]


def test_one_more_lorry_a_week_brings_what_the_plan_with_it_is_worth_more() -> None:
    """Three tonnes a week, two weeks to the due day: six of ten tents. One lorry more, and all ten come."""
    posed = tables(capacities=FULL)
    plan = solve(from_tables(posed))
    found = bottlenecks(posed, plan)
    assert plan.value == 6
    line = found.row(0, named=True)
    assert (line["kind"], line["key"], line["resource"], line["more"]) == ("lane", "DX", "tonnes", 20)
    assert (line["from"], line["to"]) == (day(0), day(7))
    assert (line["gain"], line["good"], line["site"], line["quantity"]) == (4, "tent", "S", 4)


def test_by_rail_it_is_a_train() -> None:
    lanes: list[dict[str, object]] = [
        {"lane": "DX", "from": "D", "to": "X", "days_p50": 2, "mode": "rail"},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
    ]
    posed = tables(capacities=FULL, lanes=lanes)
    assert bottlenecks(posed, solve(from_tables(posed)))["more"].to_list() == [Decimal(1000)]


def test_a_week_of_delay_of_money_costs_what_comes_too_late() -> None:
    """Money for four tents on day 3, three days to go, due on day 12: a week later they come on day 13."""
    buy: dict[str, object] = {"good": "tent", "price": 1_00, "site": "D", "lead_days": 0}
    money: dict[str, object] = {"amount": 4_00, "day": day(3)}
    needs: list[dict[str, object]] = [{"due": day(12), "last_useful": day(12)}]
    posed = tables(offers=[], budgets=[money, buy], needs=needs)
    plan = solve(from_tables(posed))
    line = bottlenecks(posed, plan).row(0, named=True)
    assert plan.value == 4
    assert (line["kind"], line["key"], line["from"], line["more"]) == ("budget", "B", day(3), 7)
    assert (line["gain"], line["quantity"]) == (-4, -4)


def test_where_nothing_is_full_there_is_no_bottleneck() -> None:
    posed = tables()
    assert bottlenecks(posed, solve(from_tables(posed))).is_empty()


def test_the_order_of_rows_changes_nothing() -> None:
    posed = tables(capacities=[*FULL, {"on": "XS", "tonnes": 2, "from": day(0), "to": day(27)}])
    plan = solve(from_tables(posed))
    turned = {name: rows.reverse() for name, rows in posed.items()}
    assert bottlenecks(turned, plan).equals(bottlenecks(posed, plan))
