"""Likeness of two names as evidence for one party: rare words in common weigh more than frequent ones.

The weight of a matching word is the logarithm of its rarity (Fellegi and Sunter, A Theory for Record
Linkage, 1969: agreement by value); similar words weigh less, words without a match weigh against.
"""

import numpy as np
import polars as pl

from konvoi.align.listing import Kind
from konvoi.align.token_alignment import Names, Scale, Words, meetings

SCALE = Scale(
    alike=0.78,
    floor=0.6,
    strange=2.5,
    left_over=0.9,
    person_strange=9.0,
    person_left_over=0.8,
    whole=6.0,
    short=4,
    long=8,
)
"""alike: likeness from which two words match; floor: likeness at which a match would weigh nothing, and below
which it counts as no match.

strange, left_over: for other parties than persons, the weight of words without a match, and of additional
words of one side, as shares of the words' weight; person_*: the same for each word of a person's name. whole:
for other parties than persons, if no word is left over on either side. short: letters below which a whole
name is an abbreviation that others have, too; long: from which `alike` is enough."""

LIKENESS = pl.Schema(
    {
        "for_": pl.Float64(),
        "likeness": pl.Float64(),
        "share": pl.Float64(),
        "how": pl.Int8(),
        "inside": pl.Float64(),
        "rarest": pl.Float64(),
        "prior": pl.Float64(),
    }
)
_VOWELS = "aeiou"


def likenesses(pairs: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of names (a, b) with the evidence for one party, in natural logarithms (LIKENESS).

    words: as konvoi.align.naming.weighed gives them. likeness: the share of the words' weight that matches,
    0 to 1, a word that is alike enough counting whole. share: the same, one that is alike counting in part.
    how: how words met (konvoi.align.token_alignment ALIKE, INITIAL, MISSING, added). inside: the weight of
    the rarest word of a name that the other holds whole, else 0. rarest: the
    weight of the rarest word that one of them alone has. prior: the logarithm
    of one against all parties of this kind. Names without words stand in no row.
    """
    height = int(words["name"].max() or 0) + 1  # type: ignore[arg-type]
    known = np.zeros(height)
    known[words["name"].to_numpy()] = words["owners"].to_numpy()
    spoken = pairs.filter(*(pl.col(side) < height for side in ("a", "b")))
    ones, twos = (spoken[side].to_numpy().astype(np.int64) for side in ("a", "b"))
    kept = (known[ones] > 0) & (known[twos] > 0)
    once, place = np.unique(ones[kept] * height + twos[kept], return_inverse=True)
    if not len(once):
        return pl.concat([spoken.clear(), LIKENESS.to_frame()], how="horizontal")
    names, spelt = _laid_out(words, height)
    speaks, likeness, share, how, inside, rarest = meetings(
        (once // height, once % height), names, spelt, SCALE
    )
    prior = -np.log(known[once // height])
    told = {
        "for_": speaks[place],
        "likeness": likeness[place],
        "share": share[place],
        "how": how[place],
        "inside": inside[place],
        "rarest": rarest[place],
        "prior": prior[place],
    }
    return spoken.filter(pl.Series(kept)).with_columns(**{name: pl.Series(one) for name, one in told.items()})


def _laid_out(words: pl.DataFrame, height: int) -> tuple[Names, Words]:
    """The words of names as arrays, in the order in which they stand in each name."""
    distinct = words["sound"].unique().sort()
    told = words.sort("name", maintain_order=True)
    number = told["sound"].cast(pl.Enum(distinct)).to_physical().to_numpy().astype(np.int64)
    of = told["name"].to_numpy()
    begin = np.zeros(height + 1, dtype=np.int64)
    np.cumsum(np.bincount(of, minlength=height), out=begin[1:])
    person = np.zeros(height, dtype=np.bool_)
    person[of] = (told["kind"] == Kind.PERSON.value).to_numpy()
    return Names(begin, number, told["weight"].to_numpy(), person), _spelt(distinct)


def _spelt(distinct: pl.Series) -> Words:
    """Words as numbers of letters; a bit of the mask stands for each letter, far ones share bits."""
    text = "".join(distinct.to_list())
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    alphabet, letters = np.unique(points, return_inverse=True)
    begin = np.zeros(len(distinct) + 1, dtype=np.int64)
    np.cumsum(distinct.str.len_chars().to_numpy(), out=begin[1:])
    bits = np.uint64(1) << (letters % 64).astype(np.uint64)
    # No word is empty, so that each begins at a place of its own.
    mask = np.bitwise_or.reduceat(bits, begin[:-1])
    digits = distinct.str.replace_all(r"\D", "")
    digit = np.unique(digits.to_numpy(), return_inverse=True)[1]
    vowel = np.isin(alphabet, [ord(one) for one in _VOWELS])
    vowels = np.bitwise_or.reduce(np.uint64(1) << (np.flatnonzero(vowel) % 64).astype(np.uint64))
    return Words(begin, letters.astype(np.int32), mask, digit, vowel, vowels)
