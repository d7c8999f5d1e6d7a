"""How much two names speak for one party: rare words that meet weigh more than common ones.

The weight of a word that meets is the logarithm of how rare it is (Fellegi and Sunter, A Theory for Record
Linkage, 1969: agreement by value); words that are alike weigh less, words that meet nothing weigh against.
"""

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import Indel

from konvoi.align.listing import Kind

ALIKE = 0.82
_SKELETON, _NEAR = 0.95, 0.75
"""How alike words with the same three consonants are at least, where their vowels do not keep them apart."""

PERSON_STRANGE, PERSON_LEFT_OVER = 9.0, 0.8
STRANGE, LEFT_OVER, WHOLE = 2.5, 0.9, 6.0
"""Against: for a person each word on either side that meets nothing, and each that one side has more; for
others the same as shares of the words' weight. WHOLE: for other parties than persons, where nothing is left
over on either side, since the words of a name do not stand in it by chance."""

_SHORT, _LONG = 4, 8
"""Letters below which a whole name is an abbreviation that others have, too; from which alike is enough."""

LIKENESS = pl.Schema(
    {
        "a": pl.UInt32(),
        "b": pl.UInt32(),
        "for_": pl.Float64(),
        "likeness": pl.Float64(),
        "prior": pl.Float64(),
    }
)


def likenesses(pairs: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """For each distinct pair of names (a, b) what speaks for one party, in natural logarithms (LIKENESS).

    words: as konvoi.align.naming.weighed gives them. likeness: the share of the words' weight that meets, 0
    to 1. prior: the logarithm of one against all parties of this kind.
    """
    given = (
        pairs.select("a", "b")
        .unique()
        .with_columns(low=pl.min_horizontal("a", "b"), high=pl.max_horizontal("a", "b"))
    )
    asked = given.select(a="low", b="high").unique().sort("a", "b")
    heard = words.select("sound", "skeleton").unique().sort("sound").with_row_index("word")
    told = words.join(heard, on=("sound", "skeleton")).select("name", "word", "weight")
    rows = asked.join(told, left_on="a", right_on="name")
    rows = rows.join(told, left_on="b", right_on="name", suffix="_b")
    rows = rows.join(_alike(rows, heard), on=("word", "word_b"))
    left, right = _side(rows, "word", "weight"), _side(rows, "word_b", "weight_b")
    size = pl.col("sound").str.len_chars().sum().cast(pl.Int64)
    names = words.group_by("name").agg(size, pl.col("kind", "owners").first()).rename({"sound": "size"})
    both = left.join(right, on=("a", "b"), suffix="_b").join(names, left_on="a", right_on="name")
    both = both.join(names.select("name", "size"), left_on="b", right_on="name", suffix="_b")
    met = pl.col("met") + pl.col("met_b")
    whole = met + pl.col("weight") + pl.col("weight_b")
    scored = both.with_columns(
        for_=met / 2 - _against(),
        likeness=pl.when(whole > 0).then(met / whole).otherwise(0.0),
        prior=-pl.col("owners").cast(pl.Float64).log(),
    )
    found = scored.rename({"a": "low", "b": "high"})
    return given.join(found, on=("low", "high")).select(LIKENESS.names()).sort("a", "b")


def _against() -> pl.Expr:
    fewest, weight = pl.min_horizontal("count", "count_b"), pl.min_horizontal("weight", "weight_b")
    more = (pl.col("count") - pl.col("count_b")).abs()
    most = pl.max_horizontal("count", "count_b")
    heavier = (pl.col("weight") - pl.col("weight_b")).abs()
    # Brothers have all words but one in common, and the more words there are, the more they have so.
    strange = PERSON_STRANGE + (pl.col("met") + pl.col("met_b")) / 4
    person = strange * fewest + PERSON_LEFT_OVER * more
    size, least = pl.min_horizontal("size", "size_b"), pl.min_horizontal("least", "least_b")
    full = (size >= _LONG) | ((size >= _SHORT) & (least == 1))
    whole = WHOLE * ((most == 0) & full).cast(pl.Float64)
    other = STRANGE * weight + LEFT_OVER * heavier - whole
    return pl.when(pl.col("kind") == Kind.PERSON.value).then(person).otherwise(other)


def _side(rows: pl.DataFrame, word: str, weight: str) -> pl.DataFrame:
    """For each pair of names the weight of one side's words that meet, and what meets nothing."""
    best = rows.group_by("a", "b", word).agg(pl.col("alike").max(), pl.col(weight).first())
    meets = pl.col("alike") >= ALIKE
    # Sums in one order, so that each run gives the same last digit.
    return (
        best.sort("a", "b", word)
        .group_by("a", "b", maintain_order=True)
        .agg(
            met=(pl.col(weight) * (pl.col("alike") - 0.7) / 0.3).filter(meets).sum(),
            weight=pl.col(weight).filter(~meets).sum(),
            least=pl.col("alike").min(),
            count=(~meets).sum().cast(pl.Int64),
        )
    )


def _alike(rows: pl.DataFrame, heard: pl.DataFrame) -> pl.DataFrame:
    """word, word_b, alike: of each two distinct words once. heard: word, sound, skeleton."""
    distinct = rows.select("word", "word_b").unique()
    distinct = distinct.join(heard, on="word").join(heard, left_on="word_b", right_on="word", suffix="_b")
    ratio = process.cpdist(
        distinct["sound"].to_list(),
        distinct["sound_b"].to_list(),
        scorer=Indel.normalized_similarity,
        dtype=np.float64,
    )
    digits = pl.col("sound").str.contains(r"\d") | pl.col("sound_b").str.contains(r"\d")
    same = (pl.col("skeleton") == pl.col("skeleton_b")) & (pl.col("skeleton").str.len_chars() > 2)
    # A vowel less is a spelling, several are another word: KAMAZ and KUMZ.
    spelt = (
        pl.when(pl.col("ratio") >= _NEAR).then(pl.lit(_SKELETON)).otherwise((pl.col("ratio") + _SKELETON) / 2)
    )
    near = pl.when(same).then(pl.max_horizontal("ratio", spelt)).otherwise(pl.col("ratio"))
    equal = pl.col("sound") == pl.col("sound_b")
    found = distinct.with_columns(ratio=pl.Series(ratio, dtype=pl.Float64))
    # Another number is another thing, however alike the digits are.
    alike = pl.when(equal).then(1.0).when(digits).then(0.0).otherwise(near)
    return found.select("word", "word_b", alike=alike)
