"""Sanctions lists of the exercise, in the forms that authorities publish: from rows to files and manifest."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter
from writing import DAY, write_text, write_value

HEAD = """# Lists of the exercise: every party, number, act and day in them is invented, in the forms in which
# the authorities of these names publish theirs. They are nobody's lists; SOURCES.md says so.
# An exercise rests for weeks: its lists may be older than the one day that holds without this line.
most_days = 30
"""
# Each list: regime, its day, and its files, each with the sheets or the text (in facts/lists) that it holds.
Files = dict[str, tuple[str, ...]]
LISTS: tuple[tuple[str, str, Files], ...] = (
    ("eu", "2031-01-31", {"39999R0001.csv": ("eu-39999R0001",)}),
    ("eu", "2031-02-27", {"39999R0001.csv": ("eu-39999R0001",), "39999R0007.csv": ("eu-39999R0007",)}),
    ("ua", "2031-02-20", {"register.xlsx": ("ua-persons", "ua-entities")}),
    ("uk", "2031-02-26", {"ConList.xlsx": ("uk",)}),
    ("us", "2031-02-25", {"sdn.csv": ("us-sdn",)}),
)


def write_lists(source: Path, target: Path) -> None:
    """Write all lists below a folder, and the manifest that names each file with its digest."""
    entries = [HEAD]
    for regime, day, held in LISTS:
        paths = {f"{regime}/{day}/{name}": sheets for name, sheets in held.items()}
        for path, sheets in paths.items():
            write_list(target / path, [source / f"{sheet}.csv" for sheet in sheets], day)
        entries += entry(regime, day, sorted(paths), target)
    write_text(target / "manifest.toml", "\n".join(entries) + "\n")


def entry(regime: str, day: str, paths: Sequence[str], target: Path) -> Iterator[str]:
    """The lines of the manifest that say a list."""
    yield from ("[[list]]", f'regime = "{regime}"', f"day = {day}", "[list.files]")
    for path in paths:
        yield f'"{path}" = "{hashlib.sha256((target / path).read_bytes()).hexdigest()}"'
    yield ""


def write_list(path: Path, sources: Sequence[Path], day: str) -> None:
    """One file: a text as it stands, or a workbook with a sheet for each source."""
    if path.suffix != ".xlsx":
        write_text(path, sources[0].read_text("utf-8"))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime.fromisoformat(day), "title": "Exercise: invented parties"})
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    for source in sources:
        sheet = book.add_worksheet(source.stem)
        with source.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file)):
                for at, cell in enumerate(row):
                    typed = cell.isdecimal() or DAY.fullmatch(cell)
                    if typed:
                        write_value(sheet, (number, at), cell, dated)
                    elif cell:
                        sheet.write_string(number, at, cell)
    book.close()
