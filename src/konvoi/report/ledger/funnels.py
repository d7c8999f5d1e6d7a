"""The funnel of a case's lines: what may be seen of them, counted once, stage by stage on each route."""

from decimal import Decimal

import polars as pl

from konvoi.accord.line_frameworks import behind
from konvoi.kit.money import places
from konvoi.ledger.basis import QUANTITY_PLACES
from konvoi.ledger.funnel import funnel
from konvoi.ledger.parts import plain
from konvoi.ledger.question import Question
from konvoi.report.case import Case
from konvoi.report.language import is_currency
from konvoi.report.ledger.figures import FUNNEL
from konvoi.report.page import Number


def funnels(case: Case, what: str = "amount") -> pl.DataFrame:
    """FUNNEL (konvoi.ledger.funnel) with `document`, in the currency and boundary of the case's totals."""
    known = case.totals.get(f"{FUNNEL}pledged")
    boundary = known.boundary if known and ":" in known.boundary else ""
    question = Question(what=what, currency=currency(case), boundary=boundary)
    rows = funnel(case.ledger, question, recipient=case.recipient)
    return rows.join(behind(case.tables), on="line", how="left", maintain_order="left")


def currency(case: Case) -> str:
    """The currency in which the totals of a case are; the euro where there are none."""
    known = case.totals.get(f"{FUNNEL}pledged")
    return known.unit if known and known.unit else "EUR"


def summed(value: int | None, measure: str | None, stage: str, case: Case, behind: list[str]) -> Number:
    """A whole number of the smallest parts of a currency or unit as a figure that opens."""
    scale = places(measure) if measure and is_currency(measure) else QUANTITY_PLACES
    number: Decimal | None = None if value is None else plain(value, scale)
    return Number(number, measure or "", stage, case.day, tuple(behind))
