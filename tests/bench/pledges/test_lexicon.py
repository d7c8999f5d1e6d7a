"""Names held back for the test stand in no other set; all sets share most."""

import polars as pl
import pytest
from bench.pledges.generate import Tables, generate
from bench.pledges.lexicon import LANGUAGES, SEEDS, SPLITS, lexicon, rows, split_of
from bench.pledges.script import cyrillic, latin, slipped

TEXTS = ("text", "good", "implementer", "partner_name", "participants")


def held_back(split: str) -> set[str]:
    """Names of goods and first words of implementers that one split alone has."""
    goods = rows("goods")
    others = {n for row in goods if row["split"] != split for lang in LANGUAGES for n in row[lang].split("|")}
    own = {n for row in goods if row["split"] == split for lang in LANGUAGES for n in row[lang].split("|")}
    parts = [r for r in rows("implementers") if r["split"] == split and r["part"] == "first"]
    firsts = {name for row in parts for name in row["names"].split("|")}
    return {name for name in own if not any(name in other for other in others)} | firsts


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
def test_no_name_of_the_test_lists_stands_in_another_set(split: str, seed: int) -> None:
    """Neither a good, nor another word for a good of all, nor an implementer's first word."""
    text = said(generate(6_000, seed))
    assert len(held_back("test")) > 60
    assert [name for name in sorted(held_back("test")) if name in text] == []


def test_the_test_set_uses_the_names_held_back_for_it() -> None:
    """Most of those in English at least: else holding them back would prove nothing."""
    text = said(generate(6_000, 101))
    english = {
        n for row in rows("goods") if row["split"] == "test" for n in row["en"].split("|")
    } & held_back("test")
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
