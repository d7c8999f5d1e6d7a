"""Sums in agreements that are no support."""

import pytest

from konvoi.accord.not_given import is_not_given
from konvoi.accord.sums import sums


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Training costs of EUR 3,000 per soldier are borne by it.", True),
        ("Damage estimated at USD 486 billion was done.", True),
        ("Its defence spending will reach 3 % of GDP.", True),
        ("It will give EUR 3 million per year.", False),
        ("It will give 0.25 % of GDP as defence support.", False),
        ("To repair damage, EUR 3 million will be given.", False),
    ],
)
def test_prices_and_losses_are_no_gifts(sentence: str, expected: bool) -> None:
    (one,) = sums(sentence)
    assert is_not_given(sentence, one) is expected
