"""Parties screened against the lists in force: hits with their evidence and the age of their list."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from konvoi.align.asking import Asked, asked_frames, party_of, read_frames
from konvoi.align.candidate_search import Basis, Prepared, prepared, sought
from konvoi.align.frames import Frames
from konvoi.align.hits import OPEN, Hit, How, Ordered, Said, Source, blocked, in_order
from konvoi.align.judging import Verdict
from konvoi.align.listing import Kind, NameKind
from konvoi.align.party_readings import Readings
from konvoi.align.probability_limits import ASKED, STRANGE_NAME
from konvoi.align.roles import Rules
from konvoi.kit.digest import key

WEAKLY = 0.5
"""The most that a name scores which the list calls weak, or which is a guess: it asks for a review."""

_ANY, _WHOLE = 0.0, 2.0
"""Least scores: any, and none that is reached, so that all words have to be equal."""

_AGAINST = (
    "conflict:",
    "kind:",
    "births:disjoint",
    "births:near",
    "births:years",
    "fathers:other",
    "forms:other",
)
PLACES = ("listing", "file", "sheet", "row", "since_known")
_EQUAL = frozenset({"words:equal", "words:spelling"})
_INITIAL = "words:initial"

Found = tuple[str, str, float, str, tuple[str, ...], str]
"""party, listing, probability, verdict, evidence, and by which names: NAME, WEAK or SPELT of How."""

FOUND = pl.Schema(
    {
        "party": pl.String(),
        "listing": pl.String(),
        "score": pl.Float64(),
        "verdict": pl.String(),
        "evidence": pl.List(pl.String()),
        "how": pl.String(),
    }
)
"""Possible matches as a table: each party and listing once, the likeliest, in their order."""


@dataclass(frozen=True)
class Ready:
    """Lists for screening, prepared at first use. days: regime to the day of its list.

    basis: lists by which words are rare; None: these lists. shared: numbers that two listings of a regime
    bear, and read: readings by the words of all names, where these are a part of the lists.
    """

    frames: Frames
    days: Mapping[str, date]
    basis: Basis | None = None
    shared: pl.DataFrame | None = None
    read: Readings | None = None

    @cached_property
    def own_basis(self) -> Basis:
        """The basis by which these lists are judged."""
        return self.basis or Basis(self.strong.rare, self.strong.crowded)

    @cached_property
    def strong(self) -> Prepared:
        """The lists with all names that identify."""
        return prepared(self.frames, self.basis, self.shared)

    @cached_property
    def weak(self) -> Prepared:
        """Return their weak aliases alone; words are rare as in the basis, and no key is crowded."""
        own = Basis(self.own_basis.rare, self.own_basis.crowded.clear())
        return prepared(_weak(self.frames), own, self.shared)

    def only(self, listings: pl.Series, shared: pl.DataFrame) -> "Ready":
        """Return some of the listings, judged as among all of them; shared: as all bear them."""
        wanted = pl.DataFrame({"listing": listings}, schema={"listing": pl.String()})
        some = {name: one.join(wanted, on="listing", how="semi") for name, one in vars(self.frames).items()}
        return Ready(Frames(**some), self.days, self.own_basis, shared, self.readings)

    @cached_property
    def readings(self) -> Readings:
        """Readings of names by the words of all lists."""
        return self.read or Readings(self.frames)


def ready(frames: Frames, days: Mapping[str, date], basis: Basis | None = None) -> Ready:
    """The lists in force (konvoi.align.frames.together), each with the day of its list."""
    return Ready(frames, dict(days), basis)


def _weak(frames: Frames) -> Frames:
    """The listings with weak aliases, as if these were their names, and nothing else of them."""
    names = frames.names.filter(pl.col("kind") == NameKind.WEAK.value)
    names = names.with_columns(kind=pl.lit(NameKind.ALSO.value))
    listings = frames.listings.join(names, on="listing", how="semi")
    births = frames.births.join(names, on="listing", how="semi")
    return replace(frames, listings=listings, names=names, births=births, identifiers=frames.identifiers[:0])


def look(parties: Sequence[Asked], lists: Ready) -> pl.DataFrame:
    """Return possible matches (FOUND) by the matcher alone: the slow part, independent of day and rules."""
    if not parties or lists.frames.listings.is_empty():
        return pl.DataFrame(schema=FOUND)
    return pl.DataFrame(_best(_found(parties, lists)), schema=FOUND, orient="row")


def hits(
    parties: Sequence[Asked], lists: Ready, rules: Rules, on: date, looked: pl.DataFrame | None = None
) -> tuple[Hit, ...]:
    """Return the hits of each party, the gravest first; for a party and a listing only the likeliest.

    A party without a hit was found in no list, which is all that this means. looked: the result of `look` for
    these parties and lists, if known already.
    """
    known = {one.party: one for one in parties}
    rows = look(parties, lists) if looked is None else looked
    found: list[Found] = [(a, b, score, said, tuple(why), how) for a, b, score, said, why, how in rows.rows()]
    told = _Listings.of(lists, [listing for _, listing, *_ in found], on)
    made = _one_of_a_list([_hit(known[one[0]], one, told, rules) for one in found])
    kept = [one for one in made if one.said != Said.REVIEW or one.score >= float(rules.threshold)]
    return in_order(kept)


def _found(parties: Sequence[Asked], lists: Ready) -> Iterator[Found]:
    own = asked_frames(parties)
    asked = (
        (How.NAME, own, lists.strong, _ANY),
        (How.WEAK, own, lists.weak, _ANY),
        (How.SPELT, read_frames(parties, lists.readings), lists.strong, WEAKLY),
        (How.SPELT, read_frames(parties, lists.readings, bold=True), lists.strong, _WHOLE),
    )
    for how, frames, where, least in asked:
        if frames.listings.is_empty() or where.ids.is_empty():
            continue
        for left, right, score, verdict, evidence in sought(frames, where).iter_rows():
            whole = not _EQUAL.isdisjoint(evidence)
            # A guess is worth a question only where it would be likelier than not if it were right, or where
            # every word is the listed one.
            if how != How.SPELT or ((whole or score >= least) and verdict != Verdict.APART.value):
                told = map(_as_read, evidence) if how == How.SPELT else evidence
                yield party_of(left), right, score, verdict, tuple(told), how.value


def _as_read(evidence: str) -> str:
    """Return evidence about a reading: its words are equal only if the name is read so."""
    if evidence.startswith("name:"):
        return re.sub(r":1\.0$", ":0.99", evidence)
    return "words:reading" if evidence in _EQUAL else evidence


def _best(found: Iterable[Found]) -> list[Found]:
    """Each party and listing once: the likeliest; by a name that identifies before any other."""
    best: dict[tuple[str, str], Found] = {}
    for one in found:
        before = best.get(one[:2])
        if before is None or _strength(one) > _strength(before):
            best[one[:2]] = one
    return [best[at] for at in sorted(best)]


def _strength(one: Found) -> tuple[bool, bool, float]:
    return one[3] != Verdict.APART.value, one[5] == How.NAME, one[2]


@dataclass(frozen=True)
class _Listings:
    """Listings that were found: their rows by id, and their measures on the day."""

    rows: Mapping[str, Mapping[str, Any]]
    measures: Mapping[str, tuple[Ordered, ...]]
    content: Mapping[str, str]
    days: Mapping[str, date]
    on: date

    @classmethod
    def of(cls, lists: Ready, ids: Sequence[str], on: date) -> "_Listings":
        wanted = pl.DataFrame({"listing": sorted(set(ids))}, schema={"listing": pl.String()})
        frames = lists.frames
        rows = frames.listings.join(wanted, on="listing", how="semi")
        held: dict[str, list[Ordered]] = {}
        for row in frames.measures.join(wanted, on="listing", how="semi").iter_rows(named=True):
            held.setdefault(row["listing"], []).append(_ordered(row, on))
        measures = {one: tuple(sorted(set(of), key=_in_order)) for one, of in held.items()}
        return cls(
            {row["listing"]: row for row in rows.iter_rows(named=True)},
            measures,
            contents(frames, wanted),
            lists.days,
            on,
        )

    def source(self, id: str) -> Source:
        row = self.rows[id]
        day = self.days[row["regime"]]
        names = ("regime", "list", "reference", "name", "kind", "file")
        told = {name: str(row[name] or "") for name in names}
        age = (self.on - day).days
        return Source(listing=id, content=self.content[id], day=day, age=age, row=row["row"] or 0, **told)


def contents(frames: Frames, wanted: pl.DataFrame) -> dict[str, str]:
    """Return a digest of the values of each wanted listing, independent of file and row."""
    parts: dict[str, list[str]] = {one: [] for one in wanted["listing"]}
    for name, frame in vars(frames).items():
        rows = frame.join(wanted, on="listing", how="semi")
        kept = [column for column in rows.columns if column not in PLACES]
        for id, row in zip(rows["listing"], rows.select(kept).iter_rows(), strict=True):
            parts[id].append(key(name, *row))
    return {one: key(*sorted(set(of))) for one, of in parts.items()}


def _ordered(row: Mapping[str, Any], on: date) -> Ordered:
    """A measure as it stands on a day; one that began between two days does from the first of them."""
    since = row["since_first"]
    until = row["until"]
    stands = "expired" if until and until < on else "not yet" if since and since > on else "in force"
    return Ordered(row["order"], row["act"] or "", since, until, stands, row["since_last"])


def _in_order(one: Ordered) -> tuple[str, ...]:
    return one.order, one.act, str(one.since), str(one.until)


def _hit(party: Asked, found: Found, told: _Listings, rules: Rules) -> Hit:
    _, listing, probability, verdict, evidence, by = found
    weakly = by != How.NAME
    source = told.source(listing)
    measures = told.measures.get(listing, ())
    number = any(one.startswith("identifier:") for one in evidence)
    # An initial stands for many names: it asks, also where the birth agrees.
    guess = weakly or (_INITIAL in evidence and not number)
    said = _said(verdict, probability, measures, alone=guess or _alone(source.kind, evidence))
    how = How(by) if weakly else How.NUMBER if number else How.NAME
    against = tuple(one for one in evidence if one.startswith(_AGAINST) or (number and _strange(one)))
    return Hit(
        party=party.party,
        name=party.name,
        kind=str(party.kind or ""),
        roles=tuple(sorted(party.roles)),
        record=party.record,
        source=source,
        said=said,
        how=how,
        score=round(min(probability, WEAKLY) if weakly else probability, 4),
        speaks_for=tuple(one for one in evidence if one not in against),
        against=against,
        measures=measures,
        blocks=blocked(party.roles, source.regime, measures, rules) if said in OPEN else (),
    )


def _one_of_a_list(found: Sequence[Hit]) -> Iterator[Hit]:
    """Yield hits; where a list has a party by an equal name, its other entries that only mean the same ask.

    Bank Rossiya is not the Central Bank of the Russian Federation, though both are a bank of Russia.
    """
    matched = [one for one in found if one.said == Said.MATCH]
    equal = {(one.party, one.source.regime) for one in matched if "words:equal" in one.speaks_for}
    for one in found:
        meant = one.said == Said.MATCH and one.how == How.NAME and "words:spelling" in one.speaks_for
        other = meant and one.source.kind == Kind.ENTITY.value and (one.party, one.source.regime) in equal
        yield replace(one, said=Said.REVIEW) if other else one


def _strange(evidence: str) -> bool:
    """Return True for two names that have next to nothing in common, beside an equal number."""
    share = evidence.rpartition(":")[2] if evidence.startswith("name:") else ""
    return share != "" and float(share) < STRANGE_NAME


def _alone(kind: str, evidence: Sequence[str]) -> bool:
    """Return True if a person is known by nothing but names, which namesakes have, too: neither birth nor
    number.
    """
    told = any(one.startswith(("identifier:", "births:")) for one in evidence)
    return kind == Kind.PERSON.value and not told


def _said(verdict: str, score: float, measures: Sequence[Ordered], *, alone: bool) -> Said:
    if verdict == Verdict.APART.value or score < ASKED:
        return Said.APART
    if measures and all(one.stands == "expired" for one in measures):
        return Said.EXPIRED
    return Said.MATCH if verdict == Verdict.SAME.value and not alone else Said.REVIEW


def kind_of(text: str) -> Kind | None:
    """The kind of party that a word means; None for one that means none of them.

    >>> kind_of("Company"), kind_of("vessel"), kind_of("whatever")
    (<Kind.ENTITY: 'entity'>, <Kind.SHIP: 'ship'>, None)
    """
    return _KINDS.get(text.strip().casefold())


_KINDS = {
    **dict.fromkeys(("person", "individual", "natural person", "people", "особа", "людина"), Kind.PERSON),
    **dict.fromkeys(
        ("entity", "company", "organisation", "organization", "firm", "legal entity", "bank", "unternehmen"),
        Kind.ENTITY,
    ),
    **dict.fromkeys(("firma", "організація", "компанія", "юридична особа", "institution"), Kind.ENTITY),
    **dict.fromkeys(("ship", "vessel", "hull", "schiff", "судно", "корабель"), Kind.SHIP),
    **dict.fromkeys(("фізична особа", "mensch", "natürliche person"), Kind.PERSON),
    **dict.fromkeys(("osoba", "osoba fizyczna", "fyzická osoba", "fizična oseba"), Kind.PERSON),
    **dict.fromkeys(("füüsiline isik", "fizinis asmuo", "fiziska persona", "personne"), Kind.PERSON),
    **dict.fromkeys(("personne physique", "persona", "persona física", "persona fisica"), Kind.PERSON),
    **dict.fromkeys(("podmiot", "osoba prawna", "právnická osoba", "subjekt"), Kind.ENTITY),
    **dict.fromkeys(("juriidiline isik", "juridinis asmuo", "juridiska persona", "entité"), Kind.ENTITY),
    **dict.fromkeys(("personne morale", "entidad", "persona jurídica", "persona giuridica"), Kind.ENTITY),
    **dict.fromkeys(("state", "fund", "supplier", "carrier", "recipient", "implementer"), Kind.ENTITY),
}
