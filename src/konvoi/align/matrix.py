"""Coverage matrix on a day: party × regime × measure; cells that no list can answer are not known."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import polars as pl

from konvoi.align.frames import Frames
from konvoi.align.listing import Since


class Cell(StrEnum):
    """Status of a party and a measure on a regime's list on a day."""

    LISTED = "listed"
    EXPIRED = "expired"
    NOT_LISTED = "not listed"
    NOT_KNOWN = "not known"


LACKS = (Cell.NOT_LISTED, Cell.EXPIRED)
"""Cells of a measure that a list does not order on the day."""

COVERS = pl.Schema({"regime": pl.String(), "day": pl.Date(), "first": pl.Date(), "last": pl.Date()})
"""Each list in force: its own day, and the first and last day for which absence from it is known."""

PARTIES = pl.Schema({"party": pl.String(), "listing": pl.String()})
"""Listings by party; a listing that stands in no row is a party of its own."""

MATRIX = pl.Schema(
    {
        "party": pl.String(),
        "regime": pl.String(),
        "order": pl.String(),
        "cell": pl.String(),
        "covered": pl.Boolean(),
        "since_first": pl.Date(),
        "since_last": pl.Date(),
        "since_known": pl.String(),
        "until": pl.Date(),
        "acts": pl.String(),
        "listings": pl.String(),
        "day": pl.Date(),
        "possible": pl.String(),
    }
)
"""possible: parties that the list has and that may be this one, while nobody decided: then the cell is not
known. covered: the list covers the day, so that the cell may be compared with another regime's. day: the
list's own; its age is the day asked about less this one. since: of the measure that makes the cell."""

POSSIBLE = pl.Schema({"left": pl.String(), "right": pl.String()})
"""Two parties that may be one, undecided; in any order, further columns are not read."""

_RANK = {Cell.LISTED: 0, Cell.NOT_KNOWN: 1, Cell.EXPIRED: 2}
_KEY = ("party", "regime", "order")


def matrix(
    frames: Frames,
    covers: pl.DataFrame,
    regimes: Sequence[str],
    on: date,
    parties: pl.DataFrame | None = None,
    *,
    undecided: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return a row of MATRIX for each party, regime, and measure that any regime orders against the party.

    A list in force shows who is listed, also after its own day: the last good list stays in force. Before its
    own day it does so only for those whose day of listing is known and not later. Absence from it is known
    only for the days that it covers, and only for measures that it orders against anyone: a list of asset
    freezes contains no entry bans. regimes: all that are shown; one without a list is not known.

    undecided: pairs of parties that may be one (POSSIBLE). While a regime lists a party that may be this one,
    no cell says that it does not list this one.
    """
    known = pl.DataFrame(schema=PARTIES) if parties is None else parties
    listings = frames.listings.select("listing", "regime")
    own = listings.join(known.unique("listing"), on="listing", how="left")
    own = own.with_columns(party=pl.coalesce("party", "listing"))
    measures = frames.measures.join(own, on="listing").join(covers, on="regime", how="left")
    stated = _stated(measures.with_columns(_cell(on).alias("cell"), _covers(on).alias("covered")), on)
    asked = stated.select("party", "order").unique()
    every = asked.join(pl.DataFrame({"regime": list(regimes)}, schema={"regime": pl.String()}), how="cross")
    bare = every.join(stated, on=_KEY, how="anti").join(covers, on="regime", how="left")
    told = measures.select("regime", "order").unique().with_columns(told=pl.lit(value=True))
    bare = bare.join(told, on=("regime", "order"), how="left")
    tells = _covers(on) & pl.col("told").fill_null(value=False)
    absent = pl.when(tells).then(pl.lit(Cell.NOT_LISTED.value)).otherwise(pl.lit(Cell.NOT_KNOWN.value))
    rest = bare.with_columns(absent.alias("cell"), tells.alias("covered"))
    found = pl.concat([stated, rest.drop("first", "last", "told")], how="diagonal")
    missing = [pl.lit(None, kind).alias(name) for name, kind in MATRIX.items() if name not in found.columns]
    shown = found.filter(pl.col("regime").is_in(list(regimes))).with_columns(missing)
    open_ = POSSIBLE.to_frame() if undecided is None else undecided
    return _with_possible(shown.drop("possible"), open_).select(MATRIX.names()).sort(_KEY)


def _with_possible(cells: pl.DataFrame, undecided: pl.DataFrame) -> pl.DataFrame:
    """Return the cells; one that would say not listed is not known where the list has a possible match."""
    either = pl.concat([undecided.select("left", "right"), undecided.select(left="right", right="left")])
    listed = cells.filter(cell=Cell.LISTED.value).select("regime", right="party").unique()
    there = either.unique().join(listed, on="right").sort("right")
    names = there.group_by("left", "regime", maintain_order=True).agg(possible=pl.col("right").str.join("; "))
    found = cells.join(names.rename({"left": "party"}), on=("party", "regime"), how="left")
    asked = pl.col("possible").is_not_null() & pl.col("cell").is_in([one.value for one in LACKS])
    return found.with_columns(
        cell=pl.when(asked).then(pl.lit(Cell.NOT_KNOWN.value)).otherwise("cell"),
        possible=pl.when(asked).then("possible").otherwise(pl.lit("")),
    )


def _covers(on: date) -> pl.Expr:
    """Return an expression: True if absence from a list is known on a day."""
    return (pl.lit(on).is_between("first", "last")).fill_null(value=False)


def _cell(on: date) -> pl.Expr:
    """Return the cell of one measure of a listing on a day, as an expression."""
    dated = pl.col("since_known") != Since.UNKNOWN.value
    not_yet = dated & (pl.col("since_first") > on)
    earlier = (pl.col("day") > on).fill_null(value=True)
    # A party on a list is listed on the list's own day, also if only the year is stated.
    perhaps = dated & (pl.col("since_last") > on) & earlier
    before = ~dated & earlier
    return (
        # A party listed later may have been listed before, in a list that was not kept.
        pl.when(not_yet | perhaps | before)
        .then(pl.lit(Cell.NOT_KNOWN.value))
        .when((pl.col("until") < on).fill_null(value=False))
        .then(pl.lit(Cell.EXPIRED.value))
        .otherwise(pl.lit(Cell.LISTED.value))
    )


def _told() -> pl.Expr:
    """Return an expression: True if a cell says that the party is or was listed."""
    return pl.col("cell").first().is_in([Cell.LISTED.value, Cell.EXPIRED.value])


def _stated(measures: pl.DataFrame, on: date) -> pl.DataFrame:
    """One cell for each party, regime and order: what is listed goes before what is not known or expired."""
    rank = pl.col("cell").replace_strict({cell.value: rank for cell, rank in _RANK.items()})
    ranked = measures.with_columns(rank=rank)
    best = ranked.filter(pl.col("rank") == pl.col("rank").min().over(_KEY))
    dated = best.sort(*_KEY, "since_first", "listing", "act", nulls_last=True)
    return dated.group_by(_KEY, maintain_order=True).agg(
        pl.col("cell").first(),
        # For parties that it lists with days, a list also covers days before its own, never later ones.
        pl.col("covered").first() | (_told() & (pl.lit(on) <= pl.col("last").first())),
        pl.col("since_first", "since_last", "since_known").first(),
        until=pl.when(pl.col("until").null_count() == 0).then(pl.col("until").max()),
        acts=pl.col("act").filter(pl.col("act") != "").unique(maintain_order=True).str.join("; "),
        listings=pl.col("listing").unique(maintain_order=True).str.join("; "),
        day=pl.col("day").first(),
    )
