"""Reports: parts of a page, each made from a case that is already filtered for its audience."""

from collections.abc import Callable
from dataclasses import dataclass

from konvoi.report.case import Case
from konvoi.report.page import Section


@dataclass(frozen=True)
class Report:
    """One part of a brief.

    name: its stable key and its anchor. section: draws it; pure, never raises for a case with empty tables:
    then the section says what is missing and what to do; a part that only some coalitions need is left out
    (None). Every Number names the records behind it
    (`behind`, as `entry` ids or `table/id` of the workbook's tables) or the table of the page whose rows it
    counts (`to`).
    """

    name: str
    section: Callable[[Case], Section | None]
