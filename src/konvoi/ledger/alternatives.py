"""The figures of one total under each of several sets of relations, found together.

Each set gets a copy of the units, and of all that its relations name: nothing of one copy touches another, so
that the rules of the total are asked once for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from konvoi.kit.money import places
from konvoi.ledger.basis import QUANTITY_PLACES, Basis
from konvoi.ledger.fund_payments import FUND, fund_payments
from konvoi.ledger.parts import Figures, figures
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.readings import readings
from konvoi.ledger.refuse import refusal
from konvoi.ledger.summing import summed
from konvoi.ledger.units import owned

_END = "\x1d"
_OF_VALUES = ("entry", "unit", "source", "party", "counterparty")
_OF_ENTRIES = ("entry", "source", "package", "line", "good", "stage", "known_on", "day_from")


@dataclass(frozen=True)
class Alternatives:
    """A total of which all but the relations is known.

    ledger: its relations do not matter. others: units by other readings (konvoi.ledger.readings). silent: the
    total has no figures, whatever its relations.
    """

    ledger: Ledger
    question: Question
    base: Basis
    others: pl.DataFrame | None
    silent: bool

    @classmethod
    def of(cls, ledger: Ledger, question: Question, base: Basis, *, recipient: str = "") -> "Alternatives":
        """Return the total of a question without groups. base: of this question."""
        refused = refusal(question, base, ledger.tables.get("shares")) is not None
        empty = base.counting.is_empty() and not base.levelled.is_empty()
        return cls(
            replace(ledger, entries=owned(ledger.entries, ledger.owners), owners=ledger.owners.clear()),
            question,
            base,
            readings(ledger, question, recipient, base),
            refused or empty or bool(base.parted),
        )

    @property
    def scale(self) -> int:
        """The decimal places of the figures."""
        return places(self.base.unit) if self.question.what == "amount" else QUANTITY_PLACES

    def figures(self, relations: Sequence[pl.DataFrame]) -> list[Figures | None]:
        """Return the figures under each of several sets of relations, those of `total`; None for no figures.

        relations: RELATIONS, each a whole set. The estimates are not those of a total.
        """
        if self.silent:
            return [None] * len(relations)
        if FUND in self.base.known["place"]:
            # What is left in a fund is compared over all of its payments and gifts.
            return [self._with_funds(one) for one in relations]
        return list(self._together(relations))

    def _with_funds(self, relations: pl.DataFrame) -> Figures:
        ledger = replace(self.ledger, relations=relations)
        inside = summed(self.base.counting, ledger, self.question, self.others)
        found = inside.figures()
        disputed = fund_payments(self.base, inside, ledger, self.question, {}).disputed
        return found._replace(highest=found.highest + disputed)

    def _together(self, relations: Sequence[pl.DataFrame]) -> list[Figures]:
        marks = [f"{number}{_END}" for number in range(len(relations))]
        ledger = replace(
            self.ledger,
            entries=copies(self.ledger.entries.select(_OF_ENTRIES), marks, ("entry", "source")),
            relations=pl.concat(
                marked(one, mark, ("left", "right")) for one, mark in zip(relations, marks, strict=True)
            ),
        )
        others = None if self.others is None else copies(self.others, marks, ("unit", "source", "party"))
        inside = summed(copies(self.base.counting, marks, _OF_VALUES), ledger, self.question, others)
        values = dict.fromkeys(marks, 0)
        for unit, counts in inside.accepted.units.select("unit", "counts").iter_rows():
            values[_mark_of(unit)] += counts
        found = inside.ranges(lambda unit, count: {_mark_of(unit): count})
        return [figures(values[mark], found, mark) for mark in marks]


def marked(rows: pl.DataFrame, mark: str, columns: Sequence[str]) -> pl.DataFrame:
    """Return rows whose names in some columns begin with a mark."""
    return rows.with_columns((pl.lit(mark) + pl.col(name)).alias(name) for name in columns)


def copies(rows: pl.DataFrame, marks: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
    """Return rows once for each mark, with names that begin with it."""
    return pl.concat(marked(rows, mark, columns) for mark in marks)


def _mark_of(unit: str) -> str:
    return unit[: unit.index(_END) + 1]
