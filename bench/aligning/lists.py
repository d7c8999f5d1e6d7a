"""The real lists of sanctions as tables, and the same with every number gone that tells who is who."""

import gzip
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
from bench.record import ROOT

from konvoi.align.frames import SCHEMAS, Frames, together
from konvoi.flow.sanctions.list_reader import reading, tables
from konvoi.model.document import Document

DATA = Path(os.environ.get("KONVOI_REAL_DATA") or ROOT.parent / "shared" / "data") / "sanctions"
FILES = {
    "au": (date(2022, 5, 4), ("au/regulation8_consolidated.xls",)),
    "ca": (date(2022, 5, 4), ("ca/sema-lmes.xml",)),
    "eu": (date(2026, 8, 31), ("eu/journal/*.csv", "eu/journal-amendments/*.csv")),
    "ua": (date(2022, 5, 4), ("ua/sanctions.xlsx",)),
    "un": (date(2026, 2, 27), ("un/UN_consolidated.xml",)),
    "uk": (date(2022, 5, 4), ("uk/ConList.xlsx",)),
    "us": (
        date(2022, 5, 4),
        ("us/with-aliases/sdn.csv.gz", "us/with-aliases/a*.gz", "us/with-aliases/cons_*.gz"),
    ),
}
_NUMBER = r"\d(?:[\s\-./]?\d){5,}|\b[A-Za-z0-9]{18}\d\d\b"
"""Six digits or more in a row, and legal entity identifiers: none of them is left anywhere."""

_KEYS = ("listing", "regime", "kind", "file", "script")


@cache
def read(regime: str) -> Frames:
    """What a regime's real files say; ends the benchmark where they cannot be read."""
    day, patterns = FILES[regime]
    paths = [path for pattern in patterns for path in sorted(DATA.glob(pattern))]
    found = reading(regime, day, [_document(path) for path in paths])
    if found.refused or not paths:
        raise SystemExit(f"{regime}: cannot be read from {DATA}")
    return tables(found)


def _document(path: Path) -> Document:
    content = path.read_bytes()
    zipped = path.suffix == ".gz"
    return Document(path.name.removesuffix(".gz"), gzip.decompress(content) if zipped else content)


def of_kind(frames: Frames, regimes: Iterable[str], kind: str) -> Frames:
    """The listings of regimes that are of one kind."""
    return chosen(frames, pl.col("regime").is_in(list(regimes)) & (pl.col("kind") == kind))


def chosen(frames: Frames, which: pl.Expr) -> Frames:
    """The listings of which a condition holds, and what belongs to them."""
    kept = frames.listings.filter(which)
    rest = {
        name: getattr(frames, name).join(kept.select("listing"), on="listing", how="semi")
        for name in SCHEMAS
        if name != "listings"
    }
    return Frames(listings=kept, **rest)


def hidden(frames: Frames) -> Frames:
    """The same without identifiers, and without any long number in any text."""
    told = {}
    for name, schema in SCHEMAS.items():
        texts = [one for one, kind in schema.items() if kind == pl.String and one not in _KEYS]
        told[name] = getattr(frames, name).with_columns(pl.col(texts).str.replace_all(_NUMBER, " "))
    return replace(Frames(**told), identifiers=frames.identifiers.clear())


def every(regimes: Iterable[str]) -> Frames:
    """All listings of several regimes."""
    return together(read(regime) for regime in regimes)
