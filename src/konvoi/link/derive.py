"""Derived columns for comparison: numbers, days, folded text, words, rare words, beginnings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from konvoi.kit.text import fold
from konvoi.model.finding import Finding, Place, Severity


@dataclass(frozen=True)
class Derived:
    """A column `name`, made of the column `of`. kind: a name in KINDS.

    size: letters of a start, the least letters of a word. most: records that may hold a rare word.
    """

    name: str
    of: str
    kind: str
    size: int = 0
    most: int = 0


def derived(
    table: pl.DataFrame, columns: Iterable[Derived], file: str = ""
) -> tuple[pl.DataFrame, list[Finding]]:
    """Return the table with all derived columns, in order; report cells of a wrong kind and leave them empty.

    A column derived from a missing one is left out; comparisons that use it report that.
    """
    found: list[Finding] = []
    for column in columns:
        if column.of in table.columns:
            before = table[column.of]
            made = KINDS[column.kind](before, column).alias(column.name)
            found += _unread(before, made, column, file)
            table = table.with_columns(made)
    return table, found


def _unread(before: pl.Series, made: pl.Series, column: Derived, file: str) -> list[Finding]:
    """A warning with the first cell that holds something and is no number or day."""
    if column.kind not in ("number", "day"):
        return []
    lost = (before.is_not_null() & made.is_null()).arg_true()
    if not len(lost):
        return []
    return [
        Finding(
            Severity.WARNING,
            "match-cell-unread",
            Place(file, "", int(lost[0]) + 2, column.of),
            read=str(before[int(lost[0])]),
            expected=_EXPECTED[column.kind],
            remedy="correct the cell; it is treated as unknown, like {count} in this column in total",
            values={"count": str(len(lost))},
        )
    ]


def _number(column: pl.Series, how: Derived) -> pl.Series:
    return column.cast(pl.Float64, strict=False)


def _day(column: pl.Series, how: Derived) -> pl.Series:
    if column.dtype == pl.String:
        return column.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return column.cast(pl.Date, strict=False)


def _folded(column: pl.Series, how: Derived) -> pl.Series:
    distinct = column.cast(pl.String).drop_nulls().unique()
    texts = {text: fold(text) or None for text in distinct}
    return column.cast(pl.String).replace_strict(texts, default=None, return_dtype=pl.String)


def _start(column: pl.Series, how: Derived) -> pl.Series:
    return _folded(column, how).str.slice(0, how.size or 4)


def _words(column: pl.Series, how: Derived) -> pl.Series:
    words = _folded(column, how).str.split(" ").list.unique().list.sort()
    return words.list.eval(pl.element().filter(pl.element().str.len_chars() >= (how.size or 3)))


def _rare(column: pl.Series, how: Derived) -> pl.Series:
    """The words that few records hold; a word in any record of one table counts."""
    words = _words(column, how).to_frame("words").with_row_index("n")
    every = words.explode("words").drop_nulls()
    rare = every.filter(pl.len().over("words") <= (how.most or 50))
    lists = rare.group_by("n").agg(pl.col("words").sort())
    return words.select("n").join(lists, on="n", how="left", maintain_order="left")["words"]


KINDS: Mapping[str, Callable[[pl.Series, Derived], pl.Series]] = {
    "number": _number,
    "day": _day,
    "folded": _folded,
    "start": _start,
    "words": _words,
    "rare-words": _rare,
}
"""Derivations of a column, by name."""

_EXPECTED = {"number": "a number such as 1200.5", "day": "a day such as 2022-09-30"}
