"""The meaning of a row of `blocked`: parties and places may be named as people name them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import polars as pl

from konvoi.flow.name_lookup import nearest
from konvoi.flow.parties import spellings_of
from konvoi.kit.text import fold
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.party import party_id
from konvoi.plan.known_ids import BLOCKABLE, ROLES

Tables = Mapping[str, pl.DataFrame]

PARTIES = frozenset(ROLES)


def blocks(rows: pl.DataFrame, tables: Tables) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """The rows of `blocked` with the ids that are meant by their values, and those that mean nobody.

    A value may be an id however it is written, or the name of a party or site; a party whose name stands in
    two spellings in the problem is blocked in both. What several bear means none of them. tables: all that
    was handed in, `parties` too. A lane or site that there is not is told where the problem is made.
    """
    names = _names(tables)
    kept: list[dict[str, Any]] = []
    told: list[Finding] = []
    for row in rows.iter_rows(named=True):
        kind = row["kind"]
        value = row["value"]
        used = {one for table, column in BLOCKABLE.get(kind, ()) for one in _held(tables, table, column)}
        if kind not in BLOCKABLE or not value or value in used:
            kept.append(row)
            continue
        asked = _meant(value, names[kind])
        found = [one for one in sorted(used) if len(asked) == 1 and _meant(one, names[kind]) & asked]
        kept += [row | {"value": one} for one in found or [value]]
        if not found and kind in PARTIES and not (_known(value, names[kind]) and len(asked) == 1):
            told.append(_nobody(row, asked, {**{one: one for one in used}, **_ids(names[kind])}))
    return pl.DataFrame(kept, schema=rows.schema), tuple(told)


def _names(tables: Tables) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return the ids that each folded spelling means, by kind of block."""
    parties: dict[str, set[str]] = defaultdict(set)
    for row in _rows(tables, "parties"):
        for text in (row["party"], *spellings_of(row)):
            parties[fold(text)].add(row["party"])
    sites: dict[str, set[str]] = defaultdict(set)
    for row in _rows(tables, "sites"):
        for text in (row["site"], row.get("name"), row.get("name_local")):
            sites[fold(text or "")].add(row["site"])
    lanes = {fold(lane): {lane} for lane in _held(tables, "lanes", "lane")}
    by_kind = {**dict.fromkeys(PARTIES, parties), "site": sites, "lane": lanes}
    return {
        kind: {text: frozenset(ids) for text, ids in found.items() if text} for kind, found in by_kind.items()
    }


def _meant(text: str, names: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the ids that a text means: ids that bear it, else a state or institution, else the text itself
    however it is written.
    """
    return names.get(fold(text)) or frozenset({party_id(text) or fold(text)})


def _known(text: str, names: Mapping[str, frozenset[str]]) -> bool:
    """Return True if a text is some party's, though it may have no part in this problem."""
    return fold(text) in names or party_id(text) is not None


def _ids(names: Mapping[str, frozenset[str]]) -> dict[str, str]:
    return {text: ", ".join(sorted(ids)) for text, ids in names.items()}


def _nobody(row: Mapping[str, Any], asked: frozenset[str], spelled: Mapping[str, str]) -> Finding:
    """A block that means nobody, or several: it stops nothing, which must not pass unseen."""
    near = (", ".join(sorted(asked)),) if len(asked) > 1 else nearest(row["value"], spelled, most=1)
    place = Place(row.get("_file") or "", row.get("_sheet") or "blocked", row.get("_row") or 0, "value")
    remedy = "Did you mean {meant}? Until it is mended this block stops nobody."
    alone = "Add it to the table of parties, or write its id; until then this block stops nobody."
    return Finding(
        Severity.WARNING,
        "block-of-nobody",
        place,
        row["value"],
        "the id or the name of one party",
        remedy if near else alone,
        {"meant": near[0]} if near else {},
    )


def _rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    return tables[name].to_dicts() if name in tables else []


def _held(tables: Tables, name: str, column: str) -> list[str]:
    """Return the cells of a column, empty ones left out."""
    frame = tables.get(name)
    return [] if frame is None or column not in frame.columns else [one for one in frame[column] if one]
