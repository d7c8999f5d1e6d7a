"""Remedies for needs whose coverage is uncertain: each tried, and confirmed by a new simulation."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import polars as pl

from konvoi.forecast.journeys import Learnt
from konvoi.forecast.outlook import REMEDIES, Outlook
from konvoi.forecast.run import SEEDS, run
from konvoi.forecast.steps import USUAL, Assumed, Planned, rows
from konvoi.forecast.ways import Network
from konvoi.kit.digest import key
from konvoi.kit.progress import Progress, Stop, never

SURE = 0.9
"""A need as likely as this to be met in time asks for no remedy: it is very likely."""

MOST = 10
"""Largest number of needs to examine, the least sure first."""

EARLIER = (7, 14, 21)
"""Days that are tried: whole weeks, so that each leg stays on its day of the week."""
_GAIN = 0.02
_RUNS = 2000

Row = dict[str, Any]
Possible = Callable[[Collection[str], Sequence[Row], Sequence[Row]], bool]
"""Test if movements with legs may take the place of others of the plan (their ids)."""


@dataclass(frozen=True)
class Part:
    """Some movements of a plan, with all that a simulation asks for."""

    movements: pl.DataFrame
    legs: pl.DataFrame
    payments: pl.DataFrame


@dataclass(frozen=True)
class Change:
    """A change of a need's movements: what it is, and what they become. whose: who must act for it."""

    change: str
    moves: tuple[Row, ...]
    legs: tuple[Row, ...]
    days: int | None = None
    without: str | None = None
    way: str | None = None
    whose: str | None = None


def remedies(
    tables: Mapping[str, pl.DataFrame],
    plan: Planned,
    outlook: Outlook,
    possible: Possible,
    *,
    learnt: Learnt | None = None,
    assumed: Assumed = USUAL,
    stop: Stop = never,
) -> pl.DataFrame:
    """Return the change for each of the least sure needs (REMEDIES); needs that no change helps are left out.

    A change must be possible beside the rest of the plan, and bring at least two in a hundred of what is
    planned in time more. It is chosen by the runs of one seed and reported by those of another.
    """
    unsure = outlook.needs.filter(pl.col("on_time") < SURE).sort("on_time", "need").head(MOST)
    simulate = partial(run, learnt=learnt, assumed=assumed, why=False)
    trial = _Trial(tables, plan, outlook, possible, simulate)
    lines: list[tuple[object, ...]] = []
    for number, need in enumerate(unsure["need"], 1):
        lines += trial.best(need)
        if stop(Progress("trying changes", number, unsure.height)):
            break
    return pl.DataFrame(lines, schema=REMEDIES, orient="row")


class _Result(NamedTuple):
    """The planned quantity, the probability that all is in time, and the expected part in time."""

    planned: float
    on_time: float
    expected: float


