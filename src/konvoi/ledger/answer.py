"""What a total answers: the figure, its bounds, what it rests on, what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Part:
    """One row of a total drawn by partner, group, kind or good; `entries` open it."""

    key: str
    value: Decimal
    lowest: Decimal
    highest: Decimal
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Double:
    """A report that was left out, the one it was counted with, and what it would have added."""

    entry: str
    counted_with: str
    relation: str
    value: Decimal


@dataclass(frozen=True)
class Refusal:
    """Why a total was not drawn: the reason's message id, what would count twice, by how much."""

    reason: str
    pairs: tuple[tuple[str, str], ...] = ()
    excess: Decimal = Decimal(0)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Total:
    """A figure with everything it rests on (semantics: docs/reference/totals.md).

    value, lowest, highest: in `unit` (ISO 4217, or a unit of quantity); None where the total is refused.
    shared, perhaps: shown apart, never inside value. `unused` counts entries left out, by reason.
    """

    value: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    unit: str
    what: str
    stage: str
    exact: bool
    rule: str
    boundary: str
    variants: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    valuation: Mapping[str, Decimal] = field(default_factory=dict)
    used: int = 0
    unknown: int = 0
    unused: tuple[tuple[str, int], ...] = ()
    shared: Decimal = Decimal(0)
    internal: Decimal = Decimal(0)
    perhaps: Decimal = Decimal(0)
    by: tuple[Part, ...] = ()
    entries: tuple[str, ...] = ()
    double: tuple[Double, ...] = ()
    refused: Refusal | None = None
