"""Needs planned anew together: what exchange cannot reach is found, what is not worth more is undone."""

import pytest
from hypothesis import given
from tests.plan.core.laid import laid, left
from tests.plan.test_oracle import Tables, worlds
from tests.plan.worlds import day, problem

from konvoi.kit.progress import Progress
from konvoi.plan.core.paths import STEPS
from konvoi.plan.core.pool import consignments
from konvoi.plan.core.search import Pace, Search, search_of
from konvoi.plan.core.whole import Sent, Whole, sent, worth
from konvoi.plan.exchange import improved
from konvoi.plan.goal import blend
from konvoi.plan.goals import MEMBERS
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.limits import Limits
from konvoi.plan.neighbourhood import (
    SIZE,
    Until,
    cluster_of,
    draft_of,
    improve,
    next_cluster,
    reconsidered,
    together,
)
from konvoi.plan.optimum import NEEDS
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import Parameters, solve

Rows = list[dict[str, object]]


def _need(name: str, quantity: int, weight: str, **more: object) -> dict[str, object]:
    """A need that only what leaves in the first week reaches."""
    usual = {"need": name, "quantity": quantity, "weight": weight, "due": day(6), "last_useful": day(6)}
    return usual | more


FULL = {"whole": True}
ONE_OR_TWO: Rows = [_need("A", 6, "1.1", **FULL), _need("B", 5, "1", **FULL), _need("C", 5, "1", **FULL)]
"""Ten tonnes: A, which is worth most for a tonne, leaves no room for B or C, which together fill the lane."""
LANE: Rows = [{"on": "DX", "tonnes": 10}]
OFFER: Rows = [{"quantity": 30}]


def _searched(posed: Problem) -> tuple[Limits, Whole, Search, Sent]:
    """A problem, its search to the end, and the plan by rule of thumb after all exchanges."""
    _, rows, whole = laid(posed)
    first = rule_of_thumb(whole)
    search = search_of(rows, whole.field, blend(posed, MEMBERS), first[0], Pace())
    for _ in range(20):
        if not search.round(exactly=True):
            break
    return rows, whole, search, improved(whole, first)


def _again(whole: Whole, search: Search, plan: Sent, turns: int = 5) -> Sent:
    return reconsidered(whole, plan, search.programme, search.best.y, until=Until(turns))


def _served(whole: Whole, plan: Sent) -> dict[str, int]:
    """Steps by need."""
    found: dict[str, int] = {}
    for column, many in zip(consignments(whole.problem, plan[0]), plan[1].tolist(), strict=True):
        name = whole.problem.needs[column.need].id
        found[name] = found.get(name, 0) + many
    return found


def test_two_needs_take_the_place_of_one_that_is_worth_more_for_a_tonne() -> None:
    _, whole, search, plan = _searched(problem(needs=ONE_OR_TWO, capacities=LANE, offers=OFFER))
    assert _served(whole, plan) == {"A": 6}
    assert _served(whole, _again(whole, search, plan)) == {"B": 5, "C": 5}


def test_a_need_that_nothing_reaches_holds_nobody_up() -> None:
    """Stoves, which nobody has, miss most; the first turn is that of those who compete."""
    goods: Rows = [{}, {"good": "stove"}]
    needs = [*ONE_OR_TWO, _need("Z", 9, "9", good="stove")]
    _, whole, search, plan = _searched(problem(goods=goods, needs=needs, capacities=LANE, offers=OFFER))
    assert _served(whole, _again(whole, search, plan, turns=1)) == {"B": 5, "C": 5}


def test_a_kit_comes_whole_where_its_parts_were_outbid() -> None:
    """Both parts are worth 9: less for a tonne than A is, and more than A; one alone is worth nothing."""
    needs = [_need("A", 6, "1.1", **FULL), _need("B", 5, "0"), _need("C", 5, "0")]
    kits = [{"kit": "K", "need": name, "per_kit": 5, "weight": 9} for name in "BC"]
    _, whole, search, plan = _searched(problem(needs=needs, kits=kits, capacities=LANE, offers=OFFER))
    assert _served(whole, plan)["A"] == 6
    found = _again(whole, search, plan)
    assert (_served(whole, found), worth(whole, found)) == ({"B": 5, "C": 5}, 9 * 10**24)


def test_of_a_kit_all_needs_are_planned_anew_together() -> None:
    needs: Rows = [{"need": f"N{number:02}", "quantity": 1} for number in range(SIZE + 20)]
    kits = [{"kit": "K", "need": f"N{number:02}", "per_kit": 1, "weight": 9} for number in (3, 40, 55)]
    lane: Rows = [{"on": "DX", "tonnes": 9}]
    _, whole, search, plan = _searched(problem(needs=needs, kits=kits, capacities=lane, offers=OFFER))
    draft = draft_of(whole, plan, search.programme, search.best.y)
    for _ in range(4):
        cluster = next_cluster(draft)
        assert cluster is not None
        assert len(cluster.needs) <= SIZE
        assert len({3, 40, 55} & set(cluster.needs.tolist())) in {0, 3}
        assert len(cluster.kits) == (3 in cluster.needs)


