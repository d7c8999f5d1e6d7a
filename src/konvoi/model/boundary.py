"""Boundaries: on which side of the scope of a total an entry lies, recomputed from its places and years."""

from collections.abc import Mapping

import polars as pl

SIDES = pl.Schema(
    {
        "entry": pl.String(),
        "side": pl.String(),
        "shared": pl.Boolean(),
        "recomputed": pl.String(),
        "stated": pl.String(),
    }
)
"""One line for each entry with scopes: see sides()."""

STATED = "stated"
"""The `side` of a scope row in which a document itself states the side of an entry at a boundary.

`dimension` is then the boundary as written() writes it, `value` is incoming, internal, outgoing or outside.
"""


def parsed(text: str) -> dict[str, str]:
    """A boundary as written by people, as its dimensions; parts without a colon or a value are left out.

    >>> parsed("country:AFG, year:2020")
    {'country': 'AFG', 'year': '2020'}
    """
    parts = (part.partition(":") for part in text.split(","))
    return {name.strip(): value.strip() for name, _, value in parts if name.strip() and value.strip()}


def written(boundary: Mapping[str, str]) -> str:
    """A boundary as one text, its dimensions in alphabetical order.

    >>> written({"year": "2020", "country": "AFG"})
    'country:AFG,year:2020'
    """
    return ",".join(f"{name}:{boundary[name]}" for name in sorted(boundary))


def sides(scopes: pl.DataFrame, boundary: Mapping[str, str]) -> pl.DataFrame:
    """Return the side of a boundary on which each entry of the scopes lies.

    scopes: columns of konvoi.model.entries.SCOPES. An end (source or destination) is inside when it names the
    boundary's value in every dimension; an end that does not name a dimension is outside. Returns one line
    (entry, side, shared, recomputed, stated) for each entry, by entry:
    recomputed: incoming (only the destination inside), outgoing (only the source), internal (both), outside;
    stated: the document's own value for exactly this boundary, null if it states none;
    side: what counts: the stated one where there is one, else the recomputed;
    shared: an end that is inside names further values in a dimension of the boundary.
    """
    ends = scopes.filter(pl.col("side") != STATED)
    joined = (
        scopes.select("entry")
        .unique()
        .join(_end(ends, "source", boundary), on="entry", how="left")
        .join(_end(ends, "destination", boundary), on="entry", how="left")
        .join(_stated(scopes, boundary), on="entry", how="left")
        .with_columns(pl.col("^(source|destination)_(inside|several)$").fill_null(False))
    )
    source = pl.col("source_inside")
    destination = pl.col("destination_inside")
    recomputed = (
        pl.when(source & destination)
        .then(pl.lit("internal"))
        .when(destination)
        .then(pl.lit("incoming"))
        .when(source)
        .then(pl.lit("outgoing"))
        .otherwise(pl.lit("outside"))
    )
    return joined.select(
        "entry",
        side=pl.coalesce("stated", recomputed),
        shared=(source & pl.col("source_several")) | (destination & pl.col("destination_several")),
        recomputed=recomputed,
        stated="stated",
    ).sort("entry")


def _end(scopes: pl.DataFrame, end: str, boundary: Mapping[str, str]) -> pl.DataFrame:
    """For each entry whether this end is inside, and whether it names several values of a dimension."""
    wanted = pl.DataFrame(
        {"dimension": list(boundary), "wanted": list(boundary.values())},
        schema={"dimension": pl.String(), "wanted": pl.String()},
    )
    return (
        scopes.filter(pl.col("side") == end)
        .select("entry", "dimension", "value")
        .unique()
        .join(wanted, on="dimension")
        .group_by("entry", "dimension")
        .agg(met=(pl.col("value") == pl.col("wanted")).any(), several=pl.len() > 1)
        .group_by("entry")
        .agg(
            (pl.col("met").sum() == wanted.height).alias(f"{end}_inside"),
            pl.col("several").any().alias(f"{end}_several"),
        )
    )


def _stated(scopes: pl.DataFrame, boundary: Mapping[str, str]) -> pl.DataFrame:
    """Return the sides stated by documents themselves for exactly this boundary, one line for each entry."""
    said = (pl.col("side") == STATED) & (pl.col("dimension") == written(boundary))
    return scopes.filter(said).group_by("entry").agg(stated=pl.col("value").min())
