"""References are compared within the scheme of their issuer."""

import pytest
from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.reference import REFERENCE


def by(source: str, reference: str | None) -> dict[str, object]:
    return {"source": source, "reference": reference}


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (by("A", "fts-flow:1"), by("B", "fts-flow:1"), "the same reference of one issuer"),
        (by("A", "7"), by("B", "7"), "the same reference of two issuers"),
        (by("A", "7"), by("A", "8"), "two references of one issuer"),
        (by("A", "7"), by("B", "8"), "references from two issuers"),
        (by("A", None), by("B", "8"), "not known on both sides"),
    ],
)
def test_each_answer(left: dict[str, object], right: dict[str, object], said: str) -> None:
    assert answer(REFERENCE, left, right) == said
