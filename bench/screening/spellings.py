"""Goals for names written otherwise than a list writes them, and for common names that nobody lists."""

from collections.abc import Callable, Iterator
from datetime import date

import polars as pl
from bench.record import Benchmark
from bench.screening.altering import glued, initials, transposed, truncated
from bench.screening.asking import ON, Wanted, asked, day_of, false_alerts, found_share
from bench.screening.common_names import common_names
from bench.screening.halves import of_half, spread
from bench.screening.romanising import SCHEMES, applies, language, romanised

from konvoi.align.roles import Rules
from konvoi.align.screening import Ready, hits

EACH, COMMON = 500, 500
LONG = 30
_TWO = r"\S\s+\S"
ALARMS = {
    "German names with a birth": 0,
    "German names without a birth": 4,
    "Ukrainian names with a birth": 20,
    "Ukrainian names without a birth": 68,
}
"""False alerts per 1,000 common names before names were read in eight schemes."""


def named(lists: Ready, half: str) -> pl.DataFrame:
    """Return the names that identify of a half: listing, name, script, given, family, regime, kind, born."""
    frames = lists.frames
    strong = frames.names.filter(~pl.col("kind").is_in(["weak", "formerly"])).drop("kind")
    days = frames.births.drop_nulls("first").filter(pl.col("first") == pl.col("last"))
    born = days.unique("listing", keep="first").select("listing", born="first")
    rows = strong.join(frames.listings.select("listing", "regime", "kind"), on="listing")
    rows = of_half(rows.join(born, on="listing", how="left"), half)
    return rows.sort("listing", "name")


def cyrillic(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one Cyrillic name of each listing, of two words at least."""
    told = rows.filter(pl.col("script") == "Cyrillic", pl.col("name").str.contains(_TWO))
    return told.unique("listing", keep="first", maintain_order=True)


def by_schemes(bench: Benchmark, lists: Ready, rows: pl.DataFrame) -> dict[str, list[Wanted]]:
    """Measure names romanised by each scheme: persons and organisations, no birth and no number."""
    kinds = pl.col("kind").is_in(["person", "entity"])
    chosen = spread(cyrillic(rows.filter(kinds)), EACH)
    missed = {}
    for scheme in SCHEMES:
        wanted = []
        for listing, name, regime, kind in chosen.select("listing", "name", "regime", "kind").iter_rows():
            spoken = language(name, regime)
            if applies(scheme, spoken):
                party = asked(f"{scheme} {listing}", romanised(name, scheme, spoken), kind)
                wanted.append(Wanted(listing, party))
        share, missed[scheme] = found_share(wanted, lists)
        bench.figures[f"romanised, {scheme}: names"] = len(wanted)
        bench.at_least(f"romanised, {scheme}: found", share, 0.99, unit="")
    return missed


def altered(bench: Benchmark, lists: Ready, rows: pl.DataFrame) -> dict[str, list[Wanted]]:
    """Measure names with initials, letters changed round, words written together, and names cut."""
    several = rows.filter(pl.col("name").str.contains(_TWO), pl.col("script").is_in(["Latin", "Cyrillic"]))
    once = several.unique("listing", keep="first", maintain_order=True)
    person = once.filter(kind="person")
    entity = once.filter(kind="entity")
    known = rows.filter((pl.col("family") != "") & (pl.col("given") != ""), kind="person")
    given = known.unique("listing", keep="first", maintain_order=True)
    born = given.drop_nulls("born")
    ships = rows.filter(kind="ship").unique("listing", keep="first", maintain_order=True)
    tasks: dict[str, tuple[float, Iterator[Wanted]]] = {
        "initials, with the day of birth": (0.95, _abbreviated(born, day_of)),
        "initials, without a birth": (0.8, _abbreviated(given, lambda _: None)),
        "letters changed round, persons": (0.9, _changed(person, transposed)),
        "letters changed round, organisations": (0.9, _changed(entity, transposed)),
        "words written together, persons": (0.9, _changed(person, glued)),
        "words written together, organisations": (0.9, _changed(entity, glued)),
        "cut, organisations": (
            0.9,
            _changed(entity.filter(pl.col("name").str.len_chars() >= LONG), lambda name, _: truncated(name)),
        ),
        "ships with M/V before the name": (1.0, _changed(ships, lambda name, _: f"M/V {name}")),
    }
    missed = {}
    for name, (least, made) in tasks.items():
        wanted = list(made)
        share, missed[name] = found_share(wanted, lists)
        bench.figures[f"{name}: names"] = len(wanted)
        bench.at_least(f"{name}: found", share, least, unit="")
    return missed


def _abbreviated(rows: pl.DataFrame, birth: Callable[[date | None], object]) -> Iterator[Wanted]:
    for at, row in enumerate(spread(rows, EACH).iter_rows(named=True)):
        name = initials(row["given"], row["family"])
        party = asked(f"{at}", name, row["kind"], born=birth(row["born"]))  # type: ignore[arg-type]
        yield Wanted(row["listing"], party)


def _changed(rows: pl.DataFrame, change: Callable[[str, int], str]) -> Iterator[Wanted]:
    for at, row in enumerate(spread(rows, EACH).iter_rows(named=True)):
        name = change(row["name"], at)
        if name != row["name"]:
            yield Wanted(row["listing"], asked(f"{at}", name, row["kind"]))


def common(bench: Benchmark, lists: Ready) -> None:
    """Measure false alerts for common names: with some listed person's day of birth, and without a birth."""
    days = lists.frames.births.drop_nulls("first").filter(pl.col("first") == pl.col("last"))
    born = days.sort("listing", "first")["first"].to_list()
    for people, names in common_names(COMMON).items():
        for what, days_ in (("with a birth", born), ("without a birth", [None])):
            name = f"{people} names {what}"
            each = [
                asked(f"{at}", one, "person", born=day_of(days_[at * 7 % len(days_)]))
                for at, one in enumerate(names)
            ]
            found = hits(each, lists, Rules(), ON)
            told, matched = false_alerts(bench, name, found, "", len(names))
            bench.at_most(f"{name}: false alerts", told, ALARMS[name], unit="in 1,000")
            bench.at_most(f"{name}: matches", matched, 0, unit="in 1,000")
