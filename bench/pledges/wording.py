"""Records as they are handed in: codes, names, texts, references, sums in minor units."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from bench.pledges.book import (
    FTS,
    IATI,
    PARTY,
    PRESS,
    SOURCES,
    STAGES,
    Book,
    Columns,
)  # fmt: skip
from bench.pledges.chance import Whole
from bench.pledges.lexicon import KINDS, LANGUAGES
from bench.pledges.printed import printed
from bench.pledges.said import How, how, quantities, texts
from bench.pledges.world import Setting

HEDGED = ("over", "about", "up to")
UNIT_NAMES = ("piece", "tonne", "kit", "thousand pieces", "kilogram", "pallet")
DIGITS = 3


def _listed(values: Sequence[str], places: Whole) -> pl.Series:
    """Strings of a short list at places; nothing where a place is -1."""
    at = np.where(places < 0, len(values), places)
    return pl.Series([*values, None], dtype=pl.String).gather(pl.Series(at, dtype=pl.UInt32))


def _codes(to: Setting, parties: Whole) -> pl.Series:
    """Codes of parties: a partner's own, else the number of an implementer."""
    partners = to.names.partners.codes
    made = [f"XI-{PARTY + i}" for i in range(len(to.names.implementers.start))]
    return _listed([*partners, *made], np.where(parties >= PARTY, parties - PARTY + len(partners), parties))


def _parties(to: Setting, stream: str, parties: Whole, way: How) -> pl.Series:
    """Names of parties as written, partners and implementers."""
    of_partner = np.where((parties >= 0) & (parties < PARTY), parties, -1)
    of_other = np.where(parties >= PARTY, parties - PARTY, -1)
    partner = printed(to.names.partners.names).chosen(to, f"{stream}/partner", of_partner, way)
    other = printed(to.names.implementers).chosen(to, f"{stream}/other", of_other, way)
    return pl.select(pl.coalesce(partner, other)).to_series()


def table(to: Setting, book: Book, records: Columns) -> pl.DataFrame:
    """The records as a table, one row each, in the order given; without ids and without what is true."""
    way = how(to, records)
    said = quantities(to, records)
    public = records["source"] <= PRESS
    return pl.DataFrame(
        {
            "source": _listed(SOURCES, records["source"]),
            "publisher": _codes(to, records["publisher"]),
            **_who(to, records, way),
            "recipient": _listed([f"R{i:0{DIGITS}}" for i in range(1, 10**DIGITS)], records["recipient"]),
            "kind": _listed(KINDS, np.where(public, -1, records["kind"])),
            "stage": _listed(STAGES, records["stage"]),
            **_what(to, records, said, way),
            **_sums(to, records),
            **_days(records),
            **_numbers(to, book, records),
            "participants": _participants(to, book, records, way),
            "language": _listed(LANGUAGES, records["language"]),
            "script": _scripts(records["language"], way[1]),
            "version": pl.Series(np.where(records["source"] == FTS, records["version"], 1), dtype=pl.Int32),
        }
    )  # fmt: skip


def _who(to: Setting, records: Columns, way: How) -> dict[str, pl.Series]:
    """Giver and implementer: codes in registers alone, names as written."""
    public = records["source"] <= PRESS
    page = records["source"] == PRESS
    n = len(public)
    known = (records["source"] == IATI) & to.chance.happens(
        "implementer/id", n, to.rate.share("iati.implementer_id")
    )
    return {
        "partner": _codes(to, np.where(page, -1, records["giver"])),
        "partner_name": _parties(to, "giver", records["giver"], way),
        "implementer_id": _codes(to, np.where(known & ~public, records["receiver"], -1)),
        "implementer": _parties(to, "receiver", records["receiver"], way),
    }


def _what(to: Setting, records: Columns, said: tuple[Whole, Whole], way: How) -> dict[str, pl.Series]:
    """The good as classed and as told, where it goes, how much of it."""
    n = len(said[0])
    classed = (records["source"] > PRESS) & to.chance.happens(
        "good/class", n, to.rate.share("wording.good_class")
    )
    placed = (records["source"] > PRESS) & to.chance.happens("region/place", n, to.rate.share("iati.place"))
    amount, unit = said
    return {
        "good": _listed(to.names.goods.concepts, np.where(classed, records["good"], -1)),
        "text": texts(to, records, said, way),
        "region": printed(to.names.regions).chosen(
            to, "region column", np.where(placed, records["region"], -1), way
        ),
        "quantity": pl.select(
            pl.when(pl.lit(pl.Series(unit >= 0))).then(pl.lit(pl.Series(amount)))
        ).to_series(),
        "unit": _listed(UNIT_NAMES, unit),
    }


