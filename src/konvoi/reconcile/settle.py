"""Proposals, structure and judgements become one list of relations that does not contradict itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from konvoi.kit.union import components
from konvoi.model.finding import Finding, Place, Severity

Edge = tuple[str, str]


def without_contradictions(
    relations: pl.DataFrame,
    parted: Iterable[Edge],
    places: Mapping[str, Place],
    called: Mapping[str, str] | None = None,
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Relations in which no chain of accepted same_as joins what must stay apart.

    Of a chain that does, every link between the two goes back to undecided, and a finding names them. called:
    what people call each record; one that is not in it is called by its id.
    """
    same = relations.filter((pl.col("relation") == "same_as") & (pl.col("status") == "accepted"))
    edges = sorted(same.select("left", "right").iter_rows())
    together: dict[str, str] = components(edges)
    inside: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        inside[together[edge[0]]].append(edge)
    open_again: set[Edge] = set()
    findings = []
    for left, right in sorted({(min(pair), max(pair)) for pair in parted}):
        if left in together and together[left] == together.get(right):
            chain = between(inside[together[left]], left, right)
            open_again |= set(chain)
            findings.append(_contradiction(left, right, chain, places=places, called=called or {}))
    return _undecided(relations, "same_as", open_again), tuple(findings)


def without_cycles(
    relations: pl.DataFrame, places: Mapping[str, Place], called: Mapping[str, str] | None = None
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Relations in which no accepted directed relation runs in a circle; those that do are open again.

    called: what people call each record; one that is not in it is called by its id.
    """
    findings: list[Finding] = []
    directed = relations.filter((pl.col("relation") != "same_as") & (pl.col("status") == "accepted"))
    for relation in directed["relation"].unique().sort().to_list():
        edges = sorted(directed.filter(pl.col("relation") == relation).select("left", "right").iter_rows())
        for circle in circles(edges):
            members = set(circle)
            inside = {(a, b) for a, b in edges if a in members and b in members}
            relations = _undecided(relations, relation, inside)
            findings.append(_cycle(relation, circle, places, called or {}))
    return relations, tuple(findings)


def between(edges: Iterable[Edge], left: str, right: str) -> list[Edge]:
    """The edges that may lie on a way from left to right: all that is left when dead ends are cut off."""
    kept = set(edges)
    while True:
        degree: dict[str, int] = defaultdict(int)
        for a, b in sorted(kept):
            degree[a] += 1
            degree[b] += 1
        ends = {name for name, n in degree.items() if n == 1 and name not in (left, right)}
        if not ends:
            break
        kept = {(a, b) for a, b in kept if a not in ends and b not in ends}
    together = components(sorted(kept))
    return sorted(e for e in kept if together[e[0]] == together[left])


def circles(edges: Iterable[Edge]) -> list[tuple[str, ...]]:
    """The groups of names that reach one another along directed edges, each sorted, in order."""
    ahead: dict[str, set[str]] = defaultdict(set)
    back: dict[str, set[str]] = defaultdict(set)
    for a, b in edges:
        ahead[a].add(b)
        back[b].add(a)
    # A node without an incoming or an outgoing edge lies on no circle.
    alive = set(ahead) & set(back)
    while True:
        dead = {n for n in alive if not (ahead[n] & alive) or not (back[n] & alive)}
        if not dead:
            break
        alive -= dead
    found = []
    seen = set[str]()
    for name in sorted(alive):
        if name not in seen:
            ring = _reach(name, ahead, alive) & _reach(name, back, alive)
            seen |= ring | {name}
            if ring:
                found.append(tuple(sorted(ring)))
    return found


def _reach(start: str, ahead: Mapping[str, set[str]], alive: set[str]) -> set[str]:
    """All names that can be reached from one in at least one step."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = (ahead.get(waiting.pop(), set()) & alive) - reached
        reached |= fresh
        waiting += sorted(fresh)
    return reached


def _undecided(relations: pl.DataFrame, relation: str, edges: set[Edge]) -> pl.DataFrame:
    if not edges:
        return relations
    hit = pl.Series(
        [edge in edges for edge in relations.select("left", "right").iter_rows()], dtype=pl.Boolean
    )
    status = pl.when(hit & (pl.col("relation") == relation) & (pl.col("status") == "accepted"))
    return relations.with_columns(status=status.then(pl.lit("undecided")).otherwise("status"))


def _contradiction(
    left: str, right: str, chain: list[Edge], *, places: Mapping[str, Place], called: Mapping[str, str]
) -> Finding:
    return Finding(
        Severity.ERROR,
        "same-contradiction",
        places.get(left, Place()),
        read=", ".join(f"{called.get(a, a)} = {called.get(b, b)}" for a, b in chain),
        expected="{left} and {right} are separate, by decision or by two references of the same issuer",
        remedy="withdraw one of the decisions; until then none of these records are linked",
        values={"left": called.get(left, left), "right": called.get(right, right)},
    )


def _at_relation(place: Place) -> Place:
    """Return the place of the relation of a package whose own place is its amount in one of our tables."""
    return replace(place, column="relates") if place.column == "amount" else place


def _cycle(
    relation: str, circle: tuple[str, ...], places: Mapping[str, Place], called: Mapping[str, str]
) -> Finding:
    return Finding(
        Severity.ERROR,
        "relation-cycle",
        _at_relation(places.get(circle[0], Place())),
        read=" → ".join(called.get(one, one) for one in (*circle, circle[0])),
        expected="a relation {relation} that does not lead back to where it began",
        remedy="withdraw one of these relations; until then none of them counts",
        values={"relation": relation},
    )
