"""Holdings: stated ownership as chains of parties, whose names the matcher joins as those on lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from konvoi.align.asking import Asked, asked_frames, party_of
from konvoi.align.candidate_search import prepared, sought, weighed_by
from konvoi.align.judging import PAIRS, Verdict
from konvoi.align.legalforms import parted
from konvoi.align.list_findings import told
from konvoi.align.listing import Kind, Listing, Name
from konvoi.align.phonetic_key import words
from konvoi.align.screening import Ready
from konvoi.align.stated import FILE, Holding, Stated, newest
from konvoi.kit.text import fold
from konvoi.kit.union import components
from konvoi.model.finding import Finding, Place

OWNER = "owner:"
"""Prefix of the id of an owner that is no party of the workspace."""

_WHOLE = Decimal(100)

Edge = tuple[str, Stated]


@dataclass(frozen=True)
class Spelling:
    """Two spellings of one party, or what may be two; share: the probability of the matcher."""

    left: str
    right: str
    share: float
    sure: bool

    def __str__(self) -> str:
        return f"{self.left} {'=' if self.sure else '≟'} {self.right} ({self.share:.0%})"

    @property
    def evidence(self) -> str:
        """The spelling as evidence of a hit."""
        return f"{'spelt' if self.sure else 'perhaps'}:{self.left}|{self.right}"


@dataclass(frozen=True)
class Chains:
    """Ownership chains. names: folded spelling to the party, or an owner's id. held: the holders of each
    party, by the party held. near: parties that may be one, undecided. spelt: spellings by the party that
    they were joined to, or by both parties that may be one."""

    names: Mapping[str, str]
    held: Mapping[str, tuple[Edge, ...]]
    near: Mapping[str, frozenset[str]]
    spelt: Mapping[frozenset[str], tuple[Spelling, ...]]
    findings: tuple[Finding, ...] = ()

    def edges(self, party: str, *, unsure: bool) -> tuple[Edge, ...]:
        """Return the holders of a party; unsure: also of those that may be the same."""
        also = sorted(self.near.get(party, ())) if unsure else ()
        # What a party holds in itself adds nothing; it is a finding.
        return tuple(edge for of in (party, *also) for edge in self.held.get(of, ()) if edge[0] != of)

    def spellings(self, *parties: str) -> tuple[Spelling, ...]:
        """Return the spellings that were joined to a party, or of two that may be one."""
        return self.spelt.get(frozenset(parties), ())


def chains(parties: Sequence[Asked], rows: Iterable[Stated], on: date, lists: Ready) -> Chains:
    """The chains that rows and the parties themselves state, as known on a day.

    Two spellings that the matcher takes for one party are joined; a doubtful pair is kept as one that may be.
    lists: how rare words are, so that a name is weighed as on lists.
    """
    own = [
        Stated(owner, party.party, _WHOLE if tie == "owner" else None, tie)
        for party in parties
        for owner, tie in party.owners
    ]
    known = [row for row in rows if not (row.day and row.day > on)]
    named = _named(parties, [*known, *own])
    names, near, spelt = _joined(parties, named, [*known, *own], lists)
    held: dict[str, list[Edge]] = {}
    findings: list[Finding] = []
    told_ = [Holding(names[fold(row.owner)], names[fold(row.owned)], row) for row in (*known, *own)]
    for owner, owned, row, other in newest(told_):
        held.setdefault(owned, []).append((owner, row))
        if other:
            findings.append(_finding("ownership-conflict", f"{row} / {other}"))
    edges = {of: tuple(sorted(each, key=str)) for of, each in sorted(held.items())}
    findings += [*_too_much(edges), *_cycles(edges)]
    return Chains(names, edges, near, spelt, tuple(findings))


def owners(found: Chains) -> tuple[Asked, ...]:
    """Those in the chains that are no party of the workspace, each with all its spellings: they are screened,
    too, in no role."""
    texts: dict[str, dict[str, None]] = {}
    for edges in found.held.values():
        for _, row in edges:
            for text in (row.owner, row.owned):
                texts.setdefault(found.names[fold(text)], {})[text] = None
    return tuple(spelt_owner(id, sorted(each)) for id, each in sorted(texts.items()) if id.startswith(OWNER))


def spelt_owner(id: str, texts: Sequence[str], kind: Kind | None = None) -> Asked:
    """An owner of which only its spellings are known."""
    return Asked(id, Listing(id, Kind.ENTITY, tuple(map(Name, texts)), Place()), kind)


def _named(parties: Sequence[Asked], rows: Iterable[Stated]) -> dict[str, str]:
    """Return the party of each folded spelling; a name that is no party's is an owner of its own."""
    names: dict[str, str] = {}
    for party in parties:
        for spelling in (party.party, *(name.text for name in party.known.names)):
            names.setdefault(fold(spelling), party.party)
    for row in rows:
        for text in (row.owner, row.owned):
            names.setdefault(fold(text), f"{OWNER}{fold(text)}")
    return names


def _namesakes(parties: Sequence[Asked], texts: Mapping[str, str]) -> Iterator[tuple[str, str, Spelling]]:
    """Yield the first party of a name that stands in a row, with each other party of the same name."""
    several: dict[str, dict[str, None]] = {}
    for party in parties:
        for name in party.known.names:
            if (folded := fold(name.text)) in texts:
                several.setdefault(folded, {})[party.party] = None
    for folded, (first, *rest) in sorted(several.items()):
        yield from ((first, other, Spelling(texts[folded], texts[folded], 1.0, sure=False)) for other in rest)


