"""Support beyond what is needed: good by good, and need by need."""

from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.today import today
from konvoi.flow.totals_asked import ask
from konvoi.flow.workspace import Workspace
from konvoi.ledger.question import Question
from konvoi.model.goods import descendants
from konvoi.plan.oversupply import OVERSUPPLY


@dataclass(frozen=True)
class Excess:
    """One good of which more is given than is needed, in the good's unit."""

    good: str
    given: Decimal
    needed: Decimal

    @property
    def excess(self) -> Decimal:
        """The quantity beyond the needs."""
        return self.given - self.needed

    def as_dict(self) -> dict[str, object]:
        """The row as plain JSON values."""
        return {
            "good": self.good,
            "given": self.given,
            "needed": self.needed,
            "excess": self.excess,
        }


def oversupply(gathered: Gathered, question: Question, settings: Settings) -> list[Excess]:
    """Goods with needs whose quantity at the question's stage goes beyond them, the first by name."""
    needs = gathered.tables.get("needs")
    if needs is None or needs.is_empty():
        return []
    still = needs.filter(~pl.col("state").fill_null("validated").is_in(["met", "withdrawn", "deferred"]))
    wanted = still.group_by("good").agg(pl.col("quantity").sum()).sort("good")
    found = []
    asked = descendants(gathered.tables, question.good) if question.good else frozenset()
    for good, needed in wanted.iter_rows():
        if question.good and good not in asked:
            continue
        given = ask(gathered, replace(question, what="quantity", good=good, by=""), settings).value
        if given is not None and given > needed:
            found.append(Excess(good, given, needed.normalize()))
    return found


def oversupplied_needs(gathered: Gathered, work: Workspace) -> pl.DataFrame:
    """Needs of which more is on its way than they ask for (konvoi.plan.oversupply.OVERSUPPLY)."""
    needs = gathered.tables.get("needs")
    if needs is None or needs.is_empty():
        return pl.DataFrame(schema=OVERSUPPLY)
    return derived(gathered, work.settings, today(gathered, work), "oversupply")["oversupply"]


def needs_as_dicts(rows: pl.DataFrame) -> list[dict[str, object]]:
    """Over-supplied needs as plain JSON values, each with the partners that go beyond it."""
    found: dict[str, dict[str, object]] = {}
    partners: dict[str, list[dict[str, object]]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["need"], {name: row[name] for name in _OF_NEED})
        partners.setdefault(row["need"], []).append({name: row[name] for name in _OF_PARTNER})
    return [{**need, "partners": partners[name]} for name, need in found.items()]


_OF_NEED = ("need", "good", "site", "due", "open", "given", "excess")
_OF_PARTNER = ("party", "kind", "record", "committed", "over", "next_need", "next_quantity")