class _Trial:
    """The plan, and the runs that changes are tried with."""

    def __init__(
        self,
        tables: Mapping[str, pl.DataFrame],
        plan: Planned,
        outlook: Outlook,
        possible: Possible,
        simulate: Callable[..., Outlook],
    ) -> None:
        self.tables = tables
        self.possible = possible
        self.simulate = simulate
        self.seed = outlook.seed
        self.runs = min(outlook.samples, _RUNS)
        self.causes = outlook.causes.filter(pl.col("of") == "need")
        self.moves = plan.movements
        self.legs = plan.legs
        paid: pl.DataFrame | None = getattr(plan, "payments", None)
        self.paid = pl.DataFrame() if paid is None else paid
        self.network = Network.of(tables)
        self.steps = {row["good"]: row["step"] or Decimal(1) for row in rows(tables, "goods")}

    def best(self, need: str) -> Iterator[tuple[object, ...]]:
        """The line of the best change for a need, if any helps."""
        moves = self.moves.filter(pl.col("need") == need)
        ids = moves["movement"].to_list()
        legs = self.legs.filter(pl.col("movement").is_in(ids))
        part = Part(moves, legs, self.paid)
        before = self._seen(part, self.seed)
        least = _GAIN * before.planned
        tried = [
            (self._seen(self._part(part, change), self.seed, change).expected, change)
            for change in self._changes(need, moves.rows(named=True), legs.rows(named=True))
            if change.whose or self.possible(ids, change.moves, change.legs)
        ]
        expected, change = max(tried, key=lambda one: one[0], default=(before.expected, None))
        if change is None or expected - before.expected < least:
            return
        # The best of several tries was also lucky: the reported result comes from other runs.
        other = (self.seed + 1) % SEEDS
        was = self._seen(part, other)
        now = self._seen(self._part(part, change), other, change)
        if now.expected - was.expected >= least:
            told = (change.days, change.without, change.way, change.whose)
            chances = (was.on_time, now.on_time, was.expected, now.expected)
            yield (need, change.change, len(change.moves), *told, *chances)

    def _seen(self, part: Part, seed: int, change: Change | None = None) -> _Result:
        tables = self.tables
        if change is not None and change.whose:
            early = pl.col("due").dt.offset_by(f"-{change.days}d")
            papers = tables["approvals"].with_columns(
                due=pl.when(pl.col("party") == change.whose).then(early).otherwise("due")
            )
            tables = {**tables, "approvals": papers}
        row = self.simulate(tables, part, seed=seed, samples=self.runs).needs.row(0, named=True)
        return _Result(float(row["planned"]), row["on_time"], row["expected"])

    def _part(self, old: Part, change: Change) -> Part:
        moves = pl.DataFrame(change.moves, schema=old.movements.schema)
        legs = pl.DataFrame(change.legs, schema=old.legs.schema)
        if change.days is None or change.whose or self.paid.is_empty():
            return Part(moves, legs, old.payments)
        # Money that is there can be spent earlier, but not before it comes.
        earlier = pl.max_horizontal("tranche", pl.col("ordered").dt.offset_by(f"-{change.days}d"))
        return Part(moves, legs, old.payments.with_columns(ordered=earlier))

    def _changes(self, need: str, moves: list[Row], legs: list[Row]) -> Iterator[Change]:
        """Yield possible changes: earlier, or by another path around the main cause of lateness; also half of
        the largest movement alone.
        """
        most = max(moves, key=lambda move: (move["quantity"], move["movement"]))
        half = self._half(most)
        for days in EARLIER:
            able = [move for move in moves if self._may(move, legs, days)]
            if able:
                yield self._sooner(moves, legs, able, days)
            if half is not None and most not in able:
                rest, part = half
                parts = [rest if move is most else move for move in moves]
                mine = _of(legs, most)
                kept = [leg for leg in legs if leg not in mine] + _sized(mine, rest, most)
                more = _sized(mine, part, most)
                yield replace(self._sooner([*parts, part], [*kept, *more], [part], days), change="split")
        yield from self._papers(need, moves, legs)
        yield from self._other_ways(need, moves, legs, half)

    def _may(self, move: Row, legs: list[Row], days: int) -> bool:
        """Return True if a movement alone may leave so many days earlier."""
        new, more = self._earlier(move, _of(legs, move), days)
        return self.possible([move["movement"]], [new], more)

    def _sooner(self, moves: list[Row], legs: list[Row], able: list[Row], days: int) -> Change:
        """Some of the movements so many days earlier."""
        turned = [self._earlier(move, _of(legs, move), days) if move in able else None for move in moves]
        new = [one[0] if one else move for one, move in zip(turned, moves, strict=True)]
        ids = {move["movement"] for move in able}
        kept = [leg for leg in legs if leg["movement"] not in ids]
        more = [leg for one in turned if one for leg in one[1]]
        return Change("earlier", tuple(new), (*kept, *more), days=days)

    def _earlier(self, move: Row, legs: Sequence[Row], days: int) -> tuple[Row, list[Row]]:
        """A movement and its legs so many days, whole weeks, earlier."""
        by = timedelta(days=days)
        new = {**move, "departs": move["departs"] - by}
        dated = ("departs", "arrives", "week")
        more = [{**leg, **{name: leg[name] - by for name in dated}} for leg in legs]
        return self._arriving(new, move["arrives"] - by), more

    def _papers(self, need: str, moves: list[Row], legs: list[Row]) -> Iterator[Change]:
        """The approvals that most often make it late, given earlier: that is for their state to do."""
        states = self.causes.filter((pl.col("id") == need) & (pl.col("kind") == "approval"))["key"]
        for state in states.head(1):
            for days in EARLIER[:2]:
                yield Change("approval", tuple(moves), tuple(legs), days=days, whose=state)

    def _other_ways(
        self, need: str, moves: list[Row], legs: list[Row], half: tuple[Row, Row] | None
    ) -> Iterator[Change]:
        """Yield movements over the worst lane, or half of the largest, on the quickest path without it."""
        causes = self.causes.filter((pl.col("id") == need) & pl.col("kind").is_in(["transit", "passing"]))
        lanes = [leg["lane"] for leg in legs]
        worst = [self.network.lane_to(name, lanes) for name in causes["key"]]
        avoid = next((lane for lane in worst if lane), None)
        if avoid is None:
            return
        over = {leg["movement"] for leg in legs if leg["lane"] == avoid}
        turned = [self._turned(move, legs, avoid) if move["movement"] in over else None for move in moves]
        if not all(new or move["movement"] not in over for new, move in zip(turned, moves, strict=True)):
            return
        kept = [leg for leg in legs if leg["movement"] not in over]
        new = [one[0] if one else move for one, move in zip(turned, moves, strict=True)]
        more = [leg for one in turned if one for leg in one[1]]
        way = "; ".join(leg["lane"] for leg in next(one for one in turned if one)[1])
        yield Change("way", tuple(new), (*kept, *more), without=avoid, way=way)
        if half is not None and half[0]["movement"] in over:
            rest, part = half
            whole = next(move for move in moves if move["movement"] == rest["movement"])
            other = self._turned(part, _sized(_of(legs, whole), part, whole), avoid)
            if other:
                stay = [leg for leg in legs if leg["movement"] != rest["movement"]]
                less = _sized(_of(legs, rest), rest, whole)
                others = [move for move in moves if move is not whole]
                parts = (*others, rest, other[0])
                yield Change("split", parts, (*stay, *less, *other[1]), without=avoid, way=way)

    def _turned(self, move: Row, legs: list[Row], avoid: str) -> tuple[Row, list[Row]] | None:
        """Return a movement on the quickest path without a lane; None if there is no other."""
        mine = _of(legs, move)
        found = self.network.quickest((mine[0]["from"], mine[-1]["to"]), avoid, move["departs"])
        if not found:
            return None
        load = {name: mine[0][name] for name in ("tonnes", "pallets", "neq_kg")}
        new = [
            {"movement": move["movement"], "leg": number, **leg, **load}
            for number, leg in enumerate(found, 1)
        ]
        return self._arriving(move, new[-1]["arrives"]), new

    def _arriving(self, move: Row, day: date) -> Row:
        due = next(row["due"] for row in rows(self.tables, "needs") if row["need"] == move["need"])
        return {**move, "arrives": day, "on_time": day <= due}

    def _half(self, move: Row) -> tuple[Row, Row] | None:
        """A movement in two: what stays, which keeps its id, and half of it, in whole steps."""
        step = self.steps.get(move["good"], Decimal(1))
        part = move["quantity"] / 2 // step * step
        if part <= 0 or part == move["quantity"]:
            return None
        name = key("half", move["movement"])
        return (
            {**move, "quantity": move["quantity"] - part},
            {**move, "quantity": part, "movement": name},
        )


def _of(legs: Sequence[Row], move: Row) -> list[Row]:
    return [leg for leg in legs if leg["movement"] == move["movement"]]


def _sized(legs: Sequence[Row], move: Row, whole: Row) -> list[Row]:
    """The legs of a movement as those of a part of it, with its load."""
    share = move["quantity"] / whole["quantity"]
    return [
        {**leg, "movement": move["movement"]}
        | {name: round(leg[name] * share, 6) for name in ("tonnes", "pallets", "neq_kg")}
        for leg in legs
    ]
