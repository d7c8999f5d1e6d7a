"""Records as handed in, as a table for Splink without labels.

Preparation is what an analyst does without the product: names of states in CLDR become codes, other names are
folded; amounts become euros at the day's rate; the first number of a title is its quantity, one in brackets
its number.
"""

from datetime import date

import polars as pl
from babel import Locale
from bench.pledges.campaigns.world import World, minor_units
from bench.pledges.exchange import exchange
from bench.pledges.handed import Made
from bench.pledges.vocabulary import LANGUAGES, half

_WIDTH = 0.12


def table(made: Made) -> pl.DataFrame:
    """Return one row for each reference, as last stated: id, party, eur, days, title, words and blocks."""
    last = made.records.sort("known_on").unique("id", keep="last", maintain_order=True).sort("id")
    names = _states()
    world = World(0, half("dev"), exchange())
    parties = {name: names.get(_fold(name), _fold(name)) for name in last["party"].unique()}
    money = last.select("amount_minor", "currency", "day").iter_rows()
    title = pl.col("title").str.to_lowercase()
    found = last.select(
        "id",
        pl.col("party").replace_strict(parties),
        "kind",
        eur=pl.Series([_eur(world, *row) for row in money], dtype=pl.Float64),
        days=pl.col("day").to_physical(),
        title=title,
        words=title.str.extract_all(r"[\p{L}]{3,}").list.unique().list.sort(),
        number=title.str.extract(r"\((.*?\d+)\)").str.extract(r"(\d+)$"),
        quantity=title.str.replace_all(r"\(.*?\)", "").str.extract(r"(?:^|\s)(\d+)(?:\s|$)").cast(pl.Int64),
        implementer=pl.col("implementer").str.to_lowercase(),
    )
    size = (pl.col("eur").log() / _WIDTH).replace([float("inf"), float("-inf")], None)
    priced = pl.col("eur") > 0
    return found.with_columns(
        bucket0=pl.when(priced).then(size.floor()).cast(pl.Int64, strict=False),
        bucket1=pl.when(priced).then((size + 0.5).floor()).cast(pl.Int64, strict=False),
    )


def _eur(world: World, amount: int | None, currency: str | None, day: date) -> float | None:
    if amount is None or currency is None:
        return None
    return world.eur_minor(amount, currency, day) / minor_units("EUR")


def _fold(name: str) -> str:
    return " ".join(name.lower().replace(",", " ").replace(".", " ").split())


def _states() -> dict[str, str]:
    """Return the code of each state by its folded names in CLDR, and by itself."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        found |= {
            _fold(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()
        }
    return found | {code.lower(): code for code in set(found.values())}
