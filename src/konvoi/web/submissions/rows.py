"""Rows of a table that a form took in, handed in as a submission like any other file."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from konvoi.model.naming import localized
from konvoi.model.tables import BY_NAME
from konvoi.report.submissions.form_book import form_book
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.days import day_for
from konvoi.web.pages.languages import code
from konvoi.web.submissions.actions import hand_in
from konvoi.web.submissions.models import Upload


def hand_in_rows(
    *,
    viewer: Viewer,
    party: str,
    table: str,
    rows: Sequence[Mapping[str, str]],
    marking: str,
    key: uuid.UUID,
) -> Upload:
    """Hand in rows of a table as a workbook; the same key a second time gives the same upload.

    Its day is that of the newest results where that is later than today, as in an exercise. Its version is
    the moment: of two of one day the later one stands.
    """
    now = timezone.now()
    day = day_for(viewer).isoformat()
    head = {"party": party, "day": day, "marking": marking, "version": f"{now:%Y%m%d.%H%M%S.%f}"}
    content = form_book(BY_NAME[table], table, head, rows, code())
    name = f"{table}-{now:%Y%m%d-%H%M%S-%f}.xlsx"
    return hand_in(viewer=viewer, party=party, given={name: [content]}, sizes=[len(content)], key=key)


def cell_text(value: object) -> str:
    """Return a value of a table as a cell of a workbook states it; empty for none."""
    match value:
        case None:
            return ""
        case bool():
            return localized("choice", "yes" if value else "no", code())
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)