def _joined(
    parties: Sequence[Asked], names: dict[str, str], rows: Sequence[Stated], lists: Ready
) -> tuple[dict[str, str], dict[str, frozenset[str]], dict[frozenset[str], tuple[Spelling, ...]]]:
    texts = {fold(text): text for row in rows for text in (row.owner, row.owned)}
    held = {names[fold(row.owned)] for row in rows}
    others = [
        spelt_owner(names[folded], (text,), Kind.ENTITY if names[folded] in held else None)
        for folded, text in sorted(texts.items())
        if names[folded].startswith(OWNER)
    ]
    pairs = [*alike(others, (*parties, *others), lists), *_namesakes(parties, texts)]
    own = frozenset(party.party for party in parties)
    first = _first([(a, b) for a, b, one in pairs if one.sure], own)
    of = {folded: first.get(id, id) for folded, id in names.items()}
    near: dict[str, set[str]] = {}
    spelt: dict[frozenset[str], list[Spelling]] = {}
    for a, b, one in pairs:
        left, right = first.get(a, a), first.get(b, b)
        spelt.setdefault(frozenset({left, right}), []).append(replace(one, sure=left == right))
        if left != right:
            near.setdefault(left, set()).add(right)
            near.setdefault(right, set()).add(left)
    return (
        of,
        {one: frozenset(each) for one, each in near.items()},
        {one: tuple(each) for one, each in spelt.items()},
    )


def alike(some: Sequence[Asked], whom: Sequence[Asked], lists: Ready) -> list[tuple[str, str, Spelling]]:
    """Return the pairs of one of some and one of others that are one, or may be, each with its evidence.

    lists: how rare words are. A name alone never joins two people: one of a sure pair is an organisation.
    """
    if not some:
        return []
    every = {one.party: one for one in (*whom, *some)}
    own = prepared(asked_frames(whom))
    # Words are as rare as they are on lists, where these know more names than the table of owners.
    rare = lists.strong.rare if lists.frames.listings.height > len(every) else own.rare
    weighed = weighed_by(own.words.select("name", "sound", "skeleton", "kind"), rare)
    found = sought(asked_frames(some), replace(own, words=weighed, rare=rare))
    best: dict[tuple[str, str], Spelling] = {}
    for a, b, share, verdict, why in found.select(PAIRS.names()).rows():
        left, right = sorted((every[party_of(a)], every[party_of(b)]), key=lambda one: one.party)
        if left.party == right.party or verdict == Verdict.APART.value:
            continue
        # A word that only one of the names has may be that of a branch, or of a subsidiary.
        whole = verdict == Verdict.SAME.value and "words:part" not in why
        sure = whole and a.endswith(Kind.ENTITY.value) and _organisation(left, right)
        one = Spelling(left.name, right.name, share, sure)
        pair = left.party, right.party
        best[pair] = max(one, best.get(pair, one), key=lambda each: (each.sure, each.share))
    return [(a, b, one) for (a, b), one in sorted(best.items())]


def _organisation(*either: Asked) -> bool:
    """Return True if one of two alike is known to be an organisation: a name alone never joins two people."""
    return any(
        one.kind == Kind.ENTITY or any(parted(words(name.text))[1] for name in one.known.names)
        for one in either
    )


def _first(pairs: Iterable[tuple[str, str]], parties: frozenset[str]) -> dict[str, str]:
    """Return the id that stands for each one joined: that of the party where there is one.

    Spellings that lead to several parties of the workspace are not joined at all.
    """
    rooted = components(sorted(pairs))
    groups: dict[str, list[str]] = {}
    for one, root in rooted.items():
        groups.setdefault(root, []).append(one)
    found: dict[str, str] = {}
    for group in groups.values():
        own = [one for one in group if one in parties]
        if len(own) <= 1:
            found |= dict.fromkeys(group, own[0] if own else min(group))
    return found


def _too_much(held: Mapping[str, Sequence[Edge]]) -> Iterator[Finding]:
    """Report owned parties with stated shares of more than 100 %."""
    for edges in held.values():
        total = sum((row.percent or Decimal(0) for _, row in edges), Decimal(0))
        if total > _WHOLE:
            yield _finding("ownership-too-much", f"{total.normalize():f}", name=edges[0][1].owned)


def _cycles(held: Mapping[str, Sequence[Edge]]) -> Iterator[Finding]:
    """Report parties that hold themselves, directly or through others, each cycle once."""
    seen: set[frozenset[str]] = set()
    names = {party: row.owned for party, edges in held.items() for _, row in edges}
    for start in sorted(held):
        before: dict[str, str] = {}
        waiting = [start]
        while waiting and start not in before:
            party = waiting.pop()
            for owner, _ in held.get(party, ()):
                if owner in held and owner not in before:
                    before[owner] = party
                    waiting.append(owner)
        if start in before:
            path = [start]
            while (step := before[path[-1]]) != start:
                path.append(step)
            if frozenset(path) not in seen:
                seen.add(frozenset(path))
                yield _finding("ownership-cycle", " → ".join(names[one] for one in (*path, start)))


def _finding(code: str, read: str, **values: str) -> Finding:
    return told(code, Place(FILE, column="share"), read=read, **values)
