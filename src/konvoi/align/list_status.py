"""Lists in force on a day: of each regime the last one that is complete and not suddenly short."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from konvoi.align.list_findings import told
from konvoi.align.manifest import FILE, Snapshot
from konvoi.model.finding import Finding, Place

_TENTHS_KEPT = 9


class State(StrEnum):
    """State of a list. SUPERSEDED: good, and a later one is in force. LATER: of a day to come."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    HELD = "held"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    LATER = "later"


@dataclass(frozen=True)
class Taken:
    """A list of the manifest after it was read.

    own: the day that the list itself states. counts: listings by kind, and by `list NAME` for each list of
    the regime. fault: INCOMPLETE or REFUSED where it cannot be used at all.
    """

    snapshot: Snapshot
    counts: Mapping[str, int]
    own: date | None = None
    fault: State | None = None

    @property
    def day(self) -> date:
        """The list's own day; where no file states one, the manifest's. Never the time of a file."""
        return self.own or self.snapshot.day


@dataclass(frozen=True)
class Release:
    """A person's decision that a list holds although it is short. snapshot: the list's id."""

    snapshot: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True)
class Fall:
    """A kind of which there are more than a tenth fewer than in the last good list."""

    what: str
    before: int
    now: int


@dataclass(frozen=True)
class Standing:
    """A list, its state on the day, what fell, and who released it."""

    taken: Taken
    state: State
    falls: tuple[Fall, ...] = ()
    release: Release | None = None


def standings(taken: Iterable[Taken], releases: Sequence[Release], on: date) -> tuple[Standing, ...]:
    """Return every list with its state on a day, by regime and day.

    A list that is held back, incomplete or refused leaves the last good one in force. Without one before it,
    a list is held back only if it is empty.
    """
    released = {one.snapshot: one for one in releases if one.reason.strip() and one.by.strip()}
    found: list[Standing] = []
    good: dict[str, int] = {}
    for one in sorted(taken, key=lambda one: (one.snapshot.regime, one.day, one.snapshot.day)):
        regime = one.snapshot.regime
        before = found[good[regime]].taken if regime in good else None
        standing = _standing(one, before, released.get(one.snapshot.id), on)
        if standing.state == State.IN_FORCE:
            if regime in good:
                at = good[regime]
                old = found[at]
                found[at] = Standing(old.taken, State.SUPERSEDED, old.falls, old.release)
            good[regime] = len(found)
        found.append(standing)
    return tuple(found)


def _standing(one: Taken, before: Taken | None, release: Release | None, on: date) -> Standing:
    if one.day > on:
        return Standing(one, State.LATER)
    if one.fault:
        return Standing(one, one.fault)
    fell = falls(before.counts if before else {}, one.counts)
    if fell and release is None:
        return Standing(one, State.HELD, fell)
    return Standing(one, State.IN_FORCE, fell, release if fell else None)


def falls(before: Mapping[str, int], now: Mapping[str, int]) -> tuple[Fall, ...]:
    """The kinds of which more than a tenth is gone; a whole list that is gone; a first list that is empty.

    >>> falls({"person": 100, "ship": 10}, {"person": 90, "ship": 8})
    (Fall(what='ship', before=10, now=8),)
    """
    if not before:
        return () if any(now.values()) else (Fall("listings", 0, 0),)
    short = (
        Fall(what, count, now.get(what, 0))
        for what, count in sorted(before.items())
        if count and (10 * now.get(what, 0) < _TENTHS_KEPT * count and _judged(what, now))
    )
    return tuple(short)


def _judged(what: str, now: Mapping[str, int]) -> bool:
    """Kinds are judged by number, lists of a regime only by whether they are there at all."""
    return not what.startswith("list ") or not now.get(what)


def ended(standing: Standing, last: Mapping[str, date], on: date) -> tuple[Finding, ...]:
    """Return the findings on lists in force that their authority no longer keeps up on a day.

    last: the last day of each such list of the regime, by its name.
    """
    one = standing.taken
    if standing.state != State.IN_FORCE:
        return ()
    place = Place(FILE, f"{one.snapshot.regime} {one.snapshot.day}")
    return tuple(
        told("list-ended", place, read=name, day=day.isoformat())
        for name, day in sorted(last.items())
        if one.counts.get(f"list {name}") and on > day
    )


def faults(standing: Standing, on: date, most: int) -> tuple[Finding, ...]:
    """Return the findings on a list: it is held back, it is old, it states another day."""
    one = standing.taken
    regime = one.snapshot.regime
    place = Place(FILE, f"{one.snapshot.regime} {one.snapshot.day}")
    found: list[Finding] = []
    if standing.state == State.HELD:
        read = ", ".join(f"{fall.what}: {fall.now} / {fall.before}" for fall in standing.falls)
        found.append(told("list-held", place, read=read, regime=regime, day=one.snapshot.day.isoformat()))
    if standing.state == State.IN_FORCE and (on - one.day).days > most:
        age = (on - one.day).days
        found.append(told("list-old", place, read=one.day.isoformat(), age=str(age), most=str(most)))
    if one.own and one.own != one.snapshot.day:
        found.append(told("list-day-other", place, read=one.own.isoformat()))
    return tuple(found)
