"""Submissions and parts of submissions that are in no total: a total states them beside its value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from konvoi.flow.completeness import silent_partners
from konvoi.flow.gathered import Gathered
from konvoi.kit.money import to_major
from konvoi.model.document import Unread
from konvoi.model.finding import Severity


@dataclass(frozen=True)
class NotCounted:
    """Parts of the documents in force that no total contains.

    refused: documents that were not read at all. errors: for each document that was read, the rows with a
    finding of severity error of which nothing is in force. unread: sheets that look like a table and are
    named like none, by document. All sorted by document. partners: those named as members or participants
    that have no document in force. every: whether all documents are looked at; other readers than the
    coordination cell do not see all, so that a partner may have submitted what is not released to them.
    """

    refused: tuple[str, ...] = ()
    errors: Mapping[str, int] = field(default_factory=dict)
    unread: Mapping[str, tuple[Unread, ...]] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    every: bool = True

    def __bool__(self) -> bool:
        """True if anything is not counted."""
        return bool(self.refused or self.errors or self.unread or self.partners)

    def as_dict(self) -> dict[str, object]:
        """The same as plain JSON values; amounts are decimal strings in major units."""
        return {
            "refused": list(self.refused),
            "errors": dict(self.errors),
            "unread": [
                {
                    "document": document,
                    "sheet": one.sheet,
                    "table": one.table,
                    "rows": one.rows,
                    "amount": None
                    if one.amount_minor is None
                    else f"{to_major(one.amount_minor, one.currency):f}",
                    "currency": one.currency,
                }
                for document, sheets in self.unread.items()
                for one in sheets
            ],
            "partners": list(self.partners),
        }


def not_counted(gathered: Gathered) -> NotCounted:
    """Return what of the documents in force is in no total."""
    force = sorted(gathered.readings, key=lambda one: one.document)
    refused = tuple(one.document for one in force if one.refused)
    read = {one.document for one in force if not one.refused}
    # Of a row that made an entry the total itself states whether its value is known.
    stated = set(gathered.ledger.entries.select("submission", "sheet", "row").iter_rows())
    rows: dict[str, set[tuple[str, int]]] = {}
    for finding in gathered.findings:
        at = (finding.place.file, finding.place.sheet, finding.place.row)
        if finding.severity == Severity.ERROR and at[0] in read and at[2] and at not in stated:
            rows.setdefault(at[0], set()).add(at[1:])
    return NotCounted(
        refused,
        {document: len(rows[document]) for document in sorted(rows)},
        {one.document: one.unread for one in force if one.unread},
        silent_partners(gathered, gathered.on or gathered.day),
        every=gathered.view.is_cell,
    )
