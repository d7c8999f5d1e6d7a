"""State collected while a document of papers is read."""

from dataclasses import dataclass, field

from konvoi.kit.text import shown, tidy
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.paper import Paper


@dataclass
class Work:
    """A document of papers: the papers understood, the findings, and facts worth showing."""

    document: Document
    papers: list[Paper] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    def place(self, sheet: str = "", row: int = 0, column: str = "") -> Place:
        """Return a place in the document."""
        return Place(self.document.name, sheet, row, column)

    def tell(
        self,
        severity: Severity,
        code: str,
        place: Place,
        words: tuple[str, str],
        *,
        read: str = "",
        **values: str,
    ) -> None:
        """Keep a finding; words: what was expected, what to do."""
        self.findings.append(Finding(severity, code, place, shown(tidy(read)), *words, values))
