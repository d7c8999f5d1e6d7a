"""Reasons for unmet needs are confirmed by planning anew with their remedy."""

import pytest
from bench.instances import tables as instance
from tests.plan.worlds import Rows, day, tables

from konvoi.plan.bottlenecks import bottlenecks
from konvoi.plan.confirm import confirmed
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

PAPER = {"approval": "A", "kind": "export licence", "party": "P", "covers": "O"}
SHUT = {"on": "DX", "from": day(0), "to": day(27)}


def marks(**changed: Rows) -> list[tuple[object, ...]]:
    """Cause and mark of each unmet need."""
    every = tables(**changed)
    plan = confirmed(every, solve(from_tables(every)))
    return list(plan.unmet.select("cause", "confirmed").iter_rows())


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"approvals": [PAPER]}, "approval-open"),
        ({"approvals": [PAPER | {"refused": day(0)}]}, "approval-refused"),
        ({"offers": [{"ready": day(17)}]}, "ready-late"),
        ({"closures": [SHUT]}, "way-shut"),
        ({"blocked": [{"kind": "party", "value": "P"}]}, "blocked"),
        ({"earmarks": [{"offer": "O", "to": "region", "value": "west"}]}, "earmarked"),
        ({"capacities": [{"on": "DX", "tonnes": 4}, {"on": "XS", "tonnes": 4}]}, "corridor-full-gain"),
        ({"capacities": [{"on": "DX", "tonnes": "0.5"}, {"on": "XS", "tonnes": "0.5"}]}, "corridor-small"),
        ({"capacities": [{"on": "DX", "tonnes": 0}]}, "corridor-none"),
        ({"caps": [{"party": "P", "what": "tonnes", "most": 4}]}, "cap-reached"),
        ({"stocks": [{"party": "P", "good": "tent", "stock": 10, "floor": 6}]}, "stock-floor"),
        ({"needs": [{"due": day(1)}]}, "too-late"),
        ({"needs": [{}, {"need": "M", "weight": 2}]}, "outbid"),
        ({"needs": [{"whole": True}], "offers": [{"quantity": 4}]}, "offered-in-part"),
    ],
)
def test_a_remedy_that_brings_the_need_more_is_confirmed(changed: dict[str, Rows], cause: str) -> None:
    assert marks(**changed) == [(cause, "yes")]


def test_a_remedy_that_brings_nothing_is_not_confirmed() -> None:
    """The licence is missing, and the lane is shut as well: with the licence alone nothing arrives."""
    assert marks(approvals=[PAPER], closures=[SHUT]) == [("approval-open", "not confirmed")]


def test_a_cause_that_names_no_remedy_in_a_table_is_not_marked() -> None:
    assert marks(offers=[]) == [("no-offer", None)]


def test_remedies_that_are_not_tried_are_not_confirmed() -> None:
    every = tables(approvals=[PAPER])
    plan = confirmed(every, solve(from_tables(every)), most=0)
    assert plan.unmet["confirmed"].to_list() == ["not confirmed"]


def test_a_reason_and_the_bottlenecks_do_not_contradict_each_other() -> None:
    """The prices are lost: the place that the reason names is tried nevertheless, and brings more."""
    every = tables(capacities=[{"on": "XS", "tonnes": 1}])
    plan = confirmed(every, solve(from_tables(every)))
    assert plan.unmet.select("cause", "confirmed").rows() == [("corridor-full-gain", "yes")]
    unpriced = type(plan)(**{**vars(plan), "prices": plan.prices.clear()})
    [row] = bottlenecks(every, unpriced).to_dicts()
    assert (row["key"], row["gain"] > 0) == ("XS", True)


@pytest.mark.slow
def test_each_need_has_one_line_for_each_cause_the_largest_first() -> None:
    every = instance("XS", 2)
    unmet = solve(from_tables(every)).unmet
    assert unmet.select("need", "cause").is_unique().all()
    assert unmet.equals(unmet.sort("need", "quantity", "cause", descending=[False, True, False]))


def test_many_offers_behind_one_obstacle_are_one_line_that_counts_them() -> None:
    """Three offers wait for the same day; one that is there is sent."""
    late = [{"offer": f"L{n}", "quantity": n, "ready": day(17)} for n in (1, 2, 3)]
    every = tables(needs=[{"quantity": 10}], offers=[{"quantity": 4}, *late])
    plan = solve(from_tables(every))
    assert plan.unmet.select("quantity", "cause").rows() == [(6, "ready-late")]
    assert '"more": "2"' in plan.unmet["parameters"][0]
    assert '"offer": "L3"' in plan.unmet["parameters"][0]
