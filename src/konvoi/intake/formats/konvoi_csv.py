"""A table of the Konvoi workbook as CSV, in a file named like the table, such as lines.csv."""

import posixpath

from konvoi.intake.csv_text import decoded, is_binary, lines_of
from konvoi.intake.konvoi import Named, assembled, head_above, with_lost_rows
from konvoi.model.desk_sheets import desk_sheet
from konvoi.model.document import Document, Reading
from konvoi.model.head import HEAD
from konvoi.model.sheet_names import table_of


class KonvoiCsv:
    """A table of the Konvoi workbook as CSV, in a file named like the table, such as lines.csv."""

    name = "konvoi-csv"

    def recognises(self, document: Document) -> bool:
        """Return True if the file is named like one of the tables, and is text."""
        stem, extension = posixpath.splitext(posixpath.basename(document.name))
        known = table_of(stem) is not None or stem.lower() == HEAD.name
        return extension.lower() in {".csv", ".tsv"} and known and not is_binary(document.content)

    def read(self, document: Document) -> Reading:
        """Read the one table; `konvoi.csv` is the head alone."""
        stem = posixpath.splitext(posixpath.basename(document.name))[0]
        text, notes = decoded(document)
        rows, more = lines_of(document, text)
        table = table_of(stem)
        small = desk_sheet(stem) is not None
        named = [Named(table, table.name, rows, small=small)] if table else []
        head = head_above(named) if table else Named(HEAD, "", rows)
        reading = assembled(document, self.name, named, head=head, notes=(*notes, *more))
        return with_lost_rows(reading, table, (one.place.row for one in more)) if table else reading


KONVOI_CSV = KonvoiCsv()
