"""Who tells of what is an answer of its own, the same from both sides."""

import pytest
from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.sources import SOURCES


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (("A", "pledged"), ("A", "pledged"), "one source, one stage"),
        (("A", "committed"), ("A", "disbursed"), "one source, two stages"),
        (("A", "pledged"), ("B", "pledged"), "two commitments"),
        (("A", "pledged"), ("B", "committed"), "a commitment and its later stage"),
        (("A", "committed"), ("B", "disbursed"), "two registers"),
        (("A", "committed"), ("B", "paid in"), "money received and a commitment or payment"),
    ],
)
def test_source_and_stage_of_both_sides(left: tuple[str, str], right: tuple[str, str], said: str) -> None:
    one, other = ({"source": source, "stage": stage} for source, stage in (left, right))
    assert answer(SOURCES, {"package": "P", **one}, {"package": "Q", **other}) == said
