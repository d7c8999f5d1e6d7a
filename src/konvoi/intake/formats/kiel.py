"""The Kiel Ukraine Support Tracker, Release 7: one workbook of all that governments announced in 2022."""

import polars as pl

from konvoi.intake.format import refused
from konvoi.intake.kiel.claims import claims_of, groups
from konvoi.intake.kiel.columns import MAIN, Columns, body, columns_of, text_of
from konvoi.intake.kiel.days import WINDOW, window_of
from konvoi.intake.kiel.faults import Faults
from konvoi.intake.kiel.goods import families, good_of
from konvoi.intake.kiel.rows import Reader
from konvoi.intake.kiel.shares import RATES_SHEET, rates_of, shares_of
from konvoi.intake.sheet import Row
from konvoi.intake.sheets import Sheets, sheet_names, sheets
from konvoi.kit.days import Days
from konvoi.kit.text import fold
from konvoi.model.document import PUBLIC, Document, Reading
from konvoi.model.entries import frame

_KNOWN_BY = (MAIN, RATES_SHEET)


class Kiel:
    """Reads the workbook: packages and items become entries, figures and matrices become claims."""

    name = "kiel-7"

    def recognises(self, document: Document) -> bool:
        """A workbook with the main sheet and the sheet of rates."""
        names = sheet_names(document)
        return all(name in names for name in _KNOWN_BY)

    def read(self, document: Document) -> Reading:
        """Read the whole workbook; docs/reference/formats/kiel.md lists the parts that are not read."""
        book = sheets(document)
        faults = Faults(document.name)
        main = book[MAIN]
        if not book.refused and not main.rows:
            faults.add("sheet-missing", values={"sheet": MAIN})
        columns = columns_of(main.rows[0]) if main.rows else Columns({})
        if book.refused or not main.rows or not all(name in columns.at for name in ("package", "party")):
            self._missing(columns if main.rows else None, faults)
            findings = (*book.findings, *faults.found)
            return refused(document, *findings, format=self.name)
        self._missing(columns, faults)
        return self._reading(document, book, columns, faults)

    def _reading(self, document: Document, book: Sheets, columns: Columns, faults: Faults) -> Reading:
        window = self._window(book, faults)
        rates, names = rates_of(book[RATES_SHEET], window.last, faults)
        rows = body(book[MAIN])
        reader = Reader(
            columns=columns,
            faults=faults,
            window=window,
            submission=document.name,
            marking=PUBLIC,
            rates=names,
        )
        entries = frame(reader.entries(rows))
        return Reading(
            document=document.name,
            digest=document.digest,
            format=self.name,
            party=document.party,
            entries=entries,
            claims=claims_of(book, _classes(columns, rows)),
            tables={
                "rates": rates,
                "shares": shares_of(book, faults),
                "groups": groups(),
                "aliases": _aliases(entries),
                "families": families(entries["good"].drop_nulls().unique()),
            },
            findings=(*book.findings, *faults.found),
            currency="EUR",
            facts=_facts(book, entries),
        )

    def _missing(self, columns: Columns | None, faults: Faults) -> None:
        """One finding for each heading that must be there and is not."""
        for heading in columns.missing if columns else ():
            faults.add("column-missing", at=faults.place(MAIN, 1), read=heading)

    def _window(self, book: Sheets, faults: Faults) -> Days:
        title = " ".join(text_of(cell) for row in book["ReadMe"].rows[:3] for cell in row.cells)
        window = window_of(title)
        if window is None:
            span = {"from": WINDOW.first.isoformat(), "to": WINDOW.last.isoformat()}
            faults.add("release-days-unknown", at=faults.place("ReadMe", 1, "A"), read=title, values=span)
        return window or WINDOW


def _classes(columns: Columns, rows: tuple[Row, ...]) -> dict[str, str]:
    """The good of each item by its folded name; of several the first."""
    found: dict[str, str] = {}
    for row in rows:
        item, kind, class_ = (text_of(columns.of(row, name)) for name in ("item", "type", "class"))
        if key := fold(item):
            found.setdefault(key, good_of(item, kind, class_).good)
    return found


def _aliases(entries: pl.DataFrame) -> pl.DataFrame:
    """The names that the workbook has for each good: good, alias."""
    named = entries.filter(pl.col("good").is_not_null()).select("good", alias="text")
    return named.unique().sort("good", "alias")


def _facts(book: Sheets, entries: pl.DataFrame) -> dict[str, str]:
    lines = entries.filter(pl.col("line").is_not_null())
    known = lines.filter((pl.col("stage") == "committed") & pl.col("quantity").is_not_null())
    arrived = lines.filter(pl.col("stage") == "handed over").select("line")
    return {
        "sheets": str(len(book.by_name)),
        "rows": str(max(len(book[MAIN].rows) - 1, 0)),
        "packages": str(entries["package"].n_unique()),
        "lines": str(lines["line"].n_unique()),
        "lines with units": str(known.height),
        "of these, delivered unknown": str(known.join(arrived, on="line", how="anti").height),
    }


KIEL = Kiel()
