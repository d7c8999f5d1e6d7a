"""The case that a brief is about: everything one run of the chain gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from konvoi.forecast.leadtimes.model import Model
from konvoi.forecast.outlook import Outlook
from konvoi.ledger.answer import Total
from konvoi.ledger.post import Ledger, post
from konvoi.ledger.release import Release
from konvoi.model.entries import ENTRIES
from konvoi.model.finding import Finding
from konvoi.plan.plan import Plan
from konvoi.reconcile.random_sample import LABELLED
from konvoi.report.asked import Question


@dataclass(frozen=True)
class Case:
    """All that a brief may draw on; it is filtered for an audience before a page is made.

    title: the coalition's name. recipient: party id. exercise: whether all parties are fictitious.
    documents: one line for each document read: submission, name, party, format, digest, known_on, marking,
    rows.
    totals: by name; the names a brief knows are funnel/<what>/<stage>, see docs/reference/brief.md.
    tables: the workbook's tables of all submissions together, by name (konvoi.model.tables); besides
    `answers`, `offer_standards`, `oversupply`, where there are any.
    receipt_days: after how many days a despatch without a receipt is asked about. remind_days, escalate_days:
    of action items, days before and after their due day. questions: what is open, of
    all parties. reader: of the view from which all but the plan and the forecast are computed.
    earlier: ENTRIES of earlier statements of what is in force. labelled: what people decided about pairs
    (konvoi.reconcile.random_sample.LABELLED). models: what forecasts of lines rest on; they tell of nothing
    that the reader may not see. released: figures that were released to the reader. head: of the chain of
    receipts, for the coordination cell as of today. digest: of the documents in the view, for other readers.
    """

    title: str
    day: date
    recipient: str
    entries: pl.DataFrame
    relations: pl.DataFrame
    documents: pl.DataFrame
    tables: Mapping[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    totals: Mapping[str, Total] = field(default_factory=dict)
    plan: Plan | None = None
    outlook: Outlook | None = None
    exercise: bool = False
    assumptions: tuple[str, ...] = ()
    receipt_days: int = 14
    remind_days: int = 7
    escalate_days: int = 14
    reader: str = "cell"
    questions: tuple[Question, ...] = ()
    labelled: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LABELLED))
    earlier: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ENTRIES))
    models: tuple[Model, ...] = ()
    released: tuple[Release, ...] = ()
    head: str = ""
    digest: str = ""

    @cached_property
    def ledger(self) -> Ledger:
        """The entries as a ledger, with their relations, rates and scopes."""
        scopes = [self.tables["scopes"]] if "scopes" in self.tables else []
        return post([self.entries], relations=self.relations, tables=self.tables, scopes=scopes)

    @property
    def history(self) -> pl.DataFrame:
        """ENTRIES in force and earlier statements of the same."""
        return pl.concat([self.entries, self.earlier])
