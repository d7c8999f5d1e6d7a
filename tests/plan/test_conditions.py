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
LATE = "problem-past-horizon"

IDLE = "problem-block-idle"
FAULTS: list[tuple[dict[str, Rows], Told]] = [
    ({"capacities": [{"on": "Z", "tonnes": 1}]}, [(UNKNOWN, "capacities", 2, "on")]),
    (
        {"capacities": [{"on": "DX", "tonnes": -1, "pallets": -2, "neq_kg": 0}]},
        [(NUMBER, "capacities", 2, "pallets"), (NUMBER, "capacities", 2, "tonnes")],
    ),
    (
        {"capacities": [{"on": "DX", "from": day(2), "to": day(1)}]},
        [(TURNED, "capacities", 2, "to")],
    ),
    ({"capacities": [{"on": "DX", "from": day(28)}]}, [(LATE, "capacities", 2, "from")]),
    (
        {"closures": [{"on": "Z", "from": day(5), "to": day(4)}]},
        [(UNKNOWN, "closures", 2, "on"), (TURNED, "closures", 2, "to")],
    ),
    (
        {"caps": [{"party": "P", "what": "tonnes", "most": -5, "good": "zebra"}]},
        [(UNKNOWN, "caps", 2, "good"), (NUMBER, "caps", 2, "most")],
    ),
    (
        {"earmarks": [{"offer": "Z", "to": "site", "value": "Y"}]},
        [(UNKNOWN, "earmarks", 2, "offer"), (UNKNOWN, "earmarks", 2, "value")],
    ),
    ({"earmarks": [{"offer": "O", "to": "region", "value": "west"}]}, [(UNKNOWN, "earmarks", 2, "value")]),
    ({"earmarks": [{"offer": "O", "to": "recipient", "value": "anyone"}]}, []),
    (
        {"blocked": [{"kind": kind, "value": "Z", "reason": "r"} for kind in ("lane", "site", "party")]},
        [(UNKNOWN, "blocked", 2, "value"), (UNKNOWN, "blocked", 3, "value"), (IDLE, "blocked", 4, "value")],
    ),
    ({"blocked": [{"kind": "hull", "value": "IMO 1", "reason": "r"}]}, [(IDLE, "blocked", 2, "kind")]),
    ({"blocked": [{"kind": "supplier", "value": "P", "reason": "r"}]}, [(IDLE, "blocked", 2, "kind")]),
    (
        {"blocked": [{"kind": "party", "value": "P", "reason": "r", "from": day(3), "to": day(2)}]},
        [(TURNED, "blocked", 2, "to")],
    ),
    (
        {
            "approvals": [
                {"approval": "A", "kind": "transit", "party": "XX", "covers": "Z"}
                | {"given": day(3), "expires": day(2)}
            ]
        },
        [(UNKNOWN, "approvals", 2, "covers"), (TURNED, "approvals", 2, "expires")],
    ),
    ({"budgets": [{}]}, [("problem-cell-missing", "budgets", 2, "amount")]),
]


@pytest.mark.parametrize(("changed", "expected"), FAULTS)
def test_a_condition_that_cannot_be_is_told_with_its_cell(changed: dict[str, Rows], expected: Told) -> None:
    assert told(**changed) == expected


@pytest.mark.parametrize("changed", [changed for changed, _ in FAULTS])
def test_a_plan_is_made_all_the_same_and_the_audit_agrees(changed: dict[str, Rows]) -> None:
    assert audit(tables(**changed), solve(problem(**changed))) == ()


def test_a_block_that_is_nearly_someones_id_warns_and_names_it_another_is_only_noted() -> None:
    world: dict[str, Rows] = {"offers": [{"party": "NORLAND"}]}
    rows = [{"kind": "party", "value": value, "reason": "r"} for value in ("NORLND", "ZZ", "NORLAND")]
    found = problem(**world, blocked=rows).findings
    assert [(one.severity, one.values.get("meant")) for one in found] == [
        ("warning", "NORLAND"),
        ("note", None),
    ]


def test_a_capacity_whose_days_are_turned_holds_on_no_day_though_both_lie_in_one_week() -> None:
    closed = {"on": "DX", "tonnes": 0}
    assert solve(problem(capacities=[closed | {"from": day(1), "to": day(2)}])).value == 10
    assert solve(problem(capacities=[closed | {"from": day(0), "to": day(27)}])).value == 0
    assert solve(problem(capacities=[closed | {"from": day(27), "to": day(0)}])).value == 10
    one_week = [closed | {"from": day(7 * n + 2), "to": day(7 * n + 1)} for n in range(4)]
    assert solve(problem(capacities=one_week)).value == 10


def test_caps_of_one_partner_are_one_whether_the_good_is_empty_or_not_given() -> None:
    cap: dict[str, object] = {"party": "P", "what": "quantity"}
    caps = [cap | {"most": 4, "good": ""}, cap | {"most": 3}]
    assert solve(problem(caps=caps)).value == 3


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
