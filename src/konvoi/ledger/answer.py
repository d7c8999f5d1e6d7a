"""Answer to a total: the figure, its bounds, its basis, and the entries left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from konvoi.model.calibration import CalibrationState
from konvoi.model.finding import filled


@dataclass(frozen=True)
class Part:
    """One row of a total drawn by partner, group, kind, good, month, variant or valuation.

    `entries` open it. unit: where it is another than the total's: quantities of different goods.
    """

    key: str
    value: Decimal
    lowest: Decimal
    highest: Decimal
    estimate: Decimal
    entries: tuple[str, ...] = ()
    unit: str = ""

    def as_dict(self) -> dict[str, object]:
        """The row as plain JSON values."""
        return {
            "key": self.key,
            "value": self.value,
            "lowest": self.lowest,
            "highest": self.highest,
            "estimate": self.estimate,
            "entries": list(self.entries),
            **({"unit": self.unit} if self.unit else {}),
        }


@dataclass(frozen=True)
class Unvalued:
    """The entries of one row without a countable value: their contribution is not known.

    reason: message id, filled from `values`; empty if no value is stated.
    """

    key: str
    entries: tuple[str, ...]
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """Return the row as plain JSON values, its reason filled in English."""
        reason = {"reason": filled(self.reason, self.values)} if self.reason else {}
        return {"key": self.key, "entries": list(self.entries), **reason}


@dataclass(frozen=True)
class Double:
    """A report that was left out, the one it was counted with, and the amount it would have added."""

    entry: str
    counted_with: str
    relation: str
    value: Decimal


@dataclass(frozen=True)
class SourceRow:
    """One entry of the ledger behind a figure: its value as reported, the part that counted, and how.

    unit: its source, package and line. key: the total's row that it is in. how: English message id, which
    names the entry `other` where there is one. The counted parts of all rows add up to the figure.
    """

    entry: str
    unit: str
    key: str
    value: Decimal | None
    counted: Decimal
    how: str
    other: str = ""

    def as_dict(self) -> dict[str, object]:
        """The row as plain JSON values."""
        return {
            "entry": self.entry,
            "unit": self.unit,
            "key": self.key,
            "value": self.value,
            "counted": self.counted,
            "how": self.how,
            "other": self.other,
        }


@dataclass(frozen=True)
class Refusal:
    """Refusal of a total: the reason's message id, the pairs that would count twice, and the excess."""

    reason: str
    pairs: tuple[tuple[str, str], ...] = ()
    excess: Decimal = Decimal(0)
    values: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """The refusal as plain JSON values, its reason filled in English."""
        return {
            "reason": filled(self.reason, self.values),
            "pairs": [list(pair) for pair in self.pairs],
            "excess": self.excess,
        }


@dataclass(frozen=True)
class Total:
    """A figure with everything it rests on (semantics: docs/reference/totals.md).

    value, lowest, highest, estimate: in `unit` (ISO 4217, or a unit of quantity); None where it is refused or
    unknown. estimate: the expected figure under the match probabilities of open pairs.
    unknown: entries without a value; unread_values: those of them that state one which could not be read;
    unlike_units: those that state one in a unit that is not added. unread_stages: entries that may have
    reached the stage, since theirs could not be read; unread_stages_value: their values.
    shared, perhaps: shown apart, never inside value. paid_into_funds: what funds of the coalition have not
    passed on. `unused` counts entries left out, by reason; withdrawn: those of what was withdrawn. level,
    attribute, mix: as asked (konvoi.ledger.question). unvalued: by the keys of `by`.
    no_rate: currencies of amounts left out for want of a rate. rows: the source rows behind the figure; None
    if not requested. open_pairs: undecided pairs that move the total or its rows. conflicts:
    packages and line items of which conflicting statements move it.
    calibration: of their match probabilities; None where no such pair is undecided.
    """

    value: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    estimate: Decimal | None
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
    withdrawn: int = 0
    unknown: int = 0
    unread_values: int = 0
    unlike_units: int = 0
    unread_stages: int = 0
    unread_stages_value: Decimal = Decimal(0)
    unused: tuple[tuple[str, int], ...] = ()
    shared: Decimal = Decimal(0)
    internal: Decimal = Decimal(0)
    perhaps: Decimal = Decimal(0)
    paid_into_funds: Decimal = Decimal(0)
    by: tuple[Part, ...] = ()
    entries: tuple[str, ...] = ()
    double: tuple[Double, ...] = ()
    refused: Refusal | None = None
    level: str = "package"
    attribute: str = "none"
    mix: bool = False
    unvalued: tuple[Unvalued, ...] = ()
    no_rate: tuple[str, ...] = ()
    rows: Sequence[SourceRow] | None = None
    open_pairs: int = 0
    conflicts: int = 0
    calibration: CalibrationState | None = None

    @property
    def is_reported(self) -> bool:
        """True if any entry reports on it, be it that it is withdrawn, or it is refused."""
        return bool(self.used or self.withdrawn or self.unknown or self.refused)

    def as_dict(self) -> dict[str, object]:
        """The total as plain values; amounts and quantities are exact decimals."""
        return {
            "value": self.value,
            "lowest": self.lowest,
            "highest": self.highest,
            "estimate": self.estimate,
            "currency" if self.what == "amount" else "unit": self.unit,
            "stage": self.stage,
            "exact": self.exact,
            "variant": list(self.variants),
            "rule": self.rule,
            "boundary": self.boundary,
            "level": self.level,
            "attribute": self.attribute,
            "mix": self.mix,
            "rates": list(self.rates),
            "valuation": dict(self.valuation),
            "used": self.used,
            "unknown": self.unknown,
            "unread_values": self.unread_values,
            "unlike_units": self.unlike_units,
            "unread_stages": self.unread_stages,
            "unread_stages_value": self.unread_stages_value,
            "unused": [{"reason": reason, "count": count} for reason, count in self.unused],
            "no_rate": list(self.no_rate),
            "open_pairs": self.open_pairs,
            "conflicts": self.conflicts,
            "calibration": self.calibration.as_dict() if self.calibration else None,
            "shared": self.shared,
            "internal": self.internal,
            "perhaps": self.perhaps,
            "paid_into_funds": self.paid_into_funds,
            "by": [part.as_dict() for part in self.by],
            "unvalued": [one.as_dict() for one in self.unvalued],
            "double": [
                {
                    "entry": double.entry,
                    "counted_with": double.counted_with,
                    "relation": double.relation,
                    "value": double.value,
                }
                for double in self.double
            ],
            "refused": self.refused.as_dict() if self.refused else None,
            **({} if self.rows is None else {"rows": [row.as_dict() for row in self.rows]}),
        }
