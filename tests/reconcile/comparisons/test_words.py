"""Uncommon words tell of one thing; what nearly all records say tells nothing."""

import json

import polars as pl
import pytest

from konvoi.link.match import match
from konvoi.link.settings import Block, Settings
from konvoi.reconcile.comparisons.words import WORDS
from konvoi.reconcile.uncommon import keyed


def keys(*texts: str) -> list[list[str] | None]:
    """The keys of these texts among a thousand others of words that stand alone."""
    others = [f"{'bcdfghjklm'[n % 10]}{'aeiou'[n // 10 % 5]}{n:03}" for n in range(1000)]
    rows = [(f"{n:04}", text) for n, text in enumerate([*texts, *others])]
    table = keyed(pl.DataFrame(rows, schema=["id", "text_words"], orient="row")).sort("id")
    return table["keys"].to_list()[: len(texts)]


def test_a_place_is_one_key_in_two_scripts_and_with_another_ending() -> None:
    """Latin letters for Конотоп and Кривий Ріг, as they come from Ukrainian, Polish and German texts."""
    found = keys("tents konotop", "blankets konotopu", "help kryvyi rih", "hilfe krywyj rih")
    one, again, other, more = (set(each or ()) for each in found)
    assert one & again
    assert other & more
    assert not one & other


def test_a_word_of_one_record_alone_and_one_of_many_are_no_keys() -> None:
    assert keys(*["tents kyiv"] * 100, "tents sumy lonely")[-1] is None


def test_in_a_small_table_no_word_is_uncommon() -> None:
    rows = pl.DataFrame({"id": ["1", "2"], "text_words": ["tents konotop", "tents konotop"]})
    assert keyed(rows)["key1"].null_count() == 2


SCHEMA = pl.Schema(
    {"id": pl.String(), "every": pl.Int64()}
    | {f"key{n}": pl.String() for n in (1, 2, 3)}
    | {f"key{n}_rare": pl.Boolean() for n in (1, 2, 3)}
)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ({"key1": "a", "key2": "b"}, {"key1": "b", "key3": "a"}, "two uncommon words in common"),
        ({"key1": "a", "key1_rare": True}, {"key2": "a", "key1": "c"}, "a rare word in common"),
        ({"key1": "a", "key1_rare": False}, {"key1": "a"}, "an uncommon word in common"),
        ({"key1": "a"}, {"key1": "b"}, "no uncommon word in common"),
        ({"key1": "a"}, {}, "not known on both sides"),
    ],
)
def test_each_answer(left: dict[str, object], right: dict[str, object], said: str) -> None:
    usual = dict.fromkeys(SCHEMA) | {"every": 1}
    rows = [usual | {"id": name} | row for name, row in (("1", left), ("2", right))]
    settings = Settings((WORDS,), (Block("every", ("every",)),), least=0)
    found = match(pl.DataFrame(rows, schema=SCHEMA), settings)
    assert json.loads(found.pairs["evidence"][0])[0][1] == said
