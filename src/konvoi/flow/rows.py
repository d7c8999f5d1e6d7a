"""The row that stands among rows with one key in several documents; disagreements of parties are findings."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from konvoi.flow.unread_rows import with_left_out, without_left_out
from konvoi.intake.table import VERSIONED
from konvoi.kit.money import to_major
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.left_out import remembered
from konvoi.model.limiting import UNREAD_ROWS
from konvoi.model.table import Column, Table, Type
from konvoi.model.tables import BY_NAME

# Names and notes may be worded otherwise by everybody; what is counted, dated or picked may not.
_WORDED = frozenset({Type.TEXT, Type.LIST, Type.URL, Type.EMAIL})
_OURS = "konvoi"


class Stated(NamedTuple):
    """The place of a statement."""

    file: str
    sheet: str
    row: int


def standing(
    readings: Sequence[Reading],
    ages: Mapping[str, int],
    *,
    counted: frozenset[Stated] = frozenset(),
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """The tables of all readings, by name, whatever order the readings are in, and where parties disagree.

    Of rows with one key stand, in this order: that of the party whose row it says it is, the newest by the
    age of its document, the one that the ledger counts, the lower, the one of the smaller digest. Parties
    disagree, and documents of one party and age conflict, where both know a value that is no text and it
    differs. ages: of documents, later ones higher. counted: the statements that the ledger counts.
    """
    ordered = sorted(readings, key=lambda one: (one.party or one.document, one.digest), reverse=True)
    found: dict[str, list[pl.DataFrame]] = {}
    for order, reading in enumerate(ordered):
        rank = (ages[reading.document], order)
        for name, rows in with_left_out(reading.tables).items():
            found.setdefault(name, []).append(_ranked(rows, reading, rank, counted))
    tables: dict[str, pl.DataFrame] = {}
    told: list[Finding] = []
    by_name = {one.document: one for one in readings}
    for name in sorted(found):
        rows = pl.concat(found[name], how="diagonal").sort("_at", "_nth")
        table = BY_NAME.get(name)
        if table and table.key:
            told += [_headed(by_name, one) for one in _disagreements(table, rows)]
            rows = _first(table, rows)
        tables[name] = rows.drop("_age", "_rank", "_own", "_who", "_at", "_nth", "_ours", "_counts")
    repeated = [one.tables[UNREAD_ROWS] for one in readings if UNREAD_ROWS in one.tables]
    return without_left_out(tables, repeated), sorted(told, key=lambda one: (one.place, one.read))


def _headed(readings: Mapping[str, Reading], finding: Finding) -> Finding:
    at = readings.get(finding.place.file)
    return at.headed(finding) if at else finding


def _ranked(
    rows: pl.DataFrame, reading: Reading, rank: tuple[int, int], counted: frozenset[Stated]
) -> pl.DataFrame:
    own = pl.col("party").eq_missing(reading.party) if "party" in rows.columns else pl.lit(False)
    places = rows.select("_file", "_sheet", "_row").iter_rows() if counted and "_row" in rows.columns else ()
    counts = [Stated(*place) in counted for place in places] or [False] * rows.height
    return rows.with_row_index("_nth").with_columns(
        _age=pl.lit(rank[0]),
        _rank=pl.lit(rank[1]),
        _counts=pl.Series(counts, dtype=pl.Boolean),
        _own=own,
        _who=pl.lit(reading.party or reading.document),
        _at=pl.lit(reading.document),
        _ours=pl.lit(reading.format.startswith(_OURS)),
    )


def _best(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows, the one that stands first: of one age the one that counts, the lower, the smaller digest."""
    figures = [name for name, kind in rows.schema.items() if kind.is_numeric() and not name.startswith("_")]
    order = {"_own": True, "_age": True, "_counts": True} | dict.fromkeys(figures, False)
    order |= {"_rank": True, "_nth": False}
    return rows.sort(list(order), descending=list(order.values()), nulls_last=True)


def _first(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each key, at the place where the key stands first."""
    key = list(table.key)
    places = rows.select(*key, "_at", "_nth").unique(key, keep="first", maintain_order=True)
    best = _best(rows).unique(key, keep="first", maintain_order=True).drop("_at", "_nth")
    joined = places.join(best, on=key, how="left", nulls_equal=True, maintain_order="left")
    return joined.select(rows.columns)


def _disagreements(table: Table, rows: pl.DataFrame) -> list[Finding]:
    """A finding for each row that does not stand and that contradicts the one that does."""
    key = list(table.key)
    ours = rows.filter("_ours")
    many = ours.filter(pl.struct("_who", "_at").n_unique().over(key) > 1)
    found: list[Finding] = []
    for _, group in _best(many).group_by(key, maintain_order=True):
        stands, *others = group.iter_rows(named=True)
        heard = {stands["_who"]}
        for row in others:
            same_party = row["_who"] == stands["_who"]
            # Of each other party its newest row speaks; of the same party one that is not older conflicts.
            # Packages and line items that conflict are told of by the ledger.
            if same_party and (row["_age"] < stands["_age"] or table.name in VERSIONED):
                continue
            if not same_party and row["_who"] in heard:
                continue
            heard.add(row["_who"])
            differing = [one for one in table.columns if _differs(one, stands, row)]
            if differing:
                apart = _COUNTED if table.name in VERSIONED else _DIFFERS
                words = _CONFLICT if same_party else apart
                found.append(_finding(table, differing[0], stands, row, words))
    return found


_DIFFERS = (
    "rows-differ",
    "what {party} says of the same reference, {value}: {file}, sheet {sheet}, row {row}",
    "That row stands. Agree on one, or assign a separate reference if it is something else.",
)
# Totals keep the statements of two sources apart until somebody decides that they are one (semantics 9).
_COUNTED = (
    *_DIFFERS[:2],
    "Totals count both rows unless a review decides that they are one; plans and tables use that row. "
    "Agree on one, or assign a separate reference if it is something else.",
)
_CONFLICT = (
    "version-conflict",
    "one statement for a reference on one day; {file}, sheet {sheet}, row {row} states {value}",
    "The lower is used until this is settled. Submit the right value with a later day.",
)


def _differs(column: Column, one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    left = one.get(column.name)
    right = other.get(column.name)
    return column.type not in _WORDED and left is not None and right is not None and left != right


def _finding(
    table: Table,
    column: Column,
    stands: Mapping[str, object],
    row: Mapping[str, object],
    words: tuple[str, str, str],
) -> Finding:
    code, expected, remedy = words
    return Finding(
        Severity.WARNING,
        code,
        Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), column.name),
        f"{row[table.key[0]]}: {_shown(row, column)}",
        expected,
        remedy,
        {
            "party": str(stands["_who"]),
            "value": _shown(stands, column),
            "file": str(stands["_file"]),
            "sheet": str(stands["_sheet"]),
            "row": str(stands["_row"]),
            **remembered(table.name, row),
        },
    )


def _shown(row: Mapping[str, object], column: Column) -> str:
    """A value as a person would write it."""
    value = row[column.name]
    if column.type == Type.MONEY and isinstance(value, int):
        value = to_major(value, str(row.get("currency") or ""))
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
