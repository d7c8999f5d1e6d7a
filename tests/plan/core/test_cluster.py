"""What is best for a few needs: decided whole, within what others leave free."""

import numpy as np
import pytest
from tests.plan.core.laid import laid
from tests.plan.worlds import day, problem

from konvoi.plan.core.cluster import Choice, Cluster, chosen, give_back, loads
from konvoi.plan.core.filling import FILL, NEED, World
from konvoi.plan.core.paths import PAIR, STEPS
from konvoi.plan.core.whole import no_mix, played
from konvoi.plan.problem import Problem

FIRST = {"due": day(6), "last_useful": day(6)}
"""Only what leaves in the first week comes."""


def _sent(posed: Problem) -> World:
    """Needs filled one after the other."""
    _, _, whole = laid(posed)
    return played(whole, no_mix(whole), [(FILL, need) for need in range(len(posed.needs))])


def _chosen(posed: Problem, world: World, needs: list[int], paid: list[float]) -> Choice:
    """What is best for some needs by ways alike the one that the plan has; paid: a step for each need."""
    one = world.log.slots[world.log.slots[:, STEPS] > 0][0]
    pairs = world.tasks.pairs[:-1, NEED].tolist()
    lines = np.stack([one] * len(needs))
    lines[:, PAIR], lines[:, STEPS] = [pairs.index(need) for need in needs], 0
    kits = [number for number, kit in enumerate(posed.kits) if kit.parts[0][0] in needs]
    give_back(world, np.array(needs))
    cluster = Cluster(np.array(needs), np.array(kits, dtype=np.int64), lines, np.array(paid))
    found = chosen(world, posed, cluster)
    assert found is not None
    return found


def test_a_need_useful_only_in_full_gets_all_or_nothing() -> None:
    """Eight tonnes for two needs of five and six: the second alone brings 6, five of the first 5."""
    needs = [FIRST | {"need": name, "quantity": q, "whole": True} for name, q in (("A", 5), ("B", 6))]
    posed = problem(needs=needs, capacities=[{"on": "DX", "tonnes": 8}])
    found = _chosen(posed, _sent(posed), [0, 1], [1.0, 1.0])
    assert found.steps.tolist() == pytest.approx([0, 6])
    assert found.full.tolist() == [False, True]


def test_kits_are_counted_whole() -> None:
    """Seven tonnes carry two kits of three parts each, and one part that is worth nothing alone."""
    needs = [FIRST | {"need": name, "quantity": 9, "weight": 0} for name in "AB"]
    kits = [
        {"kit": "K", "need": "A", "per_kit": 2, "weight": 4},
        {"kit": "K", "need": "B", "per_kit": 1, "weight": 4},
    ]
    posed = problem(needs=needs, kits=kits, capacities=[{"on": "DX", "tonnes": 7}], offers=[{"quantity": 18}])
    found = _chosen(posed, _sent(posed), [0, 1], [0.0, 0.0])
    assert found.sets.tolist() == [2]
    assert found.steps[0] >= 4 - 1e-6
    assert found.steps[1] >= 2 - 1e-6


def test_large_steps_are_whole_and_the_last_may_bring_more_than_is_asked() -> None:
    """Huts of two for a need of three, on a lane for five tonnes: two steps, not one and a half."""
    posed = problem(
        goods=[{"step": 2}], needs=[FIRST | {"quantity": 3}], capacities=[{"on": "DX", "tonnes": 5}]
    )
    assert _chosen(posed, _sent(posed), [0], [1.0]).steps.tolist() == pytest.approx([2])


def test_what_others_hold_is_not_there() -> None:
    """A holds six of ten tonnes and is not asked: four are left for B, however much it is paid."""
    needs: list[dict[str, object]] = [FIRST | {"need": "A", "quantity": 6}, FIRST | {"need": "B"}]
    posed = problem(needs=needs, capacities=[{"on": "DX", "tonnes": 10}], offers=[{"quantity": 20}])
    assert _chosen(posed, _sent(posed), [1], [9.0]).steps.tolist() == pytest.approx([4])


def test_loads_name_each_row_that_a_step_takes_of() -> None:
    """The offer, the need, whose last step may go over, and the lane's week."""
    posed = problem(needs=[FIRST], capacities=[{"on": "DX", "tonnes": 10}])
    world = _sent(posed)
    first, load = loads(world, world.log.slots[:1])
    assert first.tolist() == [0, 3]
    assert sorted(load[:, 2].tolist()) == [0, 0, 1]
