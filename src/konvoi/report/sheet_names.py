"""What the sheets of a brief's workbook are called: short enough for a workbook in every language."""

from konvoi.report.page import Message, Table

LONGEST = 31

SHEETS = {
    "by-partner": "By partner",
    "by-kind": "By kind of support",
    "by-good": "By good",
    "basis": "Basis of totals",
    "basis-goods": "Basis of totals, goods",
    "tempo-months-table": "Tempo by month",
    "promises": "Promises by partner",
    "coverage-weeks-table": "Needs by week",
    "needs-by-good": "Needs by good",
    "needs": "Needs",
    "needs-unvalidated": "Needs, not validated",
    "unmet-table": "Unmet needs",
    "lanes": "Lanes",
    "sites": "Sites",
    "movements-table": "Movements",
    "consignments-by-partner": "Sent, by partner",
    "consignments": "Sent and received",
    "pieces": "Single pieces",
    "framework-way": "Framework documents",
    "framework-terms": "Framework documents, terms",
    "framework-proposed": "Framework documents, sums",
    "undertakings-table": "Undertakings",
    "joints-table": "From word to receipt",
    "stalled-table": "Stalled lines",
    "programmes-table": "Programmes",
    "apart-table": "Programmes, told apart",
    "tranches-table": "Tranches",
    "money-table": "Calendar of money",
    "conditions-table": "Steps of programmes",
    "projects-table": "Projects",
    "priorities-table": "Projects, priority",
    "principles-table": "Principles",
    "answers-table": "Principles, answers",
    "twice-table": "Perhaps funded twice",
    "damages-table": "Projects, damage",
    "in-need-table": "People in need",
    "standards-by-partner": "Standards by partner",
    "standards-to-change": "Standards, to change",
    "standards-all": "Standards, all points",
    "kits": "Kits",
    "kits-beside": "Kits, what is missing",
    "types": "Variety",
    "oversupply-table": "Beyond the need",
    "duplicates-table": "Suspected duplicates",
    "steps-table": "Steps",
    "agenda-table": "Agenda",
    "decisions-table": "Decisions",
    "sessions-table": "Sessions",
    "questions-table": "Questions by party",
    "questions-by-kind": "Questions by kind",
    "findings-by-code": "Findings by code",
    "findings-table": "Findings",
    "documents": "Documents",
    "assumptions": "Assumptions",
}
"""By the table's id; the translations hold the same limit."""


def sheet_name(table: Table) -> Message:
    """The short name of a table; its title where it has none."""
    return Message(SHEETS[table.id]) if table.id in SHEETS else table.title
