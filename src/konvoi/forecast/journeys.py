"""A plan's movements laid out for simulation: steps side by side, lanes by open days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from konvoi.forecast.core.draw import BY, WAIT, Counts, Keys, Small, Ways
from konvoi.forecast.delay import Floats, Ints
from konvoi.forecast.delays import BY_NAME, MEMBERS
from konvoi.forecast.distribution import Basis, Distribution
from konvoi.forecast.luck import GRID, fours, own, shared
from konvoi.forecast.onward import Lines
from konvoi.forecast.steps import USUAL, Assumed, Planned, Row, Step, Way, rows, ways
from konvoi.kit.digest import key

_NORMAL = NormalDist()
LONGEST = 365
"""Days that one step takes at most: what takes longer counts as that long."""

Learnt = Callable[[str, Sequence[Row]], Distribution | None]
"""Distribution learnt for a kind of step: by its name and cases, the days of each case; None without a basis.

A case has the columns of the movement it belongs to and `key`, `lane`, `planned` (days). A row without a
basis leaves its step as it is stated or assumed.
"""


@dataclass(frozen=True)
class Chance:
    """Randomness of steps: keys and parts (rows of `shared`) of the groups that share some of it."""

    keys: Keys
    parts: Counts
    shared: Small


@dataclass(frozen=True)
class Journeys:
    """Movements in order of their needs and ids; days count from `start`, a Monday.

    needs: with something planned, in order; need: the number of each movement's. planned: by need, what is
    sent to it in units of need; amount: of each movement. last: the day of which all later ones count as one.
    steps: of all movements, side by side; basis: what the days of each rest on, None where nothing is learnt.
    """

    start: date
    ids: tuple[str, ...]
    needs: tuple[str, ...]
    planned: tuple[Decimal, ...]
    amount: Floats
    need: Ints
    ways: Ways
    chance: Chance
    steps: tuple[Step, ...]
    basis: tuple[Basis | None, ...]

    @property
    def due(self) -> Ints:
        """The due day of each movement's need."""
        return self.ways.due.astype(np.int64)

    @property
    def last(self) -> int:
        """Return the number of distinct days: no movement comes later."""
        return int(self.ways.onward.shape[1])


def journeys(
    tables: Mapping[str, pl.DataFrame],
    plan: Planned,
    *,
    learnt: Learnt | None = None,
    assumed: Assumed = USUAL,
) -> Journeys:
    """Lay a plan out; needs and lanes of a plan that the tables lack are an error of the caller."""
    found = ways(tables, plan, assumed)
    needs = {row["need"]: row for row in rows(tables, "needs")}
    start = _start(found)
    names = tuple(sorted({way.move["need"] for way in found}))
    amounts = [served(tables, way.move, needs) for way in found]
    sums = dict.fromkeys(names, Decimal(0))
    for way, amount in zip(found, amounts, strict=True):
        sums[way.move["need"]] += amount
    number = {name: at for at, name in enumerate(names)}
    steps = tuple(step for way in found for step in way.steps)
    curves, basis = _curves(found, learnt)
    chance, groups = _chance(steps)
    return Journeys(
        start,
        tuple(way.move["movement"] for way in found),
        names,
        tuple(round(sums[name], 6) for name in names),
        np.array([float(amount) for amount in amounts]),
        _whole([number[way.move["need"]] for way in found]),
        _laid(tables, found, start, needs, curves=curves, groups=groups),
        chance,
        steps,
        basis,
    )


def _start(found: Sequence[Way]) -> date:
    """A Monday a week before all that is planned, so that what was due before has a day, too."""
    days = [way.begins for way in found]
    days += [step.day for way in found for step in way.steps if step.how == WAIT]
    first = min(days, default=date(1970, 1, 12))
    return first - timedelta(days=first.weekday() + 7)


def _whole(numbers: Sequence[int]) -> Ints:
    """Whole numbers as an array."""
    return np.array(numbers, dtype=np.int64)


def served(tables: Mapping[str, pl.DataFrame], move: Row, needs: Mapping[str, Row]) -> Decimal:
    """Units of need that a movement serves."""
    wanted = needs[move["need"]]["good"]
    quantity: Decimal = move["quantity"]
    if move["good"] == wanted:
        return quantity
    ratios = {(row["good"], row["serves"]): row["ratio"] for row in rows(tables, "equivalences")}
    ratio: Decimal = ratios.get((move["good"], wanted), Decimal(1))
    return quantity * ratio


@dataclass(frozen=True)
class Curves:
    """days[row, cell of luck], the row of each step, and the days that each step is planned to take."""

    days: Small
    table: Ints
    planned: Ints


class _MovementStep(NamedTuple):
    """A step and the row of its movement."""

    step: Step
    move: Row


