"""One party over many lists: a list's own repeats first, then across regimes; ties have one order.

Nothing here depends on the order of rows: listings are numbered by their ids, sums keep one order.
"""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from konvoi.align.best_name_match import likest
from konvoi.align.blocking import candidates, years
from konvoi.align.contradictions import never
from konvoi.align.frames import Frames
from konvoi.align.judging import PAIRS, Verdict, asks, contained, equals, judged
from konvoi.align.listing import Kind, NameKind
from konvoi.align.matrix import PARTIES
from konvoi.align.naming import Named, named, weighed
from konvoi.align.own_keys import ONE, ONE_KEY, OWN, SEVERAL, equal_titles, left_open, own_keys, titles
from konvoi.align.probability_limits import SAME
from konvoi.link.clusters import Apart, clusters

MEAN = 0.5
"""Least mean probability of all pairs between two parts of a party, so that no chain grows."""


NEAREST = pl.Schema(
    {
        "listing": pl.String(),
        "regime": pl.String(),
        "name": pl.String(),
        "other": pl.String(),
        "other_name": pl.String(),
        "share": pl.Float64(),
    }
)
"""The listings of another regime whose names are likest: of each listing that stands for its party on its own
list three at most. other: the listing; share: of the weight of the words of both names that meet."""

_NEAREST = 3


@dataclass(frozen=True)
class Aligned:
    """Result. pairs: PAIRS, of one list by their listings, across lists by the first listing of a group.

    nearest: NEAREST, the evidence of a search that found nobody.

    parties: PARTIES, each listing with the first id of its party. over: keys shared by too many to be
    compared (konvoi.align.blocking OVER).
    """

    pairs: pl.DataFrame
    parties: pl.DataFrame
    over: pl.DataFrame
    nearest: pl.DataFrame = field(default_factory=NEAREST.to_frame)


@dataclass(frozen=True)
class _Round:
    """Input of one round: owner, side, regime, kind of each, own within a regime; what belongs to owners.

    titles: owner, title: the words of the first name of an entry.
    """

    owners: pl.DataFrame
    members: pl.DataFrame
    titles: pl.DataFrame
    identifiers: pl.DataFrame
    births: pl.DataFrame


def aligned(frames: Frames) -> Aligned:
    """The parties behind listings of any number of regimes (konvoi.align.frames.together)."""
    listings = frames.listings.unique("listing", keep="first", maintain_order=True).sort("listing")
    found = named(listings, frames.names)
    borne = _borne(found, frames)
    numbered = _numbered(listings)
    ids = numbered["listing"]
    one = pl.when("keyed").then(pl.lit(ONE)).otherwise(pl.lit(SEVERAL))
    told = titles(listings, found)
    inside = _round(frames, numbered.with_columns(side=-pl.col("regime"), own=one), told)
    own, over, _ = _compared(found, inside, borne)
    sure = _clustered(own, inside, len(ids), OWN)
    likely = pl.when("titled").then(pl.max_horizontal("probability", pl.lit(OWN))).otherwise("probability")
    key = numbered["owner"].to_numpy()
    group = _clustered(own.with_columns(probability=likely), inside, len(ids), OWN)[key]
    first = numbered.with_columns(owner=pl.Series(group).cast(pl.Int64))
    across = _round(frames, first.with_columns(side=pl.col("regime")), told)
    between, more, names = _compared(found, across, borne)
    party = _clustered(between, across, len(ids), SAME)[group]
    held = listings.select("listing").join(
        frames.identifiers.group_by("listing").len(), on="listing", how="left", maintain_order="left"
    )
    party = left_open(party, sure[key], numbered["regime"].to_numpy(), held["len"].fill_null(0).to_numpy())
    needed = _needed(between, names, party, listings["regime"])
    pairs = pl.concat([_told(one, ids) for one in (own, needed)])
    parties = pl.DataFrame({"party": ids.gather(party), "listing": ids}, schema=PARTIES)
    every = pl.concat([over, more]).group_by("key").agg(pl.col("owners").max()).sort("key")
    return Aligned(pairs, parties, every, _nearest(names, listings, ids))


