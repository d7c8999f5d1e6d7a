"""Which parties are compared: those with an equal identifier, two equal words of a name, or one rare word."""

from dataclasses import dataclass

import polars as pl

from konvoi.align.identifiers import KPP, OTHER
from konvoi.align.listing import Kind

MOST = 60
"""With more owners than this a key says too little; persons are then looked for by year of birth, too."""

RARE = 15
_WORDS = 5
_YEARS = 2

OVER = pl.Schema({"key": pl.String(), "owners": pl.Int64()})


@dataclass(frozen=True)
class Candidates:
    """What is compared.

    names: left, right (owners), a, b (names that share a key). identifiers: left, right, type, value.
    over: keys (OVER) that were left out because too many bear them.
    """

    names: pl.DataFrame
    identifiers: pl.DataFrame
    over: pl.DataFrame


def candidates(
    words: pl.DataFrame, held: pl.DataFrame, identifiers: pl.DataFrame, born: pl.DataFrame
) -> Candidates:
    """The pairs of owners that share a key.

    words: as `weighed` gives them. held: owner, side, name. identifiers: owner, side, type, value. born:
    as `years` gives it. Pairs stand on different sides, where sides are told; the smaller owner is left.
    """
    keys = held.join(keyed(words), on="name")
    many = keys.group_by("key").agg(owners=pl.col("owner").n_unique()).filter(pl.col("owners") > MOST)
    wide = keys.join(many, on="key", how="semi").join(born, on="owner")
    narrow = wide.with_columns(key=pl.concat_str("key", "year", separator="|")).drop("year")
    still = narrow.group_by("key").agg(owners=pl.col("owner").n_unique()).filter(pl.col("owners") > MOST)
    kept = [keys.join(many, on="key", how="anti"), narrow.join(still, on="key", how="anti")]
    numbers = identifiers.filter(~pl.col("type").is_in([KPP, OTHER])).select("owner", "side", "type", "value")
    borne = _few(numbers.unique(), ("type", "value"))
    pairs = _paired(pl.concat(one.select("owner", "side", "name", "key") for one in kept).unique(), ("key",))
    over = pl.concat([many, still]).select(pl.col("key"), pl.col("owners").cast(pl.Int64)).sort("key")
    named = pairs.select("left", "right", a="name", b="name_right").unique()
    return Candidates(named, _paired(borne, ("type", "value")), over)


def _few(rows: pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
    return rows.filter(pl.col("owner").n_unique().over(on) <= MOST)


def _paired(rows: pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
    """Each two rows with an equal key whose sides allow it; side: -1 − n pairs only with itself."""
    both = rows.join(rows, on=on)
    within = (pl.col("side") < 0) & (pl.col("side") == pl.col("side_right"))
    across = (pl.col("side") >= 0) & (pl.col("side_right") >= 0) & (pl.col("side") != pl.col("side_right"))
    asked = both.filter((pl.col("owner") < pl.col("owner_right")) & (within | across))
    return asked.rename({"owner": "left", "owner_right": "right"})


def keyed(words: pl.DataFrame) -> pl.DataFrame:
    """name, key: two words' skeletons in their order, all of a short name's, a rare one's."""
    ranked = words.unique(("name", "skeleton")).sort("name", "df", "skeleton")
    first = ranked.filter(pl.int_range(pl.len()).over("name") < _WORDS)
    two = first.join(first, on=("name", "kind"), suffix="_b").filter(
        pl.col("skeleton") < pl.col("skeleton_b")
    )
    key = pl.concat_str("kind", "skeleton", "skeleton_b", separator="|")
    whole = ranked.group_by("name", "kind", maintain_order=True).agg(
        pl.col("skeleton").sort().str.join("|"), count=pl.len()
    )
    alone = whole.filter(pl.col("count") == 1)
    rare = ranked.filter((pl.col("df") <= RARE) & (pl.col("kind") != Kind.SHIP.value))
    one = pl.concat_str(pl.col("kind"), pl.lit("1"), pl.col("skeleton"), separator="|")
    each = [two.select("name", key=key), alone.select("name", key=one), rare.select("name", key=one)]
    return pl.concat(each).unique()


def years(known: pl.DataFrame) -> pl.DataFrame:
    """owner, year: of births (owner, first, last) that say a year, both where they lie in two."""
    told = known.drop_nulls("first").with_columns(a=pl.col("first").dt.year(), b=pl.col("last").dt.year())
    near = told.filter(pl.col("b") - pl.col("a") <= 1)
    return pl.concat([near.select("owner", year=one) for one in ("a", "b")]).unique()
