"""Source cells: the text of the submissions around each record, of records that a reader may see.

A reader other than the sender and the coordination cell is shown what reading took from a row: the cells of
columns that it knows, the whole element of published data. Rows of others have no numbers there, only their
order among the rows that the reader may see.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from konvoi.flow.cut import numbers_of, places
from konvoi.flow.gathered import Gathered
from konvoi.flow.package_digest import package_digest
from konvoi.flow.parse_documents import limits
from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.gateways.sandbox import run
from konvoi.intake.excerpt import Excerpt, Spot, packed_ask, unpacked_excerpts
from konvoi.kit.digest import key
from konvoi.model.document import Document, Reading
from konvoi.model.tables import BY_NAME

_PASSAGES = "konvoi.intake.passages:read_passages"
FOLDER = "passages"
ROWS = pl.Schema(
    {
        "document": pl.String(),
        "part": pl.String(),
        "position": pl.Int64(),
        "sheet": pl.String(),
        "row": pl.Int64(),
        "cells": pl.String(),
    }
)
"""Rows of documents. part: what is shown together: a sheet or page; empty for documents that have none.
position: among the rows of the part that the reader sees, from 1. row: number in the file; null for rows of
other senders. cells: names and texts as JSON; empty where they are not shown.
"""
PLACES = pl.Schema(
    {
        "record": pl.String(),
        "document": pl.String(),
        "part": pl.String(),
        "position": pl.Int64(),
        "column": pl.String(),
    }
)
"""Places of records. record: an entry, TABLE/KEY, or clauses/DOCUMENT/CLAUSE of a text. column: name of the
cell of its figure as in `cells`; empty where the record is the whole row.
"""

_PUBLISHED = frozenset(
    {"fts-flows", "iati-activities", "ocds", "oc4ids", "kiel-7", "ocha-needs", "ua-hromadas", "ukraine-plan"}
)
"""Formats of data that their source has published: a row of them is shown whole to whoever sees it."""
_TEXTS = frozenset({"pdf", "docx", "markdown", "akoma-ntoso"})
"""Formats of texts: the passage is the record's own text."""
_SHEETS = frozenset({"konvoi-workbook", "konvoi-csv", "mapped"})
"""Formats of which each column is known by its heading."""


class Passages:
    """Passages of documents; each document is read once in a child process, and kept by its content.

    cache: folder; None keeps none.
    """

    def __init__(self, settings: Settings, cache: Path | None = None) -> None:
        self._limits = limits(settings)
        self._cache = cache
        self._last: tuple[str, Mapping[Spot, Excerpt]] = ("", {})

    def of(self, document: Document, spots: Sequence[Spot]) -> Mapping[Spot, Excerpt]:
        """Return the passages at places of a document; fewer where it cannot be read again."""
        name = key(document.name, document.digest, spots, _code())
        if self._last[0] != name:
            self._last = name, unpacked_excerpts(self._answer(name, document, spots), spots)
        return self._last[1]

    def _answer(self, name: str, document: Document, spots: Sequence[Spot]) -> bytes | None:
        place = None if self._cache is None else self._cache / FOLDER / f"{name}.json"
        known = None if place is None else files.content(place)
        if known is not None:
            return known
        answer = run(_PASSAGES, packed_ask(document, spots), self._limits).answer
        if place is not None and answer is not None:
            try:
                files.write(place, answer, sync=False)
            except Refused:
                # A folder that only lets itself be read keeps nothing.
                return answer
        return answer


def _code() -> str:
    return package_digest("intake")


def source_cells(gathered: Gathered, passages: Passages) -> dict[str, pl.DataFrame]:
    """Return the tables `passage_rows` (ROWS) and `passage_places` (PLACES) of a view.

    They have no rows for a view that was kept on disk: its inputs are not at hand.
    """
    rows: list[pl.DataFrame] = []
    where: list[pl.DataFrame] = []
    inputs = gathered.inputs
    if inputs is not None:
        view = gathered.view
        entries = _entries(gathered)
        whole = {one.document: one for one in inputs.sources.readings}
        for shown in inputs.sources.readings if view.is_cell else inputs.sources.shown(view):
            document = inputs.sources.documents.get((shown.document, shown.digest))
            name = gathered.names.get(shown.document, shown.document)
            one = _OfDocument(shown, name, entries.get(name, ()), gathered.view)
            if not one.spots:
                continue
            found = {} if document is None else passages.of(document, _spots(whole[shown.document]))
            rows.append(one.rows(found))
            where.append(one.places())
    return {
        "passage_rows": pl.concat([ROWS.to_frame(), *rows]).sort("document", "part", "position"),
        "passage_places": pl.concat([PLACES.to_frame(), *where]).sort("record", maintain_order=True),
    }


class _Entry(NamedTuple):
    entry: str
    sheet: str | None
    row: int | None
    column: str | None


class _Position(NamedTuple):
    part: str
    position: int


def _entries(gathered: Gathered) -> Mapping[str, Sequence[_Entry]]:
    """Return the entries of a view, earlier statements too, by the name of their document."""
    names = dict(gathered.documents.select("submission", "name").iter_rows())
    ledger = gathered.ledger
    columns = ["submission", *_Entry._fields]
    frames = [one.entries for one in gathered.readings]
    frames += [ledger.superseded, ledger.corrected, ledger.disputed]
    found: dict[str, list[_Entry]] = {}
    for rows in frames:
        for submission, *values in rows.select(columns).unique(maintain_order=True).iter_rows():
            found.setdefault(names.get(submission, submission), []).append(_Entry(*values))
    return found


