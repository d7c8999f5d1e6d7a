"""The Konvoi workbook (XLSX, XLS, ODS): a sheet for each table, in English, German or Ukrainian."""

from collections.abc import Iterator
from dataclasses import replace

from konvoi.intake.format import refused
from konvoi.intake.konvoi import Named, assembled, head_above, with_lost_rows
from konvoi.intake.sheet import Sheet, letters
from konvoi.intake.sheets import Sheets
from konvoi.intake.unread import (
    is_small,
    proposals,
    read_as,
    tags_read_as,
    taken_by_name,
    taken_by_tags,
)
from konvoi.intake.workbook import workbook_names, workbook_sheets
from konvoi.kit.text import fold, ranges, shown
from konvoi.model.desk_sheets import desk_sheet
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.head import HEAD, MARKS
from konvoi.model.naming import meanings
from konvoi.model.sheet_names import is_head, table_of
from konvoi.model.table import Table


class KonvoiWorkbook:
    """The Konvoi workbook (XLSX, XLS, ODS): a sheet for each table, in English, German or Ukrainian."""

    name = "konvoi-workbook"

    def recognises(self, document: Document) -> bool:
        """Return True if a sheet is called Konvoi or like one of the tables, or is asked to be read as
        one.
        """
        return any(
            is_head(name) or table_of(name) or _asked(document, name) for name in workbook_names(document)
        )

    def read(self, document: Document) -> Reading:
        """Read the head and all tables; sheets of other names are findings, those like a table proposals.

        A sheet whose HXL tags mean a table is read as that table, with a note; one whose name contains that
        of one table where nothing else comes near to it, with a warning.
        """
        book = workbook_sheets(document, aside=lambda name: is_marks(name) or _is_list(document, name))
        if book.refused:
            return refused(document, *book.findings, format=self.name)
        heads = [Named(HEAD, name, sheet.rows) for name, sheet in book.by_name.items() if is_head(name)]
        named = [
            Named(
                *(table, name, sheet.rows, sheet.merged),
                small=desk_sheet(name) is not None,
                currencies=sheet.currencies,
            )
            for name, sheet in book.by_name.items()
            if (table := table_of(name)) is not None
        ]
        named += [
            Named(table, name, sheet.rows, sheet.merged, asked=True, currencies=sheet.currencies)
            for name, sheet in book.by_name.items()
            if table_of(name) is None and (table := _asked(document, name)) is not None
        ]
        strange = _strange(document, book)
        tagged = taken_by_tags(strange)
        named += [
            Named(table, name, book[name].rows, book[name].merged, asked=True)
            for name, table in tagged.items()
        ]
        strange = [sheet for sheet in strange if sheet.name not in tagged]
        taken = taken_by_name(strange, {one.table for one in named})
        for name, table in taken.items():
            sheet = book[name]
            small = is_small(table, sheet)
            named.append(
                Named(table, name, sheet.rows, sheet.merged, small=small, currencies=sheet.currencies)
            )
        hidden = [one for table in named for one in _hidden(document, book[table.sheet])]
        strange = [sheet for sheet in strange if sheet.name not in taken]
        found = {one.sheet.name: one for one in proposals(strange, document.name)}
        notes = [
            found[sheet.name].finding(document.name)
            if sheet.name in found
            else _unknown(document, sheet.name)
            for sheet in strange
        ]
        notes += [tags_read_as(document.name, name, table) for name, table in tagged.items()]
        notes += [read_as(document.name, name, table) for name, table in taken.items()]
        read = assembled(
            document,
            self.name,
            named,
            head=heads[0] if heads else head_above(named),
            notes=(*book.findings, *hidden, *notes),
        )
        for one in found.values():
            # It is not certain what a sheet restricts that is not read: no orders are issued until then.
            at = one.sheet.rows[0].number
            read = with_lost_rows(read, one.table, (at,), sheet=one.sheet.name, text=one.sheet.name)
        return replace(read, unread=tuple(part for one in found.values() for part in one.unread))


def _is_list(document: Document, name: str) -> bool:
    """Return True if a sheet holds lists of the template: its name begins with `_` and means no table."""
    return name.startswith("_") and not (is_head(name) or table_of(name) or _asked(document, name))


def is_marks(name: str) -> bool:
    """Return True if a sheet of this name lists findings that the workbook came back with: it is never
    read.
    """
    return fold(name) in meanings("guide", (MARKS,))


def _asked(document: Document, name: str) -> Table | None:
    """The table as which a sheet is to be read at a person's request."""
    wanted = {fold(sheet): table for sheet, table in document.sheets}
    return table_of(wanted.get(fold(name), ""))


def _strange(document: Document, book: Sheets) -> list[Sheet]:
    """Sheets that are no table of ours."""
    return [
        sheet
        for name, sheet in book.by_name.items()
        if sheet.rows and not (is_head(name) or table_of(name) or _asked(document, name))
    ]


def _hidden(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Note that a sheet, or rows or columns of it, are read though the workbook does not show them."""
    columns = ", ".join(letters(column) for column in sheet.hidden_columns)
    for read, (expected, remedy) in (
        (shown(sheet.name) if sheet.hidden else "", _HIDDEN_SHEET),
        (shown(ranges(sheet.hidden_rows)), _HIDDEN_ROWS),
        (shown(columns), _HIDDEN_COLUMNS),
    ):
        if read:
            place = Place(document.name, sheet.name)
            yield Finding(Severity.NOTE, "hidden-read", place, read, expected, remedy)


_HIDDEN_SHEET = (
    "a sheet that the workbook shows",
    "It is hidden, and was read. Show it, or delete it if it is not part of the submission.",
)
_HIDDEN_ROWS = (
    "rows that the workbook shows",
    "These rows are hidden, and were read. Show them, or delete them if they are not part of the submission.",
)
_HIDDEN_COLUMNS = (
    "columns that the workbook shows",
    "These columns are hidden, and were read. Show them, or delete them if they are not part of the "
    "submission.",
)


def _unknown(document: Document, name: str) -> Finding:
    return Finding(
        Severity.NOTE,
        "sheet-unknown",
        Place(document.name, name),
        shown(name),
        "a sheet named like a table",
        "Sheet not imported. To import it, rename it to the name of a table.",
    )


KONVOI_WORKBOOK = KonvoiWorkbook()
