"""The money of a project, joined to the allocations, contracts and tranches that it names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from konvoi.fund.rule import added, less
from konvoi.fund.steps import Row, Tables, key, table
from konvoi.model.tables.funds import DECIDED
from konvoi.model.tables.funds import PAID as TRANCHE_PAID
from konvoi.model.tables.projects import COMMITTED, CONTRACTED, MONEY_STAGES, PAID

_RECORDS = (("allocations", "allocation"), ("contracts", "contract"), ("call_offs", "call_off"))
_SIGNED = frozenset({"active", "terminated"})


@dataclass(frozen=True)
class Record:
    """Record that a row of financing names: its amount in minor units of a currency, and if in force."""

    amount: int | None
    currency: str | None
    in_force: bool
    behind: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """One row of financing as it counts.

    amount: in minor units of currency, its own or its record's; None where neither is known. record: the id
    of the record it names, as in that record's table. counts: False for a row that repeats another,
    and for a contract that is not in force.
    """

    row: Row
    amount: int | None
    currency: str | None
    record: str | None = None
    behind: tuple[str, ...] = ()
    counts: bool = True
    again: Row | None = None


@dataclass(frozen=True)
class Money:
    """The known money of projects."""

    tables: Tables

    @cached_property
    def rows(self) -> Mapping[str, list[Sum]]:
        """The rows of financing by project, in the order of their days and references."""
        found: dict[str, list[Sum]] = {}
        every = table(self.tables, "financing").sort("project", "day", "financing", "_file", "_row")
        for row in every.iter_rows(named=True):
            own = found.setdefault(str(row["project"]), [])
            own.append(self._counted(self._sum(row), own))
        return found

    def _sum(self, row: Row) -> Sum:
        name = self.named(row["record"])
        known = self.record(name, str(row["stage"])) if name else None
        amount = row["amount"]
        currency = row["currency"]
        own = isinstance(amount, int)
        behind = (key("financing", row), *(known.behind if known else ()))
        return Sum(
            row,
            int(str(amount)) if own else known.amount if known else None,
            str(currency) if own and currency else known.currency if known else None,
            name,
            behind,
            counts=known is None or known.in_force,
        )

    def _counted(self, one: Sum, before: Iterable[Sum]) -> Sum:
        """Return a row, marked as not counted if it repeats a row of another file on the same record."""
        if one.record is None or not one.counts:
            return one
        for other in before:
            same = other.record == one.record and other.row["stage"] == one.row["stage"]
            if same and other.counts and other.row["_file"] != one.row["_file"] and _told_again(one, other):
                return replace(one, counts=False, again=other.row)
        return one

    def named(self, record: object) -> str | None:
        """Return the id of the record that a row names: for a process of OCDS or OC4IDS, its contract."""
        name = str(record or "")
        return self._processes.get(name, name) or None

    @cached_property
    def _processes(self) -> Mapping[str, str]:
        """The contract of each process that made one."""
        rows = self.tables.get("ocds_processes")
        return {} if rows is None else dict(rows.select("process", "contract").iter_rows())

    @cached_property
    def _known(self) -> Mapping[str, tuple[str, Row]]:
        """Allocations, contracts and call-offs by their references."""
        return {
            str(row[column]): (name, row)
            for name, column in _RECORDS
            for row in table(self.tables, name).iter_rows(named=True)
        }

    def record(self, name: str, stage: str) -> Record | None:
        """Return the record with a reference; None if there is none.

        Of a tranche, what was decided where money was committed, and what was paid where it was paid.
        """
        if name in self._known:
            kind, row = self._known[name]
            minor = row["amount"]
            amount = minor if isinstance(minor, int) else None
            signed = kind == "allocations" or (row["state"] or "active") in _SIGNED
            return Record(amount, row["currency"], signed, (key(kind, row),))  # type: ignore[arg-type]
        wanted = {COMMITTED: DECIDED, PAID: TRANCHE_PAID}.get(stage)
        rows = [
            row
            for row in table(self.tables, "tranches").iter_rows(named=True)
            if row["tranche"] == name and row["stage"] == wanted
        ]
        if not rows:
            return None
        behind = tuple(key("tranches", row) for row in rows)
        return Record(added([row["amount"] for row in rows]), rows[0]["currency"], True, behind)

    def currency(self, project: Row) -> str | None:
        """The currency that a project is counted in: its own, else the one in which all its money is."""
        own = {one.currency for one in self.rows.get(str(project["project"]), ()) if one.currency}
        if project["currency"]:
            return str(project["currency"])
        return own.pop() if len(own) == 1 else None

    def sums(self, project: Row) -> dict[str, int | None]:
        """Return the amounts committed, contracted, paid, and left: committed less paid.

        In minor units of the project's currency; None if not reported, or if an amount is not known or is in
        another currency.
        """
        own = self.rows.get(str(project["project"]), [])
        currency = self.currency(project)
        found: dict[str, int | None] = {}
        for stage in MONEY_STAGES:
            told = [one for one in own if one.row["stage"] == stage and one.counts]
            amounts = [one.amount if one.currency == currency else None for one in told]
            found[stage] = added(amounts) if told else None
        return {**found, "left": less(found[COMMITTED], found[PAID])}

    def behind(self, project: Row) -> tuple[str, ...]:
        """The rows that a project's money rests on."""
        return tuple(one for found in self.rows.get(str(project["project"]), ()) for one in found.behind)


def _told_again(one: Sum, other: Sum) -> bool:
    """A record is committed or contracted once; it may be paid in parts, of which equal ones are the same."""
    if one.row["stage"] in (COMMITTED, CONTRACTED):
        return True
    return (one.row["day"], one.amount, one.currency) == (other.row["day"], other.amount, other.currency)
