"""The tables that travel between rooms: entries, scopes, relations, claims."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

QUANTITY = pl.Decimal(38, 6)

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
"""Up to so many rows the columns without a value are taken from a table that is made once."""
_MANY = 256
_NULLS: dict[int, tuple[pl.Schema, pl.DataFrame]] = {}


def empty(schema: pl.Schema) -> pl.DataFrame:
    """Return a table of a schema without a row."""
    return _nulls(schema, 0)


def filled(rows: Sequence[Mapping[str, object]], schema: pl.Schema) -> pl.DataFrame:
    """Return rows as a table of a schema: of each row the columns that the schema has, else null."""
    columns = {name: [row.get(name) for row in rows] for name in schema}
    if len(rows) > _FEW:
        return pl.DataFrame(columns, schema=schema, strict=True)
    stated = [
        _series(name, values, schema[name])
        for name, values in columns.items()
        if any(value is not None for value in values)
    ]
    nulls = _nulls(schema, len(rows))
    return nulls.with_columns(stated) if stated else nulls


def _series(name: str, values: Sequence[object], kind: pl.DataType) -> pl.Series:
    found = pl.Series(name, values, kind, strict=True)
    # Times of a day make a column of times, whatever kind is asked for.
    return found if found.dtype == kind else found.cast(kind)


def _nulls(schema: pl.Schema, count: int) -> pl.DataFrame:
    # A frame of many columns takes long to make, a part of one does not. The schema is kept with its table,
    # so that no other can have its identity.
    made = _NULLS.get(id(schema))
    if made is None:
        if len(_NULLS) >= _MANY:
            _NULLS.clear()
        made = _NULLS[id(schema)] = (schema, schema.to_frame().clear(_FEW))
    return made[1].head(count)


def frame(rows: Iterable[Mapping[str, object]], schema: pl.Schema = ENTRIES) -> pl.DataFrame:
    """Rows as a table of a schema: a column that a row leaves out is null, an unknown one is an error."""
    found = list(rows)
    if not found:
        return empty(schema)
    strange = {name for row in found for name in row} - set(schema)
    if strange:
        raise ValueError(f"no such column: {', '.join(sorted(strange))}")
    return filled(found, schema)
