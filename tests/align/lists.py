"""Lists for tests: invented samples in the form of the real ones, and the real files, opened."""

import csv
import functools
import gzip
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from konvoi.align.listing import Listing
from konvoi.align.regime import Found, Opened, Regime
from konvoi.align.regimes import REGIMES
from konvoi.align.regimes.national import NATIONAL
from konvoi.intake import markup
from konvoi.intake.sheets import Sheets, sheets
from konvoi.intake.xls import old_sheets
from konvoi.model.document import Document

HERE = Path(__file__).parent / "regimes"
SAMPLES, GOLDEN = HERE / "samples", HERE / "golden"
DAY = date(2031, 12, 31)
BY_NAME = {regime.name: regime for regime in REGIMES}
STATES = {regime.name for regime in NATIONAL}
"""Member states whose lists are read by one table and its mapping; they share a sample."""

EACH = sorted(set(BY_NAME) - STATES | {"pl"})
"""Every regime that has a reader of its own, and one member state for all that share theirs."""
SHEETS = {"uk", "ua", "au", "jp", "nl"}
"""Regimes whose samples are sheets: each CSV is one, days and whole numbers as a workbook holds them."""


def sample(name: str, *files: str) -> list[Opened]:
    """The sample files of a regime, all or those named."""
    folder = SAMPLES / ("national" if name in STATES else name)
    paths = [folder / file for file in files] or sorted(folder.iterdir())
    if name in SHEETS:
        return [Opened("book", sheets={path.stem: rows(path.read_text("utf-8")) for path in paths})]
    return [opened(path.name, path.read_bytes()) for path in paths]


def opened(name: str, content: bytes) -> Opened:
    """A text file or an XML, opened."""
    if content.lstrip().startswith(b"<"):
        return Opened(name, root=markup.root(content))
    return Opened(name, content.decode("utf-8"))


def rows(text: str) -> list[tuple[int, tuple[object, ...]]]:
    """The rows of a CSV as those of a sheet."""
    return [
        (number, tuple(_cell(cell) for cell in cells))
        for number, cells in enumerate(csv.reader(text.splitlines(True)), 1)
    ]


def _cell(text: str) -> object:
    if not text:
        return None
    if text.isdecimal() and not text.startswith("0"):
        return int(text)
    try:
        return date.fromisoformat(text) if len(text) == 10 else text
    except ValueError:
        return text


@functools.cache
def read_sample(name: str, *files: str, day: date = DAY) -> Found:
    """What a regime reads of its sample."""
    return BY_NAME[name].read(sample(name, *files), day)


def by_id(listings: Iterable[Listing]) -> dict[str, Listing]:
    """Listings by their ids without the regime and the list."""
    return {one.id.split(":", 2)[2]: one for one in listings}


def golden(found: Found) -> str:
    """What was read as JSON with a line for each field, for comparing by eye and by machine."""
    plain = {
        "day": found.day,
        "spoken": found.spoken,
        "facts": found.facts,
        "findings": [one.as_dict() for one in found.findings],
        "listings": [_bare(asdict(one)) for one in found.listings],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _bare(value: object) -> object:
    """Without what is empty."""
    if isinstance(value, dict):
        return {
            name: _bare(one)
            for name, one in value.items()
            if one not in (None, "", (), [], 0, False) or name == "valid"
        }
    return [_bare(one) for one in value] if isinstance(value, list | tuple) else value


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else asdict(value)  # type: ignore[call-overload]


REAL_DAYS = {"eu": date(2026, 8, 31), "ua": date(2022, 5, 4)}


@functools.cache
def real(folder: Path, name: str) -> Found:
    """What a regime reads of its real files (of the EU the acts with what amends them)."""
    files = {
        "eu": ("eu/journal/*.csv", "eu/journal-amendments/*.csv"),
        "uk": ("uk/ConList.xlsx",),
        "ca": ("ca/sema-lmes.xml",),
        "ua": ("ua/sanctions.xlsx",),
        "us": ("us/with-aliases/*.gz",),
        "un": ("un/UN_consolidated.xml",),
        "au": ("au/regulation8_consolidated.xls",),
    }[name]
    found = [path for pattern in files for path in sorted((folder / "sanctions").glob(pattern))]
    return regime(name).read([real_file(path) for path in found], REAL_DAYS.get(name, date(2022, 5, 4)))


def regime(name: str) -> Regime:
    """A regime by its name."""
    return BY_NAME[name]


@functools.cache
def real_file(path: Path) -> Opened:
    """A real file, opened."""
    content = path.read_bytes()
    name = path.name.removesuffix(".gz")
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    if path.suffix == ".xlsx":
        return Opened(name, sheets=_rows(sheets(Document(name, content))))
    if path.suffix == ".xls":
        return Opened(name, sheets=_rows(old_sheets(Document(name, content))))
    return opened(name, content)


def _rows(found: Sheets) -> dict[str, list[tuple[int, tuple[object, ...]]]]:
    assert not found.refused
    return {name: [(row.number, row.cells) for row in sheet.rows] for name, sheet in found.by_name.items()}
