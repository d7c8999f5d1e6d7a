"""Progress of support and its gap, stage by stage on each route, on a day and as known on a day."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.accord.line_frameworks import behind
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.name_lookup import good, party
from konvoi.flow.today import today
from konvoi.flow.totals_asked import full
from konvoi.flow.workspace import Workspace
from konvoi.kit.money import places
from konvoi.kit.progress import Stop, never
from konvoi.ledger.basis import QUANTITY_PLACES
from konvoi.ledger.funnel import funnel, silent_stages, stated
from konvoi.ledger.parts import plain
from konvoi.ledger.question import Question
from konvoi.model.stages import ROUTES

BY = {"route": "route", "partner": "party", "kind": "kind", "good": "good", "document": "document"}
"""What rows may be drawn by, and the column of it."""


@dataclass(frozen=True)
class Gap:
    """Funnels of what was gathered: rows (konvoi.ledger.funnel.FUNNEL with `document`), table (STATED).

    without_quantity: lines that are left out of funnels of quantities, because their word names none.
    """

    day: date
    by: str
    question: Question
    rows: pl.DataFrame
    table: pl.DataFrame
    gathered: Gathered
    without_quantity: int = 0

    @property
    def silent(self) -> dict[str, tuple[str, ...]]:
        """The stages of each route on which no entry says anything."""
        return silent_stages(self.rows)

    def line_counts(self) -> tuple[int, int]:
        """Return the number of line items, and of those without a report on the last stage of their channel.

        The last stage of a line item without a stated channel is not known, hence not reported.
        """
        ends = [{"route": route, "stage": str(stages[-1])} for route, stages in ROUTES.items()]
        ended = self.rows.filter(pl.col("told") & pl.struct("route", "stage").is_in(ends))
        every = self.rows["unit"].n_unique()
        return every, every - ended["unit"].n_unique()

    def as_dict(self) -> dict[str, object]:
        """The funnels as plain values; amounts and quantities are exact decimals."""
        return {
            "day": self.day.isoformat(),
            "known": self.question.known.isoformat() if self.question.known else None,
            "what": self.question.what,
            "by": self.by,
            "without_quantity": self.without_quantity,
            "rows": [fields(row) for row in self.table.iter_rows(named=True)],
            "stages_not_reported": [
                {"route": route, "stages": list(stages)} for route, stages in self.silent.items()
            ],
        }


def gap(work: Workspace, question: Question, by: str = "route", *, stop: Stop = never) -> Gap:
    """The funnels of a workspace or of files; names of party and good may be as people write them."""
    gathered = loaded(work, stop=stop)
    asked = replace(
        question,
        party=party("--partner", question.party, gathered, work.settings),
        good=good("--good", question.good, gathered),
    )
    whole = full(gathered, asked, work.settings)
    rows = with_documents(funnel(gathered.ledger, whole, recipient=work.settings.recipient), gathered)
    left_out = 0
    if question.what == "quantity":
        counted = rows.filter(pl.col("word").is_not_null())
        left_out = rows["unit"].n_unique() - counted["unit"].n_unique()
        rows = counted
    day = question.on or today(gathered, work)
    return Gap(day, by, whole, rows, stated(rows, BY[by]), gathered, left_out)


def with_documents(rows: pl.DataFrame, gathered: Gathered) -> pl.DataFrame:
    """The same with the framework documents behind each line as `document`."""
    return rows.join(behind(gathered.tables), on="line", how="left", maintain_order="left")


def scaled(value: object, measure: object) -> Decimal | None:
    """A whole number of the smallest parts of a currency or of a unit, as a decimal; None stays None."""
    if not isinstance(value, int) or measure is None:
        return None
    name = str(measure)
    return plain(value, places(name) if len(name) == 3 and name.isupper() else QUANTITY_PLACES)


_FIELDS = {
    "came": "lines_reached",
    "told": "lines_reported",
    "unknown": "lines_not_reported",
    "unvalued": "lines_without_value",
    "word": "pledged",
    "reached": "reached",
    "open": "outstanding",
    "silent": "not_reported",
    "silent_entries": "not_reported_entries",
}
_SUMS = ("word", "reached", "open", "silent")


def fields(row: dict[str, object]) -> dict[str, object]:
    """Return a row of STATED under standard terms, with its sums in major units."""
    sums = {name: scaled(row[name], row["measure"]) for name in _SUMS}
    return {_FIELDS.get(name, name): value for name, value in (row | sums).items()}
