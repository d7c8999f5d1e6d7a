"""Dossier of a party for a proposal: its identifying values, each with the listings that state it."""

from dataclasses import dataclass

import polars as pl

from konvoi.align.frames import Frames, birth_text
from konvoi.align.listing import NameKind

IDENTITY = pl.Schema({"what": pl.String(), "value": pl.String(), "listings": pl.String()})
"""Columns. what: kind of name, birth, nationality, or type of a number. listings: sources, joined by `; `."""

SOURCES = pl.Schema(
    {
        "listing": pl.String(),
        "regime": pl.String(),
        "list": pl.String(),
        "reference": pl.String(),
        "order": pl.String(),
        "act": pl.String(),
        "since_first": pl.Date(),
        "since_last": pl.Date(),
        "until": pl.Date(),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
    }
)
"""Each measure of each listing that names the party, with the place in the file where it stands."""


@dataclass(frozen=True)
class Dossier:
    """IDENTITY and SOURCES of a party, and its name and kind."""

    name: str
    original: str
    kind: str
    identity: pl.DataFrame
    sources: pl.DataFrame


def dossier(frames: Frames, listings: list[str], *, name: str, original: str, kind: str) -> Dossier:
    """The dossier of the party behind listings.

    No more than identifies: names that a list calls weak, numbers whose check digits fail, addresses, remarks
    and other people stay out.
    """
    of = pl.col("listing").is_in(listings)
    names = frames.names.filter(of & (pl.col("kind") != NameKind.WEAK.value))
    births = frames.births.filter(of).with_columns(value=birth_text())
    numbers = frames.identifiers.filter(of & pl.col("valid").fill_null(value=True))
    country = pl.when(pl.col("country") != "").then(pl.format(" ({})", "country")).otherwise(pl.lit(""))
    parts = [
        names.select("listing", what="kind", value="name"),
        births.select("listing", "value", what=pl.lit("birth")),
        frames.nationalities.filter(of).select("listing", what=pl.lit("nationality"), value="nationality"),
        numbers.select("listing", what="type", value=pl.concat_str("value", country)),
    ]
    every = pl.concat([one.select("what", "value", "listing") for one in parts])
    told = every.filter(pl.col("value") != "").unique().sort("listing")
    grouped = told.group_by("what", "value").agg(listings=pl.col("listing").str.join("; "))
    order = pl.col("what").replace_strict(_ORDER, default=len(_ORDER), return_dtype=pl.Int8)
    identity = grouped.select(IDENTITY.names()).sort(order, "what", "value")
    measures = frames.measures.filter(of).select(
        "listing", "order", "act", "since_first", "since_last", "until", _row="row"
    )
    bare = frames.listings.filter(of).select(_LISTED)
    rows = bare.join(measures, on="listing", how="left")
    # A measure may stand in a row of its own below that of its party.
    own = rows.with_columns(row=pl.when(pl.col("_row") > 0).then("_row").otherwise("row"))
    sources = own.select(SOURCES.names()).sort("listing", "order", "act", "row")
    return Dossier(name, original, kind, identity, sources)


_LISTED = ("listing", "regime", "list", "reference", "file", "sheet", "row")
_ORDER = {name: at for at, name in enumerate((*(one.value for one in NameKind), "birth", "nationality"))}
