"""The difference of two plans: who gets more or less, and what is done otherwise."""

from decimal import Decimal

import polars as pl
from tests.plan.worlds import Rows, day, tables

from konvoi.plan.difference import Difference, difference
from konvoi.plan.plan import LEGS, MOVEMENTS, UNMET, Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

NEEDS = tables(needs=[{"need": "N", "weight": 3}, {"need": "M", "quantity": 4}])


def plan(moves: Rows, unmet: Rows = (), value: int = 0) -> Plan:
    """A plan that sends some consignments of tents, each by DX unless it says otherwise."""
    usual = {"offer": "O", "need": "N", "good": "tent", "on_time": True}
    rows = [usual | {"arrives": None} | dict(move) for move in moves]
    legs = [{"movement": r["movement"], "leg": 1, "lane": r.get("lane", "DX")} for r in rows]
    return Plan(
        problem="p",
        version="1",
        parameters={},
        seed=0,
        stopped="gap",
        value=Decimal(value),
        bound=Decimal(value),
        movements=frame(rows, MOVEMENTS),
        legs=frame(legs, LEGS),
        unmet=frame(unmet, UNMET),
    )


def frame(rows: Rows, schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(
        {
            name: [
                Decimal(str(r[name])) if kind == UNMET["quantity"] and r.get(name) else r.get(name)
                for r in rows
            ]
            for name, kind in schema.items()
        },
        schema=schema,
    )


def move(id: str, quantity: int, departs: int, **more: object) -> dict[str, object]:
    return {"movement": id, "quantity": quantity, "departs": day(departs)} | more


def changes(found: Difference) -> list[tuple[object, ...]]:
    return found.moves.select("change", "movement", "instead", "quantity_before", "quantity").rows()


def test_equal_plans_differ_in_nothing() -> None:
    one = plan([move("a", 10, 0)], value=30)
    found = difference(one, one, NEEDS)
    assert (found.value, found.needs.height, found.moves.height, found.kept) == (Decimal(0), 0, 0, 1)


def test_a_need_that_loses_is_told_with_what_it_is_worth_and_why() -> None:
    """N, of weight 3, had all 10 and gets 6, two of them late: 3 x (4 - 10 + 2 / 2) = -15."""
    late = {"need": "N", "quantity": 2, "cause": "arrives-late", "parameters": "{}"}
    lacking = {"need": "N", "quantity": 4, "cause": "no-route", "parameters": '{"x": 1}'}
    found = difference(plan([move("a", 10, 0)]), plan([move("a", 6, 0)], [late, lacking]), NEEDS)
    [row] = found.needs.to_dicts()
    figures = [row[name] for name in ("before", "after", "late_before", "late_after", "value")]
    assert figures == [10, 4, 0, 2, -15]
    assert (row["cause"], row["parameters"]) == ("no-route", '{"x": 1}')
    assert found.counts()["lost"] == 1


def test_a_need_of_which_all_comes_but_part_of_it_late_says_so() -> None:
    late = {"need": "N", "quantity": 2, "cause": "arrives-late", "parameters": "{}"}
    [row] = difference(plan([move("a", 10, 0)]), plan([move("a", 10, 0)], [late]), NEEDS).needs.to_dicts()
    assert row["cause"] == "arrives-late"


def test_a_need_that_neither_plan_planned_gets_nothing_before_and_after() -> None:
    """M is in no movement and in no line of what is unmet, so it is not told as met."""
    one = plan([move("a", 10, 0)])
    assert "M" not in difference(one, one, NEEDS).needs["need"].to_list()
    found = difference(one, plan([move("a", 10, 0), move("m", 4, 0, need="M")]), NEEDS)
    assert found.needs.select("need", "before", "after").rows() == [("M", 0, 4)]


def test_consignments_are_gone_new_or_changed() -> None:
    """a stays; b carries less; c is gone; d, of another source, is new."""
    before = plan([move("a", 1, 0), move("b", 5, 1), move("c", 2, 2)])
    after = plan([move("a", 1, 0), move("b", 3, 1), move("d", 2, 2, offer="O2")])
    found = difference(before, after, NEEDS)
    assert changes(found) == [
        ("changed", "b", None, 5, 3),
        ("gone", "c", None, 2, None),
        ("new", "d", None, None, 2),
    ]
    assert found.kept == 1


def test_one_gone_and_one_new_of_the_same_source_and_need_are_one_that_goes_otherwise() -> None:
    """c left on day 4 by DX, e leaves on day 2 by XS in its stead: the first day to act is day 2."""
    found = difference(plan([move("c", 2, 4)]), plan([move("e", 2, 2, lane="XS")]), NEEDS)
    assert changes(found) == [("changed", "e", "c", 2, 2)]
    assert found.moves.select("act", "way_before", "way").rows() == [(day(2), "DX", "XS")]


def test_consignments_of_one_route_and_week_that_become_one_stay() -> None:
    """Three and two tents of Monday and Wednesday are five of Tuesday; those of the next week are changed."""
    before = plan([move("a", 3, 0), move("b", 2, 2), move("c", 4, 7)])
    after = plan([move("d", 5, 1), move("e", 4, 14)])
    found = difference(before, after, NEEDS)
    assert changes(found) == [("changed", "e", "c", 4, 4)]
    assert found.kept == 2


def test_one_that_becomes_larger_or_late_or_goes_otherwise_does_not_stay() -> None:
    before = plan([move("a", 3, 0), move("b", 3, 0, need="M"), move("c", 3, 0, offer="O2")])
    late = move("e", 3, 1, need="M") | {"on_time": False}
    after = plan([move("d", 4, 1), late, move("f", 3, 1, offer="O2", lane="XS")])
    found = difference(before, after, NEEDS)
    assert (found.kept, found.moves.height) == (0, 3)


def test_another_day_of_the_week_counts_as_a_change_where_days_matter() -> None:
    before, after = plan([move("a", 3, 0)]), plan([move("b", 3, 1)])
    assert difference(before, after, NEEDS).kept == 1
    assert changes(difference(before, after, NEEDS, to_the_day=True)) == [("changed", "b", "a", 3, 3)]


def test_changes_stand_in_the_order_of_the_days_on_which_they_are_made() -> None:
    found = difference(plan([move("a", 1, 9), move("b", 1, 3)]), plan([]), NEEDS)
    assert found.moves["movement"].to_list() == ["b", "a"]


def test_the_difference_of_values_is_that_of_the_plans() -> None:
    """Eight tents fewer on offer: ten came of a weight of 1, two come."""
    before, less = solve(from_tables(tables())), tables(offers=[{"quantity": 2}])
    found = difference(before, solve(from_tables(less)), less)
    assert found.value == -8
    assert found.needs.select("before", "after", "value").rows() == [(10, 2, -8)]


def test_kits_that_gain_or_lose_sets_are_listed_in_both_directions() -> None:
    """A kit takes two tents and one mat, another one lamp, a third one tent. Of the first 4 sets came and 2
    come, of the second 1 and 3, of the third, whose tents the first kit has too, 8 and 9."""
    kits: Rows = [
        {"kit": "K1", "need": "N", "per_kit": 2, "weight": 5},
        {"kit": "K1", "need": "M", "per_kit": 1},
        {"kit": "K2", "need": "L", "per_kit": 1},
        {"kit": "K3", "need": "N", "per_kit": 1},
    ]
    every = tables(needs=[{"need": name} for name in "NML"], kits=kits)

    def of(n: int, m: int, lamps: int) -> Plan:
        return plan([], [lack("N", 10 - n), lack("M", 10 - m), lack("L", 10 - lamps)])

    found = difference(of(8, 6, 1), of(9, 2, 3), every)
    assert found.kits.rows() == [("K1", 4, 2, -10), ("K3", 8, 9, 1), ("K2", 1, 3, 2)]
    assert [found.counts()[name] for name in ("kits_gained", "kits_lost")] == [2, 1]


def test_a_need_that_counts_in_a_kit_alone_loses_by_its_units() -> None:
    every = tables(needs=[{"need": "N", "weight": 0}])
    found = difference(plan([move("a", 10, 0)]), plan([], [lack("N", 4)]), every)
    assert (found.counts()["lost"], found.needs["value"].to_list()) == (1, [0])


def lack(need: str, quantity: int) -> dict[str, object]:
    return {"need": need, "quantity": quantity, "cause": "all-sent", "parameters": "{}"}
