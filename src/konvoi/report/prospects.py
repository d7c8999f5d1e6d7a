"""What is given and not yet there: by when how many lines will have arrived, as far as anything tells."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from konvoi.accord.passages import to_end
from konvoi.forecast.ends import interval
from konvoi.forecast.waiting import NO_BASIS, Waiting, waiting
from konvoi.report.case import Case
from konvoi.report.lateness import chance_by_plan, lines_of_case, planned_days

DAYS = (30, 90, 180)
"""After so many days from today is told what will have arrived."""


@dataclass(frozen=True)
class Prospect:
    """The open lines of one kind (empty: not stated).

    lines: all; told: those with a forecast; by: for each of DAYS how many of those are expected to have
    arrived, and the bounds between which 80 of 100 outcomes lie, as if each came for itself.
    """

    kind: str
    lines: int
    told: int
    by: tuple[tuple[float, int, int], ...]
    entries: tuple[str, ...]
    told_entries: tuple[str, ...]


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
    by_kind: dict[str, list[tuple[list[float] | None, list[str]]]] = defaultdict(list)
    for one in waiting(to_end(lines, case.day)):
        row = about[one.key]
        kind = next((kind for kind in row["kinds"] if kind), "")
        days = planned.get(next(iter(row["line_of"]), ""))
        by_kind[kind].append((_chances(case, one, days), list(row["ids"])))
    return tuple(_prospect(kind, by_kind[kind]) for kind in sorted(by_kind))


def _chances(case: Case, one: Waiting, planned: tuple[date, date, date] | None) -> list[float] | None:
    """The chance of having arrived after each of DAYS; None where nothing tells."""
    if planned is None and one.basis == NO_BASIS:
        return None
    found = []
    for days in DAYS:
        on = case.day + timedelta(days=days)
        later = chance_by_plan(planned, on) if planned else one.later_than(on)
        found.append(1 - float(later or 0))
    return found


def _prospect(kind: str, rows: list[tuple[list[float] | None, list[str]]]) -> Prospect:
    told = [(chances, ids) for chances, ids in rows if chances is not None]
    by = tuple(interval([chances[at] for chances, _ in told]) for at in range(len(DAYS)))
    return Prospect(
        kind,
        len(rows),
        len(told),
        by,
        tuple(sorted({one for _, ids in rows for one in ids})),
        tuple(sorted({one for _, ids in told for one in ids})),
    )
