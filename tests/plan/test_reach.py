"""Needs and kits of which nothing can come leave before the search and change nothing of the rest."""

from decimal import Decimal

import polars as pl
import pytest
from tests.plan.worlds import Rows, day, tables

from konvoi.plan.audit import audit
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

K: dict[str, object] = {"kit": "K", "per_kit": 1}
LAMP: dict[str, object] = {"good": "lamp", "weight_kg": 1000}
TENT: dict[str, object] = {"need": "N"}


def planned(**changed: Rows) -> tuple[Plan, dict[str, pl.DataFrame]]:
    world = tables(**changed)
    plan = solve(from_tables(world))
    assert audit(world, plan) == ()
    return plan, world


def causes(plan: Plan) -> dict[str, str]:
    return dict(plan.unmet.select("need", "cause").rows())


@pytest.mark.parametrize(
    ("need", "more", "cause"),
    [
        ({"good": "lamp", "quantity": 2}, {}, "no-offer"),
        ({"quantity": 30, "whole": True}, {}, "offered-in-part"),
        ({"due": day(1), "last_useful": day(2)}, {}, "too-late"),
        ({"good": "lamp", "quantity": 2}, {"offers": [{}, {"offer": "L", "good": "lamp"}]}, "corridor-small"),
    ],
)
def test_a_need_that_nothing_can_meet_has_its_cause_and_no_part_in_the_bound(
    need: dict[str, object], more: dict[str, Rows], cause: str
) -> None:
    """Ten tents are needed and offered; the other need is worth much and cannot be met."""
    heavy = {"good": "lamp", "weight_kg": 9000}
    other = {"need": "Z", "weight": 100} | need
    world: dict[str, Rows] = {
        "goods": [{}, heavy],
        "capacities": [{"on": "DX", "tonnes": 8}],
        "needs": [{}, other],
    }
    plan, _ = planned(**(world | more))
    without, _ = planned(**(world | more | {"needs": [{}]}))
    assert plan.value == without.value == 10
    assert plan.bound == without.bound
    assert plan.movements.equals(without.movements)
    assert causes(plan)["Z"] == cause


def test_a_kit_of_which_no_set_can_come_leaves_its_components_to_themselves() -> None:
    """Three lamps make no set of four; what they are worth alone stays, and so do tents."""
    needs: Rows = [TENT, {"need": "M", "good": "lamp", "quantity": 8, "weight": 0.5}]
    kit = [K | {"need": "N", "weight": 99}, K | {"need": "M", "per_kit": 4}]
    lamps = [{}, {"offer": "L", "good": "lamp", "quantity": 3}]
    changed: dict[str, Rows] = {"goods": [{}, LAMP], "needs": needs, "offers": lamps}
    plan, _ = planned(**changed, kits=kit)
    without, _ = planned(**changed)
    assert plan.value == without.value == 10 + Decimal("1.5")
    assert (plan.bound, plan.movements.height) == (without.bound, without.movements.height)


def test_no_more_sets_are_bounded_than_can_come_of_the_scarcest_component() -> None:
    """Of ten sets two can be complete, for five lamps are offered and one takes two."""
    needs: Rows = [TENT | {"weight": 0}, {"need": "M", "good": "lamp", "quantity": 20, "weight": 0}]
    kit = [K | {"need": "N", "weight": 7}, K | {"need": "M", "per_kit": 2}]
    lamps = [{}, {"offer": "L", "good": "lamp", "quantity": 5}]
    plan, _ = planned(goods=[{}, LAMP], needs=needs, offers=lamps, kits=kit)
    assert plan.value == 14
    assert plan.bound == pytest.approx(Decimal(14), abs=1e-3)


def test_what_a_lane_takes_by_the_last_day_limits_what_can_come() -> None:
    """Three pieces a week for two weeks: a need of seven, useful only in full, cannot be met."""
    need = {"quantity": 7, "whole": True, "due": day(13), "last_useful": day(13)}
    plan, _ = planned(needs=[need], capacities=[{"on": "XS", "tonnes": 3.9}])
    assert (str(plan.value), str(plan.bound)) == ("0", "0")


def test_what_lies_at_the_site_needs_no_lane() -> None:
    need = {"quantity": 7, "whole": True, "due": day(13), "last_useful": day(13)}
    plan, _ = planned(
        needs=[need],
        offers=[{}, {"offer": "H", "site": "S", "quantity": 1}],
        capacities=[{"on": "XS", "tonnes": 3.9}],
    )
    assert plan.value == 7


def test_all_money_of_a_budget_counts_for_what_can_be_bought() -> None:
    """Two tranches pay two tents each: four can come, so a need of four can be met and one of five not."""
    bought: dict[str, object] = {"good": "tent", "price": 10_00, "lead_days": 1, "site": "X"}
    money: Rows = [{"amount": 25_00}, {"amount": 25_00, "day": day(3)}, bought]
    for asked, value in ((4, 4), (5, 5), (6, 0)):
        need = {"quantity": asked, "whole": True}
        plan, _ = planned(offers=[], needs=[need], budgets=money)
        assert plan.value == value, asked
        assert plan.bound == value, asked
