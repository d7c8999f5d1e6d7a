"""Search for parties of a workspace in lists of regimes: the lists are prepared once, and queried often.

    ready = prepared(together(lists))
    found = sought(frames("workspace", parties), ready)

Nothing here decides: screening determines the effect of a pair on a plan.
"""

import math
from dataclasses import dataclass

import polars as pl

from konvoi.align.best_name_match import likest
from konvoi.align.blocking import Candidates, keyed
from konvoi.align.frames import Frames
from konvoi.align.identifiers import KPP
from konvoi.align.judging import PAIRS, asks, contained, equals, judged
from konvoi.align.listing import Kind
from konvoi.align.naming import named, rarity

_BRAND = 6
"""Letters of a name that others hold, from which on it is no abbreviation."""

_ALONE = 2
"""Number of parties up to which a part of a name stands for the whole."""

MOST = 1500
"""Number of listings above which a key is too common: so many parties share a common name only."""


@dataclass(frozen=True)
class Basis:
    """Rarity of words in some lists, and the keys that are too common there.

    A pair of a party and a listing is judged by these and by its own values alone. Under one basis a listing
    that changes therefore changes no other pair.
    """

    rare: pl.DataFrame
    crowded: pl.DataFrame

    def knows(self, kinds: pl.Series) -> bool:
        """Return True if the basis has a listing of each of these kinds: else nothing can be weighed."""
        return kinds.is_in(self.rare["kind"].unique().implode()).all()


@dataclass(frozen=True)
class Prepared:
    """Prepared lists; ids are those of their listings, owners their places in `ids`.

    names, words, held as in konvoi.align.naming, the words weighed, `held` with owners. rare: how rare words
    are in the lists of their basis. keys: key, owner, name. identifiers, births: of owners. shared: type,
    value that two listings of a regime bear. crowded: key: too common in the basis.
    """

    ids: pl.Series
    kinds: pl.DataFrame
    names: pl.DataFrame
    words: pl.DataFrame
    held: pl.DataFrame
    rare: pl.DataFrame
    keys: pl.DataFrame
    identifiers: pl.DataFrame
    births: pl.DataFrame
    shared: pl.DataFrame
    crowded: pl.DataFrame


def prepared(lists: Frames, basis: Basis | None = None, shared: pl.DataFrame | None = None) -> Prepared:
    """Lists ready to be asked; weak aliases open nothing, and are left out.

    basis: without one, these lists are their own. shared: as in Prepared, where these are a part of lists.
    """
    owners = _numbered(lists, 0)
    found = named(lists.listings, lists.names)
    rare = rarity(found, owners) if basis is None else basis.rare
    words = weighed_by(found.words.join(found.names.select("name", "kind"), on="name"), rare)
    held = found.held.join(owners, on="listing").select("owner", "name").unique()
    keys = held.join(keyed(words), on="name").select("key", "owner", "name").unique()
    crowded = _crowded(keys) if basis is None else basis.crowded
    few = keys.join(crowded, on="key", how="anti")
    numbers = _identifiers(lists, owners)
    twice = shared_numbers(numbers) if shared is None else shared
    return Prepared(
        owners["listing"],
        owners.select("owner", "kind"),
        found.names,
        words,
        held,
        rare,
        few,
        numbers,
        _births(lists, owners),
        twice,
        crowded,
    )


def _crowded(keys: pl.DataFrame) -> pl.DataFrame:
    """key: keys that too many owners bear."""
    borne = keys.group_by("key").agg(owners=pl.col("owner").n_unique())
    return borne.filter(pl.col("owners") > MOST).select("key").sort("key")


