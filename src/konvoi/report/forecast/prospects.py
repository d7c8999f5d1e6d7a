"""Goods given and not yet there: the number of lines that will have arrived by each day, as far as known."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from konvoi.forecast.ends import interval
from konvoi.forecast.waiting import Waiting
from konvoi.report.case import Case
from konvoi.report.forecast.coming import LearntLine, coming
from konvoi.report.forecast.lateness import Planned, lines_of_case, planned_days
from konvoi.report.ledger.figures import joined

DAYS = (30, 90, 180)
"""After so many days from today is told what will have arrived."""


@dataclass(frozen=True)
class Prospect:
    """The open lines of one kind (empty: not stated).

    lines: all; told: those with a forecast; by: for each of DAYS how many of those are expected to have
    arrived, and the bounds between which 80 of 100 outcomes lie, as if each came for itself. learnt: the
    lines whose days were learnt, with their entries; the plan tells those of the other told ones. chances:
    of each told line, that it has arrived after each of DAYS.
    """

    kind: str
    lines: int
    told: int
    by: tuple[tuple[float, int, int], ...]
    entries: tuple[str, ...]
    told_entries: tuple[str, ...]
    learnt: tuple[LearntLine, ...] = ()
    chances: tuple[tuple[float, ...], ...] = ()


def prospects(case: Case) -> tuple[Prospect, ...]:
    """The open lines by kind, sorted; none where no line is open."""
    lines = lines_of_case(case)
    about = {
        row["key"]: row
        for row in lines.sort("entry")
        .group_by("key")
        .agg(line_of="line", kinds="kind", ids="entry")
        .iter_rows(named=True)
    }
    planned = planned_days(case)
    by_kind: dict[str, list[_Open]] = defaultdict(list)
    for one in coming(case, lines):
        row = about[one.key]
        kind = next((kind for kind in row["kinds"] if kind), "")
        days = planned.get(next(iter(row["line_of"]), ""))
        ids = tuple(sorted(row["ids"]))
        by_kind[kind].append(_Open(_chances(case, one, days), ids, None if days else one))
    return tuple(_prospect(kind, by_kind[kind]) for kind in sorted(by_kind))


@dataclass(frozen=True)
class _Open:
    """One open line: the chance of having arrived after each of DAYS (None: nothing tells), its entries, and
    what was learnt of it, where the plan does not tell its days."""

    chances: tuple[float, ...] | None
    ids: tuple[str, ...]
    learnt: Waiting | None


def _chances(case: Case, one: Waiting, planned: Planned | None) -> tuple[float, ...] | None:
    if planned is None and one.basis is None:
        return None
    later = [(planned or one).later_than(case.day + timedelta(days=days)) for days in DAYS]
    return tuple(1 - (chance or 0.0) for chance in later)


def _prospect(kind: str, rows: list[_Open]) -> Prospect:
    told = [(one.chances, one.ids) for one in rows if one.chances is not None]
    return Prospect(
        kind,
        len(rows),
        len(told),
        tuple(interval([chances[at] for chances, _ in told]) for at in range(len(DAYS))),
        joined(*(one.ids for one in rows)),
        joined(*(ids for _, ids in told)),
        tuple(LearntLine(one.learnt, one.ids) for one in rows if one.learnt is not None),
        tuple(chances for chances, _ in told),
    )
