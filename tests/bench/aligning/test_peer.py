"""Both matchers are asked about the same pairs, and their seconds are counted from tables to answers."""

from dataclasses import replace

import pytest
from bench.aligning.peer import asked, entities, ours
from tests.bench.aligning.test_lists import company, lists

from bench.aligning import peer
from konvoi.align.frames import Frames
from konvoi.align.listing import Name


@pytest.fixture(scope="module")
def tables() -> Frames:
    """Two lists of two companies each, all of one name."""
    told = [
        replace(company(f"{list}:a:{n}"), names=(Name("Orlyk Yarosh"),))
        for list in ("eu", "ua")
        for n in (1, 2)
    ]
    return lists(*told)


def test_pairs_are_of_two_lists_or_of_one(tables: Frames) -> None:
    across, own = asked(tables), asked(tables, own=True)
    assert across.rows() == [(f"eu:a:{a}", f"ua:a:{b}") for a in (1, 2) for b in (1, 2)]
    assert own.rows() == [("eu:a:1", "eu:a:2"), ("ua:a:1", "ua:a:2")]


def test_the_peer_hears_each_name_of_each_listing(tables: Frames) -> None:
    told = entities(tables)
    properties = {"name": ["Orlyk Yarosh"], "country": [""]}
    assert told["eu:a:1"] == {"schema": "Organization", "properties": properties}
    assert len(told) == 4


@pytest.mark.slow
def test_our_seconds_are_those_of_a_process_of_its_own(
    tables: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its start and its imports, a second or so, are not among them."""
    monkeypatch.setattr(peer, "RUNS", 1)
    assert 0 < ours([tables]) < ours([tables] * 20) < 20
