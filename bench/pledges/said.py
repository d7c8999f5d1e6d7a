"""What the text of a record says: how much of what, for where, in its language and order."""

import numpy as np
import polars as pl
from bench.pledges.book import HEDGES, LEADS, MINISTRY, PRESS, TO_DATE, Columns
from bench.pledges.chance import Whole
from bench.pledges.lexicon import LANGUAGES, ROLES, UNITS
from bench.pledges.printed import printed, word
from bench.pledges.world import Setting

UKRAINIAN = LANGUAGES.index("uk")
PIECE, TONNE = UNITS.index("piece"), UNITS.index("tonne")
# How a quantity is said: as it is, in thousands, in kilograms, on pallets.
SAID_UNITS = ("piece", "tonne", "kit", "thousand", "kilogram", "pallet")
THOUSAND, KILOGRAM, PALLET = 3, 4, 5
ON_A_PALLET = 20
PALLETS_FROM, PALLETS_TO, KILOGRAMS_TO = 100, 5_000, 100_000
How = tuple[Whole, Whole]
_LEAD = np.array([ROLES.index(name) if name else -1 for name in LEADS])
_HEDGE = np.array([ROLES.index(name) if name else -1 for name in HEDGES])
_UNIT = np.array([*(ROLES.index(name) for name in SAID_UNITS), -1])


def how(to: Setting, records: Columns) -> How:
    """Language and script of each record: some Ukrainian ones are in Latin letters."""
    language = records["language"]
    latin = to.chance.happens("script", len(language), to.rate.share("press.ukrainian_in_latin"))
    return language, ((language == UKRAINIAN) & latin).astype(np.int64)


def quantities(to: Setting, records: Columns) -> tuple[Whole, Whole]:
    """Quantity as said (0 where none), and its unit by place in SAID_UNITS (-1 where none)."""
    exact, n = records["quantity"], len(records["quantity"])
    off = to.chance.happens("quantity/off", n, to.rate.share("wording.wrong_quantity")) & (exact >= 10)
    amount = exact + off * (2 * to.chance.below("quantity/by", n, 2) - 1) * (exact // 10)
    unit = to.names.goods.unit[records["good"]]
    other = to.chance.happens("quantity/other", n, to.rate.share("wording.other_unit"))
    some = (amount >= PALLETS_FROM) & (amount < PALLETS_TO) & (amount % ON_A_PALLET == 0)
    cases = (
        other & (unit == PIECE) & some,
        other & (unit == PIECE) & (amount >= PALLETS_TO) & (amount % 1000 == 0),
        other & (unit == TONNE) & (amount < KILOGRAMS_TO),
    )
    said = np.select(cases, (amount // ON_A_PALLET, amount // 1000, amount * 1000), amount)
    return said, np.where(exact > 0, np.select(cases, (PALLET, THOUSAND, KILOGRAM), unit), -1)


def texts(to: Setting, records: Columns, said: tuple[Whole, Whole], way: How) -> pl.Series:
    """The text of each record: what leads, number, unit, good, region, in one of two orders."""
    n, (amount, unit) = len(said[0]), said
    told = (unit >= 0) & to.chance.happens("text/quantity", n, to.rate.share("wording.quantity_in_text"))
    bare = (unit == PIECE) & to.chance.happens("text/bare", n, to.rate.share("wording.bare_number"))
    hedged = np.where(told & (records["hedge"] > 0), records["hedge"], 0)
    frame = pl.DataFrame(
        {
            "told": told, "number": amount,
            "turned": to.chance.happens("text/turned", n, to.rate.share("wording.turned")),
            "lead": word(to, "lead", _LEAD[records["lead"]], way),
            "hedge": word(to, "hedge", _HEDGE[hedged], way),
            "unit": word(to, "unit", _UNIT[np.where(told & ~bare, unit, -1)], way),
            "good": printed(to.names.goods.names).chosen(to, "good", records["good"], way),
            "other": _others(to, records, way),
            "region": _regions(to, records, way),
            "detail": _details(to, records, way),
        }
    )  # fmt: skip
    number = pl.when("told").then(pl.col("number").cast(pl.String))
    thing = ("lead", "hedge", number, "unit", "good", "other")
    straight, turned = (
        (*thing, "region", "detail"),
        ("region", "detail", "good", "lead", "hedge", number, "unit", "other"),
    )
    both = (pl.concat_str(*parts, separator=" ", ignore_nulls=True) for parts in (turned, straight))
    text = pl.when("turned").then(next(both)).otherwise(next(both))
    return frame.select(
        text.str.replace_all("  ", " ", literal=True).str.strip_chars().alias("text")
    ).to_series()


def _others(to: Setting, records: Columns, way: How) -> pl.Series:
    """What is replaced: instead of such a good."""
    good = records["other"]
    lead = word(to, "instead", np.where(good >= 0, ROLES.index("instead"), -1), way)
    name = printed(to.names.goods.names).chosen(to, "other good", good, way)
    return pl.select(pl.concat_str(lead, name, separator=" ")).to_series()


def _details(to: Setting, records: Columns, way: How) -> pl.Series:
    """What it is for and nothing else is, in brackets: in registers always, in public half the time or so."""
    public = np.isin(records["source"], (MINISTRY, PRESS))
    told = ~public | to.chance.happens("text/detail", len(public), to.rate.share("wording.detail_in_public"))
    name = printed(to.names.details).chosen(to, "detail", np.where(told, records["detail"], -1), way)
    return pl.select(pl.format("({})", name)).to_series()


def _regions(to: Setting, records: Columns, way: How) -> pl.Series:
    """For where: in registers as often as IATI names a place, in public less."""
    public = np.isin(records["source"], (MINISTRY, PRESS))
    share = np.where(public, to.rate.share("wording.region_in_text"), to.rate.share("iati.place"))
    told = to.chance.happens("text/region", len(public), share) & (records["region"] >= 0)
    told &= records["lead"] != TO_DATE
    lead = word(to, "for", np.where(told, ROLES.index("for"), -1), way)
    name = printed(to.names.regions).chosen(to, "region", np.where(told, records["region"], -1), way)
    return pl.select(pl.concat_str(lead, name, separator=" ")).to_series()
