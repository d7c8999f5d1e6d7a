"""Mixes in any parts become plans in whole steps."""

import numpy as np
from tests.plan.core.laid import laid, left
from tests.plan.worlds import day, problem

from konvoi.plan.core.whole import Sent, Whole, worth
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.repair import best_of, repaired, trimmed
from konvoi.plan.solve import solve


def brings(whole: Whole, plan: Sent) -> dict[str, int]:
    """Steps by need."""
    found: dict[str, int] = {}
    for pair, steps in zip(plan[0].pair.tolist(), plan[1].tolist(), strict=True):
        name = whole.problem.needs[whole.problem.pairs[pair].need].id
        found[name] = found.get(name, 0) + steps
    return found


def test_parts_are_cut_and_what_is_left_is_filled_by_density() -> None:
    """Two needs share ten tents at 4.5 and 5.5 in the mix: four and five whole, the tenth to the denser."""
    _, rows, whole = laid(problem(needs=[{"need": "A"}, {"need": "B", "weight": 2}]))
    one, _ = rule_of_thumb(laid(problem(needs=[{"need": "A"}]))[2])
    both = one.plus(one)
    both.pair[1] = 1
    plan = repaired(whole, both, np.array([4.5, 5.5]))
    assert brings(whole, plan) == {"A": 4, "B": 6}
    assert min(left(rows, plan)) >= 0


def test_what_counts_only_whole_is_completed_first_where_the_mix_holds_most_of_it() -> None:
    """Of ten tents the mix gives nine to a need of ten in full, worth 30, and one to another at 4."""
    needs = [{"need": "A", "whole": True, "weight": 3}, {"need": "B", "weight": 4, "quantity": 5}]
    _, _, whole = laid(problem(needs=needs))
    one, _ = rule_of_thumb(laid(problem(needs=[{"need": "A"}]))[2])
    both = one.plus(one)
    both.pair[1] = 1
    units = np.array([9.0, 1.0])
    assert brings(whole, repaired(whole, both, units, (2.0,))) == {"B": 5}
    assert brings(whole, repaired(whole, both, units, (0.9,))) == {"A": 10}
    best = repaired(whole, both, units)
    assert (brings(whole, best), worth(whole, best)) == ({"A": 10}, 30 * 10**24)


def test_what_completes_either_of_two_kits_stays() -> None:
    """Tents go with stoves, which come, and with huts, which do not."""
    posed = problem(
        goods=[{}, {"good": "stove"}, {"good": "hut"}],
        needs=[
            {"need": name, "good": good, "quantity": 2, "weight": 0}
            for name, good in (("N", "tent"), ("S", "stove"), ("H", "hut"))
        ],
        offers=[{}, {"offer": "Q", "good": "stove"}],
        kits=[
            {"kit": kit, "need": need, "per_kit": 2, "weight": 4}
            for kit, other in (("K", "S"), ("L", "H"))
            for need in ("N", other)
        ],
    )
    _, _, whole = laid(posed)
    assert brings(whole, trimmed(whole, rule_of_thumb(whole))) == {"N": 2, "S": 2}


def test_what_brings_nothing_is_left_out() -> None:
    """Two stoves make a kit with two tents; the eight tents more have no weight of their own."""
    posed = problem(
        goods=[{}, {"good": "stove"}],
        needs=[
            {"weight": 0, "last_useful": day(27)},
            {"need": "M", "good": "stove", "quantity": 2, "weight": 0},
        ],
        offers=[{}, {"offer": "Q", "good": "stove"}, {"offer": "R", "ready": day(1), "quantity": 2}],
        kits=[{"kit": "K", "need": name, "per_kit": 2, "weight": 4} for name in ("N", "M")],
        capacities=[{"on": "DX", "tonnes": 4}],
    )
    _, _, whole = laid(posed)
    plan = rule_of_thumb(whole)
    kept = trimmed(whole, plan)
    assert brings(whole, plan)["N"] > brings(whole, kept)["N"] == 2
    assert worth(whole, kept) == worth(whole, plan) == 4 * 10**24


def test_of_what_a_kit_needs_nothing_is_sent_that_completes_none() -> None:
    """A kit takes a tent, ten shells and a lamp; fifteen shells are all there is, so one kit is whole: of one
    consignment of fifteen shells five are left out, and of two tents and two lamps one each."""
    goods: list[dict[str, object]] = [{}, {"good": "shell"}, {"good": "lamp"}]
    wanted, offered, per = (2, 20, 2), (2, 15, 2), (1, 10, 1)
    names = [str(good.get("good", "tent")) for good in goods]
    posed = problem(
        goods=goods,
        needs=[
            {"need": f"N{good}", "good": good, "quantity": many, "weight": 0}
            for good, many in zip(names, wanted, strict=True)
        ],
        offers=[
            {"offer": good, "good": good, "quantity": many} for good, many in zip(names, offered, strict=True)
        ],
        kits=[
            {"kit": "K", "need": f"N{good}", "per_kit": many, "weight": 100}
            for good, many in zip(names, per, strict=True)
        ],
    )
    plan = solve(posed)
    sent = {offer: int(quantity) for offer, quantity in plan.movements["offer", "quantity"].iter_rows()}
    assert (int(plan.value), sent) == (100, dict(zip(names, per, strict=True)))


def test_what_goes_over_by_more_than_a_step_is_taken_back() -> None:
    """Ten are needed and thirteen sent, three of them last: those three are left out."""
    _, _, whole = laid(problem(offers=[{"quantity": 10}, {"offer": "Q", "quantity": 3, "ready": day(1)}]))
    ten, _ = rule_of_thumb(whole)
    three, _ = rule_of_thumb(laid(problem(offers=[{"offer": "Q", "quantity": 3, "ready": day(1)}]))[2])
    three.source[0] = 1
    kept = trimmed(whole, (ten.plus(three), np.array([10, 3])))
    assert kept[1].tolist() == [10]


def test_of_equal_plans_the_first_is_best() -> None:
    _, _, whole = laid(problem())
    plan = rule_of_thumb(whole)
    assert best_of(whole, [plan, rule_of_thumb(whole)]) is plan
