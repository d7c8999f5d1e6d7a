"""What is given beyond what is needed, good by good."""

from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from konvoi.flow.ask import ask
from konvoi.flow.gather import Gathered
from konvoi.flow.settings import Settings
from konvoi.ledger.question import Question


@dataclass(frozen=True)
class Excess:
    """One good of which more is given than is needed, in the good's unit."""

    good: str
    given: Decimal
    needed: Decimal

    @property
    def excess(self) -> Decimal:
        """What goes beyond the needs."""
        return self.given - self.needed

    def as_dict(self) -> dict[str, str]:
        """The row as plain JSON values."""
        return {
            "good": self.good,
            "given": format(self.given, "f"),
            "needed": format(self.needed, "f"),
            "excess": format(self.excess, "f"),
        }


def oversupply(gathered: Gathered, question: Question, settings: Settings) -> list[Excess]:
    """Goods with needs whose quantity at the question's stage goes beyond them, the first by name."""
    needs = gathered.tables.get("needs")
    if needs is None or needs.is_empty():
        return []
    still = needs.filter(~pl.col("state").fill_null("validated").is_in(["met", "withdrawn", "deferred"]))
    wanted = still.group_by("good").agg(pl.col("quantity").sum()).sort("good")
    found = []
    for good, needed in wanted.iter_rows():
        if question.good and not (good == question.good or good.startswith(f"{question.good}-")):
            continue
        given = ask(gathered, replace(question, what="quantity", good=good, by=""), settings).value
        if given is not None and given > needed:
            found.append(Excess(good, given, needed.normalize()))
    return found
