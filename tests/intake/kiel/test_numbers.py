"""Numbers are exact, unknown, or not to be made out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.kiel.numbers import LARGEST, exact, number_of
from konvoi.intake.sheet import Value


@pytest.mark.parametrize("written", [None, ".", "undisclosed", "Undisclosed", "Not given", "No price", " "])
def test_what_is_not_known_is_unknown_and_no_fault(written: Value) -> None:
    assert number_of(written) == (None, "", "")


@pytest.mark.parametrize(("written", "value"), [(20, 20), (0.1, Decimal("0.1")), (0, 0), (-3.0, -3)])
def test_a_stored_number_is_the_shortest_decimal_that_means_it(written: Value, value: Decimal) -> None:
    assert number_of(written) == (value, "", "")


def test_a_number_as_text_is_taken_and_told() -> None:
    assert number_of(" 3193503.68 \n") == (Decimal("3193503.68"), "text", "")


@pytest.mark.parametrize(("written", "proposal"), [("1.000.00", "1000.00"), ("15.000.00", "15000.00")])
def test_two_points_are_not_guessed_but_proposed(written: str, proposal: str) -> None:
    assert number_of(written) == (None, "unclear", proposal)


@pytest.mark.parametrize("written", ["dozens", "partially", "1,5", True, float("inf"), float("nan"), LARGEST])
def test_what_is_no_number_is_told(written: Value) -> None:
    assert number_of(written) == (None, "no number", "")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_is_changed(written: float) -> None:
    assert float(exact(written)) == written
