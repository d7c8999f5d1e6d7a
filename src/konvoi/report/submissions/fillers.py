"""The parties that fill each sheet: a table stands with those who know first what goes into it."""

from collections.abc import Collection

from konvoi.model.table import Table
from konvoi.model.tables import TABLES

FILLERS: dict[str, tuple[str, ...]] = {
    "desk": (
        *(
            "parties",
            "contacts",
            "statements",
            "packages",
            "participants",
            "lines",
            "allocations",
            "contracts",
        ),
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
        *("financing_needs", "contacts"),
    ),
    "cell": (
        *("parties", "statements", "published_sums", "contradictions"),
        *("documents", "undertakings", "guarantees", "milestones", "rounds", "positions"),
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


SUBJECTS: dict[str, tuple[str, ...]] = {
    "submissions": ("parties", "contacts", "statements"),
    "ledger": (
        *("packages", "participants", "lines", "allocations", "contracts", "call_offs"),
        *("published_sums", "contradictions"),
    ),
    "planning": (
        *("needs", "offers", "goods", "standards", "equivalences", "kits", "approvals", "budgets"),
        *("earmarks", "caps", "stocks", "sites", "lanes", "capacities", "closures", "blocked"),
        *("rates", "horizon", "waivers"),
    ),
    "deliveries": ("movements", "receipts", "serials"),
    "agreements": ("documents", "undertakings", "guarantees", "milestones", "rounds", "positions"),
    "meetings": ("sessions", "attendance", "agenda", "decisions", "steps"),
    "funding": (
        *("programmes", "tranches", "conditions", "assessments", "projects", "financing", "damages"),
        *("communities", "people_in_need", "principles", "attestations", "financing_needs"),
    ),
    "sanctions": ("identities", "hulls"),
}
"""The sheets of each subject, for templates of some subjects alone; each sheet has one subject."""


def sheets_for(filler: str = "", subjects: Collection[str] = ()) -> tuple[Table, ...]:
    """Return the tables that a filler fills, in the workbook's order; all where none is named.

    subjects: those alone whose tables are wanted; empty: all.
    """
    wanted = set(FILLERS[filler]) if filler else {table.name for table in TABLES}
    if subjects:
        wanted &= {name for subject in subjects for name in SUBJECTS[subject]}
    return tuple(table for table in TABLES if table.name in wanted)
