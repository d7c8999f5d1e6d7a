"""The textbook model itself, on problems whose best plan can be counted by hand."""

import pytest
from tests.plan.properties.arcs import optimum
from tests.plan.worlds import Rows, day, tables

KIT: dict[str, object] = {"kit": "K"}


@pytest.mark.parametrize(
    ("changed", "whole", "relaxed"),
    [
        ({}, 10, 10),
        # Three tonnes in each of two weeks in time, two of the third week's three at half their value.
        (
            {
                "needs": [{"quantity": 8, "last_useful": day(27)}],
                "capacities": [{"on": "DX", "tonnes": 3}],
            },
            7,
            7,
        ),
        # Only the depot's own capacity counts where it starts, in the week in which it leaves.
        (
            {
                "capacities": [{"on": "D", "tonnes": 4, "from": day(0), "to": day(6)}],
                "needs": [{"due": day(6)}],
            },
            4,
            4,
        ),
        # Ten of eleven: nothing in full, ten elevenths in parts.
        ({"needs": [{"quantity": 11, "whole": True}]}, 0, 10),
        # Steps of four: eight fit through nine a week; two weeks in time bring ten.
        ({"goods": [{"step": 4}], "offers": [{"quantity": 9}]}, 8, 9),
        # 200 EUR buy ten at 20, but only what the first tranche pays is there in time.
        (
            {
                "offers": [],
                "budgets": [
                    {"amount": 100_00},
                    {"amount": 100_00, "day": day(7)},
                    {"good": "tent", "price": 20_00, "lead_days": 10, "site": "X"},
                ],
            },
            5,
            5,
        ),
        # Four stoves make two kits of two; five tents each go into them.
        (
            {
                "goods": [{}, {"good": "stove"}],
                "needs": [
                    {"quantity": 11, "weight": 0},
                    {"need": "M", "good": "stove", "quantity": 5, "weight": 0},
                ],
                "offers": [{}, {"offer": "Q", "good": "stove", "quantity": 3}],
                "kits": [KIT | {"need": "N", "per_kit": 5, "weight": 7}, KIT | {"need": "M", "per_kit": 2}],
            },
            7,
            10.5,
        ),
        # Refused, tied elsewhere, blocked: nothing.
        ({"approvals": [{"approval": "A", "kind": "transit", "party": "XX", "covers": "O"}]}, 0, 0),
        ({"earmarks": [{"offer": "O", "to": "region", "value": "west"}]}, 0, 0),
        ({"blocked": [{"kind": "site", "value": "X", "reason": "r"}]}, 0, 0),
        ({"caps": [{"party": "P", "what": "tonnes", "most": "2.5"}]}, 2, 2.5),
        # EUR 250 at EUR 100 a tent.
        (
            {
                "caps": [{"party": "P", "what": "value", "most": 250, "currency": "EUR"}],
                "offers": [{"unit_value": 100_00, "currency": "EUR"}],
            },
            2,
            2.5,
        ),
    ],
)
def test_the_model_has_the_value_that_is_counted_by_hand(
    changed: dict[str, Rows], whole: float, relaxed: float
) -> None:
    assert optimum(tables(**changed)) == pytest.approx(whole, abs=1e-6)
    assert optimum(tables(**changed), whole=False) == pytest.approx(relaxed, abs=1e-6)
