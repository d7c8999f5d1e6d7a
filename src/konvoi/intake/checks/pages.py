"""Pages of one search of FTS against the totals and counts that each of them states."""

from konvoi.intake.check import Whole, by_place
from konvoi.intake.fts.together import pages
from konvoi.model.finding import Finding


def pages_against_totals(whole: Whole) -> tuple[Finding, ...]:
    """The pages of one search must all be there, and give the totals that they state."""
    return by_place(pages(whole.readings))
