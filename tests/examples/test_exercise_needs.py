"""The exercise's needs add up: what the brief says of them is what the plan and the papers say."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from tests.examples import folders
from tests.report.views import seen_case

from konvoi.flow.cases import bare
from konvoi.flow.load_workspace import gathering
from konvoi.flow.planning.plan_workspace import planning
from konvoi.flow.planning.problem import problem
from konvoi.flow.workspace import workspace
from konvoi.report.case import Case
from konvoi.report.planning.need_status import PARTS, Served, served


@cache
def case() -> Case:
    """The exercise with its plan, as the cell sees it."""
    work = workspace(folders.EXAMPLES / "exercise")
    gathered = gathering(work)
    made = problem(gathered)
    found = bare(gathered, work)
    plan, _ = planning(made, work)
    return replace(found, plan=plan, tables={**found.tables, "met": made.met})


def by_need(of: Case) -> dict[str, Served]:
    return {str(one.need["need"]): one for one in served(of)}


@pytest.mark.slow
def test_what_is_late_or_open_of_each_need_is_what_the_plan_says_is_unmet() -> None:
    unmet: dict[str, Decimal] = defaultdict(Decimal)
    plan = case().plan
    assert plan is not None
    for need, quantity in plan.unmet.select("need", "quantity").iter_rows():
        unmet[need] += quantity
    told = {need: one.late + one.open for need, one in by_need(case()).items() if not one.full}
    assert told == unmet
    assert len(told) == 8


@pytest.mark.slow
def test_the_parts_of_each_need_add_up_to_what_is_needed() -> None:
    for one in served(case()):
        assert sum(one.part(part) for part in PARTS) == one.need["quantity"]


def test_what_came_and_what_is_under_way_is_not_open() -> None:
    """N-01's 59 came with W-4001; of N-05's 8,000, 5,040 came with W-2002 and W-2003 has the rest."""
    found = by_need(case())
    assert [int(found["N-01"].part(part)) for part in PARTS] == [59, 0, 31, 0, 0]
    assert [int(found["N-05"].part(part)) for part in PARTS] == [5040, 2960, 0, 0, 0]


def test_the_public_is_shown_the_coverage_by_deliveries_that_it_may_see() -> None:
    """40 generators for N-02 come late by a partner whose movements are not public."""
    assert [int(by_need(case())["N-02"].part(part)) for part in PARTS] == [0, 0, 0, 40, 40]
    public = seen_case(case())
    assert [int(by_need(public)["N-02"].part(part)) for part in PARTS] == [0, 0, 0, 0, 80]
