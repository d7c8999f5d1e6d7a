"""The real agreements, read: where they lie, and what was counted in them by eye."""

from functools import cache
from pathlib import Path

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

US = "2024-06-13-bilateral-security-agreement-between-the-united-states-of-america-and-ukraine.md"

GOLDEN = {
    "uk-2024-01-12.pdf": (66, "IX/s5/1", "The provisions of this Agreement will come into effect"),
    "de-2024-02-16.pdf": (74, "VIII/s2/5", "This Agreement may be terminated by either Participant"),
    "fr-2024-02-16.docx": (75, "VII/p6", "This Agreement will come into effect immediately upon signature."),
    "dk.docx": (62, "s16/62", "This Agreement may be terminated by either Participant"),
    "nl.docx": (91, "14/7", "This Agreement may be terminated at any time upon a three months’ notice"),
    "lv.docx": (105, "6/p8", "The termination will not affect the implementation of ongoing activities"),
    "se.pdf": (71, "XI/p5", "This Agreement may be amended and supplemented"),
    US: (69, "annex/s3/B/p2", "The United States and Ukraine intend to implement the commitments"),
    "eu.docx": (27, "IV/p3", "The European Union’s security commitments and bilateral security"),
    "pl.docx": (167, "X/10", "This Agreement will come into effect immediately upon signature."),
}
"""For each, in the order of signature: its clauses, the last of them, and how that begins."""


def path(real_data: Path, name: str) -> Path:
    """Where an agreement lies below the folder of real files."""
    return real_data / ("pledges/us-fact-sheets" if name == US else "agreements") / name


@cache
def agreement(real_data: Path, name: str) -> Reading:
    """An agreement, read."""
    return read(Document(name, path(real_data, name).read_bytes()))
