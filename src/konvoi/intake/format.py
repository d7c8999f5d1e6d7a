"""The form of a format: one way in which partners write their submissions."""

from typing import Protocol

from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding


class Format(Protocol):
    """A way in which partners write their submissions.

    A member never raises for bad data and never stops at the first fault: every row becomes entries or
    findings, every entry names its sheet, row and column. A document that cannot be read at all comes
    back with `refused=True` and one finding of severity error with reason and remedy.
    """

    @property
    def name(self) -> str:
        """A short stable key, kept with everything that is read through this format."""

    def recognises(self, document: Document) -> bool:
        """Return True if name and first bytes (for a container, its list of parts) match this format."""

    def read(self, document: Document) -> Reading:
        """Read the whole document."""


def refused(document: Document, *findings: Finding, format: str = "") -> Reading:
    """Return the reading of a refused document, with the findings that give the reason."""
    return Reading(
        document=document.name,
        digest=document.digest,
        format=format,
        party=document.party,
        findings=findings,
        refused=True,
    )
