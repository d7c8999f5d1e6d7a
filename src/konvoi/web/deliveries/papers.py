"""Documents of orders and consignments as files, from the rows that the viewer may see."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from konvoi.flow.deliveries.export_papers import written
from konvoi.flow.deliveries.papers import papers
from konvoi.flow.planning.planned_papers import planned
from konvoi.model.paper import Paper
from konvoi.web.access.view import Opened
from konvoi.web.record import settings_now

PLANNED = ("ubl", "workbook")
"""Forms of an order; EPCIS states only what has happened."""
REPORTED = ("ubl", "epcis", "workbook")
"""Forms of what was dispatched and received."""
_DAY = (1980, 1, 1, 0, 0, 0)


def of_movement(opened: Opened, movement: str, form: str) -> dict[str, bytes]:
    """Return the files of the order of a planned movement by name; none where the viewer sees none."""
    movements = _rows(opened, "planned_movements", "movement", [movement])
    legs = _rows(opened, "planned_legs", "movement", [movement])
    if form not in PLANNED or movements is None or movements.is_empty() or legs is None:
        return {}
    offers = _rows(opened, "offers", "offer", movements["offer"])
    tables = {
        "offers": offers,
        "needs": _rows(opened, "needs", "need", movements["need"]),
        "goods": _rows(opened, "goods", "good", movements["good"]),
        "parties": opened.frame("parties"),
    }
    recipient = settings_now().recipient
    return _written(opened, planned(movements, legs, _known(tables), recipient=recipient), form)


def of_consignment(opened: Opened, consignment: str, form: str) -> dict[str, bytes]:
    """Return the files of what was dispatched and received of a consignment; none where there is none."""
    found = _rows(opened, "consignments", "consignment", [consignment])
    entries = opened.frame("entries")
    if form not in REPORTED or found is None or found.is_empty() or entries is None:
        return {}
    sent, came = (_ids(found[name]) for name in ("despatches", "receipts"))
    tables = {
        "movements": _rows(opened, "movements", "movement", sent),
        "receipts": _rows(opened, "receipts", "receipt", came),
        "serials": _rows(opened, "serials", "paper", [*sent, *came]),
        "parties": opened.frame("parties"),
    }
    own = entries.filter(pl.col("reference").is_in([*sent, *came]))
    return _written(opened, papers(own, _known(tables)), form)


def packed(files: Mapping[str, bytes], name: str) -> tuple[str, bytes]:
    """Return the name and content of a file, or of the archive of several; equal files give equal bytes."""
    if len(files) == 1:
        return next(iter(files.items()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for one, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(one, _DAY), content)
    return f"{name}.zip", out.getvalue()


def _written(opened: Opened, found: Sequence[Paper], form: str) -> dict[str, bytes]:
    files, _ = written(found, form, day=opened.day, exercise=opened.manifest.exercise)
    return files


def _rows(opened: Opened, table: str, key: str, names: Iterable[object]) -> pl.DataFrame | None:
    frame = opened.frame(table)
    wanted = sorted({str(one) for one in names if one is not None})
    return None if frame is None else frame.filter(pl.col(key).is_in(wanted))


def _known(tables: Mapping[str, pl.DataFrame | None]) -> dict[str, pl.DataFrame]:
    return {name: frame for name, frame in tables.items() if frame is not None}


def _ids(lists: Iterable[object]) -> list[str]:
    return [name.strip() for text in lists for name in str(text or "").split(";") if name.strip()]
