"""Goals for identifiers: each number of the real lists, as people write it, is read as the list's own."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl
from bench.record import Benchmark

from konvoi.align.frames import Frames
from konvoi.align.identifiers import EDRPOU, IMO_COMPANY, IMO_SHIP, INN, KPP, LEI, OGRN, OTHER, RNOKPP
from konvoi.align.listing import Kind
from konvoi.align.numbers import own_ids

LABELS: Mapping[str, Sequence[str]] = {
    IMO_SHIP: ("IMO", "IMO No.", "IMO number:"),
    IMO_COMPANY: ("IMO", "Company IMO", "IMO No.:"),
    LEI: ("LEI", "LEI code:"),
    INN: ("INN", "ИНН", "ІПН №", "Tax ID/INN"),
    OGRN: ("OGRN", "ОГРН:", "ОДРН"),
    EDRPOU: ("EDRPOU", "ЄДРПОУ №"),
    RNOKPP: ("РНОКПП", "RNOKPP:"),
    KPP: ("KPP", "КПП:"),
}
SEPARATORS = (" ", "\u00a0", "\u202f", "-", "\u2013", "\u2011", "/", ".")
BESIDE = "MMSI 273456789; tel. +7 495 123-45-67; 12.03.2015"


def grouped(value: str, separator: str, size: int) -> str:
    """Return a number in groups of digits.

    >>> grouped("7707083893", "-", 4)
    '7707-0838-93'
    """
    return separator.join(value[at : at + size] for at in range(0, len(value), size))


def spellings(type: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield what a column is for, and what stands in it: the number in groups, alone and beside others."""
    first = sum(map(ord, value))
    for at, separator in enumerate(("", *SEPARATORS), first):
        text = grouped(value, separator, 3 + at % 2)
        label = LABELS[type][at % len(LABELS[type])]
        yield type, text
        yield type, f"{label} {text}"
        yield OTHER, f"{label} {text}"
        yield OTHER, f"{BESIDE}; {label} {text}"
    yield OTHER, f"{value} ({LABELS[type][0]})"


def missed(type: str, value: str, kind: str) -> list[str]:
    """Return the spellings of a number that are not read as it."""
    of = Kind(kind)
    return [
        f"{column}: {text}"
        for column, text in spellings(type, value)
        if not any((one.type, one.value) == (type, value) for one in own_ids(column, text, kind=of))
    ]


def identifiers(bench: Benchmark, frames: Frames) -> dict[str, list[str]]:
    """Measure all numbers of the lists whose check digits hold; and IMO numbers that no check holds for."""
    kinds = frames.listings.select("listing", "kind").unique("listing")
    held = frames.identifiers.join(kinds, on="listing")
    bench.figures["identifiers of the lists"] = frames.identifiers.unique().height
    told = held.filter(pl.col("type").is_in(list(LABELS)) & pl.col("valid").fill_null(value=True))
    found: dict[str, list[str]] = {}
    for (type,), rows in (
        told.unique(("type", "value", "kind"))
        .sort("type", "value", "kind")
        .group_by("type", maintain_order=True)
    ):
        each = rows.select("value", "kind").iter_rows()
        found[str(type)] = [text for value, kind in each for text in missed(str(type), value, kind)]
        bench.figures[f"identifiers, {type}: numbers"] = rows.height
        bench.at_most(f"identifiers, {type}: spellings missed", len(found[str(type)]), 0, unit="")
    firms = held.filter(pl.col("type") == IMO_SHIP, pl.col("kind") == "entity")
    wrong = firms.filter(~pl.col("valid").fill_null(value=True)).height
    bench.at_most("identifiers, organisations' IMO numbers read as invalid ships'", wrong, 0, unit="")
    return found
