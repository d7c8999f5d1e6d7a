"""Quantities of each good from pledge to the end of its route."""

from decimal import Decimal

from konvoi.ledger.units import ENDS, FULFILLED
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.figures import (
    NOT_REPORTED,
    ORDER,
    QUANTITY,
    Figure,
    Step,
    gap,
    reported,
    stage_name,
    steps,
    whole,
)
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Table, Value

_EMPTY = Message("No quantities submitted.")


def by_good(case: Case, names: Names) -> Table:
    """Quantities of each good by stage: the stages that any of the goods has, and the end of its route."""
    ids = sorted(
        {name.removeprefix(QUANTITY).rpartition("/")[0] for name in case.totals if name.startswith(QUANTITY)}
    )
    by_good = {good: found for good in ids if (found := reported(steps(case, f"{QUANTITY}{good}/")))}
    seen = {step.stage for found in by_good.values() for step in found}
    ends = [str(end) for end in ENDS if end in seen] or [str(Stage.RECEIVED)]
    # Where goods have one end alone, what is received is what is fulfilled, and need not stand twice.
    seen = seen - {FULFILLED} | ({FULFILLED} if len(ends) > 1 else set(ends))
    stages = [str(stage) for stage in ORDER if stage in seen]
    lines = [
        (_size(case, names, good, found), _good(case, names, good, found, stages))
        for good, found in by_good.items()
    ]
    columns = (
        Column(Message("Good")),
        Column(Message("Unit")),
        *(Column(stage_name(stage), "", "number") for stage in stages),
        Column(Message("gap"), "", "number"),
    )
    rows = tuple(row for _, row in sorted(lines, key=lambda line: line[0]))
    note = Message("By unit, largest pledges first. “Not reported” is not zero.")
    return Table("by-good", Message("Quantities by good"), columns, rows, _EMPTY, note=note)


def _size(case: Case, names: Names, good: str, found: tuple[Step, ...]) -> tuple[str, Decimal, str, str]:
    """The order of goods: those of one unit together, the largest first, then by name."""
    word = found[0].total
    return word.unit, -(word.value or Decimal(0)), names.good(good).en, good


def _good(
    case: Case, names: Names, good: str, found: tuple[Step, ...], stages: list[str]
) -> tuple[Value, ...]:
    numbers = {step.stage: whole(case, step) for step in found}
    cells: list[Figure] = [numbers.get(stage, NOT_REPORTED) for stage in stages]
    word = whole(case, found[0])
    end = numbers.get(FULFILLED, NOT_REPORTED)
    return names.good(good), Message(found[0].total.unit), *cells, gap(word, end)
