"""Events that several documents report alike: equal by their hash, so that they count once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.model.document import Reading
from konvoi.model.entries import RELATIONS, empty
from konvoi.model.paper import EVENT

_EVIDENCE = json.dumps([["event", "the same event by its hash"]], separators=(",", ":"))
_THING = ["hash", "good", "unit"]
_IDS = {"movements": "movement", "receipts": "receipt", "serials": "paper", "paper_names": "paper"}
UNNAMED = "epcis:"
"""The beginning of the id of an event that has none of its own."""


def equal_events(readings: Sequence[Reading]) -> pl.DataFrame:
    """Return `same_as` for each good of an event that documents of two sources report (RELATIONS)."""
    sides = list(_sides(readings))
    if len(sides) < 2:
        return empty(RELATIONS)
    found = pl.concat(sides).unique([*_THING, "source"], keep="first", maintain_order=True)
    pairs = found.join(found, on=_THING).filter(pl.col("source") < pl.col("source_right"))
    return pairs.select(
        left=pl.min_horizontal("entry", "entry_right"),
        right=pl.max_horizontal("entry", "entry_right"),
        relation=pl.lit("same_as"),
        subtype=pl.lit(None, pl.String()),
        probability=pl.lit(1.0),
        status=pl.lit("accepted"),
        basis=pl.lit("structure"),
        evidence=pl.lit(_EVIDENCE),
    ).sort("left", "right")


def named_alike(readings: Sequence[Reading], ages: Mapping[str, int]) -> tuple[Reading, ...]:
    """Return readings in which an event that several documents report has one id.

    A movement or receipt of an event has the id by which it became known first, of equal age an `eventID`
    before a hash. Receipts that answer it by its id elsewhere answer that one. So each table has the event
    once, whichever ids its reporters gave to it. ages: of documents, later ones higher.
    """
    sides = list(_sides(readings))
    if len(sides) < 2:
        return tuple(readings)
    age = pl.col("document").replace_strict(ages, return_dtype=pl.Int64)
    order = [age, pl.col("paper").str.starts_with(UNNAMED), "paper"]
    found = (
        pl.concat(sides)
        .sort(order)
        .with_columns(
            kept=pl.col("paper").first().over(_THING), kept_waybill=pl.col("waybill").first().over(_THING)
        )
    )
    changed = found.filter(pl.col("paper") != pl.col("kept"))
    if changed.is_empty():
        return tuple(readings)
    ids: dict[str, dict[str, str]] = {}
    for document, paper, kept in changed.select("document", "paper", "kept").iter_rows():
        ids.setdefault(document, {})[paper] = kept
    waybills = changed.filter(pl.col("waybill") != pl.col("kept_waybill"))
    bills = dict(waybills.select("waybill", "kept_waybill").iter_rows())
    renamed = [_renamed(one, ids.get(one.document, {}), bills) for one in readings]
    # An id that something else still has goes on to mean that.
    left = {id for one in renamed for id in _movements(one)}
    answers = bills | dict(changed.select("paper", "kept").iter_rows())
    return tuple(
        _answering(one, {id: kept for id, kept in answers.items() if id not in left}) for one in renamed
    )


def _renamed(reading: Reading, ids: Mapping[str, str], bills: Mapping[str, str]) -> Reading:
    """Return a document of events with other ids of its movements and receipts, and of their waybills."""
    if not ids:
        return reading
    tables = dict(reading.tables)
    for name, key in _IDS.items():
        if name in tables:
            tables[name] = tables[name].with_columns(pl.col(key).replace(ids))
    if "movements" in tables:
        tables["movements"] = tables["movements"].with_columns(pl.col("waybill").replace(bills))
    entries = reading.entries.with_columns(pl.col("reference").replace(ids))
    return replace(reading, tables=tables, entries=entries)


def _answering(reading: Reading, answers: Mapping[str, str]) -> Reading:
    """Return a reading whose receipts answer movements by their other ids."""
    rows = reading.tables.get("receipts")
    if rows is None or not answers:
        return reading
    receipts = rows.with_columns(pl.col("reference").replace(answers))
    return replace(reading, tables={**reading.tables, "receipts": receipts})


def _movements(reading: Reading) -> Iterable[str]:
    rows = reading.tables.get("movements")
    if rows is None:
        return ()
    return [*rows["movement"].drop_nulls(), *rows["waybill"].drop_nulls()]


def _sides(readings: Sequence[Reading]) -> Iterable[pl.DataFrame]:
    """Yield the entries of each document of events with the hash of the event, its good and its unit."""
    for reading in readings:
        names = reading.tables.get("paper_names")
        if reading.format != "epcis" or names is None or reading.entries.is_empty():
            continue
        hashes = names.filter(pl.col("scheme") == EVENT).select("paper", hash="name")
        lines = pl.concat(
            [
                reading.tables[table].select(paper=key, waybill=waybill)
                for table, key, waybill in (
                    ("movements", "movement", pl.col("waybill")),
                    ("receipts", "receipt", pl.lit(None, pl.String())),
                )
                if table in reading.tables
            ]
        )
        entries = reading.entries.select("entry", "source", "good", "unit", paper="reference")
        yield (
            entries.join(lines.join(hashes, on="paper"), on="paper")
            .select("entry", "source", "paper", "waybill", *_THING, document=pl.lit(reading.document))
            .with_columns(pl.col("good", "unit").fill_null(""))
            .unique(_THING, keep="first", maintain_order=True)
        )
