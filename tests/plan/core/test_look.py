"""What could still be sent is told without sending it."""

from tests.plan.core.laid import laid
from tests.plan.worlds import problem

from konvoi.plan.core.look import Glimpse, look
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.limits import SCALE


def test_a_full_lane_is_seen_and_what_more_of_it_would_bring() -> None:
    """Three tonnes in each of two weeks: six of ten come; two tonnes more a week bring the other four."""
    _, rows, whole = laid(problem(capacities=[{"on": "DX", "tonnes": 3}]))
    seen = look(whole, rule_of_thumb(whole))
    before = seen.world.room.free.copy()
    full = [row for row, key in enumerate(rows.frame["key"]) if key == "DX"][:2]
    glimpse = seen.at([(0, 0)], 13)
    assert (glimpse.first, glimpse.reached, glimpse.able) == (3, [(0, 0)], [(0, 0)])
    assert (glimpse.blocked, seen.full((0, 0), 13)) == ((0, 0), full[:1])
    assert seen.at([(0, 0)], 2) == Glimpse([], -1, [], None)
    assert seen.way((0, 0), 13) == (0, [(0, 0), (1, 2)])
    assert seen.brings([(0, 0)], 13) == 0
    assert seen.brings([(0, 0)], 13, [(row, 2 * SCALE) for row in full]) == 4 * 10**12
    assert seen.world.room.free.tolist() == before.tolist()


def test_where_all_is_sent_nothing_is_able() -> None:
    _, _, whole = laid(problem())
    seen = look(whole, rule_of_thumb(whole))
    assert seen.at([(0, 0)], 13) == Glimpse([(0, 0)], 3, [], None)
