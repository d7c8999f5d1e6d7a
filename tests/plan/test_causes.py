"""Causes where things come together: part sent and part barred, kits, money, rivals, what is shut."""

import json
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from tests.plan.worlds import Rows, day, problem

from konvoi.plan.plan import Plan
from konvoi.plan.solve import solve


def lines(plan: Plan, need: str = "N") -> list[tuple[str, Decimal, dict[str, Any]]]:
    """What is told of one need."""
    rows = plan.unmet.filter(pl.col("need") == need).iter_rows(named=True)
    return [(row["cause"], row["quantity"], json.loads(row["parameters"])) for row in rows]


PART: dict[str, list[dict[str, object]]] = {
    "offers": [{"quantity": 4}, {"offer": "Q", "party": "R", "quantity": 6}]
}
PAPER: dict[str, object] = {
    "approval": "A",
    "kind": "export licence",
    "party": "R",
    "covers": "Q",
    "asked": day(-9),
}
BARRED: list[tuple[dict[str, Rows], str]] = [
    ({"approvals": [PAPER | {"due": day(20)}]}, "approval-late"),
    ({"offers": [PART["offers"][0], PART["offers"][1] | {"ready": day(20)}]}, "ready-late"),
    ({"blocked": [{"kind": "party", "value": "R", "reason": "listed"}]}, "blocked"),
    ({"offers": [PART["offers"][0], PART["offers"][1] | {"site": "FAR"}]}, "no-route"),
    ({"earmarks": [{"offer": "Q", "to": "recipient", "value": "other"}]}, "earmarked"),
]


@pytest.mark.parametrize(("changed", "cause"), BARRED)
def test_what_is_offered_beside_what_is_sent_is_told_with_its_barrier(
    changed: dict[str, Rows], cause: str
) -> None:
    """Four of ten are sent; the six of Q would be all that is missing, so no word of all being sent."""
    sites = [{"site": "D"}, {"site": "X"}, {"site": "S"}, {"site": "FAR"}]
    plan = solve(problem(sites=sites, **(PART | changed)))
    assert [(code, quantity) for code, quantity, _ in lines(plan)] == [(cause, Decimal(6))]


def test_what_is_missing_is_split_by_its_causes_as_far_as_they_explain_it() -> None:
    """Four of twenty are sent. Six are tied, two come late; for the other eight nothing is offered."""
    late = {"offer": "L", "quantity": 2, "ready": day(20)}
    plan = solve(
        problem(
            needs=[{"quantity": 20}],
            offers=[*PART["offers"], late],
            earmarks=[{"offer": "Q", "to": "recipient", "value": "other"}],
        )
    )
    told = [(code, int(quantity)) for code, quantity, _ in lines(plan)]
    assert told == [("all-offered", 8), ("earmarked", 6), ("ready-late", 2)]


def test_causes_beyond_what_is_missing_are_listed_beside_the_one_that_brings_most() -> None:
    late = {"offer": "L", "quantity": 2, "ready": day(20)}
    plan = solve(problem(offers=[*PART["offers"], late], approvals=[PAPER]))
    ((code, quantity, values),) = lines(plan)
    assert (code, quantity) == ("approval-open", Decimal(6))
    assert [one["cause"] for one in values["also"]] == ["ready-late"]


def test_all_is_sent_where_nothing_else_is_offered() -> None:
    assert lines(solve(problem(offers=[{"quantity": 4}]))) == [("all-sent", Decimal(6), {"quantity": "4"})]


def test_of_two_approvals_the_one_that_stands_in_the_way_is_told() -> None:
    """One is given on the second day, the other is refused."""
    papers = [PAPER | {"covers": "O", "given": day(1)}, PAPER | {"approval": "B", "covers": "O"}]
    plan = solve(problem(approvals=[papers[0], papers[1] | {"kind": "transit", "refused": day(0)}]))
    assert lines(plan)[0][0] == "approval-refused"


