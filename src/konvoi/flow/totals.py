"""The totals of a brief, by the names under which it looks them up."""

from collections.abc import Mapping

import polars as pl

from konvoi.flow.ask import ask
from konvoi.flow.gather import Gathered
from konvoi.flow.settings import Settings
from konvoi.kit.progress import Progress, Stop, never
from konvoi.ledger.answer import Total
from konvoi.ledger.question import Question
from konvoi.model.stages import Stage

STAGES = (
    Stage.PLEDGED,
    Stage.COMMITTED,
    Stage.ALLOCATED,
    Stage.DISBURSED,
    Stage.CONTRACTED,
    Stage.DISPATCHED,
    Stage.HANDED_OVER,
    Stage.RECEIVED,
)


def totals(gathered: Gathered, settings: Settings, *, stop: Stop = never) -> Mapping[str, Total]:
    """Every total that a brief knows, docs/reference/brief.md lists them; all variants together.

    A stage of a good that nothing has reached is left out: the brief shows it as not reached.
    """
    found: dict[str, Total] = {}

    def put(name: str, question: Question) -> None:
        found[name] = ask(gathered, question, settings)

    for stage in STAGES:
        stop(Progress("Drawing totals", len(found)))
        put(f"funnel/amount/{stage}", Question(stage=stage, by="partner", mix=True))
        put(f"funnel/amount/{stage}/kind", Question(stage=stage, by="kind", mix=True))
        put(f"tempo/amount/{stage}", Question(stage=stage, by="month", mix=True))
    for good, stages in _goods(gathered):
        stop(Progress("Drawing totals", len(found)))
        for stage in STAGES:
            if stage in stages:
                question = Question(stage=stage, what="quantity", good=good, by="partner", mix=True)
                put(f"funnel/quantity/{good}/{stage}", question)
    return found


def _goods(gathered: Gathered) -> list[tuple[str, set[str]]]:
    """Goods with a quantity, each with the stages that its entries name."""
    rows = gathered.ledger.entries.filter(
        pl.col("good").is_not_null() & pl.col("quantity").is_not_null() & pl.col("stage").is_not_null()
    )
    grouped = rows.group_by("good").agg(pl.col("stage").unique().sort()).sort("good")
    return [(good, set(stages)) for good, stages in grouped.iter_rows()]
