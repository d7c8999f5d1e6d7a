"""One goal after the other: among plans of the same value the better one by the next goal."""

from collections.abc import Mapping
from decimal import Decimal

import polars as pl
import pytest
from tests.plan.core.laid import laid
from tests.plan.worlds import day, problem

from konvoi.plan.core.search import Pace, search_of
from konvoi.plan.core.whole import worth
from konvoi.plan.goal import blend
from konvoi.plan.goals import MEMBERS, closeness, coverage
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.ordered import ordered
from konvoi.plan.plan import Plan
from konvoi.plan.solve import Parameters, solve

Rows = list[dict[str, object]]
EAST_AND_WEST: Mapping[str, Rows] = {
    "sites": [
        {"site": "D"},
        {"site": "E", "region": "east"},
        {"site": "W", "region": "west"},
    ],
    "lanes": [
        {"lane": "DE", "from": "D", "to": "E", "days_p50": 2},
        {"lane": "DW", "from": "D", "to": "W", "days_p50": 2},
    ],
    "needs": [{"need": "E", "site": "E"}, {"need": "W", "site": "W"}],
}
TWO_PARTNERS: Rows = [{"offer": "O1", "party": "P"}, {"offer": "O2", "party": "Q"}]


def _solved(*, ordered: bool, **tables: Rows) -> Plan:
    return solve(problem(**tables), parameters=Parameters(ordered=ordered))


def _by(plan: Plan, column: str) -> dict[str, float]:
    rows = plan.movements.group_by(column).agg(pl.col("quantity").sum()).sort(column)
    return {str(key): float(quantity) for key, quantity in rows.iter_rows()}


def test_two_regions_of_equal_need_get_alike() -> None:
    """Ten tents for two regions that need ten each: five and five, of the same value as ten and none."""
    plan = _solved(ordered=True, **EAST_AND_WEST)
    assert (plan.value, _by(plan, "need")) == (Decimal(10), {"E": 5.0, "W": 5.0})


def test_what_counts_more_comes_first_whatever_is_fair() -> None:
    needs = [need | {"weight": weight} for need, weight in zip(EAST_AND_WEST["needs"], (2, 1), strict=True)]
    plan = _solved(ordered=True, **{**EAST_AND_WEST, "needs": needs})
    assert (plan.value, _by(plan, "need")) == (Decimal(20), {"E": 10.0})


def test_two_partners_send_the_same_part_of_what_they_offer() -> None:
    """One offers 10, the other 20; ten are needed: a third of each, in whole tents."""
    offers = [TWO_PARTNERS[0], TWO_PARTNERS[1] | {"quantity": 20}]
    sent = _by(_solved(ordered=True, offers=offers), "offer")
    assert sent["O1"] in (3.0, 4.0)
    assert sum(sent.values()) == 10


def test_without_the_ordered_form_one_partner_may_send_it_all() -> None:
    assert len(_by(_solved(ordered=False, offers=TWO_PARTNERS), "offer")) == 1


@pytest.mark.parametrize("offer", [0, 1])
def test_the_plan_in_force_is_kept_to(offer: int) -> None:
    """Either of two like offers could send it: the one that does in the plan in force."""
    posed = problem(offers=TWO_PARTNERS)
    _, rows, whole = laid(posed)
    start = rule_of_thumb(whole)
    search = search_of(rows, whole.field, blend(posed, MEMBERS), start[0], Pace())
    for _ in range(5):
        search.round(exactly=True)
    goals = (coverage.MEMBER, closeness.MEMBER)
    plan = ordered(search.programme, whole, start, goals, force={(offer, 0): 10.0})
    assert plan[0].source.tolist() == [offer]
    assert worth(whole, plan) == worth(whole, start)


def test_what_must_be_late_is_late_by_as_little_as_can_be() -> None:
    """Due on day 6; six tents a week: the last four leave on the first day of the second week."""
    plan = _solved(
        ordered=True,
        needs=[{"due": day(6), "last_useful": day(27)}],
        capacities=[{"on": "DX", "tonnes": 6}],
        horizon=[{"late_credit": "0.5"}],
    )
    late = plan.movements.filter(pl.col("arrives") > day(6))
    assert (plan.value, late["departs"].to_list(), late["arrives"].to_list()) == (
        Decimal(8),
        [day(7)],
        [day(10)],
    )


def test_kits_and_needs_in_full_stay_as_the_plan_has_them() -> None:
    """One kit of five and five is worth more than fairness between their regions and another need."""
    needs: Rows = [
        {"need": "A", "site": "E", "quantity": 5},
        {"need": "B", "site": "E", "quantity": 5, "whole": True},
        {"need": "C", "site": "W", "quantity": 10},
    ]
    kits: Rows = [{"kit": "K", "need": name, "per_kit": 5, "weight": 100} for name in ("A", "B")]
    plan = _solved(ordered=True, **{**EAST_AND_WEST, "needs": needs}, kits=kits)
    assert (plan.value, _by(plan, "need")) == (Decimal(110), {"A": 5.0, "B": 5.0})
