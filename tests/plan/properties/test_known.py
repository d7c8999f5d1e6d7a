"""Small problems in whose plans faults were found once: each now has the value of the best plan there is."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from tests.flow.planning.limited import tables_of

from konvoi.plan.audit import audit
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import PROVEN, Parameters, solve

KNOWN = Path(__file__).parent / "known"

BEST = {"more_search": "2263.9924835735674", "kit_of_one_piece": "38504", "source_swap": "30188"}
"""The values of the best plans, by the textbook model (tests.plan.properties.arcs)."""

ENTRY = ("offer", "budget", "supplier", "need", "good")


@cache
def tables(name: str) -> dict[str, pl.DataFrame]:
    """The tables of a known problem; a table of which it has no file is empty."""
    return tables_of({path.stem: path.read_text("utf-8") for path in sorted((KNOWN / name).glob("*.csv"))})


@cache
def planned(name: str) -> Plan:
    return solve(from_tables(tables(name)))


@pytest.mark.parametrize("name", BEST)
def test_the_plan_has_the_value_of_the_best_plan(name: str) -> None:
    plan = planned(name)
    assert str(plan.value) == BEST[name]
    assert plan.bound >= plan.value
    assert audit(tables(name), plan) == ()


@pytest.mark.parametrize("name", ["kit_of_one_piece", "source_swap"])
def test_problems_of_whole_pieces_are_proven(name: str) -> None:
    assert planned(name).stopped == PROVEN


def test_a_kit_that_misleads_changes_nothing_for_the_rest() -> None:
    """Without its kit the problem's best plan is worth the same."""
    world = tables("kit_of_one_piece")
    alone = solve(from_tables(world | {"kits": world["kits"].clear()}))
    assert alone.value == planned("kit_of_one_piece").value


@pytest.mark.slow
def test_more_search_is_never_worth_less_where_it_once_was() -> None:
    problem = from_tables(tables("more_search"))
    longer = solve(problem, parameters=Parameters(gap=0.0, rounds=300))
    assert longer.value >= planned("more_search").value


def test_no_two_consignments_of_one_source_need_route_and_week_remain_apart() -> None:
    plan = planned("splinters")
    assert audit(tables("splinters"), plan) == ()
    route = plan.legs.sort("movement", "leg").group_by("movement").agg(pl.col("lane"), pl.col("week"))
    alike = plan.movements.join(route, on="movement").group_by(*ENTRY, "lane", "week").len()
    assert alike.filter(pl.col("len") > 1).is_empty()


def test_a_smallest_consignment_leaves_no_splinter_and_costs_next_to_nothing() -> None:
    """The last part of a need useful only in full goes with another, in place of a little of others."""
    world = tables("splinters")
    least = world["goods"].with_columns(least=pl.lit("0.05").cast(world["goods"].schema["least"]))
    plan = solve(from_tables(world | {"goods": least}))
    assert (plan.movements["quantity"] >= Decimal("0.05")).all()
    assert audit(world | {"goods": least}, plan) == ()
    assert float(plan.value) >= 0.9999 * float(planned("splinters").value)
