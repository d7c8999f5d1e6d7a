"""Figures of a case as numbers that open: totals by stage, their parts, gaps between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from konvoi.ledger.answer import Part, Total
from konvoi.ledger.units import FULFILLED
from konvoi.model.stages import RANK, Stage
from konvoi.report.case import Case
from konvoi.report.page import Message, Number, Share

FUNNEL = "funnel/amount/"
QUANTITY = "funnel/quantity/"
TEMPO = "tempo/amount/"
MIXED = "mixed/"

NOT_REPORTED = Message("not reported")
"""Nobody says anything of it: it may be there or not, and is no zero."""

Figure: TypeAlias = Number | Message
"""A number, or NOT_REPORTED."""

ORDER = (
    *(Stage.PLEDGED, Stage.COMMITTED, Stage.ALLOCATED, Stage.CONTRACTED, Stage.PRODUCED, Stage.APPROVED),
    *(Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER, Stage.RECEIVED),
    *(Stage.STARTED, Stage.COMPLETED, Stage.PAID_IN, Stage.DISBURSED),
    FULFILLED,
)
"""Stages from the word on: the route of goods to its end, then those of services, funds and money, then what
has come to the end of any."""

_WHAT = {
    Stage.RECEIVED: Message("goods"),
    Stage.STARTED: Message("services"),
    Stage.COMPLETED: Message("services"),
    Stage.PAID_IN: Message("funds"),
    Stage.DISBURSED: Message("money"),
}


@dataclass(frozen=True)
class Step:
    """One stage of a funnel with its total."""

    stage: str
    total: Total


def steps(case: Case, prefix: str, suffix: str = "") -> tuple[Step, ...]:
    """Return the totals under a prefix by stage, from pledge to receipt."""
    names = ((str(stage), f"{prefix}{stage}{suffix}") for stage in ORDER)
    return tuple(Step(stage, case.totals[name]) for stage, name in names if name in case.totals)


def stage_name(stage: str) -> Message:
    """A stage in words; one that only some routes have, with what takes these routes."""
    if stage == FULFILLED:
        return Message("fulfilled")
    what = _WHAT.get(Stage(stage))
    return Message("{stage} ({what})", {"stage": Message(stage), "what": what}) if what else Message(stage)


def shade(stage: str) -> int:
    """Return the shade of a stage: 0 for the first pledge, 5 for the end of its route.

    >>> [shade(stage) for stage in ("pledged", "committed", "dispatched", "received", "fulfilled")]
    [0, 1, 3, 5, 5]
    """
    return 5 if stage == FULFILLED else (0, 1, 2, 2, 2, 3, 3, 4, 4, 5)[RANK[Stage(stage)]]


def is_reported(step: Step) -> bool:
    """Return True if any entry reports a stage, or its total is refused; silence on a stage is no zero."""
    return step.total.is_reported


def reported(found: Iterable[Step]) -> tuple[Step, ...]:
    """The stages that any entry reports."""
    return tuple(step for step in found if is_reported(step))


def whole(case: Case, step: Step) -> Number:
    """A total as a number."""
    total = step.total
    return Number(
        total.value,
        total.unit,
        step.stage,
        case.day,
        total.entries,
        lowest=total.lowest,
        highest=total.highest,
    )


def told(case: Case, step: Step) -> Figure:
    """A total as a number, or that nobody reports its stage."""
    return whole(case, step) if is_reported(step) else NOT_REPORTED


def part(case: Case, step: Step, key: str) -> Figure:
    """One row of a total; not known where entries of the row have no value or the total is refused."""
    found = next((part for part in step.total.by if part.key == key), None)
    if found is not None:
        return _part(case, step, found)
    silent = next((one for one in step.total.unvalued if one.key == key), None)
    if silent is not None or step.total.refused:
        behind = silent.entries if silent else ()
        return Number(None, step.total.unit, step.stage, case.day, behind)
    return NOT_REPORTED


def _part(case: Case, step: Step, found: Part) -> Number:
    return Number(
        found.value,
        step.total.unit,
        step.stage,
        case.day,
        found.entries,
        lowest=found.lowest,
        highest=found.highest,
    )


def gap(first: Figure, last: Figure) -> Figure:
    """Return the gap between a pledge and its fulfilment: not reported where nothing of it is, never known
    where either is not.
    """
    if not isinstance(first, Number) or not isinstance(last, Number):
        return NOT_REPORTED
    known = first.value is not None and last.value is not None
    value = (first.value or Decimal(0)) - (last.value or Decimal(0)) if known else None
    return Number(value, first.unit, "gap", first.day, joined(first.behind, last.behind))


def share(part: Figure, of: Figure) -> Share | Message:
    """Return the share that one number is of another."""
    if not isinstance(part, Number) or not isinstance(of, Number):
        return NOT_REPORTED
    if part.value is None or not of.value:
        return Share(None)
    return Share(part.value / of.value)


def keys(steps: Iterable[Step]) -> list[str]:
    """The keys of all rows, the largest word first; those without any value last."""
    size: dict[str, Decimal] = {}
    silent: dict[str, Decimal] = {}
    for step in steps:
        for found in step.total.by:
            size.setdefault(found.key, abs(found.value))
        silent |= {one.key: Decimal(-1) for one in step.total.unvalued if one.entries}
    every = silent | size
    return sorted(every, key=lambda key: (-every[key], key))


def joined(*ids: Iterable[str]) -> tuple[str, ...]:
    """Ids of several numbers, each once, sorted."""
    return tuple(sorted(set().union(*ids)))
