"""What changed between two lists: new, amended field by field, gone."""

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.align.test_matrix import BAN, FREEZE, UNKNOWN, day, given_, listing, lists

from konvoi.align.identifiers import identifier
from konvoi.align.list_diff import CHANGES, changes
from konvoi.align.listing import Birth, Measure, Name, NameKind, Since


def test_who_came_and_who_went_are_one_row_each() -> None:
    found = changes(lists(listing("uk:a", UNKNOWN)), lists(listing("uk:b", UNKNOWN)))
    assert found.schema == CHANGES
    assert [row[1:] for row in found.rows()] == [
        ("uk:b", "uk:b", "person", "new", "", "", ""),
        ("uk:a", "uk:a", "person", "gone", "", "", ""),
    ]


def test_each_field_that_was_amended_is_a_row_with_what_differs() -> None:
    """A second name comes, the year of birth becomes a day, the measure gets an end, the passport changes."""
    before = replace(
        listing("uk:a", given_(FREEZE, "2030-01-01", act="Act 1")),
        births=(Birth(day("1970-01-01")),),
        identifiers=tuple(filter(None, [identifier("passport", "AB 123456")])),
    )
    after = replace(
        before,
        names=(*before.names, Name("Beta", NameKind.ALSO)),
        births=(Birth(day("1970-05-04"), place="Kyiv"),),
        identifiers=tuple(filter(None, [identifier("passport", "CD 654321")])),
        measures=(given_(FREEZE, "2030-01-01", until="2033-01-01", act="Act 1"), given_(BAN, "2031-01-01")),
    )
    found = changes(lists(before), lists(after))
    assert set(found["change"]) == {"amended"}
    assert found.select("field", "before", "after").rows() == [
        ("also known as", "", "Beta"),
        ("birth", "1970", "1970-05-04, Kyiv"),
        ("measure", "", "entry ban"),
        ("passport", "AB 123456", "CD 654321"),
        ("since", "", "entry ban: 2031-01-01"),
        ("until", "", "asset freeze: 2033-01-01"),
    ]


def test_when_a_listing_was_seen_first_is_no_amendment() -> None:
    seen = Measure(FREEZE, "", "", day("2031-01-01"), Since.SNAPSHOT)
    assert changes(lists(listing("uk:a", UNKNOWN)), lists(listing("uk:a", seen))).height == 0


def test_a_regime_of_which_there_is_only_one_list_is_not_compared() -> None:
    assert changes(lists(listing("uk:a", UNKNOWN)), lists(listing("eu:a", UNKNOWN))).height == 0


ids = st.lists(st.sampled_from([f"uk:{one}" for one in "abcdef"]), unique=True)


@given(old=ids, new=ids, seed=st.integers())
def test_changes_are_those_of_the_ids_and_order_does_not_matter(
    old: Sequence[str], new: Sequence[str], seed: int
) -> None:
    before, after = ([listing(one, UNKNOWN) for one in side] for side in (["uk:z", *old], ["uk:z", *new]))
    found = changes(lists(*before), lists(*after))
    assert set(found.filter(change="new")["listing"]) == set(new) - set(old)
    assert set(found.filter(change="gone")["listing"]) == set(old) - set(new)
    mixed = random.Random(seed).sample(before, len(before))
    assert changes(lists(*mixed), lists(*after)).equals(found)


def test_a_birth_of_which_only_words_are_known_is_compared_as_they_stand() -> None:
    old = replace(listing("uk:a", UNKNOWN), births=(Birth(text="about thirty"),))
    assert changes(lists(old), lists(replace(old, births=()))).select("field", "before", "after").rows() == [
        ("birth", "about thirty", "")
    ]
