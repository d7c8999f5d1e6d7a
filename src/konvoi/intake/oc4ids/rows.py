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

    def origin(self, at: int) -> Row:
        """Return the origin of the rows of a project; at: its number from 1."""
        return {"_file": self.work.document.name, "_sheet": SHEET, "_row": at}

    def party(self, named: Object, listed: Sequence[Object]) -> str | None:
        """The party that an organisation is; None where it is not named."""
        parties = self.tables["parties"]
        file = self.work.document.name
        return party_of(named, listed, kind="institution", parties=parties, file=file) or None

    def money(self, value: Object, at: int, column: str) -> Money:
        """Return a sum in minor units and its currency; report one that cannot be read: it is unknown."""
        if value.get("amount") is None:
            return None, None
        amount = number(value.get("amount"))
        currency = plain(value.get("currency"))
        known = amount is not None and currency in currencies()
        minor = self.rounding.minor(amount, str(currency)) if amount is not None and known else None
        if minor is None:
            words = ("a number and a currency of ISO 4217", "Correct it; until then it is unknown, not zero.")
            read = f"{plain(value.get('amount')) or ''} {currency or ''}"
            spot = self.work.place(SHEET, at, column)
            self.work.tell(Severity.WARNING, "oc4ids-number-unreadable", spot, words, read=read)
            return None, None
        return minor, currency
