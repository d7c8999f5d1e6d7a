"""The mix and its bound come together; consignments that are let go were not in use."""

import numpy as np
import pytest
from tests.plan.core.crowded import crowded

from konvoi.plan.core.pool import Columns
from konvoi.plan.core.programme import programme_of
from konvoi.plan.core.search import Pace, Search, search_of
from konvoi.plan.core.whole import whole_of
from konvoi.plan.greedy import rule_of_thumb


def _search(pace: Pace) -> Search:
    _, rows, field, payoff = crowded()
    return search_of(rows, field, payoff, _start(), pace)


def _start() -> Columns:
    _, rows, field, _ = crowded()
    return rule_of_thumb(whole_of(field, rows))[0]


def test_solved_to_the_end_the_mix_meets_its_bound() -> None:
    search = _search(Pace())
    for _ in range(20):
        if not search.round(exactly=True):
            break
    assert search.best.most == pytest.approx(search.brings, rel=1e-6)


def test_first_order_rounds_come_to_the_same_bound() -> None:
    exact, near = _search(Pace()), _search(Pace(small=0, steps=400))
    for _ in range(20):
        exact.round(exactly=True)
        near.round()
    assert near.best.most == pytest.approx(exact.best.most, rel=1e-3)
    assert near.best.most >= exact.brings - 1e-6


def test_the_same_search_twice_gives_the_same_to_the_last_bit() -> None:
    one, other = _search(Pace(small=0)), _search(Pace(small=0, threads=1))
    for _ in range(5):
        one.round()
        other.round()
    assert one.best.most == other.best.most
    assert np.array_equal(one.programme.amounts, other.programme.amounts)


def test_a_consignment_is_added_once() -> None:
    _, rows, field, payoff = crowded()
    programme = programme_of(rows, field, payoff, _start())
    count = len(programme.columns)
    assert programme.add(_start()) == 0
    assert len(programme.columns) == count > 0


def test_what_the_mix_sends_is_never_let_go() -> None:
    search = _search(Pace())
    for _ in range(4):
        search.round(exactly=True)
    programme = search.programme
    brings = programme.solve(corner=True)
    used = set(programme.columns.marks()[programme.units > 1e-9].tolist())
    before = len(programme.columns)
    programme.purge(0.01)
    assert used <= set(programme.columns.marks().tolist())
    assert len(programme.columns) < before
    assert programme.solve() == pytest.approx(brings, rel=1e-6)
