"""Needs that depend on a record: on what of a line item, an offer or a package has not been sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from konvoi.plan.oversupply import Supply, uses
from konvoi.report.case import Case
from konvoi.report.forecast.lateness import lines_of_case, quantities
from konvoi.report.names import table
from konvoi.report.planning.need_status import served

_USABLE = ("made", "accepted", "accepted in part")
"""States of offers that can still serve a need."""

_TIED = ("earmarks", "equivalences", "sites")


@dataclass(frozen=True)
class Dependence:
    """The open needs of a case, and the supplies that have not been sent."""

    case: Case

    def share(self, record: str) -> Decimal:
        """Return the share of all validated needs, by value, that a record's supplies could serve.

        record: a line item, an offer, a package, or an approval that covers one. 0 if it serves none.
        """
        whole = sum((one.value(one.needed) for one in self._needs), Decimal(0))
        return self.value(record) / whole if whole else Decimal(0)

    def value(self, record: str) -> Decimal:
        """Return the value of the open needs that a record's supplies could serve."""
        return sum((units * self._worth[need] for need, units in self.serves(record)), Decimal(0))

    def serves(self, record: str) -> list[tuple[str, Decimal]]:
        """Return the open needs that a record's supplies could serve, with quantities in their units."""
        return [(need, units) for _, need, units in uses(self._tables, self.supplies(record))]

    def covered(self) -> dict[str, Decimal]:
        """Return the quantity of each need that all usable offers together could serve."""
        found: dict[str, Decimal] = {}
        for _, need, units in uses(self._tables, self._offers.values()):
            found[need] = found.get(need, Decimal(0)) + units
        return found

    def others(self, record: str) -> tuple[Supply, ...]:
        """Return offers of other partners that could serve the same needs, the most useful first."""
        needs = {need for need, _ in self.serves(record)}
        own = {one.party for one in self.supplies(record)}
        return self._able(needs, own)

    def offers_for(self, need: str) -> tuple[Supply, ...]:
        """Return the offers that could serve a need, the most useful first."""
        return self._able({need}, set())

    def supplies(self, record: str) -> tuple[Supply, ...]:
        """Return what of a record has not been sent: its offers, else the rest of its line items."""
        if record in self._offers:
            return (self._offers[record],)
        if record in self._covers:
            return self.supplies(self._covers[record])
        lines = self._packages.get(record, (record,))
        return tuple(one for line in lines for one in self._of_line(line))

    def root(self, record: str) -> str:
        """Return the line item that a record is about; the record itself if it is about none."""
        record = self._covers.get(record, record)
        if record in self._offers:
            record = str(self._offers[record].row.get("line") or record)
        lines = self._packages.get(record, ())
        useful = [line for line in lines if self.value(line)]
        return useful[0] if len(useful) == 1 else record

    def unsent(self, line: str) -> Decimal | None:
        """Return the quantity of a line item that has not been sent; None where it is not known."""
        found = self._lines.get(line)
        return None if found is None else found["unsent"]

    def _of_line(self, line: str) -> Iterator[Supply]:
        rest = self.unsent(line)
        for one in self._offered.get(line, ()):
            quantity = one.quantity if rest is None else min(one.quantity, rest)
            if quantity > 0:
                yield replace(one, quantity=quantity)
            rest = None if rest is None else rest - quantity
        row = self._lines.get(line)
        if line not in self._offered and row is not None and row["good"] and rest and rest > 0:
            yield Supply("line", line, str(row["party"] or ""), str(row["good"]), rest)

    def _able(self, needs: set[str], but: set[str]) -> tuple[Supply, ...]:
        found = []
        for record, one in sorted(self._offers.items()):
            if one.party in but:
                continue
            worth = sum(
                (units * self._worth[need] for need, units in self.serves(record) if need in needs),
                Decimal(0),
            )
            if worth:
                found.append((-worth, record, one))
        return tuple(one for _, _, one in sorted(found, key=lambda each: each[:2]))

    @cached_property
    def _needs(self) -> tuple[Any, ...]:
        return served(self.case)

    @cached_property
    def _worth(self) -> dict[str, Decimal]:
        return {str(one.need["need"]): one.value(Decimal(1)) for one in self._needs}

    @cached_property
    def _tables(self) -> dict[str, pl.DataFrame]:
        """Return the tables of the needs that are still open, and of what binds supplies to them."""
        rest = {str(one.need["need"]): one.needed - one.met for one in self._needs}
        needs = table(self.case, "needs")
        rows = [
            {**row, "quantity": rest.pop(str(row["need"]))}
            for row in needs.iter_rows(named=True)
            if rest.get(str(row["need"]), Decimal(0)) > 0
        ]
        return {name: table(self.case, name) for name in _TIED} | {
            "needs": pl.DataFrame(rows, schema=needs.schema)
        }

    @cached_property
    def _offers(self) -> dict[str, Supply]:
        """Return the usable offers by name, each at most what of its line item has not been sent."""
        found = {}
        rows = table(self.case, "offers").drop_nulls(["offer", "good", "quantity"])
        for row in rows.sort("offer").iter_rows(named=True):
            rest = self.unsent(str(row["line"] or ""))
            quantity = row["quantity"] if rest is None else min(row["quantity"], rest)
            if (row["state"] or "accepted") not in _USABLE or quantity <= 0:
                continue
            name = str(row["offer"])
            party = str(row["party"] or "")
            found[name] = Supply(
                "offer", name, party, str(row["good"]), quantity, ready=row["ready"], offer=name, row=row
            )
        return found

    @cached_property
    def _offered(self) -> dict[str, list[Supply]]:
        found: dict[str, list[Supply]] = {}
        for one in self._offers.values():
            if one.row.get("line"):
                found.setdefault(str(one.row["line"]), []).append(one)
        return found

    @cached_property
    def _covers(self) -> dict[str, str]:
        rows = table(self.case, "approvals").drop_nulls(["approval", "covers"])
        return dict(rows.select("approval", "covers").iter_rows())

    @cached_property
    def _packages(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        rows = _counted(self.case.entries).drop_nulls(["package", "line"]).select("package", "line").unique()
        for package, line in sorted(rows.iter_rows()):
            found.setdefault(str(package), []).append(str(line))
        return {package: tuple(lines) for package, lines in found.items()}

    @cached_property
    def _lines(self) -> dict[str, dict[str, Any]]:
        lines = _counted(lines_of_case(self.case))
        about = lines.sort("entry").unique("key", keep="first", maintain_order=True)
        known = quantities(lines)
        return {
            str(row["line"]): {"party": row["party"], **known[row["key"]]}
            for row in about.select("key", "line", "party").iter_rows(named=True)
        }


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows without those that count nowhere yet."""
    return rows.filter(pl.col("count_mode").fill_null("") != "not counted yet")
