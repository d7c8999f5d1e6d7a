"""The best plan with few changes, against every choice that there is."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

import pytest
from tests.plan.worlds import Rows, day, tables

from konvoi.plan import change_limit
from konvoi.plan.change_limit import Side, changes_of, few_changes, pairs_of
from konvoi.plan.clean import Notes, clean
from konvoi.plan.recount import count, room, worth
from konvoi.plan.world import Row, World, world

WORLD: dict[str, Rows] = {
    "needs": [
        {"need": "A", "quantity": 4, "weight": 3, "due": day(20)},
        {"need": "B", "quantity": 4, "weight": 5, "due": day(20), "whole": True},
        {"need": "C", "quantity": 4, "weight": 1, "due": day(6), "last_useful": day(27)},
    ],
    "offers": [{"offer": "O", "quantity": 9}, {"offer": "P", "quantity": 3, "party": "Q"}],
    "caps": [{"party": "Q", "what": "quantity", "most": 2}],
    "capacities": [{"on": "DX", "tonnes": 4}],
}


def _move(name: str, offer: str, need: str, quantity: int, week: int) -> tuple[Row, list[Row]]:
    """A movement that leaves on the Monday of a week, and its two legs."""
    leaves, crosses, arrives = day(7 * week), day(7 * week + 2), day(7 * week + 3)
    move = {
        "movement": name,
        "offer": offer,
        "budget": None,
        "supplier": None,
        "need": need,
        "good": "tent",
        "quantity": Decimal(quantity),
        "departs": leaves,
        "arrives": arrives,
        "_from": "D",
    }
    legs = [
        {"lane": "DX", "from": "D", "to": "X", "departs": leaves, "arrives": crosses},
        {"lane": "XS", "from": "X", "to": "S", "departs": crosses, "arrives": arrives},
    ]
    return move, legs


def _side(*moves: tuple[Row, list[Row]]) -> Side:
    return Side(
        {move["movement"]: move for move, _ in moves}, {move["movement"]: legs for move, legs in moves}
    )


BEFORE = _side(_move("1", "O", "A", 4, 0), _move("2", "O", "C", 4, 1))
ANEW = _side(
    _move("3", "O", "B", 2, 1),
    _move("4", "P", "B", 2, 1),
    _move("1", "O", "A", 4, 0),
    _move("5", "O", "C", 3, 2),
)


def _here() -> World:
    return world(clean(tables(**WORLD), Notes()), ("validated",), ("accepted",))


def _possible(here: World, most: int) -> Iterator[int]:
    """The values of all choices of whole movements of both plans with at most so many changes."""
    every = dict(ANEW.moves) | dict(BEFORE.moves)
    legs = dict(ANEW.legs) | dict(BEFORE.legs)
    limits = room(here)
    for size in range(len(every) + 1):
        for names in combinations(sorted(every), size):
            new = [every[n] for n in names if n not in BEFORE.moves]
            gone = [BEFORE.moves[n] for n in BEFORE.moves if n not in names]
            pairs = {(m["offer"], m["need"]) for m in gone} & {(m["offer"], m["need"]) for m in new}
            if len(new) + len(gone) - len(pairs) > most:
                continue
            found = count(here, [every[n] for n in names], legs)
            if all(amount <= limits[key] for key, amount in found.taken.items() if key in limits):
                yield int(worth(here, found))


def _best(most: int) -> int:
    here = _here()
    chosen = few_changes(here, BEFORE, ANEW, (), broken=(), most=most, cost=Decimal(0))
    legs = dict(ANEW.legs) | dict(BEFORE.legs)
    return int(worth(here, count(here, list(chosen.moves), legs)))


def test_no_choice_with_so_few_changes_is_worth_more() -> None:
    """Whole movements are a part of what may be chosen: any number of steps of each may be sent."""
    here = _here()
    for most in range(6):
        assert _best(most) >= max(_possible(here, most))


def test_without_a_change_last_weeks_movements_stay() -> None:
    chosen = few_changes(_here(), BEFORE, ANEW, (), broken=(), most=0, cost=Decimal(0))
    assert [(m["movement"], m["quantity"]) for m in chosen.moves] == [("1", 4), ("2", 4)]


def test_a_need_useful_only_in_full_takes_all_its_changes_or_none() -> None:
    """B needs movements 3 and 4, and room in the second week that movement 2 gives up: three changes."""
    assert [_best(most) for most in (0, 1, 2, 3)] == [14, 14, 14, 33]


def test_one_that_stands_for_another_of_its_source_and_need_is_one_change_with_it() -> None:
    """Movement 2 goes and movement 5 comes for it: three changes in all, not four."""
    chosen = few_changes(_here(), BEFORE, ANEW, (), broken=(), most=3, cost=Decimal(0))
    assert [m["movement"] for m in chosen.moves] == ["1", "3", "4", "5"]


def test_changes_are_counted_as_they_are_limited() -> None:
    """Movements 3 and 4 are new, 5 goes in place of 2; where one like 3 broke, 3 is no change."""
    here = _here()
    assert changes_of(here, BEFORE, ANEW.moves, {}) == 3
    assert changes_of(here, BEFORE, ANEW.moves, pairs_of([ANEW.moves["3"]])) == 2
    less = dict(BEFORE.moves) | {"1": BEFORE.moves["1"] | {"quantity": Decimal(3)}}
    assert changes_of(here, BEFORE, less, {}) == 1


@pytest.mark.parametrize("most", range(6))
def test_a_large_choice_keeps_its_limit_and_is_never_worth_less_than_no_change(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_limit, "_FEW", 0)
    here = _here()
    chosen = few_changes(here, BEFORE, ANEW, (), broken=(), most=most, cost=Decimal(0))
    assert changes_of(here, BEFORE, {m["movement"]: m for m in chosen.moves}, {}) <= most
    assert _best(most) >= _best(0) == 14


def test_a_large_choice_whose_parts_are_whole_anyway_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_limit, "_FEW", 0)
    assert _best(3) == 33


def test_where_last_weeks_movements_no_longer_fit_the_fewest_changes_are_made() -> None:
    narrow = world(
        clean(tables(**WORLD | {"capacities": [{"on": "DX", "tonnes": 3}]}), Notes()),
        ("validated",),
        ("accepted",),
    )
    chosen = few_changes(narrow, BEFORE, ANEW, (), broken=(), most=0, cost=Decimal(0))
    assert chosen.least == 2
    assert sorted(m["quantity"] for m in chosen.moves) == [3, 3]


def test_a_movement_in_place_of_a_broken_one_is_no_change_of_choice() -> None:
    """Movement 2 broke: movement 5, of the same offer and need, may come without counting."""
    before = _side(_move("1", "O", "A", 4, 0))
    chosen = few_changes(_here(), before, ANEW, (), broken=[BEFORE.moves["2"]], most=0, cost=Decimal(0))
    assert [m["movement"] for m in chosen.moves] == ["1", "5"]
