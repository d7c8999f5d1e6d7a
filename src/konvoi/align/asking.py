"""Parties that are screened, each as a listing without measures: the matcher knows it as it knows lists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from konvoi.align.frames import Frames, frames
from konvoi.align.guesses import guessed
from konvoi.align.list_findings import told
from konvoi.align.listing import Birth, Kind, Listing, Name
from konvoi.align.party_readings import NameRead, Readings
from konvoi.align.roles import Role
from konvoi.kit.digest import key
from konvoi.model.finding import Finding

KINDS = (Kind.PERSON, Kind.ENTITY, Kind.SHIP)
"""The kinds that a party of unknown kind may be."""

OLDEST = 120
"""Years that nobody who is screened is older than."""

_APART = "\x1f"


@dataclass(frozen=True)
class Asked:
    """A party to be screened.

    party: its id in the workspace or its row. known: its names, births, numbers, as of a listing. kind: None
    if unknown. roles: its parts in contracts and plans. owners: names that it states as its owner
    (a ship's) or manager, with which of the two.
    """

    party: str
    known: Listing
    kind: Kind | None = None
    roles: frozenset[Role] = frozenset()
    owners: tuple[tuple[str, str], ...] = field(default=())

    @property
    def name(self) -> str:
        """Its first name."""
        return self.known.name

    @property
    def record(self) -> str:
        """Digest of the screened values: another name, birth or number is another record."""
        one = self.known
        return key(
            self.kind or "",
            sorted((name.text, name.kind.value) for name in one.names),
            sorted((str(birth.days), birth.about) for birth in one.births),
            sorted((i.type, i.value, i.country) for i in one.identifiers),
            sorted(one.nationalities),
            sorted(self.owners),
        )


def believable(parties: Iterable[Asked], on: date) -> tuple[tuple[Asked, ...], tuple[Finding, ...]]:
    """Return parties without births after a day or more than OLDEST years before, and a finding on each.

    Such a birth is a slip or stands for one that is not known; by it nobody is told apart from a listed
    person.
    """
    earliest = date(on.year - OLDEST, 1, 1)
    kept: list[Asked] = []
    findings: list[Finding] = []
    for one in parties:
        good = [birth for birth in one.known.births if _lived(birth, earliest, on)]
        if len(good) < len(one.known.births):
            words = {"day": on.isoformat(), "years": str(OLDEST)}
            wrong = (birth.text for birth in one.known.births if birth not in good)
            findings += [told("screened-age", one.known.place, read=text, **words) for text in wrong]
            one = replace(one, known=replace(one.known, births=tuple(good)))
        kept.append(one)
    return tuple(kept), tuple(findings)


def _lived(birth: Birth, earliest: date, on: date) -> bool:
    return birth.days is None or (birth.days.first <= on and birth.days.last >= earliest)


def asked_frames(parties: Sequence[Asked]) -> Frames:
    """The tables of parties for the matcher; one of an unknown kind is asked for each that it may be.

    Numbers stand in them also under the other types that they may be of (konvoi.align.guesses).
    """
    return frames("", [one for party in parties for one in _each(party)])


def read_frames(parties: Sequence[Asked], known: Readings, *, bold: bool = False) -> Frames:
    """Return the same under other readings of names, for parties that have any; without their numbers.

    bold: as in konvoi.align.party_readings.
    """
    return frames("", [one for party in parties for one in _read(party, known, bold=bold)])


def names_read(party: Asked, *, bold: bool) -> Iterator[NameRead]:
    """Yield the names of a party that are read, for each kind that it may be of."""
    for kind in (party.kind,) if party.kind else KINDS:
        yield from (NameRead(kind.value, name.text, bold) for name in party.known.names)


def _read(party: Asked, known: Readings, *, bold: bool) -> Iterator[Listing]:
    """Yield a party under the other readings of its names alone, each once, for each kind that has any."""
    by_kind: dict[str, dict[str, None]] = {}
    for asked in names_read(party, bold=bold):
        by_kind.setdefault(asked.kind, {}).update(dict.fromkeys(known.of(asked)))
    for kind, texts in by_kind.items():
        if texts:
            yield _of_kind(party, Kind(kind), names=tuple(map(Name, texts)), identifiers=())


def _each(party: Asked) -> Iterable[Listing]:
    own = party.known.identifiers
    identifiers = (*own, *guessed(own))
    for kind in (party.kind,) if party.kind else KINDS:
        yield _of_kind(party, kind, identifiers=identifiers)


def _of_kind(party: Asked, kind: Kind, **changes: Any) -> Listing:
    return replace(party.known, id=f"{party.party}{_APART}{kind.value}", kind=kind, **changes)


def party_of(id: str) -> str:
    """The party that a row of those tables belongs to."""
    return id.rpartition(_APART)[0]
