"""What is worth something only in full is decided turn by turn: some made sure of, others given up."""

from tests.plan.core.laid import laid
from tests.plan.worlds import problem

from konvoi.plan.core.search import Pace, Search, search_of
from konvoi.plan.core.whole import Whole, worth
from konvoi.plan.dive import dive, dived
from konvoi.plan.goal import blend
from konvoi.plan.goals import MEMBERS
from konvoi.plan.greedy import rule_of_thumb

NEEDS: list[dict[str, object]] = [{"need": name, "whole": True, "quantity": 10} for name in ("A", "B")]
LANE: list[dict[str, object]] = [{"on": "DX", "tonnes": 6}]
OFFER: list[dict[str, object]] = [{"quantity": 20}]


def _mixed(**tables: list[dict[str, object]]) -> tuple[Search, Whole]:
    """A mix of a small problem, solved to the end."""
    posed = problem(**tables)
    _, rows, whole = laid(posed)
    search = search_of(rows, whole.field, blend(posed, MEMBERS), rule_of_thumb(whole)[0], Pace())
    for _ in range(20):
        if not search.round(exactly=True):
            break
    return search, whole


def test_of_two_needs_in_parts_one_comes_in_full() -> None:
    """Two weeks of six tonnes: the mix sends twelve of twenty in parts; in the end ten go to one need."""
    search, whole = _mixed(needs=NEEDS, capacities=LANE, offers=OFFER)
    assert worth(whole, dived(search, whole)) == 10 * 10**24


def test_a_dive_leaves_the_bound_as_it_was_proven() -> None:
    search, whole = _mixed(needs=NEEDS, capacities=LANE, offers=OFFER)
    before = search.best
    plans = list(dive(search, whole))
    assert len(plans) > 1
    assert search.best is before
    assert search.best.most >= max(worth(whole, plan) for plan in plans) / 10**24


def test_a_dive_stops_when_it_is_told_to() -> None:
    search, whole = _mixed(needs=NEEDS, capacities=LANE, offers=OFFER)
    assert len(list(dive(search, whole, stop=lambda _: True))) == 1


def test_kits_in_parts_come_whole_or_not_at_all() -> None:
    """Two kits of two components each, five tonnes a component: twelve tonnes carry one kit whole."""
    needs: list[dict[str, object]] = [{"need": name, "quantity": 5} for name in ("A1", "A2", "B1", "B2")]
    kits: list[dict[str, object]] = [
        {"kit": name[0], "need": name, "per_kit": 5, "weight": 100} for name in ("A1", "A2", "B1", "B2")
    ]
    search, whole = _mixed(needs=needs, kits=kits, capacities=LANE, offers=OFFER)
    assert worth(whole, dived(search, whole)) == (100 + 12) * 10**24