def sought(parties: Frames, lists: Prepared) -> pl.DataFrame:
    """Return pairs of a party (left) and a listing (right): matches, questions, and distinct ones (PAIRS).

    parties: the same tables as lists have, of which listings, names, births and identifiers are read. What
    kind a party has is as binding as for a listing: where it is not known, ask once for each kind that it
    may be. Pairs with little evidence are left out; evidence and probability are those of
    konvoi.align.parties.aligned, words weighed by how rare they are in the lists.
    """
    own = _numbered(parties, len(lists.ids))
    found = named(parties.listings, parties.names)
    first = pl.lit(lists.names.height, dtype=pl.UInt32)
    names = found.names.with_columns(pl.col("name") + first)
    words = found.words.with_columns(pl.col("name") + first).join(names.select("name", "kind"), on="name")
    words = weighed_by(words, lists.rare)
    held = found.held.join(own, on="listing").select("owner", pl.col("name") + first).unique()
    identifiers = _identifiers(parties, own)
    births = _births(parties, own)
    asked = _asked(held.join(keyed(words), on="name"), identifiers, lists)
    all_numbers = pl.concat([lists.identifiers, identifiers])
    all_births = pl.concat([lists.births, births])
    told = likest(
        asked,
        pl.concat([lists.names, names]),
        pl.concat([lists.words, words]),
        pl.concat([lists.held, held]),
    )
    entities = lists.kinds.filter(kind=Kind.ENTITY.value)["owner"]
    letters = pl.min_horizontal(pl.col("text_left", "text_right").str.len_chars())
    brand = (contained() | _short_form()) & pl.col("left").is_in(entities.implode()) & (letters >= _BRAND)
    asked_for = (pl.col("likeness") == 1) | brand
    told = told.with_columns(for_=pl.when(asked_for).then(asks()).otherwise("for_"))
    firm = equals(asked.identifiers, all_numbers, lists.shared)
    kinds = pl.concat([lists.kinds, own.select("owner", "kind")])
    pairs = judged(told, firm, kinds, all_numbers, all_births)
    # Owners of lists come first, so that a listing is the left of a pair; people ask it the other way round.
    left = own["listing"].gather(pairs["right"] - len(lists.ids))
    return (
        pairs.with_columns(left=left, right=lists.ids.gather(pairs["left"]))
        .select(PAIRS.names())
        .sort("left", "right")
    )


def _short_form() -> pl.Expr:
    """Return an expression: True if a party's name is a part of a listed one that hardly another party bears.

    People write the word by which everybody knows a company. Other rare words of the list's name do not
    matter then; a party with a longer name than the listed one may be a branch or another company.
    """
    own = pl.col("inside") + pl.col("prior") >= -math.log(_ALONE)
    shorter = pl.col("text_right").str.len_chars() < pl.col("text_left").str.len_chars()
    return (pl.col("inside") > 0) & own & shorter


def _numbered(frames: Frames, first: int) -> pl.DataFrame:
    """owner, listing, kind, regime in the order of ids."""
    told = frames.listings.unique("listing", keep="first", maintain_order=True).sort("listing")
    numbered = told.select("listing", "kind", "regime").with_row_index("owner", first)
    return numbered.with_columns(pl.col("owner").cast(pl.Int64))


def _identifiers(frames: Frames, owners: pl.DataFrame) -> pl.DataFrame:
    held = frames.identifiers.join(owners, on="listing")
    return held.select("owner", "regime", "type", "value", "country", "valid").unique()


def _births(frames: Frames, owners: pl.DataFrame) -> pl.DataFrame:
    return frames.births.join(owners, on="listing").select("owner", "first", "last", "about").unique()


def weighed_by(words: pl.DataFrame, rare: pl.DataFrame) -> pl.DataFrame:
    """The words weighed; one that no listing has is the rarest."""
    owners = rare.group_by("kind").agg(pl.col("owners").first())
    told = words.join(rare.drop("owners"), on=("kind", "skeleton"), how="left").join(owners, on="kind")
    rarest = pl.col("owners").cast(pl.Float64).log()
    return told.with_columns(pl.col("df").fill_null(1), pl.col("weight").fill_null(rarest)).select(
        "name", "sound", "skeleton", "kind", "owners", "df", "weight"
    )


def _asked(keys: pl.DataFrame, identifiers: pl.DataFrame, lists: Prepared) -> Candidates:
    """Listings left, parties right."""
    named_ = lists.keys.join(keys, on="key", suffix="_right")
    names = named_.select(left="owner", right="owner_right", a="name", b="name_right").unique()
    numbers = identifiers.filter(pl.col("type") != KPP)
    both = lists.identifiers.join(numbers, on=("type", "value"), suffix="_right")
    equal = both.select("type", "value", left="owner", right="owner_right").unique()
    over = pl.DataFrame(schema={"key": pl.String(), "owners": pl.Int64()})
    return Candidates(names, equal.select("left", "right", "type", "value"), over)


def shared_numbers(identifiers: pl.DataFrame, owner: str = "owner") -> pl.DataFrame:
    """type, value that two listings of a regime bear; owner: the column that names the listing."""
    borne = identifiers.group_by("regime", "type", "value").agg(count=pl.col(owner).n_unique())
    return borne.filter(pl.col("count") > 1).select("type", "value").unique()
