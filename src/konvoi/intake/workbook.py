"""Workbooks in whatever form: Excel (XLSX) and OpenDocument (ODS) give the same sheets."""

from collections.abc import Callable

from konvoi.intake.container import BOUNDS, Bounds
from konvoi.intake.ods import is_ods, ods_names, ods_sheets
from konvoi.intake.sheets import Sheets, sheet_names, sheets
from konvoi.model.document import Document


def workbook_names(document: Document) -> tuple[str, ...]:
    """Return the names of a workbook's sheets in its order; empty where the document is no workbook."""
    return ods_names(document) if is_ods(document.content) else sheet_names(document)


def workbook_sheets(
    document: Document, bounds: Bounds = BOUNDS, *, aside: Callable[[str], bool] = lambda name: False
) -> Sheets:
    """Return all sheets of a workbook; refused where it cannot be read to its end or exceeds the bounds.

    aside: decides by the name which sheets are left out.
    """
    if not is_ods(document.content):
        return sheets(document, bounds, aside=aside)
    read = ods_sheets(document, bounds)
    kept = {name: sheet for name, sheet in read.by_name.items() if not aside(name)}
    findings = tuple(one for one in read.findings if not (one.place.sheet and aside(one.place.sheet)))
    return Sheets(kept, findings, read.refused)
