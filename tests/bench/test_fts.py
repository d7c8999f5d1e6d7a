"""The links of real FTS flows are found again when their ids are blanked, better than a plain join does."""

from pathlib import Path

import pytest
from bench.fts import LEAST, blanked, found, join, links, rates

pytestmark = pytest.mark.real_data


@pytest.mark.slow
def test_parents_are_found_again_far_better_than_by_source_and_description(real_data: Path) -> None:
    """136 links between the flows of Afghanistan and Jordan in 2020; no link is told by the blanked pages."""
    folder = real_data / "fts"
    true = links(folder)
    assert len(true) == 136
    read = blanked(folder)
    assert not any(one.relations.filter(subtype="fts-parent").height for one in read)
    told = set(found(read).select("child", "parent").iter_rows())
    precision, recall = rates(len(told & true), len(told), len(true))
    assert precision >= LEAST[0]
    assert recall >= LEAST[1]
    joined = join(read)
    plain = rates(sum(frozenset(pair) in joined for pair in true), len(joined), len(true))
    assert plain < (0.05, 0.1)
