"""Promised days kept, by partner, kind, route and framework document; and promised days that were moved."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from konvoi.accord.line_frameworks import behind
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.forecast.promises import Promise, promises
from konvoi.report.ledger.figures import joined
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Share, Table, Titled, Value

_EMPTY = Message("No promised dates submitted. Ask partners to fill the column “promised”.")
_NOTE = Message(
    "Share of items due so far. An item is on time if all of it had arrived by the date. Items without "
    "a date or not yet due are excluded."
)


@dataclass(frozen=True)
class Slip:
    """One promised day that took the place of another.

    days: later than before (less than zero: earlier). announced: how many days before the old day it was
    known; less than zero: only after it had passed; None where nobody knows when.
    """

    party: str
    line: str
    days: int
    announced: int | None
    entries: tuple[str, ...]


class _Promise(NamedTuple):
    """A promised day, when it was known and the entry that states it."""

    known: date | None
    entry: str
    day: date


def kept(case: Case) -> Iterable[Table]:
    """On-time shares against the first promised day and, apart, the last, each with what it is a share of."""
    found = promises(case)
    names = Names(case)
    about = _about(case)
    documents = dict(behind(case.tables).iter_rows())
    titles = (
        Titled("kept-by-partner", Message("On-time delivery by partner"), Message("Partner")),
        Titled("kept-by-kind", Message("On-time delivery by kind"), Message("Kind")),
        Titled("kept-by-route", Message("On-time delivery by channel"), Message("Channel")),
        Titled("kept-by-document", Message("On-time delivery by framework document"), Message("Document")),
    )
    keys: tuple[Callable[[Promise], str], ...] = (
        lambda one: one.party,
        lambda one: about.get((one.party, one.line), ("", ""))[0],
        lambda one: about.get((one.party, one.line), ("", ""))[1],
        lambda one: documents.get(one.line, ""),
    )
    named: tuple[Callable[[str], Value], ...] = (names.party, names.kind, Message, str)
    for titled, key, called in zip(titles, keys, named, strict=True):
        yield _kept(case, titled, _grouped(found, key), called)


def _about(case: Case) -> dict[tuple[str, str], tuple[str, str]]:
    """Kind and route of each line, by its giver and name."""
    rows = (
        case.entries.filter(pl.col("line").is_not_null())
        .sort("entry")
        .group_by("party", "line", maintain_order=True)
        .agg(pl.col("kind", "route").drop_nulls().first())
    )
    return {
        (party or "", line): (kind or "", route or "")
        for party, line, kind, route in rows.select("party", "line", "kind", "route").iter_rows()
    }


def _grouped(found: Sequence[Promise], key: Callable[[Promise], str]) -> dict[str, list[Promise]]:
    groups: dict[str, list[Promise]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return dict(sorted(groups.items()))


def _kept(
    case: Case,
    titled: Titled,
    groups: dict[str, list[Promise]],
    named: Callable[[str], Value],
) -> Table:
    id, title, head = titled
    heads = (
        *(Message("Due so far"), Message("On time"), Message("On-time share")),
        *(
            Message("Due by the latest date"),
            Message("On time by the latest date"),
            Message("Share by the latest date"),
        ),
        *(Message("Not yet due"), Message("No date stated")),
    )
    rows = tuple(
        (named(key) if key else Message("not stated"), *_shares(case, own)) for key, own in groups.items()
    )
    every = [one for own in groups.values() for one in own]
    sums: tuple[Value, ...] = (Message("All"), *_shares(case, every)) if rows else ()
    keys = [Column(head)] if head else []
    columns = (*keys, *(Column(one, "", "number") for one in heads))
    note = _NOTE if rows and id == "kept-by-partner" else None
    return Table(id, title, columns, rows, _EMPTY, sums, note=note)


def _shares(case: Case, own: Sequence[Promise]) -> tuple[Value, ...]:
    first = [one for one in own if one.state in ("on time", "late", "overdue")]
    in_time = [one for one in first if one.state == "on time"]
    last = [one for one in own if one.last and (one.last < case.day or one.kept)]
    at_last = [one for one in last if one.on_time_at_last]
    return (
        *(_count(case, first), _count(case, in_time), _share(in_time, first)),
        *(_count(case, last), _count(case, at_last), _share(at_last, last)),
        _count(case, [one for one in own if one.state == "not yet due"]),
        _count(case, [one for one in own if one.state == "without a day"]),
    )


def _share(part: Sequence[Promise], of: Sequence[Promise]) -> Share:
    return Share(Decimal(len(part)) / len(of) if of else None)


def _count(case: Case, found: Sequence[Promise] | Sequence[Slip]) -> Number:
    return Number(Decimal(len(found)), "line", "", case.day, joined(*(one.entries for one in found)))


def moved_days(case: Case) -> Table:
    """Return the moves of promised days by each partner: how often, by how many days, and how long beforehand
    it said so.
    """
    names = Names(case)
    found = slips(case)
    promised = _grouped([one for one in promises(case) if one.first], lambda one: one.party)
    by_party: dict[str, list[Slip]] = {party: [] for party in promised}
    for one in found:
        by_party.setdefault(one.party, []).append(one)
    rows = tuple(
        (names.party(party), _count(case, promised.get(party, [])), *_moves(case, own))
        for party, own in sorted(by_party.items())
    )
    heads = (
        *((Message("Items with a date"), ""), (Message("Changed"), ""), (Message("Items changed"), "")),
        *((Message("Median change"), "d"), (Message("Median notice"), "d")),
        (Message("Announced after the date"), ""),
    )
    columns = (Column(Message("Partner")), *(Column(head, unit, "number") for head, unit in heads))
    return Table("slips", Message("Changed delivery dates"), columns, rows, _EMPTY)


def _moves(case: Case, own: Sequence[Slip]) -> tuple[Value, ...]:
    announced = [one.announced for one in own if one.announced is not None]
    late = [one for one in own if one.announced is not None and one.announced < 0]
    ids = joined(*(one.entries for one in own))
    lines = Number(Decimal(len({one.line for one in own})), "line", "", case.day, ids)
    return (
        Number(Decimal(len(own)), "", "", case.day, ids),
        lines,
        _middle(case, [one.days for one in own], ids),
        _middle(case, announced, ids),
        Number(Decimal(len(late)), "", "", case.day, joined(*(one.entries for one in late))),
    )


def _middle(case: Case, days: Sequence[int], ids: tuple[str, ...]) -> Value:
    """The median, the lower of two middle ones; nothing where there is none."""
    if not days:
        return None
    return Number(Decimal(sorted(days)[(len(days) - 1) // 2]), "d", "", case.day, ids)


def slips(case: Case) -> tuple[Slip, ...]:
    """All slips of lines that were not withdrawn, by party, line and when they were known."""
    told: dict[tuple[str, str], list[_Promise]] = defaultdict(list)
    gone = set()
    columns = ("party", "line", "stage", "known_on", "entry", "promised")
    for party, line, stage, known, entry, promised in case.history.select(columns).iter_rows():
        if stage == Stage.WITHDRAWN:
            gone.add((party or "", line))
        elif line and promised:
            told[party or "", line].append(_Promise(known, entry, promised))
    return tuple(slip for key in sorted(told) if key not in gone for slip in _of_line(*key, told[key]))


def _of_line(party: str, line: str, promises: Iterable[_Promise]) -> Iterable[Slip]:
    in_order = sorted(promises, key=lambda one: (one.known or date.min, one.entry))
    for before, after in pairwise(in_order):
        if before.day != after.day:
            announced = (before.day - after.known).days if after.known else None
            entries = tuple(sorted({before.entry, after.entry}))
            yield Slip(party, line, (after.day - before.day).days, announced, entries)
