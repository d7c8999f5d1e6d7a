"""The Konvoi workbook (XLSX): one sheet for each table, headed in English, German or Ukrainian."""

from konvoi.intake.konvoi import Named, assembled, table_of
from konvoi.intake.sheets import Sheets, sheet_names, sheets
from konvoi.kit.text import fold, shown
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.head import HEAD, MARKS
from konvoi.model.naming import meanings


class KonvoiWorkbook:
    """The Konvoi workbook (XLSX): one sheet for each table, headed in English, German or Ukrainian."""

    name = "konvoi-workbook"

    def recognises(self, document: Document) -> bool:
        """Whether a sheet is called Konvoi or like one of the tables."""
        return any(is_head(name) or table_of(name) for name in sheet_names(document))

    def read(self, document: Document) -> Reading:
        """Read the head and all tables; sheets of other names are told of and kept out."""
        book = sheets(document, aside=is_marks)
        if book.refused:
            return Reading(
                document=document.name,
                digest=document.digest,
                format=self.name,
                party=document.party,
                findings=book.findings,
                refused=True,
            )
        heads = [Named(HEAD, name, sheet.rows) for name, sheet in book.by_name.items() if is_head(name)]
        named = [
            Named(table, name, sheet.rows, sheet.merged)
            for name, sheet in book.by_name.items()
            if (table := table_of(name)) is not None
        ]
        notes = (*book.findings, *_strange(document, book))
        return assembled(document, self.name, named, head=heads[0] if heads else None, notes=notes)


def is_head(name: str) -> bool:
    """Whether a sheet of this name holds the head."""
    return fold(name) == HEAD.name


def is_marks(name: str) -> bool:
    """Whether a sheet of this name lists findings that the workbook came back with: it is never read."""
    return fold(name) in meanings("guide", (MARKS,))


def _strange(document: Document, book: Sheets) -> list[Finding]:
    """Sheets that are no table of ours; names that begin with `_` hold the lists of the template."""
    return [
        Finding(
            Severity.NOTE,
            "sheet-unknown",
            Place(document.name, name),
            shown(name),
            "a sheet named like a table",
            "The sheet was not read; give it a table's name if it should be.",
        )
        for name, sheet in book.by_name.items()
        if sheet.rows and not (is_head(name) or table_of(name) or name.startswith("_"))
    ]


KONVOI_WORKBOOK = KonvoiWorkbook()
