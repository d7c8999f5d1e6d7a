"""What is sent comes back the same, in one order, and is worth what the definition says."""

import numpy as np
import pytest
from hypothesis import given
from tests.plan.core.laid import laid
from tests.plan.test_oracle import Tables, worlds
from tests.plan.worlds import problem

from konvoi.plan.core.filling import CUT, DROP, FILL, KIT_OR_NONE, PUT, back
from konvoi.plan.core.paths import DEPARTS, STEPS
from konvoi.plan.core.whole import (
    Act,
    Mix,
    carried_of,
    mix_of,
    no_mix,
    played,
    played_in_turn,
    put,
    rest_of,
    sent,
    worth,
)
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.read_problem import from_tables


@pytest.mark.slow
@given(worlds())
def test_what_is_put_into_a_world_comes_out_again_and_can_be_given_back(world: Tables) -> None:
    _, _, whole = laid(from_tables(world))
    columns, steps = rule_of_thumb(whole)
    shuffled = np.random.default_rng(len(steps)).permutation(len(steps))
    there = put(whole, (columns.at(shuffled), steps[shuffled]))
    again, same = sent(there)
    assert (again.marks().tolist(), same.tolist()) == (columns.marks().tolist(), steps.tolist())
    for need in range(len(whole.problem.needs)):
        back(there, need, -1)
    assert there.room.free.tolist() == whole.room.free.tolist()
    assert not there.log.needs[:, 1:].any()
    assert len(sent(there)[1]) == 0


def test_equal_consignments_come_out_as_one() -> None:
    _, _, whole = laid(problem(offers=[{"quantity": 8}]))
    columns, steps = rule_of_thumb(whole)
    mix = mix_of(whole, columns.plus(columns), np.array([3.0, 4.9999999]))
    again, many = sent(played(whole, mix, [(PUT, 0)]))
    assert (steps.tolist(), many.tolist(), len(again)) == ([8], [8], 1)


def test_what_a_consignment_has_over_goes_with_the_next_of_its_need() -> None:
    """Of two consignments of 0.7 tents a tent goes with the second, or the first if half is there already."""
    _, _, whole = laid(problem(capacities=[{"on": "DX", "tonnes": 3}]))
    columns, _ = rule_of_thumb(whole)
    units = np.array([0.7, 0.7])
    first, second = columns.departs.tolist()
    assert first < second

    def days(mix: Mix) -> list[tuple[int, int]]:
        return [(int(line[DEPARTS]), int(line[STEPS])) for line in mix.lines]

    assert days(mix_of(whole, columns, units)) == []
    assert days(carried_of(whole, columns, units, 0.0)) == [(second, 1)]
    assert days(carried_of(whole, columns, units, 0.5)) == [(first, 1)]
    assert days(carried_of(whole, columns, np.array([1.4, 2.7]), 0.0)) == [(first, 1), (second, 3)]
    assert days(rest_of(whole, columns, np.array([1.4, 3.0]))) == [(first, 1)]


def test_needs_do_not_carry_what_is_over_to_one_another() -> None:
    _, _, whole = laid(problem(needs=[{"need": "A"}, {"need": "B"}]))
    one, _ = rule_of_thumb(laid(problem(needs=[{"need": "A"}]))[2])
    both = one.plus(one)
    both.pair[1] = 1
    assert len(carried_of(whole, both, np.array([0.6, 0.6]), 0.0).lines) == 0
    assert len(carried_of(whole, both, np.array([0.6, 0.6]), 0.5).lines) == 2


def test_lists_are_played_one_after_the_other_each_on_its_mix() -> None:
    """Six tents of a first mix leave room for four of the ten of a second one."""
    _, _, whole = laid(problem())
    columns, _ = rule_of_thumb(whole)
    acts = [Act(mix_of(whole, columns, np.array([many])), [(CUT, 0)]) for many in (6.0, 10.0)]
    assert sent(played_in_turn(whole, acts))[1].tolist() == [10]
    assert sent(played_in_turn(whole, acts[:1]))[1].tolist() == [6]


def test_a_world_grows_until_all_consignments_have_their_slot() -> None:
    _, _, whole = laid(problem(capacities=[{"on": "DX", "tonnes": 3}]))
    small = whole.world(1)
    assert not small.log.tally[2]
    world = played(whole, no_mix(whole), [(FILL, 0)])
    assert sorted(sent(world)[1].tolist()) == [3, 3]


def test_a_plan_is_worth_what_comes_in_time_and_late_and_whole_kits() -> None:
    """Ten tents, eight in time at 2 each, two late at half of it, and four kits of two at 5."""
    posed = problem(
        needs=[{"weight": 2, "last_useful": problem().start.replace(day=30)}],
        kits=[{"kit": "K", "need": "N", "per_kit": 2, "weight": 5}],
        capacities=[{"on": "XS", "tonnes": 4}],
    )
    _, _, whole = laid(posed)
    assert worth(whole, rule_of_thumb(whole)) == (8 * 2 + 2 + 4 * 5) * 10**24


def test_what_is_not_whole_is_given_back() -> None:
    """Four of ten tents are no whole need, and none of five is a kit."""
    posed = problem(
        needs=[{"need": "A", "whole": True}, {"need": "M"}],
        offers=[{"quantity": 4}],
        kits=[{"kit": "K", "need": "M", "per_kit": 5, "weight": 1}],
    )
    _, _, whole = laid(posed)
    assert len(sent(played(whole, no_mix(whole), [(FILL, 0)]))[1]) == 0
    one = sent(played(whole, no_mix(whole), [(FILL, 1)]))
    assert one[1].tolist() == [4]
    assert len(sent(played(whole, no_mix(whole), [(FILL, 1), (KIT_OR_NONE, 0)]))[1]) == 0
    assert len(sent(played(whole, mix_of(whole, one[0], np.array([4.0])), [(PUT, 1), (DROP, 1)]))[1]) == 0
