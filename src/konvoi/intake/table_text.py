"""Tables as text and back, for answers of a process that opens strangers' files.

Reading them runs nothing, ends in NotAText for whatever else was sent, and takes memory in proportion to
the text. Files of Arrow do not: one altered length ends the process that opens them.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

# While a text is read each of its values takes some 70 bytes: more than these are refused.
_MOST_VALUES = 20_000_000
# A column without a value takes no text, so its cells are bounded by themselves.
_MOST_CELLS = 400_000_000
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST_DAY, _LAST_DAY = date.min.toordinal() - _EPOCH, date.max.toordinal() - _EPOCH
_HALF_CHARACTERS = (b"\\ud", b"\\uD")
_KINDS: dict[str, pl.DataType] = {
    "text": pl.String(),
    "whole": pl.Int64(),
    "count": pl.UInt32(),
    "float": pl.Float64(),
    "truth": pl.Boolean(),
    "day": pl.Date(),
}
_DAY = "day"
_DECIMAL = "decimal"


class NotAText(ValueError):
    """Bytes that are not the text of values or of a table."""


def written(value: object) -> bytes:
    """Return texts, numbers, and lists and dictionaries of them, as a line of JSON.

    Commas within texts are escaped, so that the commas of a line tell how many values it has. Half of a
    character, which no text in UTF-8 can hold, becomes a question mark.
    """
    parted = json.dumps(value, ensure_ascii=False, separators=("\n", ":"))
    return parted.replace(",", "\\u002c").replace("\n", ",").encode(errors="replace")


def understood(line: bytes, most: int = _MOST_VALUES) -> object:
    """Return the values that were written, unless there are more than `most`."""
    if line.count(b",") >= most:
        raise NotAText("more values than there can be")
    try:
        value = json.loads(line.decode())
        if any(half in line for half in _HALF_CHARACTERS):
            # A half of a character can be read from an escape, and fails only where it is written.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as fault:
        raise NotAText("no values") from fault
    return value


def table_text(table: pl.DataFrame) -> bytes:
    """Return a table as text: a line with its columns and their kinds, then a line for each column.

    The line of a column without a value is empty. Raises ValueError for a kind that no reading has.
    """
    columns = table.get_columns()
    lines = [written([[column.name, *_kind(column.dtype)] for column in columns])]
    without = [column.null_count() == table.height for column in columns]
    # One column is written even so, for the number of its rows.
    if table.height and all(without):
        without[:1] = [False]
    for column, empty in zip(columns, without, strict=True):
        lines.append(b"" if empty else written(_values(column)))
    return b"\n".join(lines)


def text_table(text: bytes) -> pl.DataFrame:
    """Return the table that was written."""
    head, *lines = text.split(b"\n")
    columns = understood(head)
    if not isinstance(columns, list) or len(columns) != len(lines):
        raise NotAText("other columns than those of the head")
    height = max((line.count(b",") + 1 for line in lines if line), default=0)
    if height * len(columns) > _MOST_CELLS:
        raise NotAText("more cells than there can be")
    try:
        return pl.DataFrame(
            [_column(line, height, column) for column, line in zip(columns, lines, strict=True)]
        )
    except (ValueError, KeyError, TypeError, OverflowError, pl.exceptions.PolarsError) as fault:
        raise NotAText("no table") from fault


def _kind(dtype: pl.DataType) -> tuple[object, ...]:
    if isinstance(dtype, pl.Decimal):
        return _DECIMAL, dtype.precision, dtype.scale
    for name, kind in _KINDS.items():
        if dtype == kind:
            return (name,)
    raise ValueError(f"a column of {dtype} is none of a reading")


def _values(column: pl.Series) -> list[object]:
    if column.dtype == pl.Date:
        return column.to_physical().to_list()
    if column.dtype.is_decimal():
        return column.cast(pl.String).to_list()
    return column.to_list()


def _column(line: bytes, height: int, column: Any) -> pl.Series:
    name, kind, *digits = column
    dtype = pl.Decimal(*digits) if kind == _DECIMAL else _KINDS[kind]
    if not line:
        return pl.repeat(None, height, dtype=dtype, eager=True).alias(name)
    values = understood(line, height)
    if not isinstance(values, list) or len(values) != height:
        raise NotAText("another number of rows")
    if kind == _DECIMAL:
        return pl.Series(name, values, pl.String(), strict=True).cast(dtype)
    return _days(name, values) if kind == _DAY else pl.Series(name, values, dtype, strict=True)


def _days(name: str, values: Sequence[object]) -> pl.Series:
    days = pl.Series(name, values, pl.Int32(), strict=True)
    # A day outside the calendar would end the process that shows it.
    if not days.drop_nulls().is_between(_FIRST_DAY, _LAST_DAY).all():
        raise NotAText("days outside the calendar")
    return days.cast(pl.Date())
