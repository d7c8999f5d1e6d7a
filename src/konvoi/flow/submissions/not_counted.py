"""Submissions and parts of submissions that are in no total: a total states them beside its value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from konvoi.flow.completeness import silent_partners
from konvoi.flow.gathered import Gathered
from konvoi.kit.money import to_major
from konvoi.model.document import Unread
from konvoi.model.finding import CONFORMANCE, Severity


@dataclass(frozen=True)
class NotCounted:
    """Parts of the documents in force that no total contains.

    refused: documents that were not read at all. errors: for each document that was read, the rows with a
    finding of severity error of which nothing is in force. amounts: what those of packages state, by document
    and currency, in minor units. unread: sheets that look like a table and are
    named like none, by document. All sorted by document. partners: those named as members or participants
    that have no document in force. every: whether all documents are looked at; other readers than the
    coordination cell do not see all, so that a partner may have submitted what is not released to them.
    """

    refused: tuple[str, ...] = ()
    errors: Mapping[str, int] = field(default_factory=dict)
    amounts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unread: Mapping[str, tuple[Unread, ...]] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    every: bool = True

    def __bool__(self) -> bool:
        """True if anything is not counted."""
        return bool(self.refused or self.errors or self.unread or self.partners)

    def as_dict(self) -> dict[str, object]:
        """The same as plain values; amounts in major units."""
        return {
            "refused": list(self.refused),
            "errors": dict(self.errors),
            "amounts": [
                {"document": document, "amount": to_major(minor, currency), "currency": currency}
                for document, sums in self.amounts.items()
                for currency, minor in sums.items()
            ],
            "unread": [
                {
                    "document": document,
                    "sheet": one.sheet,
                    "table": one.table,
                    "rows": one.rows,
                    "amount": None if one.amount_minor is None else to_major(one.amount_minor, one.currency),
                    "currency": one.currency,
                }
                for document, sheets in self.unread.items()
                for one in sheets
            ],
            "partners": list(self.partners),
        }


class _Amount(NamedTuple):
    """An amount that a refused row states."""

    currency: str
    minor: int


def not_counted(gathered: Gathered) -> NotCounted:
    """Return the parts of the documents in force that are in no total."""
    force = sorted(gathered.readings, key=lambda one: one.document)
    refused = tuple(one.document for one in force if one.refused)
    read = {one.document for one in force if not one.refused}
    # Of a row that made an entry the total itself states whether its value is known.
    stated = set(gathered.ledger.entries.select("submission", "sheet", "row").iter_rows())
    rows: dict[str, set[tuple[str, int]]] = {}
    amounts: dict[str, dict[tuple[str, int], _Amount]] = {}
    for finding in gathered.findings:
        at = (finding.place.file, finding.place.sheet, finding.place.row)
        if finding.code in CONFORMANCE:
            continue
        if finding.severity == Severity.ERROR and at[0] in read and at[2] and at not in stated:
            rows.setdefault(at[0], set()).add(at[1:])
            # The amounts of other tables are parts of those of packages, which may be in force.
            if finding.values.get("refused_table") == "packages" and "refused_amount" in finding.values:
                amount = _Amount(finding.values["refused_currency"], int(finding.values["refused_amount"]))
                amounts.setdefault(at[0], {})[at[1:]] = amount
    return NotCounted(
        refused,
        {document: len(rows[document]) for document in sorted(rows)},
        {document: _summed(amounts[document].values()) for document in sorted(amounts)},
        {one.document: one.unread for one in force if one.unread},
        silent_partners(gathered, gathered.on or gathered.day),
        every=gathered.view.is_cell,
    )


def _summed(amounts: Iterable[_Amount]) -> dict[str, int]:
    """The sums of amounts by currency, in the order of the alphabet."""
    sums: dict[str, int] = {}
    for currency, minor in sorted(amounts):
        sums[currency] = sums.get(currency, 0) + minor
    return sums
