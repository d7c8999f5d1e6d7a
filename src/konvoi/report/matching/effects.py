"""Effect of undecided pairs on the total pledged."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import polars as pl

from konvoi.kit.money import to_major
from konvoi.ledger.answer import Total
from konvoi.ledger.effects import effects
from konvoi.ledger.post import Ledger, post
from konvoi.ledger.question import Question
from konvoi.ledger.total import total
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.figures import FUNNEL


@dataclass(frozen=True)
class Drawn:
    """The total of all words as this brief draws it, of the entries that its readers may see."""

    ledger: Ledger
    unit: str

    @classmethod
    def of(cls, case: Case) -> "Drawn":
        """Return the total of a case's entries, those that the total pledged counts or lacks a value for."""
        whole = case.totals.get(f"{FUNNEL}{Stage.PLEDGED}")
        entries = case.entries
        if whole is not None:
            # What the total left out, at its boundary or below a package's own value, changes nothing in it.
            ids = {*whole.entries, *(entry for one in whole.unvalued for entry in one.entries)}
            entries = entries.filter(pl.col("entry").is_in(sorted(ids)))
        made = post([entries], relations=case.relations, tables=case.tables)
        return cls(made, whole.unit if whole else "EUR")

    @property
    def question(self) -> Question:
        """The question: the total of pledges, all sources together."""
        return Question(stage=Stage.PLEDGED, currency=self.unit, mix=True)

    def effects(self) -> dict[tuple[str, str, str], Decimal | None]:
        """Return the fall of the total if a pair holds, by the total's own rules; None where not known."""
        rows = effects(self.ledger, self.question).iter_rows()
        return {
            (left, right, relation): None if minor is None else to_major(minor, self.unit)
            for left, right, relation, minor in rows
        }

    @cached_property
    def total(self) -> Total:
        """The total of the entries that the readers may see."""
        return total(self.ledger, self.question)

    def together(self) -> Decimal:
        """Return the fall of the total if all of them hold."""
        return (self.total.highest or Decimal(0)) - (self.total.lowest or Decimal(0))