def _sums(to: Setting, records: Columns) -> dict[str, pl.Series]:
    """Sums in minor units of the currency they are said in, and whether they are said to be near."""
    amount = records["amount"]
    minor = amount * to.fx.minor()[records["currency"]]
    known = pl.Series(amount >= 0)
    return {
        "amount_minor": pl.select(pl.when(pl.lit(known)).then(pl.lit(pl.Series(minor)))).to_series(),
        "currency": _listed(to.fx.currencies, np.where(amount >= 0, records["currency"], -1)),
        "qualifier": _listed(HEDGED, records["hedge"] - 1),
    }


def _days(records: Columns) -> dict[str, pl.Series]:
    """First and last day on which it may have been, and the day on which it was handed in."""
    last = records["day"]
    known = np.maximum(records["known"], last)
    days = {"day_from": last - records["span"], "day_to": last, "known_on": known}
    return {name: pl.Series(day).cast(pl.Int32).cast(pl.Date) for name, day in days.items()}


def _referred(issuer: pl.Series, number: Whole) -> pl.Series:
    """An issuer's number; nothing where there is none."""
    some = pl.when(pl.lit(pl.Series(number >= 0))).then(pl.lit(pl.Series(number)))
    return pl.select(pl.concat_str(issuer, some.cast(pl.String), separator="-")).to_series()


def _issuers(to: Setting, scheme: Whole) -> pl.Series:
    """Who gives out a number: a party, the tracker, the register of contracts."""
    party = _codes(to, scheme)
    other = _listed(["tracker", "contracts"], np.where(scheme == -2, 0, np.where(scheme == -3, 1, -1)))
    return pl.select(pl.coalesce(party, other)).to_series()


def _numbers(to: Setting, book: Book, records: Columns) -> dict[str, pl.Series]:
    """References with their issuer, ids of activities, and ids of what a record names as its origin."""
    issuer = _issuers(to, records["scheme"])
    told = pl.Series(records["project"] >= 0)
    origin = np.where(
        records["related_scheme"] < 0, book.world.partner[records["base"]], records["related_scheme"]
    )
    return {
        "reference": _referred(issuer, records["project"]),
        "reference_issuer": pl.select(pl.when(pl.lit(told)).then(pl.lit(issuer))).to_series(),
        "activity_id": _referred(_codes(to, records["scheme"]), records["activity"]),
        "related_id": _referred(_codes(to, origin), records["related"]),
    }


def _scripts(language: Whole, latin: Whole) -> pl.Series:
    """ISO 15924 codes."""
    cyrillic = (language == LANGUAGES.index("uk")) & (latin == 0)
    return _listed(["Latn", "Cyrl"], cyrillic.astype(np.int64))


def _participants(to: Setting, book: Book, records: Columns, way: How) -> pl.Series:
    """The names of those who give together, as written, parted by semicolons."""
    row = np.flatnonzero(records["joint"] >= 0)
    world = book.world
    member = np.flatnonzero(world.joint >= 0)
    member = member[np.argsort(world.joint[member], kind="stable")]
    start = np.searchsorted(world.joint[member], records["joint"][row])
    size = np.searchsorted(world.joint[member], records["joint"][row], side="right") - start
    of = np.repeat(row, size)
    which = np.repeat(start, size) + np.arange(len(of)) - np.repeat(np.cumsum(size) - size, size)
    name = _parties(to, "participant", world.partner[member[which]], (way[0][of], way[1][of]))
    joined = (
        pl.DataFrame({"row": of, "name": name})
        .group_by("row", maintain_order=True)
        .agg(pl.col("name").str.join("; "))
    )
    every = pl.DataFrame({"row": np.arange(len(records["joint"]))})
    return every.join(joined, on="row", how="left", maintain_order="left")["name"]
