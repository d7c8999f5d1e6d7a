"""Hits: possible matches of a party with a listing, with evidence for and against."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from konvoi.align.roles import Role, Rules
from konvoi.align.span_text import span_text
from konvoi.kit.digest import key


class Said(StrEnum):
    """The result for a party and a listing. EXPIRED and PART warn, and never match.

    PART: listed owners hold a part that is too small to count. APART: alike, and two parties.
    """

    MATCH = "match"
    REVIEW = "review"
    PART = "part owned"
    EXPIRED = "expired"
    APART = "apart"


class How(StrEnum):
    """Evidence that brought the two together. SPELT: another reading of the name: a romanisation,
    initials, a slip."""

    NUMBER = "number"
    NAME = "name"
    WEAK = "weak alias"
    SPELT = "other spelling"
    OWNED = "ownership"


class State(StrEnum):
    """State of an alert.

    ONE_OF_TWO: of an asset freeze one reviewer says false positive, and a second one has not decided.
    LICENSED: a licence of an authority lifts the block.
    """

    UNDECIDED = "undecided"
    ONE_OF_TWO = "one of two reviewers"
    FALSE_POSITIVE = "false positive"
    TRUE_MATCH = "true match"
    LICENSED = "licensed"


class Disposition(StrEnum):
    """Review decision on an alert as it counts."""

    TRUE_MATCH = "true match"
    FALSE_POSITIVE = "false positive"
    UNDECIDED = "undecided"


OPEN = frozenset({Said.MATCH, Said.REVIEW})
"""Results that a person has to decide about."""


@dataclass(frozen=True)
class Ordered:
    """One measure of the listing. stands: in force, expired, or not yet on the day.

    since: first day on which it may have begun, latest: the last such day.
    """

    order: str
    act: str = ""
    since: date | None = None
    until: date | None = None
    stands: str = "in force"
    latest: date | None = None

    @property
    def since_text(self) -> str:
        """The day since which it stands; a year or a month where no more is known."""
        return span_text(self.since, self.latest)

    def as_dict(self) -> Mapping[str, object]:
        """The measure as plain values."""
        days = {
            "since_text": self.since_text,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
        }
        return {"order": self.order, "act": self.act, **days, "stands": self.stands}


@dataclass(frozen=True)
class Source:
    """A listing: its place and its own values. day: of its list; age: its days. content: a digest of all its
    values, so that a decision about it ends when it changes."""

    listing: str
    regime: str
    list: str
    reference: str
    name: str
    kind: str
    content: str
    day: date
    age: int
    file: str = ""
    row: int = 0

    def as_dict(self) -> Mapping[str, object]:
        """The listing as plain values."""
        return {**vars(self), "day": self.day.isoformat()}


@dataclass(frozen=True)
class Change:
    """A change in the evidence of an alert since it was decided.

    side: party or listing. field: as in konvoi.align.list_diff; empty where only other details differ, or
    where it was not recorded what the reviewer saw. before, after: values that one side alone has.
    """

    side: str
    field: str = ""
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The change in one line.

        >>> Change("listing", "name", "Anna", "Anna B").text, Change("party", "birth", "", "1970").text
        ('listing, name: Anna → Anna B', 'party, birth: – → 1970')
        """
        if not self.field:
            return f"{self.side}: other details"
        return f"{self.side}, {self.field}: {self.before or '–'} → {self.after or '–'}"


