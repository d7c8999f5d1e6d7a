"""Cells without which a plan was made since they could not be read, and the waivers of such cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.unreadable import NOT_LIMITED, Why

KEYS: Mapping[str, tuple[str, ...]] = {
    "approvals": ("covers",),
    "earmarks": ("offer",),
    "capacities": ("on",),
    "closures": ("on",),
    "caps": ("party", "good"),
    "stocks": ("party", "good"),
    "blocked": ("value",),
}
"""Columns of limits that name what they limit."""

SERVED = ("needs", "offers")
"""Tables whose rows are served or sent: a refused one is never planned, whichever way it could be read."""

WITHOUT = pl.Schema(
    {
        "table": pl.String(),
        "key": pl.String(),
        "column": pl.String(),
        "read": pl.String(),
        "why": pl.String(),
        "effect": pl.String(),
        "used": pl.String(),
        "waived_by": pl.String(),
        "waived_on": pl.Date(),
        "reason": pl.String(),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
    }
)
"""One row for each cell that limits a plan and could not be read.

table, key, column: the cell, as a waiver names it. read: the text of the cell. why: one of
konvoi.model.unreadable.Why. effect: what holds instead, in English. used: the value that was used, if any.
waived_by, waived_on, reason: of the waiver; empty while the cell is open."""

LIMIT_UNREADABLE = "limit-unreadable"

_EXPECTED = {
    Why.UNREADABLE: "a cell that can be read, since it limits the plan",
    Why.TWO_READINGS: "an unambiguous value, because it limits the plan",
    Why.MISSING: "a value, since the row limits the plan",
    Why.REPEATED: "an identifier that no other row has, since the row limits the plan",
    Why.ORDER: "a last day that is not before the first",
    Why.UNKNOWN: "an identifier that the problem has, since the row limits the plan",
    Why.UNVALUED: "a value in the currency of the partner's cap by value",
}
AS_IT_STANDS = "The row limits unchanged."
_STRICTER = "The stricter reading limits."
_MEANT = "The row limits the identifier that is spelled most like it."
_BOTH = "Both rows limit."
_FIRST = "Only the first row is planned."
_UNCERTAIN = "It is not certain what the row limits; it limits nothing."
_REMEDIES = {
    Why.TWO_READINGS: "The stricter reading limits: {used}. Correct the cell, or waive it in waivers.csv.",
    Why.REPEATED: "Both rows limit. Correct one of them, or waive the cell in waivers.csv.",
}
_FIRST_ALONE = "Only the first row is planned. Correct one of them, or waive the cell in waivers.csv."
_NEAREST = (
    "The row limits {used}, which is spelled most like it. Correct the cell, or waive it in waivers.csv; no "
    "orders are issued until then."
)
_NO_ORDERS = "{effect} Correct the cell, or waive it in waivers.csv; no orders are issued until then."
_CLOSED = "{effect} Correct the cell, or waive it in waivers.csv."


@dataclass(frozen=True)
class Waiver:
    """A person's decision that a cell may stay unreadable; value: what is used in its place, if any."""

    table: str
    key: str
    column: str
    value: str
    by: str
    day: date | None
    reason: str
    place: Place

    def unknown(self) -> Finding:
        """Return the finding on a waiver of a cell that needs none, or that there is not."""
        return Finding(
            Severity.WARNING,
            "waiver-unknown",
            replace(self.place, column="key"),
            f"{self.table}, {self.key}, {self.column}",
            "a cell that could not be read, as the finding limit-unreadable and “Planned without” name it",
            "Correct table, key and column, or delete the waiver; it changes nothing.",
        )

    def unreadable(self) -> Finding:
        """Return the finding on a value that the waived cell cannot hold."""
        return Finding(
            Severity.ERROR,
            "waiver-unreadable",
            replace(self.place, column="value"),
            self.value,
            "an unambiguous value in column {column}",
            "Write a number as 1250.5, a day as 2026-03-31; until then the cell is not waived.",
            {"column": self.column},
        )


@dataclass(frozen=True)
class Without:
    """A cell that limits a plan and could not be read; fields as in WITHOUT. goods: those of its row."""

    table: str
    key: str
    column: str
    read: str
    why: Why
    effect: str
    place: Place
    used: str = ""
    waiver: Waiver | None = None
    goods: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """True if the cell is neither corrected nor waived."""
        return self.waiver is None

    @property
    def stops_orders(self) -> bool:
        """True while it is not certain what the row limits."""
        return self.open and (self.why in NOT_LIMITED or self.column in KEYS.get(self.table, ()))

    def finding(self) -> Finding:
        """Return the finding on an open cell."""
        values = {"effect": self._said(), "used": self.used}
        return Finding(
            Severity.ERROR,
            LIMIT_UNREADABLE,
            self.place,
            self.read,
            _EXPECTED[self.why],
            self._remedy(),
            values,
        )

    def _remedy(self) -> str:
        """Return what is to be done about an open cell."""
        if self.why == Why.REPEATED and self.table in SERVED:
            return _FIRST_ALONE
        if self.why == Why.UNKNOWN and self.used:
            return _NEAREST
        closed = _NO_ORDERS if self.stops_orders else _CLOSED
        if self.why == Why.TWO_READINGS and not self.used:
            return closed
        return _REMEDIES.get(self.why, closed)

    def as_row(self) -> dict[str, object]:
        """Return the cell as a row of WITHOUT."""
        waiver = self.waiver
        return {
            "table": self.table,
            "key": self.key,
            "column": self.column,
            "read": self.read,
            "why": str(self.why),
            "effect": self._said(),
            "used": self.used or None,
            "waived_by": waiver.by if waiver else None,
            "waived_on": waiver.day if waiver else None,
            "reason": waiver.reason if waiver else None,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": self.place.row or None,
        }

    def _said(self) -> str:
        """Return what holds, as an English sentence."""
        if self.waiver and self.used:
            return "The value of the waiver is used."
        instead = {Why.TWO_READINGS: _STRICTER, Why.UNKNOWN: _MEANT}
        instead[Why.REPEATED] = _FIRST if self.table in SERVED else _BOTH
        if self.used:
            return instead.get(self.why, self.effect)
        return _UNCERTAIN if self.column in KEYS.get(self.table, ()) else self.effect


def frame_of(cells: Iterable[Without]) -> pl.DataFrame:
    """Return cells in the form of WITHOUT, by table, key, column and place."""
    return pl.DataFrame([one.as_row() for one in cells], schema=WITHOUT).sort(
        "table", "key", "column", "file", "sheet", "row"
    )


def waivers(rows: pl.DataFrame | None) -> list[Waiver]:
    """Return the waivers in a table; of two of one cell the later row decides."""
    return [
        Waiver(
            row["table"],
            row["key"] or "",
            row["column"],
            row["value"] or "",
            row["by"],
            row["day"],
            row["reason"],
            Place(
                str(row.get("_file") or ""), str(row.get("_sheet") or "waivers"), int(row.get("_row") or 0)
            ),
        )
        for row in (rows.iter_rows(named=True) if rows is not None else ())
    ]
