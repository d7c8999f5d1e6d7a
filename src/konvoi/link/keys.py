"""Keys of a block as whole numbers: records share a number exactly where they are equal in its columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from konvoi.link.pairing import dealt
from konvoi.link.settings import Block

_ROOM = 2**62


@dataclass(frozen=True)
class Keys:
    """Keys of records: one line for each record and key, sorted by key and day."""

    key: np.ndarray
    day: np.ndarray
    record: np.ndarray

    @property
    def size(self) -> int:
        """Return the number of lines."""
        return len(self.key)

    def but(self, over: np.ndarray) -> "Keys":
        """All lines but those of some keys; over: for each key by its number, whether it is left out."""
        kept = ~over[self.key]
        return Keys(self.key[kept], self.day[kept], self.record[kept])

    def by_record(self, height: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the start of each record's keys (one more than records), and all keys, sorted by record."""
        begin = np.zeros(height + 1, dtype=np.int32)
        np.cumsum(np.bincount(self.record, minlength=height), out=begin[1:])
        return begin, dealt(begin, self.record, self.key)


@dataclass(frozen=True)
class Sides:
    """The keys of both sides of a block in one numbering from 0; one object where both sides are the same."""

    left: Keys
    right: Keys
    lines: pl.DataFrame
    first: np.ndarray

    @property
    def same(self) -> bool:
        """Return True if the left and the right record have their keys in the same columns."""
        return self.left is self.right

    @property
    def count(self) -> int:
        """Return the number of keys."""
        return len(self.first)

    def spoken(self, keys: np.ndarray) -> list[str]:
        """Keys in words: what their columns hold."""
        columns = [pl.col(c).cast(pl.String) for c in self.lines.columns if c.startswith("k")]
        rows = self.lines[self.first[keys]].select(pl.concat_str(columns, separator=" | "))
        return [str(words) for words in rows.to_series()]

    def bare(self) -> "Sides":
        """Return both sides without the names of their keys, which need more memory than they do."""
        return Sides(self.left, self.right, self.lines.clear(), self.first[:0])

    def but(self, over: np.ndarray) -> "Sides":
        """Both sides without some keys."""
        left = self.left.but(over)
        return Sides(left, left if self.same else self.right.but(over), self.lines, self.first)


def days(column: str) -> str:
    """The column that holds a day as a whole number, beside the day itself."""
    return f"{column}#days"


def numbered(
    records: pl.DataFrame, block: Block, narrower: Sequence[str] = (), only: np.ndarray | None = None
) -> Sides:
    """Return the keys of a block over records numbered in their order; a record without a key has no line.

    narrower: further columns that must be equal. only: the numbers of the records to use.
    """
    on = (*block.on, *narrower)
    right = (*block.right, *on[len(block.right) :])
    tables = [_lines(records, columns, block, only) for columns in dict.fromkeys((on, right))]
    lines = _joined(tables)
    key, order, first = _sorted(packed([lines[c] for c in lines.columns if c.startswith("k")]), lines["day"])
    day = lines["day"].to_numpy()[order]
    record = lines["record"].to_numpy()[order]
    left = order < tables[0].height
    sides = [Keys(key[of], day[of], record[of]) for of in (left, ~left)[: len(tables)]]
    return Sides(sides[0], sides[-1], lines, first)


def _lines(
    records: pl.DataFrame, columns: Sequence[str], block: Block, only: np.ndarray | None
) -> pl.DataFrame:
    """One line for each record and combination of its values: record, day, k0, k1, …"""
    day = pl.col(days(block.window.column)) if block.window else pl.lit(0)
    named = [pl.col(column).alias(f"k{n}") for n, column in enumerate(columns)]
    record = pl.int_range(pl.len(), dtype=pl.Int32).alias("record")
    table = records.select(record, day.cast(pl.Int32).alias("day"), *named)
    if only is not None:
        table = table[only]
    for name, kind in table.schema.items():
        if isinstance(kind, pl.List):
            # An element that stands twice is one key.
            table = table.with_columns(pl.col(name).list.unique()).explode(name)
    return table.drop_nulls()


def _joined(tables: list[pl.DataFrame]) -> pl.DataFrame:
    """Lines of both sides as one table; columns of two kinds are compared as text."""
    if len(tables) == 1:
        return tables[0]
    kinds = zip(tables[0].schema.items(), tables[1].schema.values(), strict=True)
    unlike = [name for (name, one), other in kinds if one != other]
    return pl.concat([table.with_columns(pl.col(unlike).cast(pl.String)) for table in tables])


def packed(columns: Iterable[pl.Series]) -> np.ndarray:
    """One whole number for each line, equal exactly where all columns are; an empty cell is a value, too."""
    number = np.zeros(0, dtype=np.int64)
    room = 1
    for column in columns:
        code, size = _coded(column)
        if room * size > _ROOM:
            _, number = np.unique(number, return_inverse=True)
            room = int(number.max(initial=0)) + 1
        number = code if room == 1 else number * size + code
        room *= size
    return number


def _coded(column: pl.Series) -> tuple[np.ndarray, int]:
    """The values of a column as numbers from 0, and how many numbers there may be."""
    if column.dtype == pl.String:
        # A numbering of its own for each column, which is forgotten with it.
        column = column.cast(pl.Categorical(pl.Categories.random())).to_physical()
    elif not column.dtype.is_integer() or column.null_count():
        column = column.rank("dense")
    code = column.cast(pl.Int64).fill_null(-1).to_numpy()
    low, high = (int(code.min()), int(code.max())) if len(code) else (0, 0)
    if high - low >= _ROOM:
        _, code = np.unique(code, return_inverse=True)
        low = 0
        high = len(code)
    return code - low, max(high - low + 1, 2)


def _sorted(number: np.ndarray, day: pl.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Keys from 0, rising; the order of lines by key and day; of each key the first line in that order."""
    days = day.to_numpy().astype(np.int64)
    low = int(days.min(initial=0))
    span = int(days.max(initial=0)) - low + 1
    if int(number.max(initial=0)) > _ROOM // span:
        _, number = np.unique(number, return_inverse=True)
    order = np.argsort(number * span + (days - low))
    begins = np.flatnonzero(np.diff(number[order], prepend=-1))
    key = np.zeros(len(order), dtype=np.int32)
    key[begins[1:]] = 1
    return np.cumsum(key, dtype=np.int32), order, order[begins]
