"""Call-offs and allocations under the parents that people put them under, and what is left to decide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.accord.parents import Kind
from konvoi.flow.gathered import Gathered
from konvoi.flow.matching.relate import KINDS, judged, of_children
from konvoi.intake.ocds.elsewhere import FRAMEWORK
from konvoi.model.document import Reading
from konvoi.reconcile.judgement import JUDGEMENTS, in_force

Row = Mapping[str, object]
Wanted = Mapping[str, tuple[str, str]]
"""By child the parent that a person put it under, and the digest of what that person saw."""

OPEN = pl.Schema(
    {
        **dict.fromkeys(("table", "child", "parent"), pl.String()),
        "probability": pl.Float64(),
        "evidence": pl.String(),
        "seen": pl.String(),
    }
)
"""One line for each child without its parent and a parent that this may be, by table, the surest first.

table: the child's, call_offs or allocations."""


def open_parents(gathered: Gathered) -> pl.DataFrame:
    """The pairs of a child and a parent (OPEN) that nobody has decided, as both stand now."""
    decided = {
        (row["left"], row["right"], row["seen"])
        for row in in_force(of_children(gathered.judgements)).iter_rows(named=True)
        if row["verdict"] in ("same", "different")
    }
    kept = [
        (kind.child, *row)
        for kind in KINDS
        for row in kind.proposals(gathered.tables).rows()
        if (f"{kind.child}/{row[0]}", f"{kind.parent}/{row[1]}", row[-1]) not in decided
    ]
    return pl.DataFrame(kept, schema=OPEN, orient="row")


def judgement_of(gathered: Gathered, pair: tuple[str, str]) -> dict[str, str] | None:
    """Return the judgement on a child and a parent, in either order; None where a pair is none such."""
    for kind in KINDS:
        children, parents = (_by_id(gathered.tables, name) for name in (kind.child, kind.parent))
        for child, parent in (pair, pair[::-1]):
            if child in children and parent in parents:
                named = {"left": f"{kind.child}/{child}", "right": f"{kind.parent}/{parent}"}
                digest = kind.digest(children[child], parents[parent])
                return dict.fromkeys(JUDGEMENTS, "") | named | {"relation": "part_of", "seen": digest}
    return None


def under_parents(readings: Sequence[Reading], judgements: str) -> list[Reading]:
    """Return the readings, with each child that names no submitted parent under the one that a person chose.

    A decision holds as long as both rows say what that person saw. What was told of a lacking framework
    falls away.
    """
    rows, _ = judged(judgements)
    same = in_force(of_children(rows)).filter(pl.col("verdict") == "same")
    found = list(readings)
    for kind in KINDS:
        wanted = dict(_wanted(same, kind))
        if wanted:
            parents: dict[str, Row] = {}
            for reading in found:
                parents |= _by_id(reading.tables, kind.parent)
            found = [_moved(reading, kind, wanted, parents) for reading in found]
    return found


def _wanted(same: pl.DataFrame, kind: Kind) -> Iterator[tuple[str, tuple[str, str]]]:
    child = f"{kind.child}/"
    parent = f"{kind.parent}/"
    for row in same.filter(pl.col("left").str.starts_with(child)).iter_rows(named=True):
        yield row["left"].removeprefix(child), (row["right"].removeprefix(parent), row["seen"])


def _moved(reading: Reading, kind: Kind, wanted: Wanted, parents: Mapping[str, Row]) -> Reading:
    children = _by_id(reading.tables, kind.child)
    own, above = kind.ids
    meant = {
        name: parent
        for name, (parent, digest) in wanted.items()
        if name in children
        and parent in parents
        # What a child names itself, by now, stands above what a person took it for.
        and str(children[name][above]) not in parents
        and kind.digest(children[name], parents[parent]) == digest
    }
    if not meant:
        return reading
    new = pl.col(own).replace_strict(meant, default=pl.col(above), return_dtype=pl.String)
    moved = reading.tables[kind.child].with_columns(new.alias(above))
    places = {(children[name]["_sheet"], children[name]["_row"]) for name in meant}
    kept = tuple(
        one
        for one in reading.findings
        if one.code != FRAMEWORK or (one.place.sheet, one.place.row) not in places
    )
    return replace(reading, tables={**reading.tables, kind.child: moved}, findings=kept)


def _by_id(tables: Mapping[str, pl.DataFrame], name: str) -> dict[str, Row]:
    rows = tables.get(name)
    column = name.removesuffix("s")
    return {} if rows is None else {str(row[column]): row for row in rows.iter_rows(named=True)}
