"""Pricing: what a unit is worth where it stands, and the consignment that is worth it."""

import numpy as np
from tests.plan.core.crowded import crowded
from tests.plan.worlds import day, problem

from konvoi.plan.core.chunks import SIDE, chunks_of
from konvoi.plan.core.field import field_of
from konvoi.plan.core.market import Found
from konvoi.plan.core.pool import consignments, of_found
from konvoi.plan.core.search import Pace, gains, priced
from konvoi.plan.goal import blend
from konvoi.plan.goals import coverage
from konvoi.plan.layout import limits, net
from konvoi.plan.limits import Limits
from konvoi.plan.net import Floats

PAIRS = np.arange(1)


def _row(rows: Limits, kind: str, week: int | None = None) -> int:
    """The row of a kind, of one week."""
    found = [
        at
        for at, line in enumerate(rows.frame.iter_rows(named=True))
        if line["kind"] == kind and (week is None or line["week"] == day(7 * week))
    ]
    return found[0]


def _one(
    prices: dict[tuple[str, int | None], float], **tables: list[dict[str, object]]
) -> tuple[object, Floats]:
    """The best consignment of the only need at prices of rows, and what its units gain."""
    posed = problem(**tables)
    rows = limits(posed)
    field = field_of(net(posed), rows)
    y = np.zeros(len(rows.upper))
    for (kind, week), price in prices.items():
        y[_row(rows, kind, week)] = price
    chunks = chunks_of(field.ground)
    found = priced(field, chunks, blend(posed, (coverage.MEMBER,)), y, Pace(columns=1))
    sent = consignments(posed, of_found(found, PAIRS))
    return sent[0] if sent else None, gains(field, found)


def test_a_unit_gains_its_weight_less_what_its_source_and_need_cost() -> None:
    sent, gain = _one({("offer", None): 0.25, ("need", None): 0.5})
    assert gain.tolist() == [0.25]
    assert sent is not None
    assert (sent.legs, sent.departs, sent.arrives) == (((0, 0), (1, 2)), 0, 3)  # type: ignore[attr-defined]


def test_it_waits_for_a_week_in_which_the_lane_is_cheaper() -> None:
    lane = [{"on": "DX", "tonnes": 5}]
    sent, gain = _one({("lane", 0): 0.75, ("lane", 1): 0.25}, capacities=lane)
    assert (gain.tolist(), sent.departs) == ([0.75], 7)  # type: ignore[attr-defined]


def test_where_nothing_pays_nothing_is_found_and_nothing_gained() -> None:
    sent, gain = _one({("offer", None): 2.0})
    assert (sent, gain.tolist()) == (None, [0.0])


def test_an_offer_that_lapses_leaves_on_its_last_day_at_the_latest() -> None:
    lane = [{"on": "DX", "tonnes": 5}]
    offers: list[dict[str, object]] = [{"until": day(5)}]
    sent, gain = _one({("lane", 0): 0.75, ("lane", 1): 0.25}, capacities=lane, offers=offers)
    assert (gain.tolist(), sent.departs) == ([0.25], 0)  # type: ignore[attr-defined]


LOOP: list[dict[str, object]] = [
    {"lane": "DX", "from": "D", "to": "X", "days_p50": 2},
    {"lane": "XD", "from": "X", "to": "D", "days_p50": 1},
    {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
    {"lane": "XA", "from": "X", "to": "A", "days_p50": 1},
    {"lane": "AX", "from": "A", "to": "X", "days_p50": 1},
    {"lane": "SX", "from": "S", "to": "X", "days_p50": 1},
]
SITES: list[dict[str, object]] = [{"site": site} for site in "ADXS"]


def test_whoever_waits_does_not_go_round_in_a_circle_that_costs_nothing() -> None:
    """What must leave D by day 5 waits at X for the second week, in which the last lane costs less."""
    sent, gain = _one(
        {("lane", 0): 0.75, ("lane", 1): 0.25},
        capacities=[{"on": "XS", "tonnes": 5}],
        offers=[{"until": day(2)}],
        lanes=LOOP,
        sites=SITES,
    )
    lanes = [LOOP[lane]["lane"] for lane, _ in _by_id(sent)]
    assert (gain.tolist(), lanes) == ([0.75], ["DX", "XS"])


def test_what_has_reached_its_destination_stays_there() -> None:
    """Ways out of S and back cost nothing, and the need is as good any day."""
    sent, _ = _one({}, lanes=LOOP, sites=SITES)
    assert [LOOP[lane]["lane"] for lane, _ in _by_id(sent)] == ["DX", "XS"]


def _by_id(sent: object) -> list[tuple[int, int]]:
    """The legs with the place of their lane in LOOP: a problem's lanes are in order of their ids."""
    order = sorted(range(len(LOOP)), key=lambda at: str(LOOP[at]["lane"]))
    return [(order[lane], on) for lane, on in sent.legs]  # type: ignore[attr-defined]


def test_many_pairs_are_priced_in_chunks_of_one_destination() -> None:
    needs: list[dict[str, object]] = [
        {"need": f"N{k:02}", "site": ("S", "X")[k % 2], "due": day(9 + k % 5)} for k in range(50)
    ]
    posed = problem(needs=needs)
    ground = field_of(net(posed), limits(posed)).ground
    chunks = chunks_of(ground)
    assert sorted(chunks.pairs.tolist()) == list(range(50))
    for at, goal in enumerate(chunks.goal):
        mine = chunks.pairs[chunks.first[at] : chunks.first[at + 1]]
        assert 0 < len(mine) <= SIDE
        assert set(ground.wants.site[ground.pairs.need[mine]]) == {goal}


def test_threads_change_nothing() -> None:
    _, rows, field, payoff = crowded()
    y = np.linspace(0.0, 0.5, len(rows.upper))
    chunks = chunks_of(field.ground)
    one, four = (priced(field, chunks, payoff, y, Pace(threads=threads)) for threads in (1, 4))
    assert all(np.array_equal(getattr(one, name), getattr(four, name)) for name in Found._fields)
