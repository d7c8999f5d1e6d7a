"""Documents of a delivery in words: what a dispatch or a receipt states, for people to compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from konvoi.model.party import LANGUAGES
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.names import table
from konvoi.web.lists.columns import column
from konvoi.web.pages.texts import say

COLUMNS = {
    "movements": ("day", "stage", "quantity", "unit", "from", "to", "carrier", "waybill", "line"),
    "receipts": ("day", "received", "short", "damaged", "rejected", "over", "place", "proof", "document"),
}
KEYS = {"movements": "movement", "receipts": "receipt"}


@dataclass(frozen=True)
class DeliveryPaper:
    """A document as it is shown. record: such as receipts/XV-R1; facts: heading and value."""

    record: str
    facts: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The reference of the document."""
        return self.record.partition("/")[2]

    @property
    def is_receipt(self) -> bool:
        """True for a receipt, False for a dispatch."""
        return self.record.startswith("receipts/")


def facts_of(table: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what a document states, in the reader's language."""
    columns = [column(table, one) for one in COLUMNS[table]]
    return tuple((one.heading, one.text(row) or say("not reported")) for one in columns)


def papers_behind(question: Question, case: Case) -> list[dict[str, Any]]:
    """Return both documents of a discrepancy as plain JSON values, each fact by language.

    case: of the view of the party that is asked: of what it may not see there is nothing.
    """
    if not question.papers:
        return []
    found = []
    for record in (*question.papers, question.record.partition("#")[0]):
        name, _, key = record.partition("/")
        rows = table(case, name)
        for row in rows.filter(rows[KEYS[name]] == key).head(1).iter_rows(named=True):
            facts = {}
            for language in LANGUAGES:
                with translation.override(language):
                    facts[language] = facts_of(name, row)
            found.append({"record": record, "facts": facts})
    return found


def shown_papers(stated: list[dict[str, Any]], language: str) -> tuple[DeliveryPaper, ...]:
    """Return the documents that a job stated, in one language."""
    return tuple(
        DeliveryPaper(str(one["record"]), tuple((head, text) for head, text in one["facts"][language]))
        for one in stated
    )
