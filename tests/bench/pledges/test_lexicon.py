"""Each split speaks in its own words; those of dev and test never meet."""

import polars as pl
import pytest
from bench.pledges.generate import Tables, generate
from bench.pledges.lexicon import LANGUAGES, SEEDS, SPLITS, lexicon, rows, split_of
from bench.pledges.script import cyrillic, latin, slipped
from bench.pledges.vocabulary import half

TEXTS = ("text", "good", "implementer", "partner_name", "participants")


def own(split: str) -> set[str]:
    """Names of goods and places and first words of companies of one half."""
    names = half(split)
    goods = {n for good in names.goods for lang in LANGUAGES for n in good.names[lang]}
    places = {n for place in names.places for lang in LANGUAGES for n in place[lang]}
    return goods | places | set(names.implementers["first"])


def said(tables: Tables) -> str:
    """All that stands in the columns of names and texts."""
    columns = (tables["records"][column].drop_nulls().unique() for column in TEXTS)
    return "\n".join(value for column in columns for value in column)


def test_seeds_belong_to_one_split_each() -> None:
    """1-5 train, 11-13 choose, 101-103 test."""
    assert {split: {split_of(seed) for seed in seeds} for split, seeds in SEEDS.items()} == {
        s: {s} for s in SPLITS
    }


@pytest.mark.parametrize(("split", "seed"), [("train", 1), ("dev", 11)])
def test_no_name_of_the_test_half_stands_in_another_set(split: str, seed: int) -> None:
    """Neither a good, nor a place, nor a company's first word."""
    text = said(generate(6_000, seed))
    assert len(own("test")) > 200
    assert [name for name in sorted(own("test")) if name in text] == []


@pytest.mark.parametrize(("split", "seed"), [("dev", 11), ("test", 101)])
def test_a_set_uses_the_names_of_its_half(split: str, seed: int) -> None:
    """Most English goods of its half at least: else keeping the halves apart would prove nothing."""
    text = said(generate(6_000, seed))
    english = {n for good in half(split).goods for n in good.names["en"]}
    assert sum(name in text for name in english) > 0.8 * len(english)


def test_every_good_has_names_in_five_languages_and_one_kind_and_unit() -> None:
    """A further name of a good must not change what it is."""
    for row in rows("goods"):
        assert all(name.strip() for lang in LANGUAGES for name in row[lang].split("|")), row
    for split in SPLITS:
        seen: dict[str, set[tuple[str, str]]] = {}
        for row in rows("goods"):
            seen.setdefault(row["concept"], set()).add((row["kind"], row["unit"]))
        assert {concept for concept, found in seen.items() if len(found) > 1} == set()
        assert (lexicon(split).goods.names.count > 0).all()


def test_ukrainian_is_written_in_latin_letters_by_the_official_table() -> None:
    """Examples of the table itself: Zghurskyi, Yenakiieve, Kostiantyn."""
    assert [latin(name) for name in ("Згурський", "Єнакієве", "Костянтин")] == [
        "Zghurskyi",
        "Yenakiieve",
        "Kostiantyn",
    ]
    assert cyrillic("Harbour") == "Гарбоур"


def test_a_slip_changes_one_letter_of_a_long_word_and_none_of_a_short_one() -> None:
    """Swapped, lost or doubled: at most one letter longer or shorter."""
    found = {slipped("ambulances", number) for number in range(4)}
    assert all(abs(len(word) - 10) <= 1 for word in found)
    assert len(found) >= 3
    assert slipped("RTW", 1) == "RTW"


def test_all_five_languages_and_both_scripts_are_spoken(told: pl.DataFrame) -> None:
    """English most, each other in one record of a hundred at least; Ukrainian in both scripts."""
    share = dict(told["language"].value_counts(normalize=True).iter_rows())
    assert set(share) == set(LANGUAGES)
    assert min(share.values()) > 0.01
    assert set(told.filter(pl.col("language") == "uk")["script"]) == {"Latn", "Cyrl"}
