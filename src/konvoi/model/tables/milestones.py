"""Milestones of a framework document into and out of force: done, and still required."""

from konvoi.model.table import MARKING, Column, Table, Type

PATH = (
    "agreed",
    "initialled",
    "signed",
    "approved",
    "ratified",
    "exchange of notes",
    "provisional application",
    "in force",
    "accession",
    "notice of termination",
    "ended",
)
"""The milestones of a document in their order; each document has its own subset of them."""

FULL_POWERS = ("produced", "not required", "not produced")
"""Full powers of who signs; heads of state and government and ministers of foreign affairs need none."""

NEEDS = REQUIRED, NOT_APPLICABLE = ("required", "not applicable")

MILESTONES = Table(
    "milestones",
    "What became of a framework document: who initialled, signed, approved or ended it, and what it requires",
    (
        Column("milestone", Type.ID, "Short id", must=True),
        Column("document", Type.REF, "The document", must=True, refers="documents"),
        Column("event", Type.CHOICE, "Which milestone", must=True, choices=PATH),
        Column(
            "requirement",
            Type.CHOICE,
            "Whether the document requires it; empty: as its text says, else unknown",
            choices=NEEDS,
        ),
        Column("party", Type.PARTY, "Who does it; empty: all together"),
        Column("day", Type.DAY, "Day on which it was done; empty: not done yet"),
        Column("version", Type.TEXT, "The version that was agreed, initialled or signed"),
        Column("months", Type.WHOLE, "Months after a notice until the document ends", unit="months"),
        Column("address", Type.URL, "Where this is published"),
        MARKING,
        Column("signatory", Type.TEXT, "Who signs for the party", desk=False),
        Column("office", Type.TEXT, "Office in which the person signs", desk=False),
        Column("full_powers", Type.CHOICE, "Full powers of the person", choices=FULL_POWERS, desk=False),
        Column("place", Type.TEXT, "Where it was signed", desk=False),
        Column("body", Type.TEXT, "Body that approves or ratifies, such as a parliament", desk=False),
    ),
    key=("milestone",),
)

MEMBERS = (MILESTONES,)