class _OfDocument:
    """Rows and records of one document that a reader sees.

    shown: its reading, under the numbers of the file. name: as the reader knows it. entries: of the view.
    """

    def __init__(self, shown: Reading, name: str, entries: Sequence[_Entry], view: View) -> None:
        self._shown = shown
        self._name = name
        self._own = view.owns(shown.party)
        self._entries = entries
        # Entries of other senders' documents bear the numbers that rows have in the view.
        numbers = {} if self._own else numbers_of(places(shown))
        self._row_of = {(at.sheet, number): at.row for at, number in numbers.items()}
        self.spots = sorted({*_spots(shown), *(spot for _, spot in self._entry_spots())})
        self._texts = dict(_texts(shown)) if shown.format in _TEXTS else {}
        self._known = {} if self._own else _known_headings(shown)
        self._at = dict(_numbered(self.spots, split=not self._is_tree))

    def _entry_spots(self) -> Iterator[tuple[_Entry, Spot]]:
        """Yield the entries that have a row, with its place in the file."""
        for one in self._entries:
            spot = (one.sheet or "", one.row or 0)
            row = self._row_of.get(spot, 0) if self._row_of else spot[1]
            if row:
                yield one, (spot[0], row)

    @property
    def _is_tree(self) -> bool:
        """True for JSON and XML: their paths name no sheets."""
        return self._shown.format not in _SHEETS and any(c in sheet for sheet, _ in self.spots for c in "./[")

    def rows(self, found: Mapping[Spot, Excerpt]) -> pl.DataFrame:
        """Return ROWS of the document."""
        table = []
        for spot in self.spots:
            cells = self._cells(spot, found.get(spot, ()))
            text = json.dumps(cells, ensure_ascii=False, separators=(",", ":")) if cells else ""
            at = self._at[spot]
            row = spot[1] if self._own else None
            table.append((self._name, at.part, at.position, spot[0], row, text))
        return pl.DataFrame(table, schema=ROWS, orient="row")

    def _cells(self, spot: Spot, found: Excerpt) -> Sequence[tuple[str, str]]:
        """Return the cells that a reader may see; none where it is not known which those are."""
        if spot in self._texts:
            return self._texts[spot]
        if self._own:
            return found
        if self._shown.format in _SHEETS:
            known = self._known.get(spot[0], frozenset())
            first = dict(reversed(found))
            return [(name, text) for name, text in found if name in known and first[name] == text]
        return found if self._shown.format in _PUBLISHED else ()

    def places(self) -> pl.DataFrame:
        """Return PLACES of the records of the document."""
        return pl.DataFrame(list(self._places()), schema=PLACES, orient="row")

    def _places(self) -> Iterator[tuple[str, str, str, int, str]]:
        for one, spot in self._entry_spots():
            headings, column = self._shown.headings.get(spot[0], {}), one.column or ""
            yield one.entry, self._name, *self._at[spot], headings.get(column, column).removesuffix(" *")
        for name, rows in sorted(self._shown.tables.items()):
            table = BY_NAME.get(name)
            if table is None or not table.key or not {"_row", table.key[0]} <= set(rows.columns):
                continue
            for named, sheet, row in rows.select(table.key[0], "_sheet", "_row").iter_rows():
                at = self._at.get((sheet or "", row or 0))
                if at is not None and named is not None:
                    yield f"{name}/{named}", self._name, *at, ""
        yield from self._clauses()

    def _clauses(self) -> Iterator[tuple[str, str, str, int, str]]:
        """Yield PLACES of the clauses of a text."""
        clauses = self._shown.tables.get("clauses")
        if clauses is None or not self._texts:
            return
        for clause, sheet, row in clauses.select("clause", "_sheet", "_row").iter_rows():
            at = self._at.get((sheet or "", row or 0))
            if at is not None:
                yield f"clauses/{self._name}/{clause}", self._name, *at, ""


def _spots(reading: Reading) -> list[Spot]:
    """Return the places of all records of a document, sorted."""
    entries = reading.entries.select("sheet", "row").unique().iter_rows()
    found = {*places(reading), *((sheet or "", row or 0) for sheet, row in entries)}
    return sorted((sheet, row) for sheet, row in found if row)


def _numbered(spots: Sequence[Spot], *, split: bool) -> Iterator[tuple[Spot, _Position]]:
    """Yield places with their position: in each sheet, or by their row in the file as a whole."""
    counts: dict[str, int] = {}
    for spot in spots if split else sorted(spots, key=lambda one: (one[1], one[0])):
        part = spot[0] if split else ""
        counts[part] = counts.get(part, 0) + 1
        yield spot, _Position(part, counts[part])


def _known_headings(reading: Reading) -> dict[str, frozenset[str]]:
    """Return the headings of the columns that reading knows, by sheet."""
    found: dict[str, set[str]] = {}
    for name, rows in reading.tables.items():
        if name not in BY_NAME or "_sheet" not in rows.columns:
            continue
        columns = {column.name for column in BY_NAME[name].columns}
        for sheet in rows["_sheet"].drop_nulls().unique():
            named = reading.headings.get(sheet, {})
            texts = (text for column, text in named.items() if column in columns)
            found.setdefault(sheet, set()).update(text.removesuffix(" *") for text in texts)
    return {sheet: frozenset(texts) for sheet, texts in found.items()}


def _texts(reading: Reading) -> Iterator[tuple[Spot, Sequence[tuple[str, str]]]]:
    """Yield the passages of a text by their places."""
    rows = reading.tables.get("clauses")
    if rows is not None:
        for sheet, row, label, text in rows.select("_sheet", "_row", "label", "text").iter_rows():
            yield (sheet or "", row or 0), [(label or "", text or "")]
