"""The answers of `konvoi sanctions matrix --json`: the matrix wide, gaps, one party, changes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl

from konvoi.align.citing import BESIDE, citation_text
from konvoi.align.gap_programmes import By, Chosen, chosen, counted
from konvoi.align.matrix import Cell
from konvoi.align.span_text import span_text
from konvoi.flow.sanctions.list_changes import Changed
from konvoi.flow.sanctions.list_comparison import Sanctions
from konvoi.report.language import Language
from konvoi.report.page import Message
from konvoi.report.sanctions.listed import cell_message

Json = dict[str, object]


def matrix_json(found: Sanctions) -> Json:
    """The lists, shares, first and lag, and a row for each party and measure with a cell for each regime."""
    return _head(found) | {
        "shares": found.shares.to_dicts(),
        "first_and_lag": found.lags.to_dicts(),
        "matrix": wide(found).to_dicts(),
        "findings": [one.as_dict() for one in found.findings],
    }


def gaps_json(found: Sanctions, asked: Chosen, by: By | None = None) -> Json:
    """Return the gaps that are asked for, each with its acts; groups of them; listings about to end."""
    lacking = chosen(found.gaps, asked)
    ends = found.ending.filter(regime=asked.regime) if asked.regime else found.ending
    if asked.measure:
        ends = ends.filter(order=asked.measure)
    rows = _titled(lacking, found).to_dicts()
    acts = acts_of(lacking, found.citations)
    told = [row | {"acts_cited": acts[row["party"], row["order"], row["lacks"]]} for row in rows]
    return _head(found) | {
        "asked": {name: value for name, value in vars(asked).items() if value},
        "stated": lacking.filter(perhaps="").height,
        "undecided": lacking.filter(pl.col("perhaps") != "").height,
        "groups": counted(lacking, by).to_dicts() if by else [],
        "gaps": told,
        "ending": _titled(ends, found).to_dicts(),
        "within_days": found.soon,
        "findings": [one.as_dict() for one in found.findings],
    }


def acts_of(gaps: pl.DataFrame, citations: pl.DataFrame) -> dict[tuple[str, str, str], list[Json]]:
    """Return the acts of each gap (party, measure, regime that lacks it) as plain values, each once.

    They are sorted by regime and citation. citations: CITED of konvoi.align.citing.
    """
    listings = gaps.select("party", "order", "lacks", pl.col("listings").str.split(BESIDE).alias("listing"))
    cited = listings.explode("listing").join(citations, on=("listing", "order"))
    once = cited.drop("listing").unique().sort(*_GAP, "regime", "citation", "tag", "provision")
    acts: dict[tuple[str, str, str], list[Json]] = {key: [] for key in listings.rows_by_key(_GAP)}
    for row in once.iter_rows(named=True):
        key = (row.pop("party"), row.pop("order"), row.pop("lacks"))
        acts[key].append(row)
    return acts


_GAP = ("party", "order", "lacks")


def pairs_json(found: Sanctions, regime: str) -> Json:
    """The pairs of parties that wait for a person, the likeliest first, with what speaks for and against."""
    rows = found.asked_of(regime)
    return _head(found) | {
        "pairs": rows.to_dicts(),
        "findings": [one.as_dict() for one in found.findings],
    }


def party_json(found: Sanctions, parties: Sequence[str]) -> Json:
    """The cells of parties in full, with what is behind each."""
    rows = found.matrix.filter(pl.col("party").is_in(list(parties)))
    listings = found.frames.listings.join(found.parties, on="listing")
    own = listings.filter(pl.col("party").is_in(list(parties))).sort("party", "listing")
    return _head(found) | {
        "parties": found.titles.filter(pl.col("party").is_in(list(parties))).to_dicts(),
        "cells": [_told(row, found) for row in rows.iter_rows(named=True)],
        "listings": own.to_dicts(),
        "findings": [one.as_dict() for one in found.findings],
    }


def changes_json(found: Changed, regime: str) -> Json:
    """Return the number of changes by regime; new, amended and removed listings."""
    rows = found.changes.filter(regime=regime) if regime else found.changes
    days = [{"regime": name, "old": old, "new": new} for name, (old, new) in found.days.items()]
    told: Json = {"old": found.old, "new": found.new, "lists": days, "left_out": list(found.left_out)}
    sums = found.sums.filter(regime=regime) if regime else found.sums
    return told | {
        "regimes": sums.to_dicts(),
        "changes": rows.to_dicts(),
        "findings": [one.as_dict() for one in found.findings],
    }


def _head(found: Sanctions) -> Json:
    covers = {row["regime"]: row for row in found.covers.to_dicts()}
    states = {one.taken.snapshot.regime: one.state.value for one in found.used}
    lists = [
        {
            "regime": name,
            "day": covers.get(name, {}).get("day"),
            "age": (found.on - covers[name]["day"]).days if name in covers else None,
            "old": name in found.old,
            "speaks_from": covers.get(name, {}).get("first"),
            "speaks_to": covers.get(name, {}).get("last"),
            "state": states.get(name),
        }
        for name in found.regimes
    ]
    return {"on": found.on, "parties": found.listed, "undecided_pairs": found.asked, "lists": lists}


def _told(row: dict[str, object], found: Sanctions) -> Json:
    """The cell of a party with the acts to cite; of one not listed the nearest names on the list."""
    since = span_text(*(as_day(row[name]) for name in ("since_first", "since_last")))
    cited = citation_text(str(row["regime"]), str(row["acts"] or ""))
    row = row | {"citations": cited, "since": since}
    if row["cell"] != Cell.NOT_LISTED.value:
        return row
    near = found.near(str(row["party"]), str(row["regime"]))
    return row | {"nearest": [{"name": name, "share": round(share, 2)} for name, share in near]}


def as_day(value: object) -> date | None:
    """Return a value that is a day; None for any other."""
    return value if isinstance(value, date) else None


def cell_text(row: Mapping[str, object], found: Sanctions, say: Callable[[Message], str]) -> str:
    """The cell of the matrix as people read it: `not known (possible: X)` while a pair is undecided."""
    cell = cell_message(str(row["cell"]))
    if not row["possible"]:
        return say(cell)
    return say(
        Message("{cell} (possible: {names})", {"cell": cell, "names": found.names_of(str(row["possible"]))})
    )


def wide(found: Sanctions, say: Callable[[Message], str] | None = None) -> pl.DataFrame:
    """party, name, kind, order, and the cell of each regime, in words of a language."""
    language = say or Language("en").text
    open_ = found.matrix.filter(pl.col("possible") != "")
    texts = [cell_text(row, found, language) for row in open_.iter_rows(named=True)]
    rest = found.matrix.filter(pl.col("possible") == "")
    plain = {one.value: language(cell_message(one.value)) for one in Cell}
    said = rest.with_columns(pl.col("cell").replace_strict(plain, return_dtype=pl.String))
    cells = pl.concat([said, open_.with_columns(cell=pl.Series(texts, dtype=pl.String))])
    wide = cells.pivot("regime", index=["party", "order"], values="cell")
    return _titled(wide, found).sort("party", "order")


def _titled(rows: pl.DataFrame, found: Sanctions) -> pl.DataFrame:
    named = rows.join(found.titles, on="party", how="left")
    first = ["party", "name", "original", "kind"]
    return named.select(*first, pl.exclude(first))
