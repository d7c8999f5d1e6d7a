"""Each cause is the one that stands in the way, and a gain that is stated is one that was tried."""

import json
from decimal import Decimal

import polars as pl
import pytest
from tests.plan.worlds import Rows, day, problem, tables

from konvoi.model.limiting import UNREAD, Unread, noted
from konvoi.model.unreadable import Why
from konvoi.plan.causes import CAUSES
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve


def line(plan: Plan, number: int = 0) -> tuple[str, Decimal, dict[str, str]]:
    row = plan.unmet.row(number, named=True)
    return row["cause"], row["quantity"], json.loads(row["parameters"])


def test_a_full_way_names_place_weeks_and_what_one_more_lorry_brings() -> None:
    """One tonne a week in both weeks: two of ten come; a lorry of 20 t more a week brings the other eight."""
    plan = solve(problem(capacities=[{"on": "XS", "tonnes": 1}]))
    assert line(plan) == (
        "corridor-full-gain",
        Decimal(8),
        {"places": "XS", "weeks": "2026-W02 – 2026-W03", "gain": "8", "lorry": "20"},
    )


def test_the_gain_is_what_the_rest_of_the_room_lets_through() -> None:
    """Both lanes are full; with 20 t more on both, only what is still offered comes."""
    tight = [{"on": lane, "tonnes": 1} for lane in ("DX", "XS")]
    plan = solve(problem(capacities=tight, needs=[{"quantity": 99}], offers=[{"quantity": 30}]))
    cause, _, values = line(plan)
    assert (cause, values["places"], values["gain"]) == ("corridor-full-gain", "DX, XS", "28")


def test_a_need_that_is_outbid_names_who_got_most() -> None:
    plan = solve(problem(needs=[{"need": "A"}, {"need": "B", "weight": 2, "quantity": 9}]))
    values = {"need": "B", "quantity": "9", "weight": "1", "other": "2"}
    assert line(plan) == ("outbid", Decimal(9), values)


def test_a_cap_is_no_cause_where_all_that_it_limits_was_sent() -> None:
    """A partner may give ten tents and offers ten; a second offer of it is another matter."""
    cap: Rows = [{"party": "P", "what": "quantity", "most": 10}]
    plan = solve(problem(caps=cap, needs=[{"quantity": 15}]))
    assert line(plan) == ("all-sent", Decimal(5), {"quantity": "10"})
    plan = solve(problem(caps=cap, needs=[{"quantity": 15}], offers=[{}, {"offer": "Q", "quantity": 4}]))
    assert line(plan)[0] == "cap-reached"


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"offers": []}, "no-offer"),
        ({"goods": [{"weight_kg": None}]}, "weight-unknown"),
        ({"lanes": []}, "no-route"),
        ({"needs": [{"due": day(1)}]}, "too-late"),
        ({"needs": [{"due": day(-1)}]}, "past"),
        ({"horizon": [{"weeks": 0}]}, "horizon-none"),
        ({"offers": [{"quantity": 4}], "needs": [{"whole": True}]}, "offered-in-part"),
        ({"capacities": [{"on": "DX", "tonnes": 4}], "needs": [{"whole": True}]}, "not-in-full"),
        ({"needs": [{"due": day(2), "last_useful": day(5)}]}, "arrives-late"),
    ],
)
def test_the_cause_is_the_first_thing_in_the_way(changed: dict[str, Rows], cause: str) -> None:
    plan = solve(problem(**changed))
    assert plan.unmet["cause"].to_list() == [cause]


@pytest.mark.parametrize(
    ("table", "column"),
    [("offers", "quantity"), ("offers", "ready"), ("goods", "step"), ("goods", "weight_kg")],
)
def test_a_need_whose_supply_is_withheld_says_which_cell_cannot_be_read(table: str, column: str) -> None:
    world = tables()
    note = noted({column: Unread(Why.UNREADABLE, "4O")})
    world[table] = world[table].with_columns(pl.lit(note).alias(UNREAD))
    cause, quantity, values = line(solve(from_tables(world)))
    assert (cause, quantity) == ("withheld", Decimal(10))
    place = {"file": "tables.xlsx", "sheet": table, "row": "2", "column": column}
    assert values == {"good": "tent", "table": table, "key": {"goods": "tent", "offers": "O"}[table]} | place


def test_what_does_not_serve_a_need_is_no_reason_for_it() -> None:
    world = tables(goods=[{}, {"good": "stove"}], needs=[{"good": "stove"}])
    note = noted({"quantity": Unread(Why.UNREADABLE, "4O")})
    world["offers"] = world["offers"].with_columns(pl.lit(note).alias(UNREAD))
    assert line(solve(from_tables(world)))[0] == "no-offer"


def test_a_component_without_value_of_its_own_waits_for_the_others() -> None:
    plan = solve(
        problem(
            goods=[{}, {"good": "stove"}],
            needs=[{"weight": 0}, {"need": "M", "good": "stove", "weight": 0}],
            kits=[{"kit": "K", "need": name, "per_kit": 1} for name in ("N", "M")],
        )
    )
    assert dict(plan.unmet.select("need", "cause").rows()) == {"M": "no-offer", "N": "kit-incomplete"}
    assert plan.movements.height == 0


def test_what_is_missing_and_late_adds_up_to_the_need() -> None:
    need = {"quantity": 20, "last_useful": day(27)}
    plan = solve(problem(capacities=[{"on": "DX", "tonnes": 3}], needs=[need]))
    in_time = plan.movements.filter("on_time")["quantity"].to_list()
    assert sum(plan.unmet["quantity"].to_list()) + sum(in_time) == 20


def test_every_name_in_a_sentence_is_a_parameter_that_the_planner_gives() -> None:
    """The sentences of causes are message ids: their braces are filled from unmet.csv alone."""
    assert all(text.endswith(".") for text in CAUSES.values())
    assert all(code == code.lower() and " " not in code for code in CAUSES)
