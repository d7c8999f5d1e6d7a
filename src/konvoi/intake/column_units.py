"""Columns whose head, or a line above it, gives a unit of scale, and findings on these units."""

from collections.abc import Callable, Iterator, Mapping

from konvoi.intake.head_units import StatedUnit, head_unit, title_units
from konvoi.intake.heading import Heading
from konvoi.kit.text import shown
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.table import Type

UNCLEAR = 0
"""The scale of a column whose units contradict each other: its numbers cannot be read."""


def column_units(
    found: Heading, place: Callable[[int, str], Place]
) -> tuple[Mapping[int, int], list[Finding]]:
    """Return the scale of the numbers of each column with a unit, and findings.

    A line above the head holds for all columns of amounts. A column without any unit is not in the result.
    """
    above = list(title_units(found.above))
    scales: dict[int, int] = {}
    findings: list[Finding] = []
    for index, column in found.columns.items():
        if column.type not in (Type.MONEY, Type.NUMBER):
            continue
        units = list(_units(found, index, above, money=column.type == Type.MONEY))
        if units:
            scales[index], finding = _scale(units, column.name, place)
            findings.append(finding)
    return scales, findings


def _units(found: Heading, index: int, above: list[StatedUnit], *, money: bool) -> Iterator[StatedUnit]:
    """Return the units that hold for a column."""
    if unit := head_unit(found.top[index], money=money):
        yield StatedUnit(found.top.number, unit)
    if money:
        yield from above


def _scale(units: list[StatedUnit], name: str, place: Callable[[int, str], Place]) -> tuple[int, Finding]:
    """Return the scale of a column with these units, and the finding that reports it."""
    row, unit = units[0]
    meant = {one.times for _, one in units}
    read = "; ".join(dict.fromkeys(shown(one.text) for _, one in units))
    if len(meant) == 1 and len(unit.times) == 1:
        return unit.times[0], Finding(
            Severity.NOTE,
            "number-by-unit",
            place(row, name),
            read,
            "amounts in whole units",
            "Every number of the column was multiplied by {times}. If that is wrong, correct the unit.",
            {"times": f"{unit.times[0]:,}"},
        )
    return UNCLEAR, Finding(
        Severity.ERROR,
        "number-unit-contradictory",
        place(row, name),
        read,
        "one unit for the numbers of a column",
        "Is it {few} or {many} times what is written? Name one unit; until then the column is not read.",
        {
            "few": f"{min(one for times in meant for one in times):,}",
            "many": f"{max(one for times in meant for one in times):,}",
        },
    )
