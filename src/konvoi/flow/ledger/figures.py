"""Figures of the ledger as tables: the pipeline, totals counted once, and the rows behind them."""

from collections.abc import Mapping

import polars as pl

from konvoi.flow.as_gathered import gathered_of
from konvoi.flow.declare import SETTINGS
from konvoi.flow.gathered import Gathered
from konvoi.flow.ledger.tables import SOURCE_ROWS, TOTALS
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import ask, full
from konvoi.ledger.answer import Part, Total
from konvoi.ledger.funnel import funnel
from konvoi.ledger.question import Question

Inputs = Mapping[str, object]


def pipeline(*, what: str, currency: str, **inputs: object) -> pl.DataFrame:
    """Return the pipeline of every line item: pledged, and the part that reached each stage of its
    channel.
    """
    gathered, settings = _gathered(inputs)
    question = full(gathered, Question(what=what, currency=currency), settings)
    return funnel(gathered.ledger, question, recipient=settings.recipient)


def totals(**inputs: object) -> pl.DataFrame:
    """Return a total and its rows; no row where it is refused or no value is stated."""
    total = _total(inputs)
    if total.refused or total.value is None:
        return TOTALS.schema().to_frame()
    rows = [_row("", total, total.unit), *(_row(one.key, one, one.unit or total.unit) for one in total.by)]
    return pl.DataFrame(rows, schema=TOTALS.schema())


def _row(key: str, one: Total | Part, unit: str) -> dict[str, object]:
    figures = {name: getattr(one, name) for name in ("value", "lowest", "highest", "estimate")}
    return {"key": key, **figures, "unit": unit, "entries": list(one.entries)}


def source_rows(**inputs: object) -> pl.DataFrame:
    """Return all rows behind a total; the counted ones add up to its value."""
    total = _total(inputs, with_rows=True)
    rows = [] if total.refused or total.value is None else [vars(one) for one in total.rows or ()]
    return pl.DataFrame(rows, schema=SOURCE_ROWS.schema())


def _total(inputs: Inputs, *, with_rows: bool = False) -> Total:
    gathered, settings = _gathered(inputs)
    asked = {one.name: str(inputs[one.name]) for one in TOTALS.parameters}
    return ask(gathered, Question(**asked, mix=True), settings, with_rows=with_rows)  # type: ignore[arg-type]


def _gathered(inputs: Inputs) -> tuple[Gathered, Settings]:
    """Return the inputs of a total: the ledger and the conventions of the documents in force."""
    settings = inputs[SETTINGS]
    if not isinstance(settings, Settings):
        raise TypeError("the settings of the workspace are no table")
    return gathered_of(
        {name: rows for name, rows in inputs.items() if isinstance(rows, pl.DataFrame)}
    ), settings
