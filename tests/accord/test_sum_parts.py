"""Which sums of a sentence are in a larger one of the same sentence, or of the one before it."""

import pytest

from konvoi.accord.sum_parts import containing
from konvoi.accord.sums import sums


@pytest.mark.parametrize(
    ("sentence", "wholes"),
    [
        ("It gives EUR 9 million, including EUR 2 million for A and EUR 3 million for B.", [None, 9, 9]),
        ("It gives EUR 9 million, of which EUR 2 million for A; it adds EUR 3 million.", [None, 9, None]),
        ("It gives EUR 2 million within its EUR 9 million programme.", [9, None]),
        ("As part of its EUR 9 million fund it buys boats for EUR 2 million.", [None, 9]),
        ("It gives EUR 9 million, EUR 2 million of it for A.", [None, 9]),
        ("It gives EUR 5 million: EUR 2 million for A and EUR 3 million for B.", [None, 5, 5]),
        ("It gives EUR 2 million in 2024, EUR 1 million in 2025 and EUR 1 million in 2026.", [None] * 3),
        ("It gives EUR 9 million, including training, and will add EUR 3 million.", [None, None]),
        ("It gives EUR 2 million, including EUR 9 million of others.", [None, None]),
        ("It gives EUR 9 million, including USD 2 million for A.", [None, None]),
    ],
)
def test_a_part_names_the_sum_that_contains_it(sentence: str, wholes: list[int | None]) -> None:
    found = containing(sentence, sums(sentence), None)
    assert [int(one.value) // 10**6 if one else None for one in found] == wholes


def test_a_sentence_may_go_on_about_the_sum_of_the_one_before() -> None:
    (before,) = sums("It gives EUR 9 million.")
    of_it = "Of this amount, EUR 2 million is for A."
    assert containing(of_it, sums(of_it), before) == [before]
    other = "It gives EUR 2 million to A."
    assert containing(other, sums(other), before) == [None]
