"""Quantities in one unit, as far as they were announced."""

from decimal import Decimal

import pytest
from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.quantity import QUANTITY


def of(number: str, unit: str = "piece") -> dict[str, object]:
    return {"quantity": Decimal(number), "unit": unit}


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (of("18"), of("18", "units"), "the same quantity"),
        (of("2", "thousand"), of("2000"), "the same quantity"),
        (of("3", "t"), of("3000", "kg"), "the same quantity"),
        # 1,400 is announced to 100.
        (of("1400"), of("1432"), "equal to the digits announced"),
        (of("101"), of("109"), "within a tenth"),
        (of("101"), of("201"), "different quantities"),
        (of("3", "t"), of("3", "pallets"), "not known on both sides"),
    ],
)
def test_each_answer(left: dict[str, object], right: dict[str, object], said: str) -> None:
    assert answer(QUANTITY, left, right) == said


def test_a_different_quantity_is_evidence_and_never_a_veto() -> None:
    """It speaks against a pair by two bits, no more than a reference speaks for it."""
    assert -3 < QUANTITY.levels[-1].weight < 0
