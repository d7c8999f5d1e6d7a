"""What people decided about listings: joined, kept apart, torn; values that changed are another matter."""

from dataclasses import replace

import polars as pl
from tests.align.test_matrix import UNKNOWN, listing, lists

from konvoi.align.compare import UNDECIDED
from konvoi.align.deciding import Decided, decided, values
from konvoi.align.listing import Name
from konvoi.align.matrix import PARTIES

ALONE = pl.DataFrame([(one, one) for one in ("ca:c", "eu:b", "uk:a")], schema=PARTIES, orient="row")
ASKED = pl.DataFrame(
    [
        ("eu:b", "uk:a", "eu:b", "uk:a", 0.5, "name", True),
        ("ca:c", "uk:a", "ca:c", "uk:a", 0.4, "name", False),
    ],
    schema=UNDECIDED,
    orient="row",
)


def parties(found: Decided) -> dict[str, str]:
    return {listing: party for party, listing in found.parties.iter_rows()}


def asked(found: Decided) -> list[tuple[str, str]]:
    return found.undecided.select("left", "right").rows()


def test_the_same_are_joined_and_what_is_left_is_asked_of_the_party() -> None:
    found = decided(ALONE, ASKED, {("eu:b", "uk:a"): "same"})
    assert parties(found) == {"ca:c": "ca:c", "eu:b": "eu:b", "uk:a": "eu:b"}
    assert asked(found) == [("ca:c", "eu:b")]


def test_the_different_are_asked_no_more_and_unsure_decides_nothing() -> None:
    found = decided(ALONE, ASKED, {("eu:b", "uk:a"): "different", ("ca:c", "uk:a"): "unsure"})
    assert parties(found) == {one: one for one in ("ca:c", "eu:b", "uk:a")}
    assert asked(found) == [("ca:c", "uk:a")]


def test_of_one_party_the_second_listing_leaves() -> None:
    one = ALONE.with_columns(party=pl.lit("ca:c"))
    found = decided(one, ASKED.clear(), {("eu:b", "uk:a"): "different"})
    assert parties(found) == {"ca:c": "ca:c", "eu:b": "ca:c", "uk:a": "uk:a"}


def test_same_same_and_different_join_none_of_the_three() -> None:
    told = {("eu:b", "uk:a"): "same", ("ca:c", "eu:b"): "same", ("ca:c", "uk:a"): "different"}
    found = decided(ALONE, ASKED, told)
    assert parties(found) == {one: one for one in ("ca:c", "eu:b", "uk:a")}
    assert found.torn == (("ca:c", "uk:a"),)


def test_a_pair_of_which_one_is_on_no_list_any_more_decides_nothing() -> None:
    assert parties(decided(ALONE, ASKED, {("eu:gone", "uk:a"): "same"})) == parties(decided(ALONE, ASKED, {}))


def test_a_digest_follows_what_identifies_and_not_what_is_ordered() -> None:
    bare = listing("uk:a")
    (first,) = values(lists(bare), ["uk:a"]).values()
    assert values(lists(replace(bare, measures=(UNKNOWN,))), ["uk:a"]) == {"uk:a": first}
    assert values(lists(replace(bare, names=(Name("Other"),))), ["uk:a"]) != {"uk:a": first}
