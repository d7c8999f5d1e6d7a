"""The same words, in whatever order."""

import pytest
from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.text import TEXT


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("Winter tents!", "winter  tents", "same wording"),
        ("tents for the winter", "winter tents for the east", "nearly the same wording"),
        ("medicine and food", "medicine and blankets", "much wording in common"),
        ("tents", "drones", "different wording"),
        ("tents", None, "not known on both sides"),
    ],
)
def test_each_answer(left: str, right: str | None, said: str) -> None:
    assert answer(TEXT, {"text": left}, {"text": right}) == said
