"""Parts of the submissions that are in no figure."""

from typing import NamedTuple

import polars as pl

from konvoi.model.finding import Severity
from konvoi.report.case import Case


class Uncounted(NamedTuple):
    """Unreadable documents by name, the number of rows with errors, and of sheets that are not read."""

    documents: tuple[str, ...]
    rows: int
    sheets: int


def uncounted(case: Case) -> Uncounted:
    """Return the parts of the submissions of a case that are not counted."""
    errors = [one.place for one in case.findings if one.severity == Severity.ERROR and one.place.file]
    rows = {(place.file, place.sheet, place.row) for place in errors if place.row}
    unread = set(case.documents.filter(pl.col("rows") == 0)["name"])
    refused = {place.file for place in errors if not place.row} & unread
    sheets = {(one.place.file, one.place.sheet) for one in case.findings if one.code == "sheet-proposed"}
    return Uncounted(tuple(sorted(refused)), len(rows), len(sheets))
