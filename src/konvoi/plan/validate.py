"""Checks of rows: every fault of a row is reported with its place, not only the first."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any

from konvoi.plan.clean import Notes

Given = Mapping[str, Any]
Where = Mapping[str, tuple[Container[str], str]]
"""Known ids by column, and the name of their table."""

NOT_PLANNED = "Correct the id, or add it to the table {where}; until then this row is not planned."


def named(notes: Notes, table: str, row: Given, where: Where, *, remedy: str = NOT_PLANNED) -> bool:
    """Return True if each of these columns holds an id that there is."""
    lost = [column for column, (ids, _) in where.items() if row[column] not in ids]
    for column in lost:
        notes.tell(
            "problem-id-unknown",
            table,
            row,
            column,
            "an id of the table {where}",
            remedy,
            where=where[column][1],
        )
    return not lost


def counted(
    notes: Notes, table: str, row: Given, *, above: Iterable[str] = (), least: Iterable[str] = ()
) -> bool:
    """Return True if these numbers can be: `above` must be over zero, `least` not below it; empty ones can
    be.
    """
    wrong = [column for column in above if row[column] is not None and row[column] <= 0]
    below = [column for column in least if row[column] is not None and row[column] < 0]
    for column in wrong:
        not_possible(notes, table, row, column)
    for column in below:
        not_possible(notes, table, row, column, expected="zero, or a number above")
    return not wrong and not below


def in_turn(notes: Notes, table: str, row: Given, first: str, last: str) -> bool:
    """Return True if the last of two days is not before the first; else report it, and use the row
    as it stands.
    """
    if row[first] is None or row[last] is None or row[first] <= row[last]:
        return True
    notes.tell(
        "problem-days-turned",
        table,
        row,
        last,
        "a day not before {first}",
        "Correct one of the two days; as it stands the row holds on no day.",
        first=str(row[first]),
    )
    return False


def within(notes: Notes, table: str, row: Given, column: str, end: date) -> None:
    """Note a row that begins only when the horizon is over; end: the first day after it."""
    if row[column] is not None and row[column] >= end:
        notes.tell(
            "problem-past-horizon",
            table,
            row,
            column,
            "a day within the horizon",
            "Plan more weeks if this row shall count.",
            severity="note",
        )


def not_possible(
    notes: Notes, table: str, row: Given, column: str, *, expected: str = "a number above zero"
) -> None:
    """Report a number that is not possible."""
    notes.tell(
        "problem-number-not-possible",
        table,
        row,
        column,
        expected,
        "Correct the number; until then this row is not planned.",
    )
