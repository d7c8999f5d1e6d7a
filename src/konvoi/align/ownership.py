"""Parties that listed owners hold: stated shares along chains, each regime by its rule of the day.

A party held by listed owners from the regime's threshold on counts as listed, so that its own holdings count
in full. Only stated ownership counts: nothing is inferred from names, addresses or an association.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from konvoi.align.asking import Asked
from konvoi.align.hits import OPEN, Hit, How, Ordered, Said, blocked, in_order
from konvoi.align.holdings import Chains, Edge
from konvoi.align.listing import Order
from konvoi.align.roles import Rules
from konvoi.align.stated import Stated
from konvoi.align.thresholds import Share
from konvoi.kit.digest import key

_NONE = Decimal(0)


def owned(
    parties: Sequence[Asked], found: Chains, direct: Sequence[Hit], rules: Rules, on: date
) -> tuple[Hit, ...]:
    """The parties that listed owners hold on a day, each with the listings of these owners.

    direct: what screening found for parties and owners. Only an asset freeze reaches what its target owns. A
    share that is not stated, and a regime that states no threshold, ask a person; a share below it warns.
    """
    made: list[Hit] = []
    for regime in sorted({one.source.regime for one in direct}):
        share = rules.share(regime, on)
        seeds = [one for one in direct if one.source.regime == regime and one.freezes and one.said in OPEN]
        if share and seeds:
            side = _Side.of(found, seeds, share)
            made += [hit for party in parties for hit in side.hits(party, regime, rules)]
    return in_order(made)


@dataclass(frozen=True)
class _Side:
    """One regime. seeds: listed holders with their hits. sure: the parties that count as listed by matches
    alone, one group for all listed holders where their shares are added, else one for each. perhaps: those
    that may, with matches under review, shares that are not stated, and names that may be one."""

    chains: Chains
    share: Share
    seeds: Mapping[str, tuple[Hit, ...]]
    sure: tuple[frozenset[str], ...]
    perhaps: frozenset[str]

    @classmethod
    def of(cls, found: Chains, hits: Sequence[Hit], share: Share) -> "_Side":
        seeds: dict[str, list[Hit]] = {}
        for one in hits:
            seeds.setdefault(one.party, []).append(one)
        matched = sorted({one.party for one in hits if one.said == Said.MATCH})
        starts = [matched] if share.added else [[one] for one in matched]
        sure = tuple(_reached(found, start, share) for start in starts)
        perhaps = _perhaps(found, seeds, share)
        return cls(found, share, {of: tuple(same) for of, same in seeds.items()}, sure, perhaps)

    def hits(self, party: Asked, regime: str, rules: Rules) -> Iterator[Hit]:
        edges = self.chains.edges(party.party, unsure=True)
        if not edges or any(one.said == Said.MATCH for one in self.seeds.get(party.party, ())):
            return
        firm = self.chains.edges(party.party, unsure=False)
        sums = [(_least(firm, group), group) for group in self.sure]
        percent, group = max(sums, key=lambda one: one[0], default=(_NONE, frozenset()))
        said = Said.MATCH if self.share.reached(percent) else self._doubtful(edges)
        if said is None:
            return
        if said != Said.MATCH:
            group = self.perhaps
        path, spelt, roots = self._above(party.party, group, unsure=said != Said.MATCH)
        told = (*self._told(said, percent, edges), *spelt)
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
                speaks_for=(*told, *root.speaks_for),
                measures=_freezes(root),
                blocks=blocks,
                chain=path,
            )

    def _doubtful(self, edges: Sequence[Edge]) -> Said | None:
        """Return a question where shares may reach the threshold; a note where listed owners hold less."""
        held = self._counted(edges)
        if any(row.percent is None for row in held) or self.share.asks(_highest(held)):
            return Said.REVIEW
        return Said.PART if _highest(held) else None

    def _counted(self, edges: Iterable[Edge]) -> list[Stated]:
        return [row for owner, row in edges if _near(self.chains, owner, self.perhaps)]

    def _told(self, said: Said, percent: Decimal, edges: Sequence[Edge]) -> Iterator[str]:
        """Yield what the shares say, and where the rule is stated."""
        held = self._counted(edges)
        total = percent if said == Said.MATCH else sum((row.percent or _NONE for row in held), _NONE)
        code = "owned" if self.share.percent is not None else "undeclared"
        yield f"{code}:{total.normalize():f}|{self.share}"
        if said == Said.REVIEW and not self.share.added and self.share.reached(_highest(held)):
            yield f"separate:{percent.normalize():f}"
        if self.share.act:
            yield f"rule:{self.share.act}"

    def _above(
        self, start: str, group: frozenset[str], *, unsure: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Hit, ...]]:
        """Return the links from a party up to listed owners, the evidence of names, and the owners' hits.

        Links are stated ownership, and spellings that were joined or may be one; each once.
        """
        path: dict[str, None] = {}
        spelt: dict[str, None] = {}
        roots: dict[str, Hit] = {}
        waiting = [start]
        seen = {start}
        while waiting:
            party = waiting.pop(0)
            for of, row, owner, one in self._links(party, group, unsure=unsure):
                if start in (owner, one):
                    continue
                several = [*self.chains.spellings(party, of), *self.chains.spellings(owner, one)]
                path |= dict.fromkeys((str(row), *map(str, several)))
                spelt |= dict.fromkeys(each.evidence for each in several)
                roots |= {hit.source.listing: hit for hit in self.seeds.get(one, ())}
                if one not in seen and one not in self.seeds:
                    waiting.append(one)
                seen.add(one)
        return tuple(path), tuple(spelt), tuple(roots[of] for of in sorted(roots))

    def _links(
        self, party: str, group: frozenset[str], *, unsure: bool
    ) -> Iterator[tuple[str, Stated, str, str]]:
        """Yield the links up from a party: the party held, the statement, the holder, its one in the group.

        unsure: also of those that the party may be, and to those that the holder may be.
        """
        for of in (party, *(sorted(self.chains.near.get(party, ())) if unsure else ())):
            for owner, row in self.chains.held.get(of, ()):
                counted = _near(self.chains, owner, group) if unsure else group & {owner}
                yield from ((of, row, owner, one) for one in sorted(counted))


def _reached(found: Chains, start: Iterable[str], share: Share) -> frozenset[str]:
    """Return the holders that count as listed: the first ones, all that these hold by the rule, and so on."""
    group = set(start)
    while True:
        more = {
            of for of, edges in found.held.items() if of not in group and share.reached(_least(edges, group))
        }
        if not more:
            return frozenset(group)
        group |= more


def _perhaps(found: Chains, start: Iterable[str], share: Share) -> frozenset[str]:
    """Return the holders that may count as listed: shares added, unstated ones enough, doubtful names one."""
    group = frozenset(start)
    while True:
        more = set()
        for of in sorted({*found.held, *found.near} - group):
            edges = found.edges(of, unsure=True)
            held = [row for owner, row in edges if _near(found, owner, group)]
            if held and (any(row.percent is None for row in held) or share.asks(_highest(held))):
                more.add(of)
        if not more:
            return group
        group |= more


def _near(found: Chains, party: str, group: frozenset[str]) -> frozenset[str]:
    """Return those of a group that a party is, or may be."""
    return group & {party, *found.near.get(party, ())}


def _least(edges: Iterable[Edge], group: Iterable[str]) -> Decimal:
    inside = set(group)
    return sum((row.percent or _NONE for owner, row in edges if owner in inside), _NONE)


def _highest(rows: Iterable[Stated]) -> Decimal:
    return sum((row.most or row.percent or _NONE for row in rows), _NONE)


def _freezes(hit: Hit) -> tuple[Ordered, ...]:
    return tuple(one for one in hit.measures if one.order == Order.ASSET_FREEZE and one.stands != "expired")