KIT: dict[str, list[dict[str, object]]] = {
    "goods": [{}, {"good": "stove"}, {"good": "fuel"}],
    "needs": [{"need": n, "good": g, "weight": 0} for n, g in (("N", "tent"), ("M", "stove"), ("L", "fuel"))],
    "offers": [{}, {"offer": "P", "good": "stove"}, {"offer": "Q", "good": "fuel"}],
    "kits": [{"kit": "K", "need": name, "per_kit": 1} for name in ("N", "M", "L")],
}


def kit_causes(**changed: Rows) -> dict[str, str]:
    plan = solve(problem(**(KIT | changed)))
    assert plan.movements.height == 0
    return dict(plan.unmet.select("need", "cause").rows())


def test_of_a_kit_the_component_that_is_really_missing_is_named() -> None:
    """Nobody offers fuel: tents and stoves wait for it, and neither for the other."""
    plan = solve(problem(**(KIT | {"offers": KIT["offers"][:2]})))
    told = {need: lines(plan, need)[0] for need in ("L", "M", "N")}
    assert told["L"][0] == "no-offer"
    assert {told[need][2]["need"] for need in ("M", "N")} == {"L"}


def test_a_component_that_is_ready_after_the_due_day_is_too_late_for_its_kit_though_useful_later() -> None:
    needs = [need | {"last_useful": day(25)} for need in KIT["needs"]]
    late = [*KIT["offers"][:2], {"offer": "Q", "good": "fuel", "ready": day(14)}]
    found = kit_causes(needs=needs, offers=late)
    assert found == {"L": "ready-late", "M": "kit-incomplete", "N": "kit-incomplete"}


def test_a_component_that_no_lane_can_take_is_told_by_the_lane() -> None:
    heavy = [*KIT["goods"][:2], {"good": "fuel", "weight_kg": 20000}]
    found = kit_causes(goods=heavy, capacities=[{"on": "XS", "tonnes": 19}])
    assert found == {"L": "corridor-small", "M": "kit-incomplete", "N": "kit-incomplete"}


def test_a_kit_whose_components_do_not_fit_on_the_way_together_says_so() -> None:
    """Each of them fits alone in the one week, all three do not."""
    found = kit_causes(
        capacities=[{"on": "XS", "tonnes": 2, "to": day(6)}, {"on": "XS", "tonnes": 0, "from": day(7)}]
    )
    assert set(found.values()) == {"kit-together"}


def test_what_has_no_weight_and_no_kit_is_told_to_bring_nothing() -> None:
    assert lines(solve(problem(needs=[{"weight": 0}]))) == [("no-weight", Decimal(10), {})]


def test_a_tranche_that_comes_too_late_is_told_apart_from_money_that_is_spent() -> None:
    """The first tranche buys five. The second is there after the due day; a third need not be asked for."""
    buy: dict[str, object] = {"good": "tent", "price": 20, "site": "D", "lead_days": 5}
    first, second = {"amount": 100, "day": day(0)}, {"amount": 200, "day": day(14)}
    late = solve(problem(offers=[], budgets=[first, second, buy]))
    assert [(code, int(q), v["day"]) for code, q, v in lines(late)] == [("tranche-late", 5, str(day(19)))]
    spent = solve(problem(offers=[], budgets=[first, buy]))
    assert [(code, int(q)) for code, q, _ in lines(spent)] == [("budget-spent", 5)]


def test_money_is_not_said_to_come_too_late_for_more_than_it_buys() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 20, "site": "D", "lead_days": 5}
    tranches = [{"amount": 100, "day": day(0)}, {"amount": 40, "day": day(14)}]
    plan = solve(problem(offers=[], budgets=[*tranches, buy]))
    assert [(code, int(q)) for code, q, _ in lines(plan)] == [("budget-spent", 3), ("tranche-late", 2)]


def test_a_need_that_is_useful_only_in_full_is_not_outbid_by_one_that_counts_less() -> None:
    """Eleven are needed in full, ten are offered: that they go elsewhere is no loss."""
    plan = solve(problem(needs=[{"quantity": 11, "weight": 9, "whole": True}, {"need": "M"}]))
    assert lines(plan) == [("offered-in-part", Decimal(11), {"quantity": "10"})]


