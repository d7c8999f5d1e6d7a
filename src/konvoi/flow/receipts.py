"""Change receipts: an append-only chain in which each line holds the digest of the line before."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from konvoi.kit.digest import digest

FILE = "receipts.jsonl"
LAST = "receipts.head"
"""The file with the hash of the last receipt: it shows that lines of FILE, or all of it, are gone."""


class Kind(StrEnum):
    """A kind of action."""

    BEGUN = "begun"
    ADDED = "added"
    WITHDRAWN = "withdrawn"
    BROUGHT_BACK = "brought back"
    DECIDED = "decided"
    PROPOSED = "proposed"
    CLEARED = "cleared"
    RELEASED = "released"
    PUBLISHED = "figures released"
    SETTINGS = "settings"
    BY_HAND = "changed by hand"
    ACCEPTED = "accepted"
    ERASED = "erased"
    BUNDLED = "bundle made"
    RECEIVED = "bundle received"
    ADOPTED = "plan adopted"


@dataclass(frozen=True)
class Stored:
    """A file as a change leaves it.

    path: below the workspace. sha256: digest of its content; empty where there is no such file any more.
    size: in bytes. source: the path from which it was moved; empty where it was not.
    """

    path: str
    sha256: str
    size: int = 0
    source: str = ""


@dataclass(frozen=True)
class Action:
    """An action that changed a workspace.

    day: the day for which it counts, ISO; empty where none is known. at: when it was made, for audit only.
    """

    kind: Kind
    files: tuple[Stored, ...]
    day: str = ""
    at: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Receipt:
    """A change in its place in the chain; number: from 1; previous: the hash of the receipt before."""

    number: int
    previous: str
    change: Action

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of all that the receipt says, the receipt before included."""
        return digest(_json(self._values()).encode())

    def line(self) -> str:
        """Return the receipt as its line of receipts.jsonl, without the end of the line."""
        return _json({**self._values(), "hash": self.hash})

    def _values(self) -> dict[str, object]:
        change = self.change
        return {
            "number": self.number,
            "previous": self.previous,
            "change": str(change.kind),
            "day": change.day,
            "at": change.at,
            "by": change.by,
            "reason": change.reason,
            "files": [vars(one) for one in change.files],
        }


class BrokenChain(ValueError):
    """The chain of receipts was altered; number: of the first line that is not as it was written."""

    def __init__(self, number: int) -> None:
        super().__init__(f"receipt {number} is not as it was written, or one before it is missing")
        self.number = number


class LostReceipts(BrokenChain):
    """The chain does not have the receipt that was written last; number: of the first one that is gone."""


def receipts(content: bytes, after: tuple[Receipt, ...] = ()) -> tuple[Receipt, ...]:
    """Return the receipts of a file; BrokenChain where one byte is not as it was written.

    Lines that are cut off at the end leave a chain that holds: `checked_end` and printed heads show it.
    after: verified receipts of the lines before the content; they are returned with those of the content.
    """
    lines = content.split(b"\n")
    first = len(after) + 1
    found = [_receipt(line, number) for number, line in enumerate(lines[:-1], start=first)]
    if lines[-1]:
        raise BrokenChain(len(after) + len(lines))
    for number, receipt in enumerate(found, start=first):
        if receipt.number != number or (number == 1 and receipt.previous):
            raise BrokenChain(number)
    for before, receipt in pairwise([*after[-1:], *found]):
        if receipt.previous != before.hash:
            raise BrokenChain(receipt.number)
    return (*after, *found)


def checked_end(chain: Sequence[Receipt], last: str, *, begun: bool) -> None:
    """Raise LostReceipts where a chain does not have the receipt that was written last.

    last: its hash, from LAST; empty where that file is not there, as in a workspace assembled by hand. begun:
    whether something else shows that receipts were written. LAST may be one receipt late.
    """
    known = {one.hash for one in chain}
    if (last and last not in known) or (begun and not chain):
        raise LostReceipts(len(chain) + 1)


