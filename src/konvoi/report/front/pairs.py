"""Duplicate candidates by their effect on the total pledged."""

from dataclasses import dataclass
from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.matching.effects import Drawn
from konvoi.report.page import Number


@dataclass(frozen=True)
class HeavyPair:
    """An undecided pair: references and parties of both records, effect if they are the same, its share."""

    left: str
    left_party: str
    right: str
    right_party: str
    effect: Number
    share: Decimal


def heaviest_pairs(case: Case, most: int) -> tuple[HeavyPair, ...]:
    """Return the undecided pairs with the largest known effect above zero."""
    entries = {row["entry"]: row for row in case.entries.iter_rows(named=True)}
    drawn = Drawn.of(case)
    whole = drawn.total.value or Decimal(0)
    found = [
        (effect, left, right)
        for (left, right, _), effect in drawn.effects().items()
        if effect and left in entries and right in entries
    ]
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    return tuple(
        HeavyPair(
            _reference(entries[left]),
            str(entries[left]["party"] or ""),
            _reference(entries[right]),
            str(entries[right]["party"] or ""),
            Number(effect, drawn.unit, "", case.day, (left, right)),
            effect / whole if whole else Decimal(0),
        )
        for effect, left, right in found[:most]
    )


def _reference(row: dict[str, object]) -> str:
    return str(row["line"] or row["package"] or row["entry"])