def test_a_long_chain_of_kits_is_not_planned_anew_at_once() -> None:
    """Each kit shares a need with the next; one need apart from them has a gap, too."""
    needs: Rows = [{"need": f"N{number:03}", "quantity": 1} for number in range(2 * SIZE + 1)]
    kits = [
        {"kit": f"K{at:03}", "need": f"N{at + part:03}", "per_kit": 1}
        for at in range(2 * SIZE)
        for part in (0, 1)
    ]
    needs.append({"need": "Z", "quantity": 1})
    lane: Rows = [{"on": "DX", "tonnes": 9}]
    _, whole, search, plan = _searched(problem(needs=needs, kits=kits, capacities=lane, offers=OFFER))
    cluster = next_cluster(draft_of(whole, plan, search.programme, search.best.y))
    assert cluster is not None
    assert cluster.needs.tolist() == [2 * SIZE + 1]


def test_where_nothing_is_missing_the_plan_stays_as_it_is() -> None:
    _, whole, search, plan = _searched(problem())
    assert next_cluster(draft_of(whole, plan, search.programme, search.best.y)) is None
    assert _again(whole, search, plan) is plan


def test_what_is_not_worth_more_is_undone_to_the_last_unit() -> None:
    """B and C fill the lane; planned anew with A they remain, and so does all that is free."""
    _, whole, search, plan = _searched(problem(needs=ONE_OR_TWO, capacities=LANE, offers=OFFER))
    best = _again(whole, search, plan)
    draft = draft_of(whole, best, search.programme, search.best.y)
    free = draft.world.room.free.copy()
    assert not improve(draft, cluster_of(draft, [0, 1, 2]))
    assert draft.world.room.free.tolist() == free.tolist()
    assert _served(whole, sent(draft.world)) == {"B": 5, "C": 5}


def test_what_is_sent_to_other_needs_stays() -> None:
    """Z holds six of the sixteen tonnes and is not planned anew: what B and C take was free or held by A."""
    needs = [*ONE_OR_TWO, _need("Z", 6, "3")]
    lane: Rows = [{"on": "DX", "tonnes": 16}]
    _, whole, search, plan = _searched(problem(needs=needs, capacities=lane, offers=OFFER))
    draft = draft_of(whole, plan, search.programme, search.best.y)
    held = cluster_of(draft, [3]).lines
    before = held[held[:, STEPS] > 0].tolist()
    improve(draft, cluster_of(draft, [0, 1, 2]))
    after = cluster_of(draft, [3]).lines
    assert before
    assert after[after[:, STEPS] > 0].tolist() == before
    assert (draft.world.room.free >= 0).all()


def test_it_is_asked_before_each_turn_whether_to_stop() -> None:
    _, whole, search, plan = _searched(problem(needs=ONE_OR_TWO, capacities=LANE, offers=OFFER))
    asked = list[Progress]()

    def after_two(progress: Progress) -> bool:
        asked.append(progress)
        return progress.done == 2

    y = search.best.y
    at_once = reconsidered(whole, plan, search.programme, y, until=Until(9), stop=lambda _: True)
    assert at_once is plan
    reconsidered(whole, plan, search.programme, y, until=Until(9), stop=after_two)
    assert asked == [Progress("improving", done, 9) for done in range(3)]


@given(worlds())
def test_a_plan_keeps_every_row_and_is_worth_no_less_and_the_same_each_time(world: Tables) -> None:
    rows, whole, search, plan = _searched(from_tables(world))
    found = _again(whole, search, plan)
    assert worth(whole, found) >= worth(whole, plan)
    assert all(free >= 0 or row in rows.rounded for row, free in enumerate(left(rows, found)))
    again = _again(whole, search, plan)
    assert (found[0].marks().tolist(), found[1].tolist()) == (again[0].marks().tolist(), again[1].tolist())


@pytest.mark.parametrize("turns", [3, 0])
def test_a_plan_tells_of_its_turns_and_records_them(turns: int) -> None:
    # More needs than are solved to the end.
    others = [_need(f"N{number:02}", 1, "0.1") for number in range(NEEDS)]
    needs = [*ONE_OR_TWO, *others]
    posed = problem(needs=needs, capacities=[{"on": "DX", "tonnes": 9}], offers=OFFER)
    told = list[Progress]()

    def goes_on(one: Progress) -> bool:
        told.append(one)
        return False

    plan = solve(posed, parameters=Parameters(clusters=turns), stop=goes_on)
    # After the clusters all needs are planned anew together, for the plan is far below its bound.
    expected = [*range(turns), turns] if turns else []
    assert [one.done for one in told if one.phase == "improving"] == expected
    assert plan.parameters["clusters"] == turns


def test_all_needs_planned_anew_together_are_never_worth_less() -> None:
    posed = problem(needs=ONE_OR_TWO, capacities=LANE, offers=OFFER)
    _, whole, search, plan = _searched(posed)
    found = together(whole, plan, search.programme, search.best.y)
    assert worth(whole, found) == 10 * 10**24
    assert worth(whole, together(whole, found, search.programme, search.best.y)) == worth(whole, found)
