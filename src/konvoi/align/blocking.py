"""Candidate pairs of parties: those with an equal identifier, two equal words of a name, or one rare word."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from konvoi.align.identifiers import KPP, OTHER
from konvoi.align.listing import Kind

MOST = 60
"""Number of owners above which a key is too common; persons are then also matched by year of birth."""

RARE = 15
_WORDS = 5
_ALONE = "1"
_BITS = 24
_YEAR = 12
"""Bits of a key that hold the number of a skeleton, and a year."""

OVER = pl.Schema({"key": pl.String(), "owners": pl.Int64()})


@dataclass(frozen=True)
class Candidates:
    """Candidate pairs to compare.

    names: left, right (owners), a, b (names that share a key). identifiers: left, right, type, value.
    over: keys (OVER) that were left out because too many bear them.
    """

    names: pl.DataFrame
    identifiers: pl.DataFrame
    over: pl.DataFrame


def candidates(
    words: pl.DataFrame, held: pl.DataFrame, identifiers: pl.DataFrame, born: pl.DataFrame
) -> Candidates:
    """Return the pairs of owners that share a key.

    words: as `weighed` gives them. held: owner, side, name. identifiers: owner, side, type, value. born:
    as `years` gives it. Pairs lie on different sides, if sides are given; the smaller owner is left.
    """
    lines = held.select("owner", "side", "name").unique().sort("owner", "name").with_row_index("line")
    coded = _coded(words)
    keys = lines.join(coded.keys, on="name").select("line", "owner", "key")
    many = _many(keys)
    wide = keys.join(many, on="key", how="semi").join(born, on="owner")
    narrow = wide.select("line", "owner", key=pl.col("key") * (1 << _YEAR) + pl.col("year").cast(pl.Int64))
    still = _many(narrow)
    kept = [keys.join(many, on="key", how="anti"), narrow.join(still, on="key", how="anti")]
    kept.append(_equal_names(words, keys.join(many, on="key", how="semi"), lines))
    met = np.hstack([_paired(one["key"].to_numpy(), one["line"].to_numpy(), lines) for one in kept])
    height = max(lines.height, 1)
    once = pl.Series(met[0] * height + met[1]).unique().to_numpy()
    named = _ends(np.stack([once // height, once % height]), lines)
    years = (still["key"] % (1 << _YEAR)).cast(pl.String)
    narrowed = coded.spelt(still["key"] // (1 << _YEAR)) + "|" + years
    over = [(coded.spelt(many["key"]), many["owners"]), (narrowed, still["owners"])]
    told = pl.concat([pl.DataFrame([key, owners], schema=OVER) for key, owners in over])
    pairs = named.rename({"name": "a", "name_right": "b"}).select("left", "right", "a", "b")
    return Candidates(pairs, _equal(identifiers), told.sort("key"))


def _many(keys: pl.DataFrame) -> pl.DataFrame:
    """key, owners of keys that too many bear."""
    borne = keys.group_by("key").agg(owners=pl.col("owner").n_unique().cast(pl.Int64))
    return borne.filter(pl.col("owners") > MOST)


def _equal_names(words: pl.DataFrame, crowded: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """line, key of names of which a crowd bears two words: who has all of them is asked for nevertheless."""
    there = lines.join(crowded, on="line", how="semi")
    sounds = words.join(there, on="name", how="semi").group_by("name", "kind").agg(pl.col("sound").sort())
    whole = there.join(sounds, on="name").with_columns(
        key=pl.concat_str("kind", pl.col("sound").list.join(" "), separator="|").rank("dense")
    )
    few = whole.filter(pl.col("owner").n_unique().over("key") <= MOST)
    return few.select("line", pl.col("key").cast(pl.Int64))


def _equal(identifiers: pl.DataFrame) -> pl.DataFrame:
    """left, right, type, value: owners with an equal number that not too many bear."""
    numbers = identifiers.filter(~pl.col("type").is_in([KPP, OTHER])).select("owner", "side", "type", "value")
    few = numbers.unique().filter(pl.col("owner").n_unique().over("type", "value") <= MOST)
    lines = few.sort("owner", "type", "value").with_row_index("line")
    key = lines.select(pl.concat_str("type", "value", separator="|").rank("dense"))
    met = _paired(key.to_series().to_numpy(), lines["line"].to_numpy(), lines)
    return _ends(met, lines).select("left", "right", "type", "value")


def _ends(met: np.ndarray, lines: pl.DataFrame) -> pl.DataFrame:
    """Return the values of two lines each, side by side; left, right: their owners."""
    told = lines.drop("line", "side")
    one, two = (pl.DataFrame([column.gather(end) for column in told]) for end in met)
    both = one.hstack([column.alias(f"{column.name}_right") for column in two])
    return both.rename({"owner": "left", "owner_right": "right"})


def _paired(key: np.ndarray, line: np.ndarray, lines: pl.DataFrame) -> np.ndarray:
    """Each two lines with an equal key whose owners differ and whose sides allow it, the lesser first.

    lines: owner, side, by their numbers. side: -1 − n pairs only with itself, others with all but themselves.
    """
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    line = line[order].astype(np.int64)
    after = np.searchsorted(ranked, ranked, side="right") - np.arange(len(ranked)) - 1
    first = np.repeat(np.arange(len(ranked)), after)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(after) - after, after)
    ends = line[first], line[second]
    both = np.stack([np.minimum(*ends), np.maximum(*ends)])
    owners, sides = (lines[what].to_numpy()[both] for what in ("owner", "side"))
    allowed = np.where(sides[0] < 0, sides[0] == sides[1], (sides[1] >= 0) & (sides[0] != sides[1]))
    return both[:, allowed & (owners[0] != owners[1])]


@dataclass(frozen=True)
class _Coded:
    """keys: name, key, a number of the places of a kind and two skeletons; one word stands beside _ALONE."""

    keys: pl.DataFrame
    kinds: pl.Series
    skeletons: pl.Series

    def spelt(self, keys: pl.Series) -> pl.Series:
        """Keys as texts, which are the same whatever other words there are."""
        told = keys.to_numpy()
        low = (1 << _BITS) - 1
        words = [self.skeletons.gather(one) for one in (told >> _BITS & low, told & low)]
        return self.kinds.gather(told >> 2 * _BITS) + "|" + words[0] + "|" + words[1]


def keyed(words: pl.DataFrame) -> pl.DataFrame:
    """name, key: two words' skeletons in their order, all of a short name's, a rare one's."""
    coded = _coded(words)
    return coded.keys.with_columns(key=coded.spelt(coded.keys["key"])).unique()


