"""The earliest way with room, by hand."""

from tests.plan.worlds import Rows, day, problem

from konvoi.plan.column import Column
from konvoi.plan.greedy import Filler
from konvoi.plan.limits import limits
from konvoi.plan.net import net


def filler(**changed: Rows) -> Filler:
    here = problem(**changed)
    return Filler.of(net(here), limits(here))


def way(found: Filler, last: int = 27) -> Column | None:
    return found.router.way(found.net.problem.pairs[0], 0, last)


def test_a_full_week_is_waited_out_and_found_again_when_something_is_given_back() -> None:
    found = filler(capacities=[{"on": "DX", "tonnes": 3}])
    first = way(found)
    assert first is not None
    assert first.legs == ((0, 0), (1, 2))
    found.room.take(first, 3)
    later = way(found)
    assert later is not None
    assert later.departs == 7
    found.room.take(first, -3)
    assert way(found) == first


def test_a_longer_way_that_arrives_first_is_taken() -> None:
    lanes = [
        {"lane": "A", "from": "D", "to": "X", "days_p50": 1},
        {"lane": "B", "from": "X", "to": "S", "days_p50": 1},
        {"lane": "C", "from": "D", "to": "S", "days_p50": 3},
    ]
    found = way(filler(lanes=lanes))
    assert found is not None
    assert (found.legs, found.arrives) == (((0, 0), (1, 1)), 2)


def test_none_is_found_that_arrives_too_late() -> None:
    assert way(filler(), last=2) is None
    assert way(filler(closures=[{"on": "S", "from": day(0), "to": day(27)}])) is None
