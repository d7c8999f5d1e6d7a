"""Papers in the form that is asked for, and those that have no such form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from konvoi.model.paper import Paper
from konvoi.report.paper import PaperWriter, writable
from konvoi.report.papers import PAPERS


def written(
    papers: Sequence[Paper], form: str, *, day: date | None, exercise: bool = False
) -> tuple[dict[str, bytes], list[str]]:
    """The files of papers in a form by name, and why each paper without such a form is left out.

    day: of making; the latest of the papers where none is given. exercise: whether each says that it is one.
    """
    writer = next((one for one in PAPERS if one.name == form), None)
    if writer is None:
        raise ValueError(f"{form} is none of {', '.join(one.name for one in PAPERS)}")
    mine = [replace(paper, exercise=exercise) for paper in papers if writable(paper, writer)]
    days = [known for paper in papers if (known := paper.issued or paper.day)]
    files = writer.write(mine, day or max(days, default=date(1970, 1, 1)))
    return dict(files), [_reason(paper, writer) for paper in papers if not writable(paper, writer)]


def _reason(paper: Paper, writer: PaperWriter) -> str:
    """Return the reason for which a paper has no such form."""
    if paper.stage in writer.stages and (writer.planned or not paper.planned):
        return f"{paper.number}: {writer.name} needs the one day on which it happened"
    return (
        f"{paper.number}: {writer.name} has no paper for {'planned, ' if paper.planned else ''}{paper.stage}"
    )