def _numbered(listings: pl.DataFrame) -> pl.DataFrame:
    """listing, kind, regime, keyed and owner: the first listing of the same own key."""
    keyed = pl.col("regime").is_in(sorted(ONE_KEY))
    numbered = own_keys(listings.select("listing", "kind", "regime")).with_columns(keyed=keyed)
    numbered = numbered.with_row_index("owner").with_columns(owner=pl.col("owner").first().over("key"))
    return numbered.with_columns(
        pl.col("owner").cast(pl.Int64), pl.col("regime").rank("dense").cast(pl.Int64)
    )


def _round(frames: Frames, members: pl.DataFrame, titles: pl.DataFrame) -> _Round:
    """members: listing, kind, regime, side and the owner that a listing counts for, own within a regime.

    titles: listing, title.
    """
    of = members.select("listing", "owner", "side")
    known = frames.births.join(of, on="listing").select("owner", "first", "last", "about")
    held = frames.identifiers.join(of, on="listing")
    held = held.select("owner", "side", "type", "value", "country", "valid").unique()
    told = members.drop("listing", "key", "keyed")
    first = titles.join(of, on="listing").select("owner", "title").unique()
    owners = told.unique("owner", keep="first", maintain_order=True)
    return _Round(owners, of, first, held, known.unique())


def _borne(found: Named, frames: Frames) -> pl.DataFrame:
    """listing, name of `held` without the names that ships have given up: another may bear them now."""
    ships = frames.listings.filter(pl.col("kind") == Kind.SHIP.value)
    former = frames.names.filter(pl.col("kind") == NameKind.FORMERLY.value)
    given_up = former.join(ships, on="listing", how="semi").select("listing", text="name")
    told = found.held.join(found.names.select("name", "text"), on="name")
    return told.join(given_up, on=("listing", "text"), how="anti").select(found.held.columns)


