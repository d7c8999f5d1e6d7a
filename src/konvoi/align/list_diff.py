"""Changes between two states of a regime's list: listings added, removed, and amended."""

import polars as pl

from konvoi.align.frames import Frames, birth_text
from konvoi.align.listing import Since

CHANGES = pl.Schema(
    {
        "regime": pl.String(),
        "listing": pl.String(),
        "name": pl.String(),
        "kind": pl.String(),
        "change": pl.String(),
        "field": pl.String(),
        "before": pl.String(),
        "after": pl.String(),
    }
)
"""change: new, amended, gone. field, before, after: of what was amended; of several values those alone that
one side has, apart by `; `."""

_FACTS = pl.Schema({"listing": pl.String(), "field": pl.String(), "value": pl.String()})
_BESIDE = "; "


def changes(old: Frames, new: Frames) -> pl.DataFrame:
    """The listings of regimes that both have and that differ (CHANGES), a row for each field amended.

    Since when a party is listed is compared where the list gives it, not where it was seen first.
    """
    both = old.listings.join(new.listings, on="regime", how="semi")["regime"].unique().implode()
    before, after = (one.listings.filter(pl.col("regime").is_in(both)) for one in (old, new))
    came = after.join(before, on="listing", how="anti").with_columns(change=pl.lit("new"))
    went = before.join(after, on="listing", how="anti").with_columns(change=pl.lit("gone"))
    stayed = after.join(before, on="listing", how="semi")
    found = [_whole(came), _whole(went), _amended(facts(old), facts(new), stayed)]
    order = pl.col("change").replace_strict({"new": 0, "amended": 1, "gone": 2}, return_dtype=pl.Int8)
    return pl.concat(found).sort("regime", order, "listing", "field")


def _whole(listings: pl.DataFrame) -> pl.DataFrame:
    bare = [pl.lit("").alias(name) for name in ("field", "before", "after")]
    return listings.with_columns(bare).select(CHANGES.names())


def _amended(old: pl.DataFrame, new: pl.DataFrame, stayed: pl.DataFrame) -> pl.DataFrame:
    """The fields of listings in both states of which one has a value that the other has not."""
    key = ("listing", "field", "value")
    apart = [
        mine.join(theirs, on=key, how="anti").with_columns(side=pl.lit(side))
        for mine, theirs, side in ((old, new, "before"), (new, old, "after"))
    ]
    sides = [
        pl.col("value").filter(pl.col("side") == side).str.join(_BESIDE).alias(side)
        for side in ("before", "after")
    ]
    each = pl.concat(apart).sort(key).group_by("listing", "field", maintain_order=True).agg(sides)
    told = stayed.select("listing", "regime", "name", "kind").join(each, on="listing")
    return told.with_columns(change=pl.lit("amended")).select(CHANGES.names())


def facts(frames: Frames) -> pl.DataFrame:
    """Return listing, field and value: the values of listings as texts, each once."""
    m = frames.measures
    named = frames.names.with_columns(
        field=pl.when(pl.col("kind") == "primary").then(pl.lit("name")).otherwise("kind")
    )
    numbers = frames.identifiers.select("listing", field="type", value="text")
    numbers = numbers.with_columns(value=pl.when(pl.col("value") != "").then("value").otherwise(pl.lit("?")))
    given = m.filter((pl.col("since_known") == Since.GIVEN.value) & pl.col("since_first").is_not_null())
    parts = [
        *(frames.listings.select("listing", field=pl.lit(one), value=one) for one in _SINGLE),
        named.select("listing", "field", value="name"),
        frames.births.select("listing", field=pl.lit("birth"), value=birth_text()),
        frames.nationalities.select("listing", field=pl.lit("nationality"), value="nationality"),
        numbers,
        m.select("listing", field=pl.lit("measure"), value=_measure()),
        given.select("listing", field=pl.lit("since"), value=_of("since_first")),
        m.drop_nulls("until").select("listing", field=pl.lit("until"), value=_of("until")),
        frames.links.select("listing", field="tie", value="name"),
    ]
    return pl.concat([one.select(_FACTS.names()) for one in parts]).filter(pl.col("value") != "").unique()


_SINGLE = ("kind", "reference", "programme")


def _measure() -> pl.Expr:
    act = pl.when(pl.col("act") != "").then("act")
    return pl.concat_str("order", act, separator=" · ", ignore_nulls=True)


def _of(day: str) -> pl.Expr:
    """A day, with the measure that it is of."""
    return pl.concat_str("order", pl.lit(": "), pl.col(day).cast(pl.String))
