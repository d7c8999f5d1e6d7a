"""What holds for every regime there is and will be."""

import os
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.align.lists import (
    BY_NAME,
    DAY,
    EACH,
    GOLDEN,
    SAMPLES,
    SHEETS,
    STATES,
    golden,
    opened,
    read_sample,
    rows,
    sample,
)

from konvoi.align.frames import frames
from konvoi.align.regime import Opened
from konvoi.intake import markup

NAMES = EACH


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_read_as_its_golden_file_says(name: str) -> None:
    """Where a change is meant: KONVOI_GOLDEN=1 writes the files anew; look at the difference."""
    path = GOLDEN / f"{name}.json"
    found = golden(read_sample(name))
    if os.environ.get("KONVOI_GOLDEN"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_id_is_one_listing_with_a_name_and_an_order(name: str) -> None:
    listings = read_sample(name).listings
    assert len({one.id for one in listings}) == len(listings) > 0
    assert [one.id for one in listings if not one.name or not one.measures or not one.place.file] == []
    assert {one.id.split(":")[0] for one in listings} == {name}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_on_the_way_into_tables(name: str) -> None:
    listings = read_sample(name).listings
    made = frames(name, listings)
    assert made.listings.height == len(listings)
    assert made.names.height == sum(len(one.names) for one in listings)
    assert made.identifiers.height == sum(len(one.identifiers) for one in listings)
    assert made.measures["listing"].is_in(made.listings["listing"].implode()).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_another_kind_is_refused_with_its_name(name: str) -> None:
    found = BY_NAME[name].read([Opened("strange.txt", "dear,all\nhello,there\n")], DAY)
    assert found.refused
    assert [(one.code, one.place.file) for one in found.findings] == [("list-unknown", "strange.txt")]
    assert found.listings == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_files_does_not_matter(name: str) -> None:
    files = sample(name)
    found = BY_NAME[name].read(random.Random(7).sample(files, len(files)), DAY)
    assert sorted(found.listings, key=lambda one: one.id) == sorted(
        read_sample(name).listings, key=lambda one: one.id
    )


@pytest.mark.parametrize("name", NAMES)
@given(
    share=st.floats(0, 1), gone=st.integers(0, 300), put_in=st.binary(max_size=12), which=st.integers(0, 9)
)
def test_a_damaged_sample_is_told_of_and_never_raises(
    name: str, share: float, gone: int, put_in: bytes, which: int
) -> None:
    paths = sorted((SAMPLES / ("national" if name in STATES else name)).iterdir())
    at = which % len(paths)
    content = paths[at].read_bytes()
    cut = int(share * len(content))
    content = content[:cut] + put_in + content[cut + gone :]
    if name in SHEETS:
        changed = rows(content.decode("utf-8", "replace").replace("\0", ""))
        files = [replace(one, sheets={**one.sheets, paths[at].stem: changed}) for one in sample(name)]
    else:
        files = sample(name)
        try:
            files[at] = opened(files[at].name, content)
        except (*markup.BROKEN, UnicodeDecodeError):
            return
    found = BY_NAME[name].read(files, DAY)
    causes = [one for one in found.findings if one.code.startswith(("list", "mapping", "kind-unstated"))]
    assert found.refused == (not found.listings and bool(causes))