def _coded(words: pl.DataFrame) -> _Coded:
    kinds = words["kind"].unique().sort()
    skeletons = pl.concat([words["skeleton"], pl.Series([_ALONE])]).unique().sort()
    ranked = (
        words.select(
            "name",
            "df",
            ship=pl.col("kind") == Kind.SHIP.value,
            kind=pl.col("kind").cast(pl.Enum(kinds)).to_physical().cast(pl.Int64),
            word=pl.col("skeleton").cast(pl.Enum(skeletons)).to_physical().cast(pl.Int64),
        )
        .unique(("name", "word"))
        .sort("name", "df", "word")
    )
    name, kind, word = (ranked[what].to_numpy() for what in ("name", "kind", "word"))
    first = np.searchsorted(name, name)
    place = np.arange(len(name)) - first
    alone = np.searchsorted(name, name, side="right") - first == 1
    rare = ranked.select((pl.col("df") <= RARE) & ~pl.col("ship")).to_series().to_numpy()
    one = kind << 2 * _BITS | int(skeletons.search_sorted(_ALONE)) << _BITS | word
    each = [(name[alone | rare], one[alone | rare])]
    for step in range(1, _WORDS):
        two = np.flatnonzero((name[step:] == name[:-step]) & (place[step:] < _WORDS))
        a, b = np.sort(np.stack([word[two], word[two + step]]), axis=0)
        each.append((name[two], kind[two] << 2 * _BITS | a << _BITS | b))
    told = [np.concatenate(column) for column in zip(*each, strict=True)]
    keys = pl.DataFrame(told, schema={"name": pl.UInt32(), "key": pl.Int64()})
    return _Coded(keys, kinds, skeletons)


def years(known: pl.DataFrame) -> pl.DataFrame:
    """Return owner, year: the years of births (owner, first, last), both if a birth spans two."""
    told = known.drop_nulls("first").with_columns(a=pl.col("first").dt.year(), b=pl.col("last").dt.year())
    near = told.filter(pl.col("b") - pl.col("a") <= 1)
    return pl.concat([near.select("owner", year=one) for one in ("a", "b")]).unique()
