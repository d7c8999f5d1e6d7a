"""The tables that travel between rooms: entries, scopes, relations, claims."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.model.table import QUANTITY

ENTRIES = pl.Schema(
    {
        "entry": pl.String(),
        "submission": pl.String(),
        "source": pl.String(),
        "reference": pl.String(),
        "party": pl.String(),
        "counterparty": pl.String(),
        "package": pl.String(),
        "line": pl.String(),
        "route": pl.String(),
        "kind": pl.String(),
        "good": pl.String(),
        "stage": pl.String(),
        "variant": pl.String(),
        "rule": pl.String(),
        "proof": pl.String(),
        "day_from": pl.Date(),
        "day_to": pl.Date(),
        "known_on": pl.Date(),
        "promised": pl.Date(),
        "amount_minor": pl.Int64(),
        "currency": pl.String(),
        "stated_minor": pl.Int64(),
        "stated_currency": pl.String(),
        "quantity": QUANTITY,
        "unit": pl.String(),
        "valuation": pl.String(),
        "rate": pl.String(),
        "marking": pl.String(),
        "count_mode": pl.String(),
        "text": pl.String(),
        "implementer": pl.String(),
        "address": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
        "column": pl.String(),
        "corrects": pl.String(),
    }
)
"""One line for each fact about a package or line; docs/reference/entries.md describes each column."""

SCOPES = pl.Schema(
    {
        "entry": pl.String(),
        "side": pl.String(),
        "dimension": pl.String(),
        "value": pl.String(),
    }
)
"""One line for each place, year, activity or participant that an entry names: side source or destination (or
stated, see konvoi.model.boundary), dimension country, year, activity, participant, share (of a participant,
such as PL=0.25), since, place, plan, emergency, code (the giver's), or flow: what FTS calls it, such as
Parked."""

UNTIL = "_until"
"""In tables that become entries: the last day of a `day` that is only known as a span; else null."""

WITHDRAWN_IN = "state"
"""The column of an entry that withdraws a contract or call-off, because it is cancelled or terminated."""

PARTICIPANT = "participant"
SHARE = "share"
SINCE = "since"
PLACE = "place"
"""Dimensions of SCOPES: participants of a joint package, and their shares of the whole; the first day of a
total to date; the place that a package is for.
"""

RELATIONS = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "relation": pl.String(),
        "subtype": pl.String(),
        "probability": pl.Float64(),
        "status": pl.String(),
        "basis": pl.String(),
        "evidence": pl.String(),
    }
)
"""One line for each relation between two entries (or packages, by their first entry).

status: accepted, undecided, rejected. basis: structure, reference, person, probability.
evidence: JSON list of [comparison, level] as English message ids.
"""

CLAIMS = pl.Schema(
    {
        "claim": pl.String(),
        "measure": pl.String(),
        "party": pl.String(),
        "good": pl.String(),
        "stage": pl.String(),
        "value": QUANTITY,
        "unit": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
        "column": pl.String(),
    }
)
"""One line for each figure that a document states of itself: to compare with, never posted."""

RELATION_KINDS = (
    "same_as",
    "restates",
    "part_of",
    "passes_through",
    "reimburses",
    "contracts_for",
    "serves",
)


_FEW = 64
"""Up to so many rows a table is made row by row, beyond it column by column: each is the quicker there."""
_MANY = 256
_KEPT: dict[int, tuple[pl.Schema, pl.DataFrame, Mapping[str, type | None]]] = {}
_PYTHON: Mapping[pl.DataType, type] = {
    pl.String(): str,
    pl.Int64(): int,
    pl.Float64(): float,
    pl.Boolean(): bool,
    pl.Date(): date,
    QUANTITY: Decimal,
}
"""The values that a column of a kind is made of as they are."""


def empty(schema: pl.Schema) -> pl.DataFrame:
    """Return a table of a schema without a row."""
    return _kept(schema)[1].clear()


def filled(rows: Sequence[Mapping[str, object]], schema: pl.Schema) -> pl.DataFrame:
    """Return rows as a table of a schema: of each row the columns that the schema has, else null."""
    if not rows:
        return empty(schema)
    if len(rows) <= _FEW and _as_they_are(rows, schema):
        with suppress(pl.exceptions.PolarsError):
            found = pl.from_dicts(rows, schema=schema)
            # A number too long for its column would silently be none.
            long = [name for name, kind in schema.items() if isinstance(kind, pl.Decimal)]
            if all(found[name].null_count() == sum(row.get(name) is None for row in rows) for name in long):
                return found
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in schema}, schema=schema, strict=True
    )


def _as_they_are(rows: Sequence[Mapping[str, object]], schema: pl.Schema) -> bool:
    """Return True if no value of any row needs to be converted or refused."""
    kinds = _kept(schema)[2]
    return all(
        (value := row.get(name)) is None or type(value) is kind or (kind is str and isinstance(value, str))
        for row in rows
        for name, kind in kinds.items()
    )


def _kept(schema: pl.Schema) -> tuple[pl.Schema, pl.DataFrame, Mapping[str, type | None]]:
    """Return the table of a schema without a row, and the types of its columns.

    They take long to make of many columns. The schema is kept with them, so that no other has
    its identity.
    """
    kept = _KEPT.get(id(schema))
    if kept is None:
        if len(_KEPT) >= _MANY:
            _KEPT.clear()
        kinds = {name: _PYTHON.get(kind) for name, kind in schema.items()}
        kept = _KEPT[id(schema)] = (schema, schema.to_frame(), kinds)
    return kept


def frame(rows: Iterable[Mapping[str, object]], schema: pl.Schema = ENTRIES) -> pl.DataFrame:
    """Rows as a table of a schema: a column that a row leaves out is null, an unknown one is an error."""
    found = list(rows)
    if not found:
        return empty(schema)
    strange = {name for row in found for name in row} - set(schema)
    if strange:
        raise ValueError(f"no such column: {', '.join(sorted(strange))}")
    return filled(found, schema)