def _receipt(line: bytes, number: int) -> Receipt:
    try:
        told = json.loads(line)
        change = Action(
            Kind(told["change"]),
            tuple(Stored(**one) for one in told["files"]),
            *(told[name] for name in ("day", "at", "by", "reason")),
        )
        receipt = Receipt(told["number"], told["previous"], change)
        written = receipt.line().encode()
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BrokenChain(number) from None
    # Written anew it must be the same bytes: nothing can hide in how a value is spelled.
    if written != line:
        raise BrokenChain(number)
    return receipt


def continued(before: Sequence[Receipt], changes: Iterable[Action]) -> tuple[Receipt, ...]:
    """Return a chain with further changes at its end."""
    chain = list(before)
    for change in changes:
        chain.append(Receipt(len(chain) + 1, head(chain), change))
    return tuple(chain)


def head(chain: Sequence[Receipt]) -> str:
    """Return the hash of the last receipt; empty where there is none."""
    return chain[-1].hash if chain else ""


def recorded(chain: Iterable[Receipt]) -> Mapping[str, Stored]:
    """Return the files that a chain says are there, by path."""
    found: dict[str, Stored] = {}
    for receipt in chain:
        for one in receipt.change.files:
            found.pop(one.source, None)
            if one.sha256:
                found[one.path] = one
            else:
                found.pop(one.path, None)
    return found


_KEPT = frozenset({Kind.BEGUN, Kind.ADDED, Kind.BROUGHT_BACK, Kind.ACCEPTED, Kind.RECEIVED})
_WITHDRAWING = frozenset({Kind.WITHDRAWN, Kind.RECEIVED})
"""Actions that withdraw what they move: a bundle withdraws what an earlier one of its sender held."""


@dataclass(frozen=True)
class ReleasedDays:
    """The days of figures that were released before files were stored.

    latest: of all releases; None without any. before: the latest by the time at which each file was stored,
    by its path; None where there was none yet.
    """

    latest: date | None = None
    before: Mapping[str, date | None] = field(default_factory=dict)

    def floor(self, path: str) -> date | None:
        """Return the day before which a file cannot have been known; of a new file the latest of all."""
        return self.before.get(path, self.latest)


def released_days(chain: Iterable[Receipt]) -> ReleasedDays:
    """Return the days that a chain says were released before each file was stored."""
    latest: date | None = None
    before: dict[str, date | None] = {}
    for receipt in chain:
        change = receipt.change
        if change.kind == Kind.PUBLISHED:
            day = date.fromisoformat(change.day)
            latest = day if latest is None else max(latest, day)
        elif change.kind in _KEPT:
            before |= {one.path: latest for one in change.files if one.sha256}
    return ReleasedDays() if latest is None else ReleasedDays(latest, before)


@dataclass(frozen=True)
class Withdrawal:
    """A time in which a submission was withdrawn.

    path: of the file in the meantime. name: its path as a submission: before, or after it was brought back.
    first: the day of the withdrawal; None where none is known. until: the day on which it was brought back;
    None where it was not.
    """

    path: str
    name: str
    first: date | None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Return True if the submission was withdrawn on a day; without a first day it was on all days."""
        if self.first is None:
            return self.until is None
        return self.first <= day and (self.until is None or day < self.until)


def withdrawals(chain: Iterable[Receipt]) -> tuple[Withdrawal, ...]:
    """Return the withdrawals of a chain, in the order in which they ended; those that hold come last."""
    now: dict[str, Withdrawal] = {}
    ended: list[Withdrawal] = []
    for receipt in chain:
        change = receipt.change
        for one in change.files:
            if change.kind in _WITHDRAWING and one.source:
                now[one.path] = Withdrawal(one.path, one.source, _day(change))
            elif change.kind == Kind.BROUGHT_BACK and one.source in now:
                before = now.pop(one.source)
                ended.append(replace(before, name=one.path, until=_day(change) or before.first))
    return (*ended, *now.values())


def _day(change: Action) -> date | None:
    """Return the day for which a change counts, else that on which it was made."""
    for text in (change.day, change.at[:10]):
        with suppress(ValueError):
            return date.fromisoformat(text)
    return None


def written(chain: Iterable[Receipt]) -> bytes:
    """Return the content of receipts.jsonl."""
    return "".join(f"{receipt.line()}\n" for receipt in chain).encode()


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"))
