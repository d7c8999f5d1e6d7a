"""Uncommon words of a text as keys that do not depend on language, script or ending."""

import polars as pl

from konvoi.reconcile.carriers import heard

_LETTERS = 4
_LENGTH = 5
_UNCOMMON = 0.03
_RARE = 0.002
_KEYS = 3


def keyed(records: pl.DataFrame) -> pl.DataFrame:
    """Return records (id, text_words) with keys, key1 to key3 and key1_rare to key3_rare of RECORDS.

    A key is the beginning of a word as it sounds, so that the name of a place is one in Latin and in
    Cyrillic letters and with another ending. A key is uncommon if it stands in two records at least and in
    3 % of all at most, rare if in 0.2 %: in a small table no word is either.
    """
    texts = records["text_words"].unique().drop_nulls().sort()
    table = pl.DataFrame(
        {"text_words": texts, "key": [_keys(text) for text in texts]},
        schema={"text_words": pl.String, "key": pl.List(pl.String)},
    )
    borne = records.select("id", "text_words").join(table, on="text_words").explode("key").drop_nulls("key")
    counted = borne.select("id", "key").with_columns(n=pl.len().over("key"))
    height = records.height
    kept = counted.filter((pl.col("n") > 1) & (pl.col("n") <= _UNCOMMON * height))
    kept = kept.sort("id", "n", "key")
    lists = kept.group_by("id", maintain_order=True).agg(
        keys=pl.col("key").sort(),
        _key=pl.col("key").head(_KEYS),
        _rare=(pl.col("n") <= _RARE * height).head(_KEYS),
    )
    ranks = range(_KEYS)
    named = [pl.col("_key").list.get(n, null_on_oob=True).alias(f"key{n + 1}") for n in ranks]
    named += [pl.col("_rare").list.get(n, null_on_oob=True).alias(f"key{n + 1}_rare") for n in ranks]
    return records.join(lists.with_columns(named).drop("_key", "_rare"), on="id", how="left")


def _keys(text: str) -> list[str]:
    return sorted(
        {heard(word)[:_LENGTH] for word in text.split() if len(word) >= _LETTERS and word.isalpha()}
    )