@dataclass(frozen=True)
class Hit:
    """A screening alert: a party and a listing.

    record: digest of the party (konvoi.align.asking). blocks: its parts in which it is blocked unless people
    decide otherwise. chain: for ownership, the owners with their shares. decided: day of the last decision on
    it. earlier, reopened: of an alert that was decided on other values, the decision then, and what has
    changed since.
    """

    party: str
    name: str
    kind: str
    roles: tuple[Role, ...]
    record: str
    source: Source
    said: Said
    how: How
    score: float
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    measures: tuple[Ordered, ...]
    blocks: tuple[Role, ...] = ()
    chain: tuple[str, ...] = ()
    state: State = State.UNDECIDED
    reason: str = ""
    reviewers: tuple[str, ...] = ()
    decided: str = ""
    earlier: str = ""
    reopened: tuple[Change, ...] = ()

    @property
    def disposition(self) -> Disposition:
        """The review decision as it counts: undecided until enough reviewers agree."""
        if self.state == State.FALSE_POSITIVE:
            return Disposition.FALSE_POSITIVE
        matched = self.state in (State.TRUE_MATCH, State.LICENSED)
        return Disposition.TRUE_MATCH if matched else Disposition.UNDECIDED

    @property
    def id(self) -> str:
        """A short id that follows from the party's record and the listing's content."""
        return key(self.party, self.record, self.source.listing, self.source.content, self.how == How.OWNED)

    @property
    def bare(self) -> "Hit":
        """Return the hit without decisions."""
        return replace(
            self, state=State.UNDECIDED, reason="", reviewers=(), decided="", earlier="", reopened=()
        )

    @property
    def freezes(self) -> bool:
        """Return True if it is about an asset freeze, which one person alone does not clear."""
        return any(one.order == "asset freeze" and one.stands != "expired" for one in self.measures)

    @property
    def stops(self) -> bool:
        """Return True if it blocks now: undecided, or confirmed by a person, in a part in which it blocks."""
        settled = (State.FALSE_POSITIVE, State.LICENSED)
        return self.said in OPEN and bool(self.blocks) and self.state not in settled

    @property
    def asks(self) -> bool:
        """Return True if a person has to decide."""
        return self.said in OPEN and self.state in (State.UNDECIDED, State.ONE_OF_TWO)

    @property
    def since(self) -> date | None:
        """First day on which it blocks; None if one of its measures states none: then it always does."""
        days = [one.since for one in self.measures if one.stands != "expired"]
        return min((day for day in days if day), default=None) if days and all(days) else None

    @property
    def exact(self) -> date | None:
        """The day since which it blocks, where the list states a day and no year alone."""
        days = [one.latest or one.since for one in self.measures if one.stands != "expired"]
        return self.since if self.since in days else None

    @property
    def until(self) -> date | None:
        """Last day on which it blocks; None if one of its measures has no end."""
        days = [one.until for one in self.measures if one.stands != "expired"]
        return max((day for day in days if day), default=None) if days and all(days) else None

    def as_dict(self) -> Mapping[str, object]:
        """The hit as plain values in one order: what records and JSON hold."""
        return {
            "hit": self.id,
            "party": self.party,
            "name": self.name,
            "kind": self.kind,
            "roles": [str(role) for role in self.roles],
            "record": self.record,
            "said": str(self.said),
            "how": str(self.how),
            "score": self.score,
            "for": list(self.speaks_for),
            "against": list(self.against),
            "chain": list(self.chain),
            "blocks": [str(role) for role in self.blocks],
            "stops": self.stops,
            "state": str(self.state),
            "disposition": str(self.disposition),
            "reason": self.reason,
            "reviewers": list(self.reviewers),
            "decided": self.decided,
            "earlier": self.earlier,
            "reopened": [vars(one) for one in self.reopened],
            "listing": self.source.as_dict(),
            "measures": [one.as_dict() for one in self.measures],
        }


_RANK = {said: rank for rank, said in enumerate(Said)}


def in_order(found: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits by party, the gravest first; equal ones have one order. Row 2 comes before row 10."""
    return tuple(sorted(found, key=_place_of))


def _place_of(one: Hit) -> tuple[object, ...]:
    parts = re.split(r"(\d+)", one.party)
    counted = tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
    return counted, one.party, _RANK[one.said], -one.score, one.id


def blocked(
    roles: Iterable[Role], regime: str, measures: Iterable[Ordered], rules: Rules
) -> tuple[Role, ...]:
    """Return the parts in which measures of a regime that have not expired block a party."""
    found = {role for one in measures if one.stands != "expired" for role in rules.blocked(regime, one.order)}
    return tuple(sorted(found & set(roles)))
