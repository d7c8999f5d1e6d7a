"""Example rows of the small sheets: passed over as they are, reported where somebody wrote into one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from konvoi.intake.cell import text_of, unknown
from konvoi.intake.sheet import Row
from konvoi.kit.text import fold, shown
from konvoi.model.desk_sheets import BY_TABLE, DeskSheet, example_marks
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.party import LANGUAGES
from konvoi.model.table import Column

EXPECTED = "the example row as the template has it, or a row with a reference of its own"
REMEDY = "Row not imported. Replace “{read}” by your own reference, or delete the row."


def without_examples(
    table: str, columns: Mapping[int, Column], body: Sequence[Row]
) -> tuple[list[Row], list[Row]]:
    """Return the rows that are no examples, and those that are marked as examples and were changed."""
    sheet = BY_TABLE.get(table)
    at = next((index for index, one in columns.items() if sheet and one.name == sheet.columns[0]), None)
    if sheet is None or at is None:
        return list(body), []
    marked = [row for row in body if fold(text_of(row[at])) in example_marks()]
    if not marked:
        return list(body), []
    changed = [row for row in marked if not _as_given(sheet, columns, row)]
    numbers = {row.number for row in marked}
    return [row for row in body if row.number not in numbers], changed


def changed_examples(
    table: str, columns: Mapping[int, Column], changed: Sequence[Row], place: Place
) -> Iterator[Finding]:
    """Yield an error for each changed example row; place: of the table's head."""
    column = BY_TABLE[table].columns[0] if changed else ""
    at = next((index for index, one in columns.items() if one.name == column), 0)
    for row in changed:
        read = shown(text_of(row[at]))
        yield Finding(
            Severity.ERROR,
            "example-changed",
            replace(place, row=row.number),
            read,
            EXPECTED,
            REMEDY,
            {"read": read},
        )


def _as_given(sheet: DeskSheet, columns: Mapping[int, Column], row: Row) -> bool:
    """Return True if every filled cell of a row is that of the example in some language."""
    return all(
        unknown(row[index]) or _same(row[index], _texts(sheet, one.name)) for index, one in columns.items()
    )


def _same(value: object, texts: Collection[str]) -> bool:
    plain = value if isinstance(value, str | int | float | date) else None
    return fold(text_of(plain)) in texts


def _texts(sheet: DeskSheet, column: str) -> frozenset[str]:
    values = (sheet.example_text(column, language) for language in LANGUAGES)
    return frozenset(fold(text_of(value)) for value in values if value is not None)
