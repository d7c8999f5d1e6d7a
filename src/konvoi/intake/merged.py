"""Merged cells: the value counts for the first cell, and other values in the box are reported."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from konvoi.intake.cell import as_read
from konvoi.intake.sheet import Box, Row, letters
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.table import Column


def parted(rows: Sequence[Row], merged: Sequence[Box]) -> Sequence[Row]:
    """Return the rows with every merged cell but the first empty: values hidden there are ignored."""
    if not merged:
        return rows
    covered: dict[int, set[int]] = {}
    width = {row.number: len(row.cells) for row in rows}
    numbers = sorted(width)
    for top, left, bottom, right in merged:
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            first = left if number == top else left - 1
            covered.setdefault(number, set()).update(range(first, min(right, width[number])))
    return [_emptied(row, covered.get(row.number, set())) for row in rows]


def covered_cells(rows: Sequence[Row], merged: Sequence[Box]) -> Mapping[tuple[int, int], str]:
    """Return the text of a merged box for each of its cells but the first, by row number and column index."""
    by_number = {row.number: row for row in rows}
    found: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in merged:
        stated = as_read(by_number[top][left - 1]) if top in by_number else ""
        if not stated.strip():
            continue
        for number in by_number:
            if top <= number <= bottom:
                within = range(left - 1, min(right, len(by_number[number].cells)))
                found |= {(number, at): stated for at in within if (number, at) != (top, left - 1)}
    return found


def merges(
    body: Sequence[Row], merged: Sequence[Box], columns: Mapping[int, Column], place: Place
) -> Iterator[Finding]:
    """A warning for each merged box among a table's rows."""
    if not body:
        return
    by_number = {row.number: row for row in body}
    for top, left, bottom, right in sorted(merged):
        inside = any(left - 1 <= index < right for index in columns)
        if top < body[0].number or not inside:
            continue
        value = by_number[top][left - 1] if top in by_number else None
        name = columns[left - 1].name if left - 1 in columns else letters(left)
        yield Finding(
            Severity.WARNING,
            "cells-merged",
            replace(place, row=top, column=name),
            as_read(value),
            "each value in a separate cell",
            "The value applies to {first} only. Unmerge {box} and enter the value in each cell.",
            {"first": f"{letters(left)}{top}", "box": f"{letters(left)}{top}:{letters(right)}{bottom}"},
        )


def _emptied(row: Row, covered: set[int]) -> Row:
    if not covered:
        return row
    return Row(row.number, tuple(None if at in covered else value for at, value in enumerate(row.cells)))
