"""The part of orders that one reader may see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from konvoi.model.markings import COALITION, PUBLIC
from konvoi.plan.orders import Orders
from konvoi.report.case import Case

Hidden = Mapping[str, frozenset[str]]

Eyes = Callable[[str], Hidden]
"""By reader (a party, `coalition` or `public`) the ids by table that it may not see."""


@dataclass(frozen=True)
class Issue:
    """One issue of orders: all that they say, and the case that names come from.

    eyes: what is hidden from each reader. gone, before, former: who read of what in the last issue, its
    consignments and their legs, by id.
    """

    orders: Orders
    case: Case
    eyes: Eyes
    gone: pl.DataFrame = field(default_factory=pl.DataFrame)
    before: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    former: Mapping[str, list[Mapping[str, object]]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Mapping[str, dict[str, object]]:
        """The consignments by id."""
        return {row["consignment"]: row for row in self.orders.consignments.iter_rows(named=True)}

    def number(self, consignment: str) -> str:
        """Return the number by which people call a consignment of this issue or of the last one."""
        row = self.rows.get(consignment) or self.before.get(consignment, {})
        return str(row.get("number") or consignment)

    @cached_property
    def legs(self) -> Mapping[str, list[dict[str, object]]]:
        """The legs by consignment."""
        return _grouped(self.orders.legs, "consignment")

    @cached_property
    def papers(self) -> Mapping[str, list[dict[str, object]]]:
        """The papers by consignment."""
        return _grouped(self.orders.papers, "consignment")

    @cached_property
    def changes(self) -> Mapping[str, list[dict[str, object]]]:
        """The changes by consignment."""
        return _grouped(self.orders.changes, "consignment")

    @cached_property
    def solutions(self) -> Mapping[str, list[dict[str, object]]]:
        """The changes that solve a conflict, by conflict."""
        return _grouped(self.orders.solutions, "conflict")

    def names(self, consignment: str) -> set[tuple[str, object]]:
        """All that the words on a consignment name, as table and id."""
        if consignment not in self._names:
            row = self.rows[consignment]
            found = {("offers", row["offer"]), ("budgets", row["budget"]), ("needs", row["need"])}
            found |= {("parties", row[name]) for name in ("party", "supplier", "consignee")}
            found |= {("sites", row[name]) for name in ("from", "to")}
            found |= {("sites", one) for one in str(row["crossing"] or "").split("; ")}
            for leg in self.legs.get(consignment, ()):
                found |= {("parties", leg["carrier"]), ("sites", leg["from"]), ("sites", leg["to"])}
            for paper in self.papers.get(consignment, ()):
                found |= {("approvals", paper["paper"]), ("parties", paper["party"])}
            self._names[consignment] = found
        return self._names[consignment]

    @cached_property
    def _names(self) -> dict[str, set[tuple[str, object]]]:
        return {}

    @cached_property
    def conflicts(self) -> list[dict[str, object]]:
        """All conflicts in their order."""
        return list(self.orders.conflicts.iter_rows(named=True))


def _grouped(frame: pl.DataFrame, key: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row[key], []).append(row)
    return found


@dataclass(frozen=True)
class Reader:
    """A reader: a partner, carrier or consignee by its party, a hub by its site."""

    kind: str
    id: str

    @property
    def audience(self) -> str:
        """The audience for which its orders are drawn: its party; a hub works for the whole coalition."""
        return COALITION if self.kind == "hub" else self.id


@dataclass(frozen=True)
class View:
    """The part of orders that a reader may see. hidden: ids by table that it may not."""

    hidden: Hidden = field(default_factory=dict)

    def may(self, table: str, id: object) -> bool:
        """Return True if a row may be shown."""
        return id not in self.hidden.get(table, frozenset())

    def of(self, row: Mapping[str, object], issue: "Issue") -> frozenset[tuple[str, object]]:
        """Return the hidden parts of a consignment: two readers from whom the same is hidden read the
        same.
        """
        if not any(self.hidden.values()):
            return frozenset()
        return frozenset(pair for pair in issue.names(str(row["consignment"])) if not self.may(*pair))

    def sender(self, row: Mapping[str, object]) -> bool:
        """Return True if the sender of a consignment may be shown."""
        given = self.may("offers", row["offer"]) and self.may("budgets", row["budget"])
        return given and self.may("parties", row["party"])


def narrowed(issue: Issue, audience: str) -> Issue:
    """An issue without the consignments that `public` or `coalition` may not see, nor their conflicts."""
    if audience not in (PUBLIC, COALITION):
        return issue
    orders = issue.orders
    gone = issue.eyes(audience)
    lost = set(orders.consignments.filter(_names(gone))["consignment"])
    for row in orders.legs.iter_rows(named=True):
        if _hides(gone, row):
            lost.add(row["consignment"])
    kept = ~pl.col("consignment").is_in(sorted(lost))
    conflicts = orders.conflicts.filter(
        pl.col("consignments").list.set_intersection(pl.lit(sorted(lost), pl.List(pl.String()))).list.len()
        == 0
    )
    papers = orders.papers.filter(~pl.col("paper").is_in(sorted(gone.get("approvals", ()))))
    shown = replace(
        orders,
        consignments=orders.consignments.filter(kept),
        legs=orders.legs.filter(kept),
        papers=papers.filter(kept),
        calls=orders.calls.filter(kept),
        changes=orders.changes.filter(
            kept & pl.col("consignment").is_in(orders.consignments["consignment"].implode())
        ),
        conflicts=conflicts,
        solutions=orders.solutions.filter(pl.col("conflict").is_in(conflicts["conflict"].implode())),
        # The digest of the plan and findings rest on all consignments.
        plan="",
        findings=(),
    )
    return replace(issue, orders=shown, gone=pl.DataFrame(), before={}, former={})


def _names(gone: Hidden) -> pl.Expr:
    pairs = (("offers", "offer"), ("budgets", "budget"), ("needs", "need"), ("parties", "party"))
    found = pl.lit(False)
    for table, column in pairs:
        found = found | pl.col(column).is_in(sorted(gone.get(table, ()))).fill_null(False)
    return found


def _hides(gone: Hidden, leg: Mapping[str, object]) -> bool:
    sites = gone.get("sites", frozenset())
    return leg["lane"] in gone.get("lanes", ()) or leg["from"] in sites or leg["to"] in sites
