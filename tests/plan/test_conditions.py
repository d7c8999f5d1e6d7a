"""Rows that say something of other rows: those that cannot mean what they say are told, and harm no plan."""

import pytest
from tests.plan.worlds import Rows, day, problem, tables

from konvoi.plan.audit import audit
from konvoi.plan.solve import solve

Told = list[tuple[str, str, int, str]]


def told(**changed: Rows) -> Told:
    """Code, sheet, row and column of each finding."""
    return [(f.code, f.place.sheet, f.place.row, f.place.column) for f in problem(**changed).findings]


UNKNOWN, TURNED, NUMBER = "problem-id-unknown", "problem-days-turned", "problem-number-not-possible"
UNREADABLE = "limit-unreadable"
LATE = "problem-past-horizon"

IDLE = "problem-block-idle"
FAULTS: list[tuple[dict[str, Rows], Told]] = [
    ({"capacities": [{"on": "Z", "tonnes": 1}]}, [(UNREADABLE, "capacities", 2, "on")]),
    (
        {"capacities": [{"on": "DX", "tonnes": -1, "pallets": -2, "neq_kg": 0}]},
        [(NUMBER, "capacities", 2, "pallets"), (NUMBER, "capacities", 2, "tonnes")],
    ),
    (
        {"capacities": [{"on": "DX", "from": day(2), "to": day(1)}]},
        [(UNREADABLE, "capacities", 2, "to")],
    ),
    ({"capacities": [{"on": "DX", "from": day(28)}]}, [(LATE, "capacities", 2, "from")]),
    (
        {"closures": [{"on": "Z", "from": day(5), "to": day(4)}]},
        [(UNREADABLE, "closures", 2, "on"), (UNREADABLE, "closures", 2, "to")],
    ),
    (
        {"caps": [{"party": "P", "what": "tonnes", "most": -5, "good": "zebra"}]},
        [(UNREADABLE, "caps", 2, "good")],
    ),
    (
        {"earmarks": [{"offer": "Z", "to": "site", "value": "Y"}]},
        [(UNREADABLE, "earmarks", 2, "offer")],
    ),
    ({"earmarks": [{"offer": "O", "to": "region", "value": "west"}]}, [(UNKNOWN, "earmarks", 2, "value")]),
    ({"earmarks": [{"offer": "O", "to": "recipient", "value": "anyone"}]}, []),
    (
        {"blocked": [{"kind": kind, "value": "Z", "reason": "r"} for kind in ("lane", "site", "party")]},
        [
            (UNREADABLE, "blocked", 2, "value"),
            (UNREADABLE, "blocked", 3, "value"),
            (IDLE, "blocked", 4, "value"),
        ],
    ),
    ({"blocked": [{"kind": "hull", "value": "IMO 1", "reason": "r"}]}, [(IDLE, "blocked", 2, "kind")]),
    ({"blocked": [{"kind": "supplier", "value": "P", "reason": "r"}]}, [(IDLE, "blocked", 2, "kind")]),
    (
        {"blocked": [{"kind": "party", "value": "P", "reason": "r", "from": day(3), "to": day(2)}]},
        [(UNREADABLE, "blocked", 2, "to")],
    ),
    (
        {
            "approvals": [
                {"approval": "A", "kind": "transit", "party": "XX", "covers": "Z"},
                {"approval": "B", "kind": "transit", "party": "XX", "covers": "O"}
                | {"given": day(3), "expires": day(2)},
            ]
        },
        [(UNREADABLE, "approvals", 2, "covers"), (TURNED, "approvals", 3, "expires")],
    ),
    ({"budgets": [{}]}, [("problem-cell-missing", "budgets", 2, "amount")]),
]


@pytest.mark.parametrize(("changed", "expected"), FAULTS)
def test_a_condition_that_cannot_be_is_told_with_its_cell(changed: dict[str, Rows], expected: Told) -> None:
    assert told(**changed) == expected


@pytest.mark.parametrize(("changed", "expected"), FAULTS)
def test_a_plan_is_made_all_the_same_and_the_audit_agrees(changed: dict[str, Rows], expected: Told) -> None:
    """The audit finds nothing but the limits that are not certain."""
    found = audit(tables(**changed), solve(problem(**changed)))
    told = [(one.code, one.place.sheet, one.place.row, one.place.column) for one in found]
    assert told == [one for one in expected if one[0] == UNREADABLE]


def test_a_block_that_is_nearly_someones_id_blocks_it_and_another_is_only_noted() -> None:
    world: dict[str, Rows] = {"offers": [{"party": "NORLAND"}]}
    rows = [{"kind": "party", "value": value, "reason": "r"} for value in ("NORLND", "ZZ", "NORLAND")]
    found = problem(**world, blocked=rows).findings
    assert [(one.severity, one.values.get("used")) for one in found] == [
        ("error", "NORLAND"),
        ("note", None),
    ]
    assert solve(problem(**world, blocked=rows[:1])).value == 0


def test_a_capacity_whose_days_are_turned_holds_in_every_week() -> None:
    closed = {"on": "DX", "tonnes": 0}
    assert solve(problem(capacities=[closed | {"from": day(1), "to": day(2)}])).value == 10
    assert solve(problem(capacities=[closed | {"from": day(0), "to": day(27)}])).value == 0
    assert solve(problem(capacities=[closed | {"from": day(27), "to": day(26)}])).value == 0


def test_caps_of_one_partner_are_one_whether_the_good_is_empty_or_not_given() -> None:
    cap: dict[str, object] = {"party": "P", "what": "quantity"}
    caps = [cap | {"most": 4, "good": ""}, cap | {"most": 3}]
    plan = solve(problem(caps=caps))
    assert plan.value == 3
    assert audit(tables(caps=caps), plan) == ()


def test_a_closure_shuts_lane_and_site_where_both_have_its_id() -> None:
    """The lane S goes to X, so only the shut site keeps what is needed at S from arriving."""
    lanes = [
        {"lane": "S", "from": "D", "to": "X", "days_p50": 2},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
    ]
    shut: dict[str, Rows] = {
        "lanes": lanes,
        "closures": [{"on": "S", "from": day(0), "to": day(9)}],
    }
    plan = solve(problem(**shut))
    assert plan.legs.sort("leg")["departs"].to_list()[0] >= day(10)
    assert audit(tables(**shut), plan) == ()
