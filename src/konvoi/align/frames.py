"""Listings as tables, so that fifty thousand are quick; all rows belong to one of `listings`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.align.listing import Listing
from konvoi.kit.days import Days
from konvoi.kit.text import script

LISTINGS = pl.Schema(
    {
        "listing": pl.String(),
        "regime": pl.String(),
        "list": pl.String(),
        "reference": pl.String(),
        "kind": pl.String(),
        "name": pl.String(),
        "programme": pl.String(),
        "since_first": pl.Date(),
        "since_last": pl.Date(),
        "since_known": pl.String(),
        "until": pl.Date(),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
    }
)
NAMES = pl.Schema(
    {
        "listing": pl.String(),
        "name": pl.String(),
        "kind": pl.String(),
        "script": pl.String(),
        "family": pl.String(),
        "given": pl.String(),
    }
)
BIRTHS = pl.Schema(
    {
        "listing": pl.String(),
        "first": pl.Date(),
        "last": pl.Date(),
        "about": pl.Boolean(),
        "place": pl.String(),
        "text": pl.String(),
    }
)
NATIONALITIES = pl.Schema({"listing": pl.String(), "nationality": pl.String()})
IDENTIFIERS = pl.Schema(
    {
        "listing": pl.String(),
        "type": pl.String(),
        "country": pl.String(),
        "value": pl.String(),
        "valid": pl.Boolean(),
        "text": pl.String(),
    }
)
MEASURES = pl.Schema(
    {
        "listing": pl.String(),
        "order": pl.String(),
        "text": pl.String(),
        "act": pl.String(),
        "since_first": pl.Date(),
        "since_last": pl.Date(),
        "since_known": pl.String(),
        "until": pl.Date(),
        "row": pl.Int64(),
    }
)
LINKS = pl.Schema({"listing": pl.String(), "tie": pl.String(), "name": pl.String()})

SCHEMAS = {
    "listings": LISTINGS,
    "names": NAMES,
    "births": BIRTHS,
    "nationalities": NATIONALITIES,
    "identifiers": IDENTIFIERS,
    "measures": MEASURES,
    "links": LINKS,
}


@dataclass(frozen=True)
class Frames:
    """Tables of the schemas above; empty text stands for values that a list does not state."""

    listings: pl.DataFrame
    names: pl.DataFrame
    births: pl.DataFrame
    nationalities: pl.DataFrame
    identifiers: pl.DataFrame
    measures: pl.DataFrame
    links: pl.DataFrame


Rows = list[tuple[object, ...]]


def frames(regime: str, listings: Sequence[Listing]) -> Frames:
    """The tables of a regime's listings, in their order."""
    makers: dict[str, Callable[[Listing], Iterable[tuple[object, ...]]]] = {
        "listings": lambda one: [_listing(regime, one)],
        "names": _names,
        "births": _births,
        "nationalities": lambda one: [(text,) for text in one.nationalities],
        "identifiers": lambda one: [(i.type, i.country, i.value, i.valid, i.text) for i in one.identifiers],
        "measures": _measures,
        "links": lambda one: [(link.tie.value, link.name) for link in one.links],
    }
    made = {
        name: pl.DataFrame(
            [(one.id, *row) for one in listings for row in make(one)], schema=SCHEMAS[name], orient="row"
        )
        for name, make in makers.items()
    }
    return Frames(**made)


def together(found: Iterable[Frames]) -> Frames:
    """The tables of several regimes as one."""
    each = list(found)
    return Frames(
        **{
            name: pl.concat([schema.to_frame(), *(getattr(one, name) for one in each)])
            for name, schema in SCHEMAS.items()
        }
    )


def _listing(regime: str, one: Listing) -> tuple[object, ...]:
    place = one.place
    told = (regime, one.list, one.reference, one.kind.value, one.name, one.programme)
    return (*told, *_span(one.since), one.known.value, one.until, place.file, place.sheet, place.row)


def _names(one: Listing) -> Rows:
    return [(name.text, name.kind.value, script(name.text), name.family, name.given) for name in one.names]


def _births(one: Listing) -> Rows:
    return [(*_span(_born(birth.days)), birth.about, birth.place, birth.text) for birth in one.births]


def _born(days: Days | None) -> Days | None:
    """The days of a birth; 1 January stands for its year, as registers write a day that they do not know."""
    if days and days.first == days.last and (days.first.month, days.first.day) == (1, 1):
        return Days(days.first, date(days.first.year, 12, 31))
    return days


def _measures(one: Listing) -> Rows:
    return [
        (m.order.value, m.text, m.act, *_span(m.since), m.known.value, m.until, m.row) for m in one.measures
    ]


def _span(days: Days | None) -> tuple[object, object]:
    return (days.first, days.last) if days else (None, None)


def span_text(from_: str, to: str) -> pl.Expr:
    """Return two columns of days as a text: a day, a year where no day is known, a span."""
    first, last = (pl.col(one).cast(pl.String) for one in (from_, to))
    year = pl.col(from_).dt.year()
    whole = (first == pl.format("{}-01-01", year)) & (last == pl.format("{}-12-31", year))
    return (
        pl.when(first == last)
        .then(first)
        .when(whole)
        .then(year.cast(pl.String))
        .otherwise(pl.concat_str(first, last, separator=" – "))
    )


def birth_text() -> pl.Expr:
    """Return a birth of BIRTHS as a text: a day, a year where no day is known, a span; and its place."""
    text = pl.when(pl.col("first").is_null()).then("text").otherwise(span_text("first", "last"))
    return pl.concat_str(
        text, pl.when(pl.col("place") != "").then("place"), separator=", ", ignore_nulls=True
    )
