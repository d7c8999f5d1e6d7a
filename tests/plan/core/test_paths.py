"""The earliest way with room: by hand, and against a plain search day by day."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.core.laid import laid, left
from tests.plan.test_oracle import Tables, worlds
from tests.plan.worlds import Rows, day, problem

from konvoi.plan.core.filling import World, back, take
from konvoi.plan.core.paths import ARRIVES, LEG, MANY, PAIR, SOURCE, earliest
from konvoi.plan.core.whole import put
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.read_problem import from_tables

Way = tuple[int, list[tuple[int, int]]]


def way(world: World, ask: tuple[int, int], last: int) -> Way | None:
    """Arrival and legs of the earliest way of a pair and a source."""
    pair, source = ask
    world.desk.one[PAIR], world.desk.one[SOURCE] = pair, source
    where = (world.tasks.pairs[pair, 1], source, world.tasks.needs[world.tasks.pairs[pair, 0], 0], last)
    if not earliest(world.land, world.room, world.desk, where):
        return None
    one = world.desk.one
    legs = one[LEG : LEG + 2 * one[MANY]].reshape(-1, 2).tolist()
    return int(one[ARRIVES]), [(lane, day) for lane, day in legs]


def world_of(**changed: Rows) -> World:
    return laid(problem(**changed))[2].world(99)


def test_a_full_week_is_waited_out_and_found_again_when_something_is_given_back() -> None:
    found = world_of(capacities=[{"on": "DX", "tonnes": 3}])
    assert way(found, (0, 0), 27) == (3, [(0, 0), (1, 2)])
    assert take(found, found.desk.one, 3)
    assert way(found, (0, 0), 27) == (10, [(0, 7), (1, 9)])
    back(found, 0, -1)
    assert way(found, (0, 0), 27) == (3, [(0, 0), (1, 2)])


def test_a_longer_way_that_arrives_first_is_taken() -> None:
    lanes = [
        {"lane": "A", "from": "D", "to": "X", "days_p50": 1},
        {"lane": "B", "from": "X", "to": "S", "days_p50": 1},
        {"lane": "C", "from": "D", "to": "S", "days_p50": 3},
    ]
    assert way(world_of(lanes=lanes), (0, 0), 27) == (2, [(0, 0), (1, 1)])


def test_none_is_found_that_arrives_too_late() -> None:
    assert way(world_of(), (0, 0), 2) is None
    assert way(world_of(closures=[{"on": "S", "from": day(0), "to": day(27)}]), (0, 0), 27) is None


def test_what_lies_where_it_is_needed_waits_for_the_site_to_open() -> None:
    shut = [{"on": "S", "from": day(0), "to": day(4)}]
    assert way(world_of(offers=[{"site": "S"}], closures=shut), (0, 0), 27) == (5, [])


def day_by_day(ways: Net, rows: Limits, free: list[int], ask: tuple[int, int], last: int) -> int | None:
    """The first day on which a step can be there: what stands where on each day, all lanes tried."""
    here = ways.problem
    pair, source = here.pairs[ask[0]], here.sources[ask[1]]
    good, goal = here.goods[pair.good], here.needs[pair.need].site

    def fits(terms: tuple[tuple[int, int, int], ...]) -> bool:
        return all(free[row] >= factor * good.loads[use] * good.step for row, use, factor in terms)

    there: dict[int, set[int]] = defaultdict(set)
    for now in range(last + 1):
        leaves = bool(ways.source_open[ask[1], now])
        if source.site == goal and leaves and ways.site_open[goal, now]:
            return now
        if goal in there[now] and source.site != goal:
            return now
        set_out = leaves and fits(rows.site.get((source.site, now // 7), ()))
        for lane in range(len(here.lanes)):
            start, end, days = here.lanes[lane].start, here.lanes[lane].end, here.lanes[lane].days
            able = start in there[now] or (start == source.site and set_out)
            able = able and fits(rows.site.get((end, (now + days) // 7), ()))
            if able and ways.lane_open[lane, now] and fits(rows.lane.get((lane, now // 7), ())):
                there[now + days].add(end)
        there[now + 1] |= there[now]
    return None


@pytest.mark.slow
@given(worlds(), st.integers(0, 20))
def test_the_way_is_as_early_as_a_search_of_every_day_finds(world: Tables, last: int) -> None:
    """In an empty world, and in what the rule of thumb leaves free of it."""
    ways, rows, whole = laid(from_tables(world))
    plan = rule_of_thumb(whole)
    asks = [(pair, source) for pair in range(len(ways.serving)) for source in ways.serving[pair]]
    for found, free in ((whole.world(999), list(rows.upper)), (put(whole, plan), left(rows, plan))):
        mine = [way(found, ask, last) for ask in asks]
        assert [one and one[0] for one in mine] == [day_by_day(ways, rows, free, ask, last) for ask in asks]
