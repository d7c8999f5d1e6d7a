"""Dossier of a party for a proposal: its identifying values, each with the listings that state it."""

from dataclasses import dataclass

import polars as pl

from konvoi.align.citing import citation_text
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
        "citation": pl.String(),
        "programme": pl.String(),
        "since_first": pl.Date(),
        "since_last": pl.Date(),
        "until": pl.Date(),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
    }
)
"""Each measure of each listing that names the party, with the place in the file where it stands.

act: as the list writes it, citation: as it is cited (konvoi.align.citing)."""


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
    of = pl.DataFrame({"listing": listings}, schema={"listing": pl.String()}).unique()
    of = of.with_columns(party=pl.lit(""))
    identity = _identity(frames, of).drop("party")
    return Dossier(name, original, kind, identity, _sources(frames, of).drop("party"))


def dossiers(frames: Frames, of: pl.DataFrame, titles: pl.DataFrame) -> dict[str, Dossier]:
    """Return the dossier of each party, in the order of their ids.

    of: party, listing. titles: party, name, original, kind.
    """
    wanted = of.join(titles, on="party", how="semi").select("listing", "party")
    identities = _identity(frames, wanted).partition_by("party", as_dict=True, include_key=False)
    sources = _sources(frames, wanted).partition_by("party", as_dict=True, include_key=False)
    none = IDENTITY.to_frame()
    return {
        row["party"]: Dossier(
            row["name"],
            row["original"],
            row["kind"],
            identities.get((row["party"],), none),
            sources[(row["party"],)],
        )
        for row in titles.sort("party").iter_rows(named=True)
        if (row["party"],) in sources
    }


def _identity(frames: Frames, of: pl.DataFrame) -> pl.DataFrame:
    """Return party and IDENTITY of listings; of: listing, party."""
    names = frames.names.join(of, on="listing").filter(pl.col("kind") != NameKind.WEAK.value)
    births = frames.births.join(of, on="listing").with_columns(value=birth_text())
    numbers = frames.identifiers.join(of, on="listing").filter(pl.col("valid").fill_null(value=True))
    nations = frames.nationalities.join(of, on="listing")
    country = pl.when(pl.col("country") != "").then(pl.format(" ({})", "country")).otherwise(pl.lit(""))
    parts = [
        names.select("party", "listing", what="kind", value="name"),
        births.select("party", "listing", "value", what=pl.lit("birth")),
        nations.select("party", "listing", what=pl.lit("nationality"), value="nationality"),
        numbers.select("party", "listing", what="type", value=pl.concat_str("value", country)),
    ]
    every = pl.concat([one.select("party", "what", "value", "listing") for one in parts])
    told = every.filter(pl.col("value") != "").unique().sort("listing")
    grouped = told.group_by("party", "what", "value").agg(listings=pl.col("listing").str.join("; "))
    order = pl.col("what").replace_strict(_ORDER, default=len(_ORDER), return_dtype=pl.Int8)
    return grouped.select("party", *IDENTITY.names()).sort("party", order, "what", "value")


def _sources(frames: Frames, of: pl.DataFrame) -> pl.DataFrame:
    """Return party and SOURCES of listings; of: listing, party."""
    measures = frames.measures.join(of, on="listing").select(
        "listing", "order", "act", "since_first", "since_last", "until", _row="row"
    )
    bare = frames.listings.join(of, on="listing").select("party", *_LISTED)
    rows = bare.join(measures, on="listing", how="left")
    acts = rows.select("regime", "act").unique().drop_nulls()
    told = [citation_text(regime, act) for regime, act in acts.iter_rows()]
    rows = rows.join(
        acts.with_columns(citation=pl.Series(told, dtype=pl.String)), on=("regime", "act"), how="left"
    )
    # A measure may stand in a row of its own below that of its party.
    own = rows.with_columns(row=pl.when(pl.col("_row") > 0).then("_row").otherwise("row"))
    return own.select("party", *SOURCES.names()).sort("party", "listing", "order", "act", "row")


_LISTED = ("listing", "regime", "list", "reference", "programme", "file", "sheet", "row")
_ORDER = {name: at for at, name in enumerate((*(one.value for one in NameKind), "birth", "nationality"))}
