"""A table of the Konvoi workbook as CSV, in a file named like the table, such as lines.csv."""

import posixpath
from dataclasses import replace

from konvoi.intake.csv_text import decoded, is_binary, lines_of
from konvoi.intake.konvoi import Named, assembled, head_above, with_lost_rows
from konvoi.intake.sheet import Sheet
from konvoi.intake.unread import (
    has_all,
    in_doubt,
    is_small,
    near_table,
    read_as,
    tagged_table,
    tags_read_as,
)
from konvoi.model.desk_sheets import desk_sheet
from konvoi.model.document import Document, Reading
from konvoi.model.head import HEAD
from konvoi.model.sheet_names import table_of
from konvoi.model.table import Table

_EXTENSIONS = frozenset({".csv", ".tsv"})


class KonvoiCsv:
    """A table of the Konvoi workbook as CSV, in a file named like the table, such as lines.csv."""

    name = "konvoi-csv"

    def recognises(self, document: Document) -> bool:
        """Return True if the file is named like one of the tables, and is text."""
        stem, extension = posixpath.splitext(posixpath.basename(document.name))
        known = table_of(stem) is not None or stem.lower() == HEAD.name
        return extension.lower() in _EXTENSIONS and known and not is_binary(document.content)

    def read(self, document: Document) -> Reading:
        """Read the one table; `konvoi.csv` is the head alone."""
        return self._read(document, table_of(_stem(document)))

    def read_by_likeness(self, document: Document) -> Reading | None:
        """Read the table that the file's HXL tags mean, or whose name its name contains, such as
        `LT packages.csv`; None where unclear.

        Every column that must be filled is there, and no word of the name puts it in doubt.
        """
        stem = _stem(document)
        extension = posixpath.splitext(document.name)[1].lower()
        if in_doubt(stem) or extension not in _EXTENSIONS or is_binary(document.content):
            return None
        text, _ = decoded(document)
        sheet = Sheet("", tuple(lines_of(document, text)[0]))
        if table := tagged_table(sheet):
            note = tags_read_as(document.name, "", table)
        elif (table := near_table(stem)) and has_all(table, sheet):
            note = read_as(document.name, "", table)
        else:
            return None
        reading = self._read(document, table)
        return replace(reading, findings=(note, *reading.findings))

    def _read(self, document: Document, table: Table | None) -> Reading:
        stem = _stem(document)
        text, notes = decoded(document)
        rows, more = lines_of(document, text)
        small = desk_sheet(stem) is not None or (
            table is not None and is_small(table, Sheet("", tuple(rows)))
        )
        named = [Named(table, table.name, rows, small=small)] if table else []
        head = head_above(named) if table else Named(HEAD, "", rows)
        reading = assembled(document, self.name, named, head=head, notes=(*notes, *more))
        return with_lost_rows(reading, table, (one.place.row for one in more)) if table else reading


def _stem(document: Document) -> str:
    return posixpath.splitext(posixpath.basename(document.name))[0]


KONVOI_CSV = KonvoiCsv()
