"""Words that meet weigh as much as they are rare; what meets nothing weighs against."""

import math

import polars as pl
import pytest

from konvoi.align.frames import LISTINGS, NAMES
from konvoi.align.likeness import LIKENESS, likenesses
from konvoi.align.naming import named, weighed


def like(kind: str, left: str, right: str, *others: str) -> tuple[float, float]:
    """What speaks for two names of one party each, among others, and their likeness."""
    texts = [left, right, *others]
    ids = [f"x:{n}" for n in range(len(texts))]
    listings = pl.DataFrame({"listing": ids, "kind": [kind] * len(ids)})
    full = listings.with_columns(
        pl.lit(None, kind_).alias(c) for c, kind_ in LISTINGS.items() if c[0] != "k" and c != "listing"
    )
    names = pl.DataFrame({"listing": ids, "name": texts, "kind": ["primary"] * len(ids)})
    assert set(names.columns) <= set(NAMES.names())
    found = named(full, names)
    words = weighed(found, pl.DataFrame({"listing": ids, "owner": range(len(ids))}))
    number = dict(found.names.select("text", "name").iter_rows())
    pair = pl.DataFrame({"a": [number[left]], "b": [number[right]]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    told = likenesses(pair, words)
    assert told.drop("a", "b").schema == LIKENESS
    return told["for_"][0], told["likeness"][0]


OTHERS = ["Anna Lapin", "Anna Bilyk", "Anna Orlyk", "Boris Yarosh"]


def test_two_words_that_meet_weigh_the_logarithms_of_how_rare_they_are() -> None:
    """Six persons: both words are borne by two of them."""
    told, share = like("person", "Roman Tkachuk", "Роман Ткачук", *OTHERS)
    assert told == pytest.approx(2 * math.log(6 / 2))
    assert share == 1


def test_a_common_word_weighs_less_than_a_rare_one() -> None:
    common, _ = like("person", "Anna Tkachuk", "Anna Tkachuk ", *OTHERS)
    rare, _ = like("person", "Roman Tkachuk", "Roman Tkachuk ", *OTHERS)
    assert common == pytest.approx(math.log(6 / 5) + math.log(6 / 2))
    assert common < rare


def test_a_strange_word_on_both_sides_weighs_more_than_one_left_over() -> None:
    whole, _ = like("person", "Roman Tkachuk", "Roman Tkachuk ", *OTHERS)
    over, _ = like("person", "Roman Tkachuk", "Roman Tkachuk Pavlenko", *OTHERS)
    strange, share = like("person", "Roman Tkachuk", "Roman Pavlenko", *OTHERS)
    assert whole > over > strange
    assert 0 < share < 1


@pytest.mark.parametrize(
    ("left", "right", "meet"),
    [
        ("Kamaz", "Kumz", False),
        ("Energo 1234567", "Energo 1234568", False),
        ("Sberbank", "Сбэрбанк", True),
        ("Lukashenka", "Lukahsenka", True),
        ("Lukashenka", "Lukahsenko", True),
        ("Lukashenka", "Lukashevich", False),
        ("Van der Bilt", "Vanderbilt", True),
        ("Goodwill Trading", "Good Will Trading", True),
        ("Good Will Trading", "Goodmill Trading", False),
    ],
)
def test_which_words_meet(left: str, right: str, meet: bool) -> None:
    _, share = like("entity", left, right, *OTHERS)
    assert (share == 1) is meet


def test_an_initial_that_fits_speaks_little_and_one_that_does_not_speaks_against() -> None:
    """Of persons; one that fits is worth one, and one that does not is a strange word on both sides."""
    family = math.log(6 / 2)
    fits, _ = like("person", "R Tkachuk", "Roman Tkachuk", *OTHERS)
    assert fits == pytest.approx(family + 1)
    other, _ = like("person", "V Tkachuk", "Roman Tkachuk", *OTHERS)
    assert other == pytest.approx(family - 9 - family / 2)


def test_it_does_not_matter_which_name_comes_first() -> None:
    texts = ["Roman Tkachuk", "Tkachuk Ramon", "R. Tkachyuk", "VanderBilt Roman", "van der Bilt"]
    for left in texts:
        for right in texts:
            if left != right:
                assert like("person", left, right, *OTHERS) == like("person", right, left, *OTHERS)
