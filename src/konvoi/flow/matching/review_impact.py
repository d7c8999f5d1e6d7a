"""The effect of each undecided pair of a workspace on the total of amounts, and on that of its good."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import full
from konvoi.kit.money import to_major
from konvoi.ledger.effects import Pair, Scale
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.summing import summed
from konvoi.ledger.units import owned
from konvoi.model.stages import Stage
from konvoi.reconcile.inherit import brought
from konvoi.reconcile.queue import CHANGES, Price, prices, queue

_PLACES = -6


@dataclass
class Weighing:
    """The scales of one workspace: what is on them stays, what people decide changes how it counts.

    ledger: what the reviewer may see. currency: of all amounts.
    """

    ledger: Ledger
    entries: pl.DataFrame
    question: Question
    recipient: str
    amounts: Scale
    currency: str
    known_prices: Mapping[tuple[str, str], Price]
    _goods: dict[str, Scale] = field(default_factory=dict)

    @classmethod
    def of(cls, gathered: Gathered, settings: Settings, ledger: Ledger | None = None) -> "Weighing":
        """The scales of what was gathered; ledger: what of it a reviewer may see, else all."""
        seen = ledger or gathered.ledger
        question = full(gathered, Question(stage=Stage.PLEDGED, mix=True), settings)
        currency = question.currency or "EUR"
        entries = owned(seen.entries, seen.owners)
        return cls(
            ledger=seen,
            entries=entries,
            question=question,
            recipient=settings.recipient,
            amounts=Scale.of(seen, question, recipient=settings.recipient),
            currency=currency,
            known_prices=prices(entries, gathered.tables.get("rates"), currency),
        )

    def queue(self, relations: pl.DataFrame) -> pl.DataFrame:
        """The undecided ones of these relations as QUEUE, given all that is accepted among them."""
        below: dict[Pair, list[tuple[str, str]]] = defaultdict(list)
        for left, right, relation, *lines in brought(relations, self.entries).iter_rows():
            below[left, right, relation].append((lines[0], lines[1]))
        effects = self.amounts.effects(relations, below)
        return queue(relations, effects, self._quantities(relations, below), self.known_prices)

    def bounds(self, relations: pl.DataFrame) -> tuple[Decimal, Decimal]:
        """Return the bounds of the total, while some of these relations are undecided."""
        drawn = summed(self.amounts.base.counting, replace(self.ledger, relations=relations), self.question)
        figures = drawn.figures()
        return to_major(figures.lowest, self.currency), to_major(figures.highest, self.currency)

    def _quantities(
        self, relations: pl.DataFrame, below: Mapping[Pair, list[tuple[str, str]]]
    ) -> pl.DataFrame:
        """Return the fall of each good's total if a pair holds: CHANGES."""
        open_ = relations.filter(pl.col("status") == "undecided")
        ends = {
            *open_["left"],
            *open_["right"],
            *(e for lines in below.values() for pair in lines for e in pair),
        }
        counted = self.entries.filter(
            pl.col("entry").is_in(sorted(ends))
            & pl.col("good").is_not_null()
            & pl.col("quantity").is_not_null()
        )
        found = [
            row for good in counted["good"].unique().sort() for row in self._of_good(good, relations, below)
        ]
        return pl.DataFrame(found, schema=CHANGES, orient="row")

    def _of_good(
        self, good: str, relations: pl.DataFrame, below: Mapping[Pair, list[tuple[str, str]]]
    ) -> list[tuple[object, ...]]:
        scale = self._scale(good)
        whole = sum(int(row["value"]) for row in scale.units.values())
        if not scale.base.unit or whole <= 0:
            return []
        inside = scale.unit_of
        own = {
            pair: lines
            for pair, every in below.items()
            if (lines := [one for one in every if one[0] in inside and one[1] in inside])
        }
        rows = pl.Series(
            [
                (left in inside and right in inside) or (left, right, relation) in own
                for left, right, relation in relations.select("left", "right", "relation").iter_rows()
            ],
            dtype=pl.Boolean,
        )
        effects = scale.effects(relations.filter(rows), own)
        return [
            (*pair, good, scale.base.unit, Decimal(effect).scaleb(_PLACES), abs(effect) / whole)
            for *pair, effect in effects.iter_rows()
            if effect
        ]

    def _scale(self, good: str) -> Scale:
        if good not in self._goods:
            question = Question(stage=Stage.PLEDGED, what="quantity", good=good, mix=True)
            self._goods[good] = Scale.of(self.ledger, question, recipient=self.recipient)
        return self._goods[good]