def _curves(found: Sequence[Way], learnt: Learnt | None) -> tuple[Curves, tuple[Basis | None, ...]]:
    """The days of steps by luck: as learnt, else as stated or assumed; equal ones once."""
    steps = [_MovementStep(step, way.move) for way in found for step in way.steps]
    drawn: list[Ints] = []
    known: dict[object, int] = {}
    rows_ = np.zeros(len(steps), dtype=np.int64)
    basis = list[Basis | None]([None] * len(steps))
    taught = _taught(steps, learnt)
    for at, (step, _) in enumerate(steps):
        days, basis[at] = taught.get(at, (None, None))
        name: object = (step.kind, step.spread) if days is None else days.tobytes()
        if name not in known:
            known[name] = len(drawn)
            stated = BY_NAME[step.kind].days(step.spread, GRID) if days is None else days
            drawn.append(np.clip(stated, 0, LONGEST).astype(np.int64))
        rows_[at] = known[name]
    table = np.array(drawn, dtype=np.uint16).reshape(len(drawn), len(GRID))
    return Curves(table, rows_, _whole([_planned(step) for step, _ in steps])), tuple(basis)


def _planned(step: Step) -> int:
    """The days that a plan counts with: the middle ones."""
    return min(LONGEST, int(BY_NAME[step.kind].days(step.spread, np.zeros(1))[0]))


def _taught(steps: Sequence[_MovementStep], learnt: Learnt | None) -> dict[int, tuple[Any, Basis]]:
    """The days by luck, and their basis, of the steps of which a model knows something."""
    found: dict[int, tuple[Any, Basis]] = {}
    for member in MEMBERS if learnt is not None else ():
        mine = [at for at, (step, _) in enumerate(steps) if step.kind == member.name]
        cases = [_case(*steps[at]) for at in mine]
        days = learnt(member.name, cases) if learnt is not None and mine else None
        if days is None:
            continue
        shares = np.array([_NORMAL.cdf(luck) for luck in GRID])
        for at, row, base in zip(mine, days.quantiles(shares), days.basis, strict=True):
            if base is not None:
                found[at] = (np.clip(row, 0, LONGEST), base)
    return found


def _case(step: Step, move: Row) -> Row:
    return {**move, "key": step.key, "lane": step.lane, "planned": _planned(step)}


def _chance(steps: Sequence[Step]) -> tuple[Chance, Ints]:
    """Return the groups of steps that share a part of their luck, and each step's; the last one is unused."""
    parts = sorted({member.shared for member in MEMBERS})
    names = sorted({(step.shared, BY_NAME[step.kind].shared) for step in steps if step.shared})
    number = {name: at for at, (name, _) in enumerate(names)}
    chance = Chance(
        np.array([int(key("luck", name), 16) for name, _ in names], dtype=np.uint64),
        _whole([parts.index(part) for _, part in names]),
        np.array([shared(part) for part in parts]),
    )
    return chance, _whole([number.get(step.shared, len(names)) for step in steps])


def _laid(
    tables: Mapping[str, pl.DataFrame],
    found: Sequence[Way],
    start: date,
    needs: Mapping[str, Row],
    *,
    curves: Curves,
    groups: Ints,
) -> Ways:
    """Return all as flat arrays; groups: that of each step whose luck it shares."""
    steps = [step for way in found for step in way.steps]
    first = np.concatenate([[0], np.cumsum([len(way.steps) for way in found], dtype=np.int64)])
    base = _whole([max(0, (step.day - start).days) if step.day > date.min else 0 for step in steps])
    longest = curves.days.max(axis=1, initial=0)[curves.table].astype(np.int64)
    parts = sorted({member.shared for member in MEMBERS})
    starts = _whole([(way.begins - start).days for way in found])
    due = _whole([(needs[way.move["need"]]["due"] - start).days for way in found])
    lines = Lines.of(tables, start, steps)
    days, more = _reach(found, (first, starts, base, longest), lines)
    onward, weekly, line = lines.drawn(steps, days, more)
    return Ways(
        first=first.astype(np.int64),
        starts=starts.astype(np.uint16),
        due=np.clip(due, 0, days + more - 1).astype(np.uint16),
        key=np.array([int(key("movement", way.move["movement"]), 16) for way in found], dtype=np.uint64),
        how=np.array([step.how for step in steps], dtype=np.uint8),
        group=groups,
        part=_whole([parts.index(BY_NAME[step.kind].shared) if step.shared else 0 for step in steps]),
        table=curves.table,
        line=line,
        base=base.astype(np.uint16),
        planned=curves.planned.astype(np.uint16),
        days=curves.days,
        onward=onward,
        weekly=weekly,
        own=np.array([fours(own(part)) for part in parts]),
    )


def _reach(found: Sequence[Way], laid: tuple[Ints, Ints, Ints, Ints], lines: Lines) -> tuple[int, int]:
    """Return the last day of any movement on open lanes, and further days for lanes closed for ever."""
    first, starts, base, longest = laid
    latest = lines.opens
    most = 0
    for number, way in enumerate(found):
        mine = slice(first[number], first[number + 1])
        after = np.array([step.how != BY for step in way.steps])
        # Steps beside the others end on a day of their own; the rest follow one another.
        latest = max(latest, int(starts[number]), int((base[mine] + ~after * longest[mine]).max(initial=0)))
        most = max(most, int((after * (longest[mine] + 7)).sum()))
    return latest + most + 1, most + 1 if lines.for_ever else 1
