"""The parties that fill each sheet: a table stands with those who know first what goes into it."""

from konvoi.model.table import Table
from konvoi.model.tables import TABLES

FILLERS: dict[str, tuple[str, ...]] = {
    "desk": (
        *("parties", "statements", "packages", "participants", "lines", "allocations", "contracts"),
        *("identities", "hulls"),
        *("call_offs", "movements", "serials"),
        *("offers", "approvals", "budgets", "earmarks", "caps", "stocks"),
        *("attendance", "steps", "positions"),
        *("programmes", "tranches", "conditions", "assessments"),
        *("projects", "financing", "attestations"),
    ),
    "recipient": (
        *("needs", "kits", "sites", "receipts", "serials", "approvals", "tranches"),
        *("communities", "people_in_need", "projects", "financing", "damages", "attestations"),
        "financing_needs",
    ),
    "cell": (
        *("parties", "statements", "documents", "undertakings", "milestones", "rounds", "positions"),
        *("goods", "standards", "equivalences", "kits"),
        *("sites", "lanes", "capacities", "closures", "blocked", "rates", "horizon", "waivers"),
        *("identities", "hulls"),
        *("sessions", "attendance", "agenda", "decisions", "steps"),
        *("programmes", "tranches", "conditions", "assessments"),
        *("communities", "people_in_need", "principles", "attestations", "financing_needs"),
    ),
}
"""desk: a national desk, on what its state gives and how it travels. recipient: the ministry that asks and
receives; it knows its destinations and issues end-use certificates. cell: the coordination cell, on what all
share: who there is, goods, standards, the network, what is blocked, the weeks planned."""


EVERYDAY: dict[str, tuple[str, ...]] = {
    "desk": ("packages", "lines", "movements"),
    "recipient": ("needs", "receipts"),
}
"""Sheets of the small template: those that nearly every submission of a filler needs."""


def sheets_for(filler: str = "", *, full: bool = True) -> tuple[Table, ...]:
    """Return the tables that a filler fills, in the workbook's order; all where none is named.

    full: False for those alone that it fills every day.
    """
    wanted = tuple(table.name for table in TABLES)
    if filler:
        wanted = FILLERS[filler] if full else EVERYDAY.get(filler, FILLERS[filler])
    return tuple(table for table in TABLES if table.name in wanted)
