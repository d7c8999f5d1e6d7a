"""One exchange of a bundle between two workspaces with given markings, and what is wrong with it."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from tests.flow.federation.pairs import pair, submit

from konvoi.flow.load_workspace import gathering
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.model.document import Reading
from konvoi.model.markings import admits

MARKINGS = ("", "public", "coalition", "own", "PL", "FR", "FR;PL")
DOCUMENTS = ("public", "coalition", "own", "PL")
OTHERS = ("coalition", "FR", "public")
SECRET = "Geheim"
"""Begins the title of each package; the rest is its number."""


@dataclass(frozen=True)
class Exchange:
    """Markings: of packages and line items of DE, of packages of PL, of DE's document; and another reader."""

    german: Sequence[str]
    items: Sequence[str]
    polish: Sequence[str]
    document: str
    other: str


def wrong(one: Exchange, folder: Path) -> Iterator[str]:
    """Exchange a bundle for PL in a new folder, and yield what a reader sees too much or too little."""
    two = pair(folder, tables("DE", one.german, one.items))
    head = two.sender / "submissions" / "DE" / "konvoi.csv"
    head.write_text(f"day,2031-02-01\nmarking,{one.document}\n")
    for each in (two.sender, two.receiver):
        submit(each, "PL", tables("PL", one.polish, one.polish))
    sent = two.made().content
    two.received(sent)
    here, there = (seen(each, "PL") for each in (two.receiver, two.sender))
    if len(here) != len(there) or not all(map(pl.DataFrame.equals, here, there)):
        yield "PL sees other rows in its own workspace than in the sender's"
    named = [f"{SECRET} DE{n}." for n in range(len(one.german))]
    marked = [marking or one.document for marking in one.german]
    admitted = {name for name, marking in zip(named, marked, strict=True) if admits(marking, ("DE",), "PL")}
    own = {f"{SECRET} PL{n}." for n in range(len(one.polish))}
    inputs = gathering(workspace(two.receiver)).inputs
    assert inputs is not None
    if titles(inputs.readings) != own | admitted:
        yield "the receiver's workspace does not hold exactly what the markings admit"
    text = b"\n".join(_members(sent)).decode("utf-8", "replace")
    if {name for name in named if name in text} != admitted:
        yield "the bundle does not contain exactly what the markings admit"
    # Whom the receiver shows it to is still as the sender has it.
    wide = {name for name in admitted if admits(marked[named.index(name)], ("DE",), one.other)}
    if {name for name in titles(inputs.sources.cut(View(None, one.other))) if name in named} != wide:
        yield "another reader of the receiver does not see exactly what the markings admit"


def tables(party: str, packages: Sequence[str], lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return packages and line items with these markings; lines are spread over the packages."""
    first = "package,party,day,kind,amount,currency,stage,title,marking"
    rows = [
        f"{party}-{n},{party},2031-01-0{n + 1},energy,{n + 1}.25,EUR,committed,{SECRET} {party}{n}.,{one}"
        for n, one in enumerate(packages)
    ]
    items = [
        f"{party}-{n % len(packages)}/{n},{party}-{n % len(packages)},tent,{n + 1}.125,{one}"
        for n, one in enumerate(lines)
    ]
    return {"packages": (first, *rows), "lines": ("line,package,good,quantity,marking", *items)}


def seen(folder: Path, reader: str) -> list[pl.DataFrame]:
    """Return what a reader sees, without names of documents and numbers of rows."""
    whole = gathering(viewed(workspace(folder), View(None, reader)))
    frames = [
        whole.ledger.entries,
        *(whole.tables[name] for name in ("packages", "lines") if name in whole.tables),
    ]
    drop = ("submission", "sheet", "row", "_file", "_sheet", "_row", "source")
    return [rows.drop(drop, strict=False).sort(pl.all()) for rows in frames if rows.height]


def titles(readings: Sequence[Reading]) -> set[str]:
    """Return the titles of packages in readings."""
    return {
        title for one in readings if "packages" in one.tables for title in one.tables["packages"]["title"]
    }


def _members(content: bytes) -> Iterator[bytes]:
    """Yield the files in an archive, and those in archives in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inner = archive.read(name)
            yield inner
            if zipfile.is_zipfile(io.BytesIO(inner)):
                yield from _members(inner)
