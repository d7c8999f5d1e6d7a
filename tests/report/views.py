"""A case as a reader may see it, with the rows of the plan that the reader may see."""

from dataclasses import replace

from konvoi.report.audience import visible
from konvoi.report.case import Case
from konvoi.report.released_plan import released_outlook, released_plan

CELL_ONLY = ("bottlenecks", "remedies")


def seen_case(whole: Case, reader: str = "public") -> Case:
    """Return the case that a reader may see; the plan and the forecast are the coordination cell's."""
    shown = visible(whole, reader)
    plan = released_plan(whole.plan, whole.tables, shown.tables)
    tables = {name: rows for name, rows in shown.tables.items() if name not in CELL_ONLY}
    outlook = released_outlook(whole.outlook, whole.plan, plan)
    return replace(shown, plan=plan, outlook=outlook, tables=tables)