def _compared(
    found: Named, what: _Round, borne: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The candidates of a round judged, the keys left out, and the likest names of each pair.

    borne: names that make candidates.
    """
    words = weighed(found, what.members)
    held, opening = (
        one.join(what.members, on="listing").select("owner", "side", "name").unique()
        for one in (found.held, borne)
    )
    asked = candidates(words, opening, what.identifiers, years(what.births))
    firm = equals(asked.identifiers, what.identifiers, _shared(what))
    told = likest(asked, found.names, words, held)
    ships = what.owners.filter(pl.col("kind") == Kind.SHIP.value)["owner"]
    equal = _equal() & ~pl.col("left").is_in(ships.implode())
    entities = what.owners.filter(pl.col("kind") == Kind.ENTITY.value)["owner"]
    across = pl.col("left").is_in(entities.implode()) & pl.lit("own" not in what.owners.columns)
    told = told.with_columns(contained=contained() & across & ~equal)
    names = told.with_columns(for_=pl.when(equal | pl.col("contained")).then(asks()).otherwise("for_"))
    names = names.join(equal_titles(names, what.titles), on=("left", "right"), how="left")
    return judged(names, firm, what.owners, what.identifiers, what.births), asked.over, told


def _nearest(names: pl.DataFrame, listings: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """Return NEAREST of the likest names of pairs of owners."""
    texts = {"left": "text_left", "right": "text_right"}
    sides = [
        names.select(
            owner=one, near=other, name=texts[one], other_name=texts[other], share="share", for_="for_"
        )
        for one, other in (("left", "right"), ("right", "left"))
    ]
    regime = listings["regime"]
    both = pl.concat(sides).with_columns(regime=regime.gather(pl.concat(sides)["near"]))
    order = both.sort(
        "owner", "regime", "share", "for_", "near", descending=[False, False, True, True, False]
    )
    few = order.group_by("owner", "regime", maintain_order=True).head(_NEAREST)
    told = few.with_columns(listing=ids.gather(few["owner"]), other=ids.gather(few["near"]))
    return told.select(NEAREST.names())


def _shared(what: _Round) -> pl.DataFrame:
    """type, value of identifiers that two parties of one list bear, once its repeats are grouped."""
    across = what.identifiers.filter(pl.col("side") >= 0)
    borne = across.group_by("side", "type", "value").agg(count=pl.col("owner").n_unique())
    return borne.filter(pl.col("count") > 1).select("type", "value").unique()


def _equal() -> pl.Expr:
    """Return an expression: True if all words of two names match, and each name has two words at least."""
    several = (pl.col(side).str.strip_chars().str.contains(r"\s") for side in ("text_left", "text_right"))
    return pl.all_horizontal(*several) & (pl.col("likeness") == 1)


def _needed(pairs: pl.DataFrame, names: pl.DataFrame, party: np.ndarray, regime: pl.Series) -> pl.DataFrame:
    """Return the pairs without questions about a shortened name that no cell of a matrix needs.

    Such a question is one only where a list would else be said not to list the party.
    """
    of = pl.DataFrame({"party": pl.Series(party), "regime": regime}).with_row_index("owner")
    of = of.with_columns(pl.col("owner").cast(pl.Int64))
    listed = of.select("party", other="regime").unique().with_columns(there=pl.lit(value=True))
    short = names.filter("contained").select("left", "right")
    told = pairs.filter(pl.col("verdict") == Verdict.REVIEW.value).join(
        short, on=("left", "right"), how="semi"
    )
    ends = told.select("left", "right")
    for side in ("left", "right"):
        own = of.rename({"owner": side, "party": f"{side}_party", "regime": f"{side}_regime"})
        ends = ends.join(own, on=side)
    for side, other in (("left", "right"), ("right", "left")):
        there = listed.rename(
            {"party": f"{side}_party", "other": f"{other}_regime", "there": f"{side}_there"}
        )
        ends = ends.join(there, on=(f"{side}_party", f"{other}_regime"), how="left")
    idle = ends.filter(pl.all_horizontal(pl.col("left_there", "right_there").fill_null(value=False)))
    return pairs.join(idle, on=("left", "right"), how="anti")


def _clustered(pairs: pl.DataFrame, what: _Round, height: int, join: float) -> np.ndarray:
    """For each owner the first owner of its party, so that no two in it contradict each other.

    Between regimes a party holds one group of each regime at most: two that their own list does not join stay
    two also where a third list is like both, and the pair that is less alike is left open.
    """
    ends = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    probability = pairs["probability"].to_numpy()
    rank = pairs["rank"].to_numpy()
    single = what.owners.clear() if "own" in what.owners.columns else what.owners
    held = single["owner"].to_numpy(), single["regime"].to_numpy(), single["owner"].to_numpy()
    apart = pl.DataFrame(schema={"left": pl.Int64(), "right": pl.Int64()})
    while True:
        parted = Apart((apart["left"].to_numpy(), apart["right"].to_numpy()), *held)
        first = clusters(ends, probability, height, apart=parted, join=join, mean=MEAN, rank=rank)
        within = _within(first)
        more = never(within, what.identifiers, what.births).join(apart, on=("left", "right"), how="anti")
        if not more.height:
            return first
        apart = pl.concat([apart, more])


def _within(first: np.ndarray) -> pl.DataFrame:
    """left, right: each two owners of one cluster."""
    told = pl.DataFrame({"first": first.astype(np.int64), "owner": np.arange(len(first), dtype=np.int64)})
    many = told.filter(pl.len().over("first") > 1)
    both = many.join(many, on="first", suffix="_b").filter(pl.col("owner") < pl.col("owner_b"))
    return both.select(left="owner", right="owner_b")


def _told(pairs: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    left, right = (ids.gather(pairs[side]) for side in ("left", "right"))
    return pairs.with_columns(left=left, right=right).select(PAIRS.names()).sort("left", "right")
