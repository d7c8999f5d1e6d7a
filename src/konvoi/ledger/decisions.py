"""Undecided pairs as decisions, and the consistency of decisions with one another.

Decisions are consistent if

1. accepted relations hold, and what was rejected does not;
2. `same_as` is transitive: units that a chain of it joins are the same, so that no pair of them is decided
   otherwise, and no two of them stand in another relation;
3. at most one relation holds between one pair of units;
4. no relation leads in a circle back to where it began;
5. a part belongs to at most one whole, unless accepted relations name several.

Several pairs of entries of the same two units are one decision. A decision on two packages also decides the
pairs of their lines that it brings (konvoi.ledger.links.BROUGHT).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from konvoi.kit.union import components
from konvoi.ledger.links import Links

Row = dict[str, Any]
"""A relation between two units: left, right, relation, subtype, most."""

Ends = tuple[str, str]
"""Two units, the lower name first."""


UNKNOWN = 0.5
"""The match probability of an undecided pair that has none, as in the order of the review queue."""

SURE = 0.999
"""The highest match probability of a pair that is still undecided; the lowest is 1 less this.

A pair of probability 1 is open again because accepted statements contradict one another: with 1 no consistent
decision would have any weight.
"""


class Option(NamedTuple):
    """One answer to a decision: the relations that then hold, first the one between its own ends.

    probability: the match probability that it holds.
    """

    relation: str
    rows: tuple[Row, ...]
    probability: float = UNKNOWN

    @property
    def odds(self) -> float:
        """Return the odds that the option holds."""
        return self.probability / (1 - self.probability)


class Decision(NamedTuple):
    """An undecided pair of units: one of its options holds, or none."""

    ends: Ends
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Cluster:
    """Units that accepted or undecided relations connect, with the decisions between them.

    units: sorted names, also of units without a value. accepted: relations that hold. apart: pairs that are
    never the same.
    """

    units: tuple[str, ...]
    accepted: tuple[Row, ...]
    decisions: tuple[Decision, ...]
    apart: frozenset[Ends]


def clusters(links: Links, more: Iterable[str] = ()) -> Iterator[Cluster]:
    """Return the clusters in which something is undecided, and those of the units named in `more`."""
    decisions = _decisions(links)
    more = frozenset(more)
    if not decisions and not more:
        return
    accepted = list(_touching(links.conserving, decisions, more).iter_rows(named=True))
    edges = [(row["left"], row["right"]) for row in accepted]
    edges += [
        (decision.ends[0], end)
        for decision in decisions
        for option in decision.options
        for row in option.rows
        for end in (row["left"], row["right"])
    ]
    of: dict[str, str] = components(sorted(edges))
    units: dict[str, list[str]] = {}
    for unit in sorted({*of, *more}):
        units.setdefault(of.get(unit, unit), []).append(unit)
    held: dict[str, list[Row]] = {}
    for row in accepted:
        held.setdefault(of[row["left"]], []).append(row)
    open_: dict[str, list[Decision]] = {}
    for decision in decisions:
        open_.setdefault(of[decision.ends[0]], []).append(decision)
    apart: dict[str, set[Ends]] = {}
    for ends in _apart(links.relations, of):
        apart.setdefault(of[ends[0]], set()).add(ends)
    for name in sorted({*open_, *(of.get(unit, unit) for unit in more)}):
        yield Cluster(
            tuple(units[name]),
            tuple(held.get(name, ())),
            tuple(open_.get(name, ())),
            frozenset(apart.get(name, ())),
        )


def _touching(accepted: pl.DataFrame, decisions: Sequence[Decision], more: Iterable[str]) -> pl.DataFrame:
    """The accepted relations that are connected with a decision, or with one of these units."""
    rows = [row for decision in decisions for option in decision.options for row in option.rows]
    reached = {row["left"] for row in rows} | {row["right"] for row in rows}
    near = pl.Series([*sorted(reached | set(more))], dtype=pl.String)
    while True:
        left = pl.col("left").is_in(near.implode())
        right = pl.col("right").is_in(near.implode())
        beyond = accepted.filter(left != right)
        if beyond.is_empty():
            return accepted.filter(left)
        near = pl.concat([near, beyond["left"], beyond["right"]]).unique()


def _decisions(links: Links) -> list[Decision]:
    """Return the undecided pairs of units with their options, sorted."""
    relations = links.relations
    if not (relations["status"] == "undecided").any():
        return []
    lines: dict[tuple[str, str, str], list[Ends]] = {}
    for left, right, relation, *below in links.brought.iter_rows():
        lines.setdefault((left, right, relation), []).append((below[0], below[1]))
    pairs = relations.with_columns(
        low=pl.min_horizontal("left", "right"), high=pl.max_horizontal("left", "right")
    )
    undecided = pairs.filter(pl.col("status") == "undecided")
    settled = pairs.filter(pl.col("status") == "accepted").select("low", "high").unique()
    same = (pairs["status"] == "rejected") & (pairs["relation"] == "same_as")
    rejected = pairs.filter((pl.col("status") == "rejected") & ~same).select("left", "right", "relation")
    refused = pairs.filter(same).select("low", "high", "relation").unique()
    free = (
        undecided.join(settled, on=["low", "high"], how="anti")
        .join(rejected.unique(), on=["left", "right", "relation"], how="anti")
        .join(refused, on=["low", "high", "relation"], how="anti")
        .sort("low", "high", "relation", "left", "right", "subtype")
        .with_columns(pl.col("probability").fill_null(UNKNOWN).clip(1 - SURE, SURE))
    )
    options: dict[Ends, dict[tuple[str, str, str], Option]] = {}
    for row in free.iter_rows(named=True):
        ends = (row["low"], row["high"])
        own: Row = {name: row[name] for name in ("left", "right", "relation", "subtype", "most")}
        name = (row["relation"], *(ends if row["relation"] == "same_as" else (row["left"], row["right"])))
        below = lines.get((row["left"], row["right"], row["relation"]), [])
        rows = tuple(own | {"left": left, "right": right, "most": None} for left, right in below)
        found = options.setdefault(ends, {})
        option = found.setdefault(name, Option(row["relation"], (own, *rows), row["probability"]))
        # Subtypes of one relation, and same_as stated from both sides, are one option: the likelier counts.
        found[name] = option._replace(probability=max(option.probability, row["probability"]))
    return [Decision(ends, tuple(found.values())) for ends, found in options.items()]


def _apart(relations: pl.DataFrame, of: Mapping[str, str]) -> set[Ends]:
    """Pairs in one cluster that are never the same: rejected ones, and those in another relation."""
    same = pl.col("relation") == "same_as"
    never = relations.filter(
        (same & (pl.col("status") == "rejected")) | (~same & (pl.col("status") == "accepted"))
    )
    return {
        (min(left, right), max(left, right))
        for left, right in never.select("left", "right").iter_rows()
        if left in of and of[left] == of.get(right)
    }


class Partial(NamedTuple):
    """Decisions taken so far in one cluster.

    group: by unit the unit that stands for all that are the same. other: pairs that are decided otherwise.
    rows: the relations that hold.
    """

    group: Mapping[str, str]
    other: frozenset[Ends]
    rows: tuple[Row, ...]

    def joined(self, ends: Ends) -> bool:
        """Return True if two units are the same by the decisions."""
        return self.group[ends[0]] == self.group[ends[1]]


class Consistency:
    """The rules above, applied to the decisions of one cluster one by one.

    Accepted relations hold even where they contradict one another: no rule is asked of them alone.
    """

    def __init__(self, cluster: Cluster) -> None:
        """Take the accepted relations as given."""
        self._accepted = len(cluster.accepted)
        joined = sorted((r["left"], r["right"]) for r in cluster.accepted if r["relation"] == "same_as")
        known: dict[str, str] = components(joined)
        group = {unit: known.get(unit, unit) for unit in cluster.units}
        other = frozenset(ends for ends in cluster.apart if group[ends[0]] != group[ends[1]])
        self.start = Partial(group, other, cluster.accepted)
        self.circular = {kind for kind in _kinds(self.start) if _circular(_edges(self.start, kind))}
        self._wholes = _wholes(self.start)
        self.allowed: dict[str, int] = {}
        """Number of wholes that a group of the same may be part of, where accepted relations name several."""
        for part, found in self._wholes.items():
            if len(found) > 1:
                self.allowed[part] = len(found)

    def reject(self, taken: Partial, decision: Decision) -> Partial | None:
        """Decide that none of the options holds; None where the two are the same already."""
        if all(option.relation != "same_as" for option in decision.options):
            return taken
        if taken.joined(decision.ends):
            return None
        return taken._replace(other=taken.other | {decision.ends})

    def accept(self, taken: Partial, option: Option) -> Partial | None:
        """Decide that an option holds; return None if that contradicts the decisions so far."""
        rows = (*taken.rows, *option.rows)
        if option.relation != "same_as":
            ends = [(min(r["left"], r["right"]), max(r["left"], r["right"])) for r in option.rows]
            if any(taken.joined(pair) for pair in ends):
                return None
            return Partial(taken.group, taken.other.union(ends), rows)
        group = taken.group
        for row in option.rows:
            one = group[row["left"]]
            two = group[row["right"]]
            if one != two:
                group = {unit: one if name == two else name for unit, name in group.items()}
        if any(group[left] == group[right] for left, right in taken.other):
            return None
        return Partial(group, taken.other, rows)

    def holds(self, taken: Partial) -> bool:
        """Return True if no relation runs in a circle and each part belongs to one whole."""
        opened = [row["relation"] for row in taken.rows[self._accepted :]]
        directed = sum(row["relation"] != "same_as" for row in taken.rows)
        if not opened or directed < 2:
            return True
        for kind in _kinds(taken):
            if kind not in self.circular and _circular(_edges(taken, kind)):
                return False
        allowed: dict[str, int] = {}
        for part, found in self._wholes.items():
            name = taken.group[part]
            allowed[name] = max(allowed.get(name, 1), len(found))
        return all(len(found) <= allowed.get(part, 1) for part, found in _wholes(taken).items())


def _kinds(taken: Partial) -> list[str]:
    return sorted({row["relation"] for row in taken.rows} - {"same_as"})


def _edges(taken: Partial, kind: str) -> set[Ends]:
    """The relations of one kind, between what is the same."""
    return {(taken.group[r["left"]], taken.group[r["right"]]) for r in taken.rows if r["relation"] == kind}


def _wholes(taken: Partial) -> dict[str, set[str]]:
    """The wholes of each part."""
    found: dict[str, set[str]] = {}
    for part, whole in sorted(_edges(taken, "part_of")):
        found.setdefault(part, set()).add(whole)
    return found


def _circular(edges: set[Ends]) -> bool:
    """Return True if directed edges lead back to where they began."""
    left = set(edges)
    while left:
        starts = {a for a, _ in left} - {b for _, b in left}
        kept = {(a, b) for a, b in left if a not in starts}
        if len(kept) == len(left):
            return True
        left = kept
    return False
