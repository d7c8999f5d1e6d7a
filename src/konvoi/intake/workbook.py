"""Workbooks in whatever form: Excel (XLSX, XLS) and OpenDocument (ODS) give the same sheets."""

from collections.abc import Callable

from konvoi.intake.container import BOUNDS, Bounds, inspected, is_ole
from konvoi.intake.ods import is_ods, ods_names, ods_sheets
from konvoi.intake.sheets import Sheets, sheet_names, sheets
from konvoi.intake.xls import old_names, old_sheets
from konvoi.model.document import Document


def workbook_names(document: Document) -> tuple[str, ...]:
    """Return the names of a workbook's sheets in its order; empty where the document is no workbook."""
    if is_ole(document.content):
        return old_names(document)
    return ods_names(document) if is_ods(document.content) else sheet_names(document)


def workbook_sheets(
    document: Document, bounds: Bounds = BOUNDS, *, aside: Callable[[str], bool] = lambda name: False
) -> Sheets:
    """Return all sheets of a workbook; refused where it cannot be read to its end or exceeds the bounds.

    aside: decides by the name which sheets are left out.
    """
    if is_ole(document.content):
        if refused := inspected(document, bounds):
            return Sheets(findings=refused, refused=True)
        read = old_sheets(document, bounds)
    elif is_ods(document.content):
        read = ods_sheets(document, bounds)
    else:
        return sheets(document, bounds, aside=aside)
    kept = {name: sheet for name, sheet in read.by_name.items() if not aside(name)}
    findings = tuple(one for one in read.findings if not (one.place.sheet and aside(one.place.sheet)))
    return Sheets(kept, findings, read.refused)
