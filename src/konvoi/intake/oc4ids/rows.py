"""Rows collected while projects are read: rows by table, and sums as they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object
from konvoi.intake.organisations import party_of
from konvoi.intake.papers.work import Work
from konvoi.intake.sums import Rounding, currencies, number
from konvoi.model.finding import Severity
from konvoi.model.oc4ids import PROJECT_FACTS
from konvoi.model.tables import BY_NAME

Row = dict[str, object]
Money = tuple[int | None, str | None]
"""Minor units and their currency; both None where they are not known."""

FACTS_TABLE = "project_facts"
SHEET = "projects"
SCHEMAS: dict[str, pl.Schema] = {
    **{name: BY_NAME[name].schema() for name in ("projects", "financing", "parties")},
    FACTS_TABLE: PROJECT_FACTS,
}


@dataclass
class Rows:
    """Rows by table while a document is read, and what rounding took away."""

    work: Work
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})
    rounding: Rounding = field(default_factory=Rounding)
    references: set[str] = field(default_factory=set)
    doubted: set[tuple[int, str]] = field(default_factory=set)

    def unused(self, reference: str) -> str:
        """Return the reference for a row of `financing`; numbered from 2 if another row has it."""
        number, found = 1, reference
        while found in self.references:
            number += 1
            found = f"{reference}/{number}"
        self.references.add(found)
        return found

    def origin(self, at: int) -> Row:
        """Return the origin of the rows of a project; at: its number from 1."""
        return {"_file": self.work.document.name, "_sheet": SHEET, "_row": at}

    def party(self, named: Object, listed: Sequence[Object]) -> str | None:
        """The party that an organisation is; None where it is not named."""
        parties = self.tables["parties"]
        file = self.work.document.name
        return party_of(named, listed, kind="institution", parties=parties, file=file) or None

    def money(self, value: Object, at: int, column: str) -> Money:
        """Return a sum in minor units and its currency; report one below 0, or one that cannot be read.

        What cannot be read is unknown.
        """
        if value.get("amount") is None:
            return None, None
        amount = number(value.get("amount"))
        currency = plain(value.get("currency"))
        known = amount is not None and currency in currencies()
        minor = self.rounding.minor(amount, str(currency)) if amount is not None and known else None
        if minor is None:
            words = ("a number and a currency of ISO 4217", "Correct it; until then it is unknown, not zero.")
            self._doubt("oc4ids-number-unreadable", value, at, column, words)
            return None, None
        if minor < 0:
            words = (
                "a number of at least 0; below 0 only what pays back or puts right",
                "Correct the sign if it is a slip; until then it counts unchanged and is taken off.",
            )
            self._doubt("oc4ids-amount-negative", value, at, column, words)
        return minor, currency

    def _doubt(self, code: str, value: Object, at: int, column: str, words: tuple[str, str]) -> None:
        """Report a sum once, although a budget is read as cost and as commitment."""
        if (at, column) not in self.doubted:
            self.doubted.add((at, column))
            read = f"{plain(value.get('amount')) or ''} {plain(value.get('currency')) or ''}"
            place = self.work.place(SHEET, at, column)
            self.work.tell(Severity.WARNING, code, place, words, read=read)
