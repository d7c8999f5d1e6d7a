"""Parties that listed owners hold: stated shares added along chains, the rule of half by regime.

A party held by listed owners from the regime's share on counts as listed, so that its own holdings count in
full. Only stated ownership counts: nothing is inferred from names, addresses or an association.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from konvoi.align.asking import Asked
from konvoi.align.hits import OPEN, Hit, How, Ordered, Said, blocked, in_order
from konvoi.align.listing import Kind, Listing, Name, Order
from konvoi.align.roles import Rules, Share
from konvoi.align.stated import Stated, newest
from konvoi.kit.digest import key
from konvoi.kit.text import fold
from konvoi.model.finding import Place

OWNER = "owner:"
"""Prefix of the id of an owner that is no party of the workspace."""

Edge = tuple[str, Stated]


@dataclass(frozen=True)
class Chains:
    """Ownership chains. names: folded spelling to the party, or an owner's id. held: the holders of each
    party, by the party held."""

    names: Mapping[str, str]
    held: Mapping[str, tuple[Edge, ...]]


def chains(parties: Sequence[Asked], rows: Iterable[Stated], on: date) -> Chains:
    """The chains that rows and the parties themselves state, as known on a day."""
    names: dict[str, str] = {}
    for party in parties:
        for spelling in (party.party, *(name.text for name in party.known.names)):
            names.setdefault(fold(spelling), party.party)
    own = [
        Stated(owner, party.party, Decimal(100) if tie == "owner" else None, tie)
        for party in parties
        for owner, tie in party.owners
    ]
    held: dict[str, list[Edge]] = {}
    for row in (*newest(rows, on), *own):
        for text in (row.owner, row.owned):
            names.setdefault(fold(text), f"{OWNER}{fold(text)}")
        held.setdefault(names[fold(row.owned)], []).append((names[fold(row.owner)], row))
    return Chains(names, {of: tuple(sorted(edges, key=str)) for of, edges in sorted(held.items())})


def owners(found: Chains) -> tuple[Asked, ...]:
    """Those in the chains that are no party of the workspace: they are screened, too, in no role."""
    rows = [row for edges in found.held.values() for _, row in edges]
    texts = {found.names[fold(text)]: text for row in rows for text in (row.owner, row.owned)}
    return tuple(
        Asked(id, Listing(id, Kind.ENTITY, (Name(text),), Place()))
        for id, text in sorted(texts.items())
        if id.startswith(OWNER)
    )


def owned(parties: Sequence[Asked], found: Chains, direct: Sequence[Hit], rules: Rules) -> tuple[Hit, ...]:
    """The parties that listed owners hold, each with the listings of these owners.

    direct: what screening found for parties and owners. Only an asset freeze reaches what its target owns. A
    share that is not stated asks a person; one below the regime's warns.
    """
    made: list[Hit] = []
    for regime in sorted({one.source.regime for one in direct}):
        share = rules.share(regime)
        seeds = [one for one in direct if one.source.regime == regime and one.freezes and one.said in OPEN]
        if share and seeds:
            side = _Side.of(found, seeds, share)
            made += [hit for party in parties for hit in side.hits(party, regime, rules)]
    return in_order(made)


@dataclass(frozen=True)
class _Side:
    """One regime. seeds: listed holders with their hits. sure, perhaps: parties that count as listed by
    matches alone, and with matches under review, too."""

    chains: Chains
    share: Share
    seeds: Mapping[str, tuple[Hit, ...]]
    sure: frozenset[str]
    perhaps: frozenset[str]

    @classmethod
    def of(cls, found: Chains, hits: Sequence[Hit], share: Share) -> "_Side":
        seeds: dict[str, list[Hit]] = {}
        for one in hits:
            seeds.setdefault(one.party, []).append(one)
        matched = {one.party for one in hits if one.said == Said.MATCH}
        sure = _reached(found, matched, share, unknown=False)
        perhaps = _reached(found, set(seeds), share, unknown=True)
        return cls(found, share, {of: tuple(same) for of, same in seeds.items()}, sure, perhaps)

    def hits(self, party: Asked, regime: str, rules: Rules) -> Iterator[Hit]:
        edges = self.chains.held.get(party.party, ())
        if not edges or any(one.said == Said.MATCH for one in self.seeds.get(party.party, ())):
            return
        sums = [_sum(edges, group) for group in (self.sure, self.perhaps)]
        said = self._said(edges, sums)
        if said is None:
            return
        group = self.sure if said == Said.MATCH else self.perhaps
        path, roots = self._above(party.party, group)
        percent = sums[0] if said == Said.MATCH else sums[1]
        for root in roots:
            blocks = blocked(party.roles, regime, _freezes(root), rules) if said in OPEN else ()
            yield replace(
                root,
                party=party.party,
                name=party.name,
                kind=str(party.kind or ""),
                roles=tuple(sorted(party.roles)),
                record=key(party.record, *path),
                said=said,
                how=How.OWNED,
                speaks_for=(f"owned:{percent.normalize():f}|{self.share}", *root.speaks_for),
                measures=_freezes(root),
                blocks=blocks,
                chain=path,
            )

    def _said(self, edges: Sequence[Edge], sums: Sequence[Decimal]) -> Said | None:
        sure, perhaps = sums
        if sure and self.share.reached(sure):
            return Said.MATCH
        unknown = any(row.percent is None and owner in self.perhaps for owner, row in edges)
        if unknown or (perhaps and self.share.reached(perhaps)):
            return Said.REVIEW
        return Said.PART if perhaps else None

    def _above(self, start: str, group: frozenset[str]) -> tuple[tuple[str, ...], tuple[Hit, ...]]:
        """Return the stated ownership from a party up to listed owners, and these owners' hits, each once."""
        path: dict[str, None] = {}
        roots: dict[str, Hit] = {}
        waiting = [start]
        seen = {start}
        while waiting:
            for owner, row in self.chains.held.get(waiting.pop(0), ()):
                if owner not in group or owner == start:
                    continue
                path[str(row)] = None
                roots |= {one.source.listing: one for one in self.seeds.get(owner, ())}
                if owner not in seen and owner not in self.seeds:
                    waiting.append(owner)
                seen.add(owner)
        return tuple(path), tuple(roots[of] for of in sorted(roots))


def _reached(found: Chains, start: set[str], share: Share, *, unknown: bool) -> frozenset[str]:
    """Return the holders that count as listed: the first ones, all that these hold by the share, and so on.

    unknown: whether a share that is not stated counts as enough.
    """
    group = set(start)
    while True:
        more = {
            of
            for of, edges in found.held.items()
            if of not in group and _holds(edges, group, share, unknown=unknown)
        }
        if not more:
            return frozenset(group)
        group |= more


def _holds(edges: Iterable[Edge], group: set[str], share: Share, *, unknown: bool) -> bool:
    held = [(owner, row) for owner, row in edges if owner in group]
    if unknown and any(row.percent is None for _, row in held):
        return True
    total = _sum(held, group)
    return bool(total) and share.reached(total)


def _sum(edges: Iterable[Edge], group: Iterable[str]) -> Decimal:
    inside = set(group)
    return sum((row.percent or Decimal(0) for owner, row in edges if owner in inside), Decimal(0))


def _freezes(hit: Hit) -> tuple[Ordered, ...]:
    return tuple(one for one in hit.measures if one.order == Order.ASSET_FREEZE and one.stands != "expired")
