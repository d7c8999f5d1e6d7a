"""The book of reports: batches of records as numbers, and the relations between what they speak of."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from bench.pledges.chance import Whole
from bench.pledges.world import World

SOURCES = ("ministry", "press", "tracker", "fts", "iati", "contracts")
MINISTRY, PRESS, TRACKER, FTS, IATI, CONTRACTS = range(len(SOURCES))
STAGES = ("pledged", "committed", "contracted", "disbursed", "incoming")
PLEDGED, COMMITTED, CONTRACTED, DISBURSED, INCOMING = range(len(STAGES))
ROLES = (
    "announcement", "page", "again", "row", "version", "second report", "whole", "line", "to date",
    "commitment",
    "payment", "parent", "child", "contract", "first hop", "second hop", "repeat",
)  # fmt: skip
ROLE = {name: place for place, name in enumerate(ROLES)}
SUBTYPES = (
    ("same_as", "report"), ("restates", "version"), ("restates", "again"), ("restates", "to_date"),
    ("part_of", "joint"), ("part_of", "line"), ("part_of", "payment"), ("part_of", "child"),
    ("passes_through", "first_hop"), ("passes_through", "second_hop"), ("replaces", "replacement"),
    ("contracts_for", "contract"),
)  # fmt: skip
SUBTYPE = {name: place for place, (_, name) in enumerate(SUBTYPES)}
HEDGES = ("", "over", "about", "upto")
LEADS = ("", "new", "todate", "joint")
NEW, TO_DATE, JOINTLY = range(1, len(LEADS))
PARTY = 1000

# What a record holds, with what it holds where nobody says otherwise.
DEFAULTS = {
    "source": 0, "role": 0, "stage": 0, "node": 0, "base": 0, "good": 0, "kind": 0, "recipient": 0,
    "region": 0, "detail": -1,
    "publisher": -1, "giver": -1, "receiver": -1, "amount": -1, "currency": 0, "day": 0, "span": 0,
    "known": 0,
    "quantity": 0, "project": -1, "scheme": -1, "activity": -1, "related": -1, "related_scheme": -1,
    "language": 0, "hedge": 0, "lead": 0,
    "joint": -1, "version": 1, "entry": -1, "other": -1,
}  # fmt: skip
Columns = dict[str, Whole]


@dataclass
class Book:
    """Batches of records, edges between nodes; a node is whatever one record or several speak of."""

    world: World
    batches: list[Columns] = field(default_factory=list)
    edges: list[Columns] = field(default_factory=list)
    nodes: int = 0
    entries: int = 0

    def __post_init__(self) -> None:
        """The first nodes are the undertakings."""
        self.nodes = len(self.world)

    def fresh(self, n: int) -> Whole:
        """Numbers of n nodes that nobody spoke of yet."""
        self.nodes += n
        return np.arange(self.nodes - n, self.nodes, dtype=np.int64)

    def entry(self, n: int) -> Whole:
        """Numbers of n entries of a register: the versions of one entry bear the same."""
        self.entries += n
        return np.arange(self.entries - n, self.entries, dtype=np.int64)

    def of(self, at: Whole, **said: Any) -> Columns:
        """A batch about undertakings, as they truly are but for what is said otherwise."""
        world = self.world
        true: dict[str, Any] = {
            "node": at, "base": at, "good": world.good[at], "kind": world.kind[at],
            "recipient": world.recipient[at], "region": world.region[at], "detail": world.detail[at],
            "giver": world.partner[at],
            "publisher": world.partner[at], "amount": world.amount[at], "currency": world.currency[at],
            "day": world.day[at], "quantity": world.quantity[at], "project": world.project[at],
            "scheme": world.partner[at],
        }  # fmt: skip
        return _batch(len(at), {**true, "known": said.get("day", true["day"]), **said})

    def add(self, batch: Columns) -> Columns:
        """Keep a batch."""
        self.batches.append(batch)
        return batch

    def relate(self, left: Whole, right: Whole, subtype: str, share: Whole | int = -1) -> None:
        """Say that nodes stand in a relation, from left to right; share in euro cents, -1 for none."""
        kinds = np.full(len(left), SUBTYPE[subtype], dtype=np.int64)
        shares = np.broadcast_to(np.asarray(share, dtype=np.int64), kinds.shape)
        self.edges.append({"left": left, "right": right, "subtype": kinds, "share": shares})

    def records(self) -> Columns:
        """All batches, one below the other."""
        return {name: np.concatenate([batch[name] for batch in self.batches]) for name in DEFAULTS}

    def related(self) -> Columns:
        """All edges."""
        return {name: np.concatenate([edge[name] for edge in self.edges]) for name in self.edges[0]}


def _batch(n: int, said: dict[str, Any]) -> Columns:
    """Columns of one length, all of them."""
    unknown = set(said) - set(DEFAULTS)
    if unknown:
        raise ValueError(f"no such columns: {sorted(unknown)}")
    return {
        name: np.broadcast_to(np.asarray(said.get(name, default), dtype=np.int64), (n,)).copy()
        for name, default in DEFAULTS.items()
    }


def taken(batch: Columns, at: Whole, **said: Any) -> Columns:
    """The records of a batch at these places, but for what is said otherwise."""
    return _batch(len(at), {**{name: column[at] for name, column in batch.items()}, **said})
