"""The head of a submission: party, day and marking."""

from konvoi.model.party import LANGUAGES
from konvoi.model.table import Column, Table, Type

HEAD = Table(
    "konvoi",
    "What this submission is: one line for each of these, its value beside it",
    (
        Column("coalition", Type.TEXT, "Name of the coalition"),
        Column("party", Type.PARTY, "Party that submits this"),
        Column("day", Type.DAY, "Day of this submission"),
        Column("version", Type.TEXT, "Version of this submission, such as 2"),
        Column("supersedes", Type.TEXT, "Version or file that this one replaces"),
        Column(
            "marking", Type.TEXT, "Who may see rows without a marking of their own: public, coalition, own"
        ),
        Column("language", Type.CHOICE, "Language in which it is filled in", choices=LANGUAGES),
    ),
)
"""The head of a workbook: its first sheet lists these names in one column and the values in the next."""

MARKS = "Konvoi findings"
"""Name of the sheet, in the workbook's language, on which a workbook comes back with its findings."""
