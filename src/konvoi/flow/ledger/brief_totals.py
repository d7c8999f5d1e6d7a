"""The totals of a brief, by the names under which it looks them up."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import ask, ask_by
from konvoi.kit.progress import Progress, Stop, never
from konvoi.ledger.answer import Total
from konvoi.ledger.question import Question
from konvoi.ledger.units import FULFILLED, onwards
from konvoi.model.stages import Stage

ALWAYS = (
    Stage.PLEDGED,
    Stage.COMMITTED,
    Stage.ALLOCATED,
    Stage.CONTRACTED,
    Stage.DISPATCHED,
    Stage.HANDED_OVER,
    Stage.RECEIVED,
    Stage.DISBURSED,
    Stage.COMPLETED,
)
"""The stages of which a brief says that nobody reports them; others stand in it where somebody does."""


def totals(gathered: Gathered, settings: Settings, *, stop: Stop = never) -> Mapping[str, Total]:
    """Every total that a brief knows, docs/reference/brief.md lists them; all variants together.

    A stage of a good that nothing has reached is left out: the brief shows it as not reported.
    """
    found: dict[str, Total] = {}

    def put(question: Question, names: Mapping[str, str], mixed: str) -> None:
        """Draw a question by several rows, under a name each; by variant where it mixes several."""
        stop(Progress("Computing totals", len(found)))
        drawn = ask_by(gathered, question, tuple(names.values()), settings)
        found.update(zip(names, drawn, strict=True))
        if len(drawn[0].variants) > 1:
            found[mixed] = ask(gathered, replace(question, by="variant"), settings)

    for stage in _stages(gathered):
        names = {
            f"funnel/amount/{stage}": "partner",
            f"funnel/amount/{stage}/kind": "kind",
            f"tempo/amount/{stage}": "month",
        }
        put(Question(stage=stage, mix=True), names, f"mixed/amount/{stage}")
    for good, stages in _goods(gathered):
        for stage in stages:
            asked = Question(stage=stage, what="quantity", good=good, mix=True)
            put(asked, {f"funnel/quantity/{good}/{stage}": "partner"}, f"mixed/quantity/{good}/{stage}")
    return found


def _stages(gathered: Gathered) -> tuple[str, ...]:
    """Return the stages that are always shown, those that entries name besides, and the end of all routes."""
    named = set(gathered.ledger.entries["stage"].drop_nulls()) - {str(Stage.WITHDRAWN)}
    return (*ALWAYS, *sorted(named - set(ALWAYS)), FULFILLED)


def _goods(gathered: Gathered) -> list[tuple[str, tuple[str, ...]]]:
    """Goods with a quantity, each with its word, the stages that its entries name, and its end."""
    rows = gathered.ledger.entries.filter(
        pl.col("good").is_not_null() & pl.col("quantity").is_not_null() & pl.col("stage").is_not_null()
    )
    grouped = rows.group_by("good").agg(pl.col("stage").unique().sort()).sort("good")
    return [(good, _of_good(set(stages))) for good, stages in grouped.iter_rows()]


def _of_good(named: set[str]) -> tuple[str, ...]:
    ends = (FULFILLED,) if named & set(onwards(FULFILLED)) else ()
    return (*sorted((named | {str(Stage.PLEDGED)}) - {str(Stage.WITHDRAWN)}), *ends)
