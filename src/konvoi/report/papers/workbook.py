"""The Konvoi workbook with movements, receipts and serials only."""

from collections.abc import Mapping, Sequence
from datetime import date

from konvoi.intake.papers.posting import rows_of
from konvoi.model.paper import EXERCISE, STAGES, Paper
from konvoi.model.stages import Stage
from konvoi.model.tables import BY_NAME
from konvoi.report.paper import PaperWriter
from konvoi.report.submissions.template import template


def _write(papers: Sequence[Paper], day: date) -> Mapping[str, bytes]:
    if not papers:
        return {}
    rows = rows_of(papers)
    tables = [BY_NAME[name] for name in ("movements", "receipts", "serials")]
    frames = {table.name: rows[table.name] for table in tables if table.name in rows}
    issuers = {(p.receiver if p.stage == Stage.RECEIVED else p.sender).id for p in papers}
    head = {"day": day.isoformat()} | ({"party": issuers.pop()} if len(issuers) == 1 else {})
    note = EXERCISE if any(paper.exercise for paper in papers) else ""
    return {"papers.xlsx": template(day=day, tables=tables, rows=frames, head=head, note=note)}


WORKBOOK = PaperWriter("workbook", STAGES, planned=True, undated=False, write=_write)
