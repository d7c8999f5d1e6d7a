"""A need useful only in full is not met in part by what is nearest, neither in the mix nor in the bound.

Need A (ten tents, weight 2, only in full, two weeks) and need B (four, weight 5, one week) take the same
lane, which has room for six a week. In parts eight of A and four of B are worth 36; plans 30 at most.
"""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from tests.plan.worlds import Rows, day, tables

from konvoi.plan.audit import audit
from konvoi.plan.core.links import blended, broken, entries, taken_of
from konvoi.plan.core.pool import Matrix
from konvoi.plan.folder import files, plan_of
from konvoi.plan.links import NO_LINKS, Links
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

WORLD: dict[str, Rows] = {
    "needs": [
        {"need": "A", "quantity": 10, "weight": 2, "whole": True, "due": day(13), "last_useful": day(13)},
        {"need": "B", "quantity": 4, "weight": 5, "due": day(6), "last_useful": day(6)},
    ],
    "offers": [{"quantity": 14}],
    "capacities": [{"on": "DX", "tonnes": 6}],
}


def _plan() -> Plan:
    return solve(from_tables(tables(**WORLD)))


def test_the_bound_of_a_need_useful_only_in_full_counts_all_that_it_takes() -> None:
    plan = _plan()
    assert plan.value == 30
    assert plan.bound < Decimal("30.01")


def test_the_audit_confirms_the_bound_by_the_prices_of_single_needs() -> None:
    plan = _plan()
    assert set(plan.own_prices["need"]) == {"A"}
    assert audit(tables(**WORLD), plan_of(files(plan))) == ()


def test_without_these_prices_the_bound_is_not_proven() -> None:
    plan = _plan()
    bare = replace(plan, own_prices=plan.own_prices.clear())
    assert [one.code for one in audit(tables(**WORLD), bare)] == ["audit-bound"]


def test_a_need_that_is_useful_in_part_has_no_prices_of_its_own() -> None:
    plan = _plan()
    strange = replace(plan, own_prices=plan.own_prices.with_columns(need=pl.lit("B")))
    assert {one.code for one in audit(tables(**WORLD), strange)} == {"audit-bound", "audit-price"}


def test_a_link_is_the_part_of_the_limit_less_the_part_of_the_need() -> None:
    # Two consignments of need 0 take 1 and 3 of row 1, of which there are 6; a unit meets a tenth.
    matrix = Matrix(np.array([0, 1, 2]), np.array([1, 1], dtype=np.int32), np.array([1.0, 3.0]))
    taken = taken_of(matrix, np.array([0, 0]), np.array([0.1, 0.1]), np.array([5.0, 6.0]))
    links = broken(NO_LINKS, taken, np.array([0.0, 2.0]), np.array([0]))
    assert (links.need.tolist(), links.row.tolist()) == ([0], [1])
    column, link, amount = entries(links, taken)
    assert link.tolist() == [0, 0, 0, 0]
    assert np.bincount(column, amount) == pytest.approx([1 / 6 - 0.1, 3 / 6 - 0.1])


def test_prices_between_two_keep_rows_that_the_center_does_not_know() -> None:
    links = Links(np.array([0, 0, 2]), np.array([1, 4, 1]), np.array([1.0, 2.0, 4.0]))
    center = Links(np.array([0]), np.array([4]), np.array([4.0]))
    assert blended(links, center, 0.5).price.tolist() == [0.5, 3.0, 2.0]
