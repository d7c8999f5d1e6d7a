"""The same implementer, by its name."""

import pytest
from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.implementer import IMPLEMENTER


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("Acme Relief, Ltd.", "ACME relief ltd", "the same implementer"),
        ("Acme Relief", "Acme Releif", "implementers of nearly the same name"),
        ("Acme Relief", "Zenit Cargo", "different implementers"),
        ("Acme Relief", None, "not known on both sides"),
    ],
)
def test_each_answer(left: str, right: str | None, said: str) -> None:
    assert answer(IMPLEMENTER, {"implementer": left}, {"implementer": right}) == said
