"""Entries and tables of agreements, as facts to compare with one another."""

from collections.abc import Mapping

import polars as pl

from konvoi.accord.stage_reconciliation import CALLED_OFF, FACTS, FRAMEWORK, UNDERTAKEN
from konvoi.model.stages import NOT_STATED, Stage
from konvoi.model.tables import BY_NAME

Tables = Mapping[str, pl.DataFrame]

PAST = "statement of the past"
IN_FORCE = (None, "active", "terminated")
"""States of a contract or call-off that was signed and is in force, or was until it was fulfilled."""

_OF_LINE = ("source", "package", "line", "route", "party")


def agreed(tables: Tables) -> bool:
    """Return True if any undertaking, allocation or contract was submitted."""
    return any(
        table(tables, name).height for name in ("undertakings", "allocations", "contracts", "call_offs")
    )


def facts(lines: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """FACTS of lines (as `of_lines` gives them), undertakings and frameworks."""
    parts = [_line_facts(lines), _undertakings(tables), _frameworks(tables)]
    return pl.concat([pl.DataFrame(schema=FACTS), *(_as_facts(part) for part in parts)])


def of_lines(entries: pl.DataFrame, relations: pl.DataFrame) -> pl.DataFrame:
    """Return the entries of lines that were not withdrawn, with `key` (a number for each line of each source)
    and the line's own `route`.

    A contract that is for a line by an accepted relation stands under that line, and so does a package
    without lines that is part of a package with one line, such as a payment. entries: ENTRIES; one party's
    reports on another's line stand under the source whose line it is.
    """
    named = entries.filter(pl.col("line").is_not_null())
    joined = _linked(entries, relations)
    lines = pl.concat([named, joined]).sort("entry") if joined.height else named.sort("entry")
    names = ["source", "package", "line"]
    numbers = lines.select(names).unique().sort(names).with_row_index("key")
    keyed = lines.join(numbers, on=names, how="left", nulls_equal=True, maintain_order="left")
    gone = keyed.filter(pl.col("stage") == Stage.WITHDRAWN)["key"].unique()
    kept = keyed.filter(~pl.col("key").is_in(gone.implode())) if len(gone) else keyed
    return kept.with_columns(route=pl.col("route").drop_nulls().first().over("key"))


def _linked(entries: pl.DataFrame, relations: pl.DataFrame) -> pl.DataFrame:
    """The entries without a line of their own that stand under one by a relation, as entries of that line."""
    accepted = relations.filter(pl.col("status") == "accepted")
    signed = accepted.filter(pl.col("relation") == "contracts_for").select("left", "right")
    paid = accepted.filter(pl.col("relation") == "part_of").select("left", "right")
    if signed.is_empty() and paid.is_empty():
        return entries.clear()
    known = entries.select("entry", *(pl.col(name).alias(f"_{name}") for name in _OF_LINE))
    above = signed.join(
        known.filter(pl.col("_line").is_not_null()), left_on="right", right_on="entry", how="inner"
    )
    if paid.height:
        above = pl.concat([above, _of_one_line(entries.select("entry", *_OF_LINE), paid)])
    above = above.unique("left", keep="first", maintain_order=True)
    loose = entries.filter(pl.col("line").is_null()).join(
        above.drop("right"), left_on="entry", right_on="left", how="inner", maintain_order="left"
    )
    own = [pl.col(f"_{name}").alias(name) for name in _OF_LINE]
    return loose.with_columns(own).select(entries.columns)


def _of_one_line(entries: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """For each package without lines that is part of one with a single line, what that line is known by."""
    whole = ["source", "package"]
    lines = entries.filter(pl.col("line").is_not_null())
    own = lines.sort("entry").unique([*whole, "line"], keep="first", maintain_order=True)
    alone = own.filter(pl.len().over(whole) == 1).select(
        *whole, *(pl.col(name).alias(f"_{name}") for name in _OF_LINE)
    )
    named = entries.select("entry", *whole)
    bare = named.join(lines, on=whole, how="anti", nulls_equal=True).select(left="entry")
    return (
        parts.join(bare, on="left", how="semi")
        .join(named, left_on="right", right_on="entry", how="inner")
        .join(alone, on=whole, how="inner", nulls_equal=True)
        .drop(whole)
    )


def _line_facts(lines: pl.DataFrame) -> pl.DataFrame:
    route = pl.col("route").fill_null(NOT_STATED)
    return lines.with_columns(
        level=pl.lit("line"), record="line", said="entry", file="submission", route=route
    )


def _undertakings(tables: Tables) -> pl.DataFrame:
    """Return undertakings and the allocations to them; statements of the past undertake nothing."""
    rows = table(tables, "undertakings").filter(~pl.col("force").eq_missing(PAST))
    units = dict(table(tables, "goods").select("good", "unit").iter_rows())
    said = rows.with_columns(unit=pl.col("good").replace_strict(units, default=None, return_dtype=pl.String))
    given = table(tables, "allocations").join(rows.select("undertaking"), on="undertaking", how="semi")
    return pl.concat(
        [
            _of_table(said, "undertakings", "undertaking", UNDERTAKEN),
            _of_table(given, "allocations", "undertaking", str(Stage.ALLOCATED)),
        ],
        how="diagonal",
    ).with_columns(level=pl.lit("undertaking"), route=pl.lit(UNDERTAKEN))


def _frameworks(tables: Tables) -> pl.DataFrame:
    """Return the ceiling of each framework contract, and the call-offs under it."""
    called = table(tables, "call_offs")
    rows = table(tables, "contracts").join(called.select("contract"), on="contract", how="semi")
    force = called.filter(pl.col("state").is_in(list(IN_FORCE), nulls_equal=True))
    return pl.concat(
        [
            _of_table(rows, "contracts", "contract", FRAMEWORK),
            _of_table(force, "call_offs", "contract", CALLED_OFF),
        ],
        how="diagonal",
    ).with_columns(level=pl.lit(FRAMEWORK), route=pl.lit(FRAMEWORK))


def _of_table(rows: pl.DataFrame, name: str, key: str, stage: str) -> pl.DataFrame:
    """Rows of a table as facts of the record that they name in a column."""
    own = BY_NAME[name].columns[0].name
    said = pl.format("{}/{}", pl.lit(name), pl.col(own))
    place = {"file": "_file", "sheet": "_sheet", "row": "_row"}
    return rows.with_columns(
        stage=pl.lit(stage), record=key, key=key, said=said, amount_minor="amount", **place
    )


def _as_facts(rows: pl.DataFrame) -> pl.DataFrame:
    missing = [pl.lit(None).alias(name) for name in FACTS if name not in rows.columns]
    return rows.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in FACTS.items())


def table(tables: Tables, name: str) -> pl.DataFrame:
    """Return a table by name; an empty one if it was not submitted."""
    found = tables.get(name)
    return BY_NAME[name].empty() if found is None else found