def test_of_what_is_useful_only_in_full_what_is_barred_is_told_apart_from_what_is_offered() -> None:
    """Four are there, six wait for a licence: with them the ten would be whole."""
    plan = solve(problem(needs=[{"whole": True}], approvals=[PAPER], **PART))
    told = [(code, int(quantity)) for code, quantity, _ in lines(plan)]
    assert told == [("approval-open", 6), ("offered-in-part", 4)]


def test_needs_of_equal_weight_are_not_said_to_count_more() -> None:
    plan = solve(problem(needs=[{}, {"need": "M"}], offers=[{"quantity": 10}]))
    (row,) = plan.unmet.rows(named=True)
    assert (row["cause"], json.loads(row["parameters"])) == ("used-elsewhere", {"quantity": "10"})


def test_what_a_kit_takes_is_told_with_the_kit() -> None:
    """The tent counts 1 to A, and 50 in the kit to B."""
    needs: list[dict[str, object]] = [{"weight": 2, "quantity": 1}, {"need": "B", "quantity": 1, "weight": 1}]
    kit = [{"kit": "K", "need": "B", "per_kit": 1, "weight": 50}]
    plan = solve(problem(needs=needs, offers=[{"quantity": 1}], kits=kit))
    assert lines(plan) == [("outbid-kit", Decimal(1), {"need": "B", "quantity": "1", "kit": "K"})]


def test_a_full_lane_by_rail_is_tried_with_one_more_train() -> None:
    lanes = [
        {"lane": "DX", "from": "D", "to": "X", "days_p50": 2},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1, "mode": "rail"},
    ]
    ((code, _, values),) = lines(solve(problem(lanes=lanes, capacities=[{"on": "XS", "tonnes": 1}])))
    assert (code, values["train"], values["gain"]) == ("corridor-full-train", "1000", "8")


def test_a_unit_that_fits_on_no_empty_lane_is_told_apart_from_a_full_way() -> None:
    heavy = [{"weight_kg": 20000}]
    ((code, _, values),) = lines(solve(problem(goods=heavy, capacities=[{"on": "XS", "tonnes": 19}])))
    assert (code, values["load"], values["most"]) == ("corridor-small", "20", "19")
    none = solve(problem(capacities=[{"on": "XS", "tonnes": 0}]))
    assert lines(none)[0][0] == "corridor-none"


def test_a_lane_that_is_small_only_for_a_while_is_full_and_not_small() -> None:
    rows = [{"on": "XS", "tonnes": 0, "to": day(6)}, {"on": "XS", "tonnes": 3, "from": day(7)}]
    assert lines(solve(problem(capacities=rows)))[0][0] == "corridor-full-gain"


@pytest.mark.parametrize(
    ("changed", "cause", "named"),
    [
        ({"closures": [{"on": "XS", "from": day(0), "to": day(27)}]}, "way-shut", {"places": "XS"}),
        ({"closures": [{"on": "X", "from": day(0), "to": day(27)}]}, "way-shut", {"places": "X"}),
        (
            {"blocked": [{"kind": "lane", "value": "XS", "reason": "listed"}]},
            "way-blocked",
            {"kind": "lane", "value": "XS"},
        ),
    ],
)
def test_what_is_shut_on_the_way_is_named(
    changed: dict[str, Rows], cause: str, named: dict[str, str]
) -> None:
    ends = {"from": "D", "to": "S"}
    assert lines(solve(problem(**changed))) == [(cause, Decimal(10), named | ends)]


def test_a_way_longer_than_the_horizon_says_that_the_plan_ends_before() -> None:
    lanes = [{"lane": "DS", "from": "D", "to": "S", "days_p50": 40}]
    assert lines(solve(problem(lanes=lanes))) == [
        ("horizon-end", Decimal(10), {"day": str(day(40)), "end": str(day(27))})
    ]
