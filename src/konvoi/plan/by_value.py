"""Caps by value: what counts in them must state its value in their currency, else it is closed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from konvoi.model.limiting import Unread
from konvoi.model.unreadable import Why

Row = Mapping[str, Any]

VALUED = {"offers": ("unit_value", "currency"), "caps": ("currency",)}
"""Columns that limit a plan only where a cap by value applies."""


@dataclass(frozen=True)
class ByValue:
    """Currencies of the caps by value, by party and good; good "": of all goods."""

    currencies: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, caps: pl.DataFrame) -> "ByValue":
        """Return those of a table of caps in which what cannot be read is closed."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in caps.filter(pl.col("what") == "value").iter_rows(named=True):
            found[row["party"], row["good"] or ""].add(row["currency"])
        return cls({key: frozenset(stated) for key, stated in found.items()})

    def concerned(self, table: str) -> list[pl.Expr]:
        """Return the condition under which a row of a table is looked at; nothing for other tables."""
        if table == "caps":
            return [(pl.col("what") == "value") & (pl.col("currency").fill_null("") == "")]
        if table not in ("offers", "budgets"):
            return []
        return [pl.col("party").is_in(sorted({party for party, _ in self.currencies})).fill_null(value=False)]

    def cells(self, table: str, row: Row, unread: Mapping[str, Unread]) -> dict[str, Unread]:
        """Return the cells of VALUED in a row that are to be closed: unread ones, and those that do not do.

        The currency of a cap counts where it is one by value, the value of an offer where such a cap
        applies to it. A purchase counts at its price, so its budget has to be in the currency of the cap.
        """
        if table == "caps":
            missing = {"currency": Unread(Why.MISSING)} if not row["currency"] else {}
            return {**missing, **unread} if row["what"] == "value" else {}
        asked = self._asked(table, row)
        found = {}
        if asked and asked != {row["currency"]}:
            found["currency"] = Unread(Why.UNVALUED, row["currency"] or "")
        if asked and table == "offers" and (row["unit_value"] is None or row["unit_value"] < 0):
            value = row["unit_value"]
            found["unit_value"] = Unread(Why.UNVALUED, "" if value is None else str(value))
        return {**found, **unread} if asked else {}

    def fits(self, table: str, row: Row, column: str, value: object) -> bool:
        """Return False for a currency of an offer or purchase that is not the one of the cap on it."""
        return column != "currency" or not self._asked(table, row) or self._asked(table, row) == {value}

    def _asked(self, table: str, row: Row) -> frozenset[str]:
        """Return the currencies of the caps by value that apply to an offer or a purchase."""
        if table not in ("offers", "budgets") or not row["good"]:
            return frozenset()
        found = (self.currencies.get((row["party"] or "", good)) for good in ("", row["good"]))
        return frozenset[str]().union(*(stated for stated in found if stated))
