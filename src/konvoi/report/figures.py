"""Figures of a case as numbers that open: totals by stage, their parts, gaps between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from konvoi.ledger.answer import Part, Total
from konvoi.model.stages import RANK, Stage
from konvoi.report.case import Case
from konvoi.report.page import Number, Share

FUNNEL = "funnel/amount/"
QUANTITY = "funnel/quantity/"
TEMPO = "tempo/amount/"

_ORDER = sorted((stage for stage in Stage if RANK[stage] >= 0), key=lambda stage: (RANK[stage], stage.value))


@dataclass(frozen=True)
class Step:
    """One stage of a funnel with its total."""

    stage: str
    total: Total


def steps(case: Case, prefix: str, suffix: str = "") -> tuple[Step, ...]:
    """The totals under a prefix by stage, from the word to the receipt."""
    names = ((stage.value, f"{prefix}{stage.value}{suffix}") for stage in _ORDER)
    return tuple(Step(stage, case.totals[name]) for stage, name in names if name in case.totals)


def reported(found: Iterable[Step]) -> tuple[Step, ...]:
    """The stages that any entry reports, or whose total is refused; silence on a stage is no zero."""
    return tuple(step for step in found if step.total.used or step.total.unknown or step.total.refused)


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


def part(case: Case, step: Step, key: str) -> Number:
    """One row of a total; where the total has no such row it is nothing, where it is refused it is not
    known."""
    found = next((part for part in step.total.by if part.key == key), None)
    if found is None:
        known = Decimal(0) if step.total.value is not None else None
        return Number(known, step.total.unit, step.stage, case.day)
    return _part(case, step, found)


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


def gap(first: Number, last: Number) -> Number:
    """What is missing between a word and what came of it; never known where either is not."""
    known = first.value is not None and last.value is not None
    value = (first.value or Decimal(0)) - (last.value or Decimal(0)) if known else None
    return Number(value, first.unit, "gap", first.day, joined(first.behind, last.behind))


def share(part: Number, of: Number) -> Share:
    """What part of a number another one is."""
    if part.value is None or not of.value:
        return Share(None)
    return Share(part.value / of.value)


def keys(steps: Iterable[Step]) -> list[str]:
    """The keys of all rows, the largest word first."""
    size: dict[str, Decimal] = {}
    for step in steps:
        for found in step.total.by:
            size.setdefault(found.key, abs(found.value))
    return sorted(size, key=lambda key: (-size[key], key))


def joined(*ids: Iterable[str]) -> tuple[str, ...]:
    """Ids of several numbers, each once, sorted."""
    return tuple(sorted(set().union(*ids)))
