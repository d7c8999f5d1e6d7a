"""Counts do not hang on threads, blocks or what else is in the plan; memory does not hang on the runs."""

import tracemalloc

import numpy as np
from tests.forecast.test_run import CALM, RISKY, move, planned, world
from tests.plan.worlds import Rows, day

from konvoi.forecast.core.draw import Span
from konvoi.forecast.core.draw import journeys as draw
from konvoi.forecast.journeys import journeys
from konvoi.forecast.run import run
from konvoi.forecast.tally import BLOCK, Tally, shared_luck

MANY = [move(f"M{k}", k, ("DX", k, k + 2), ("XS", k + 2, k + 4)) for k in range(5)]
EVERY = world(RISKY, RISKY, due=9)


def test_the_same_seed_gives_the_same_counts_with_any_number_of_threads() -> None:
    one, many = (run(EVERY, planned(*MANY), seed=3, samples=BLOCK + 300, threads=n) for n in (1, 4))
    for name in ("needs", "movements", "lateness", "partners", "causes", "queues"):
        assert getattr(one, name).equals(getattr(many, name))
    assert one.worth == many.worth


def test_a_movement_has_the_same_luck_whatever_else_is_planned() -> None:
    """So that what a change does is not drowned in chance."""
    alone = run(EVERY, planned(MANY[2]), seed=3, samples=700).movements
    among = run(EVERY, planned(*MANY), seed=3, samples=700).movements
    assert among.filter(among["movement"] == "M2").equals(alone)


def test_all_of_a_need_is_in_time_as_often_as_none_of_its_movements_is_late() -> None:
    """Counted once more from the days themselves, run by run."""
    laid = journeys(EVERY, planned(*MANY))
    tally = Tally.of(laid, ["P"] * 5, np.array([10.0]))
    tally.add(EVERY, (1, 0, 300), 1)
    assert int(tally.seen.sum()) == 5 * 300
    assert int(tally.needs.seen.sum()) == 300
    by_movement = tally.seen[np.arange(5), : int(laid.due[0]) + 1].sum(axis=1)
    assert int(tally.needs.in_time[0]) <= int(by_movement.min())
    latest = np.cumsum(tally.needs.seen[0])[int(laid.due[0])]
    assert int(tally.needs.in_time[0]) == int(latest)
    assert tally.partners.in_time.tolist() == tally.needs.in_time.tolist()


def test_runs_that_fours_do_not_fill_are_the_first_of_more() -> None:
    """Four runs are drawn side by side; of the last four some may not be asked for."""
    laid = journeys(EVERY, planned(*MANY))
    wide, narrow = (np.zeros((5, runs), dtype=np.uint16) for runs in (304, 301))
    for days in (wide, narrow):
        seen = np.zeros((5, laid.last), dtype=np.int32)
        luck = np.uint64(9)
        draw(laid.ways, shared_luck(laid, luck, days.shape[1]), Span(0, 5, luck), days, seen)
        assert int(seen.sum()) == days.size
    assert np.array_equal(wide[:, :301], narrow)


def test_more_runs_take_no_more_memory() -> None:
    run(EVERY, planned(*MANY), samples=BLOCK)
    peaks = []
    for blocks in (2, 20):
        tracemalloc.start()
        run(EVERY, planned(*MANY), samples=blocks * BLOCK)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_a_partner_is_told_by_all_that_it_sends() -> None:
    """Each of two partners sends one movement; each has the chance of its own."""
    offers: Rows = [{}, {"offer": "Q", "party": "R"}]
    every = world(RISKY, RISKY, due=7, offers=offers)
    two = [(MANY[0][0] | {"offer": "O"}, MANY[0][1]), (MANY[3][0] | {"offer": "Q"}, MANY[3][1])]
    found = run(every, planned(*two), samples=500, assumed=CALM)
    each = dict(found.movements.select("movement", "on_time").iter_rows())
    told = {row["partner"]: row for row in found.partners.iter_rows(named=True)}
    assert [(told[p]["movements"], told[p]["on_time"]) for p in ("P", "R")] == [
        (1, each["M0"]),
        (1, each["M3"]),
    ]
    assert told["P"]["all_on_time"] == told["P"]["on_time"]
    assert told["P"]["first"] <= told["P"]["middle"] <= told["P"]["last"]
    assert told["P"]["first"] >= day(3)


def test_without_causes_and_queues_all_else_is_the_same() -> None:
    limits: Rows = [{"on": "XS", "tonnes": 1}]
    every = world(RISKY, RISKY, due=9, capacities=limits)
    whole, bare = (run(every, planned(*MANY), samples=300, why=why) for why in (True, False))
    for name in ("needs", "movements", "lateness", "partners", "bases"):
        assert getattr(whole, name).equals(getattr(bare, name))
    assert (whole.worth, bare.causes.height, bare.queues.height) == (bare.worth, 0, 0)
    assert whole.causes.height
    assert whole.queues.height
