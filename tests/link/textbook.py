"""The textbook of clusters: plain and slow, to measure the compiled ones by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Pair = tuple[str, str]


@dataclass
class _Clusters:
    """Clusters as they grow: who is in which, what each must not meet, which values it already holds."""

    members: dict[str, list[str]]
    of: dict[str, str]
    held: dict[str, dict[str, str]]
    foes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def may_join(self, one: str, other: str) -> bool:
        if any(
            self.of.get(foe) == other for member in self.members[one] for foe in self.foes.get(member, ())
        ):
            return False
        mine, theirs = self.held[one], self.held[other]
        return all(theirs.get(scheme, value) == value for scheme, value in mine.items())

    def join(self, one: str, other: str) -> None:
        for member in self.members[other]:
            self.of[member] = one
        self.members[one] += self.members.pop(other)
        self.held[one] |= self.held.pop(other)


def clusters(
    pairs: Iterable[tuple[str, str, float]],
    *,
    apart: Iterable[Pair] = (),
    held: Mapping[str, Mapping[str, str]] | None = None,
    join: float = 0.0,
    mean: float = 0.0,
) -> dict[str, str]:
    """For each record in the pairs, the cluster it is in, named for its first record.

    pairs: left, right, probability. apart: pairs that must never stand in one cluster. held: for a record,
    the value it holds in each scheme; a cluster holds one value in a scheme. join: the least probability of a
    pair that may join two clusters. mean: what the probability of all pairs between the two must be at least
    on average; an unseen pair counts 0.
    """
    ordered = sorted(((min(a, b), max(a, b), p) for a, b, p in pairs), key=lambda x: (-x[2], x[0], x[1]))
    names = sorted({name for a, b, p in ordered if p >= join for name in (a, b)})
    state = _Clusters(
        members={name: [name] for name in names},
        of={name: name for name in names},
        held={name: dict((held or {}).get(name, {})) for name in names},
    )
    for a, b in apart:
        state.foes[a].add(b)
        state.foes[b].add(a)
    near: dict[Pair, float] = {}
    for a, b, p in ordered:
        near.setdefault((a, b), p)
    for a, b, p in ordered:
        if p < join:
            break
        one, other = sorted((state.of[a], state.of[b]))
        if one != other and state.may_join(one, other) and _mean(state, near, one, other) >= exact(mean):
            state.join(one, other)
    first = {name: min(members) for name, members in state.members.items()}
    return {name: first[state.of[name]] for name in names}


def _mean(state: _Clusters, near: Mapping[Pair, float], one: str, other: str) -> Fraction:
    left, right = state.members[one], state.members[other]
    total = sum(exact(near.get((a, b) if a < b else (b, a), 0.0)) for a in left for b in right)
    return Fraction(total) / (len(left) * len(right))


def exact(number: float) -> Fraction:
    """A number to nine places."""
    return Fraction(round(number * 10**9), 10**9)
