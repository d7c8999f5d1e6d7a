"""Lines that are likely to come late: promised day against forecast, what it costs in coverage, whose move
it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from konvoi.accord.facts import of_lines
from konvoi.accord.stalled import whose_move
from konvoi.forecast.waiting import Waiting
from konvoi.ledger.units import owned
from konvoi.model.stages import RANK, ROUTES, Stage
from konvoi.report.case import Case
from konvoi.report.forecast.coming import BY_PLAN, LEARNT, NO_BASIS, coming
from konvoi.report.forecast.promises import Promise, promises
from konvoi.report.names import table
from konvoi.report.planning.arrivals import Arrival, arrivals
from konvoi.report.planning.need_status import served

WITHIN = 30
TENTH = 0.1
HALF = 0.5
MOST = 0.9


@dataclass(frozen=True)
class Late:
    """One open line with a promised day.

    first, promised: first and last promised day. low, middle, high: days by which it is there in 10, 50 and
    90 of 100 cases; None where nothing tells. chance: of coming after the last promised day. basis: what the
    forecast rests on: the plan, what was learnt, nothing; learnt: from which data and how many ended cases of
    which group, or of how few there are. open: what has not come, in `unit`. cost: value of validated needs
    that what is open could serve on its promised day and not on the forecast one (without a forecast: at
    all); share: of the value of all validated needs. moves: in which part `mover` has to move. unsent: what
    of `open` has not been dispatched; None where it is not known.
    """

    party: str
    line: str
    good: str
    stage: str
    next: str
    first: date
    promised: date
    low: date | None
    middle: date | None
    high: date | None
    chance: float | None
    basis: str
    learnt: Waiting | None
    open: Decimal | None
    unsent: Decimal | None
    unit: str
    cost: Decimal
    share: Decimal | None
    mover: str
    moves: str
    entries: tuple[str, ...]

    @property
    def days(self) -> int | None:
        """The number of days from the last promised day to the middle of the forecast; None without one."""
        return None if self.middle is None else (self.middle - self.promised).days


def late(case: Case, within: int = WITHIN) -> tuple[Late, ...]:
    """The open lines whose last promised day has passed, comes within so many days, or will be missed.

    A line is left out whose day lies farther off and which is forecast to keep it. Ordered by what lateness
    costs in coverage, then by the days that they come late, then by their promised day.
    """
    lines = lines_of_case(case)
    told = coming(case, lines)
    standing = _standing(case, lines, told)
    needs = _needs(case)
    planned = planned_days(case)
    found = []
    for promise in promises(case):
        if promise.kept or promise.first is None or promise.last is None:
            continue
        about = standing.get((promise.party, promise.line)) or _plainly(lines, promise, case.day)
        one = _late(case, promise, about, planned.get(promise.line), needs)
        near = promise.last <= case.day + timedelta(days=within)
        if near or (one.days is not None and one.days > 0):
            found.append(one)
    return tuple(
        sorted(found, key=lambda one: (-one.cost, -(one.days or 0), one.promised, one.party, one.line))
    )


def lines_of_case(case: Case) -> pl.DataFrame:
    """The entries of the case's lines (konvoi.accord.facts.of_lines)."""
    ledger = case.ledger
    return of_lines(owned(ledger.entries, ledger.owners), ledger.relations)


class _Standing(NamedTuple):
    """The forecast of an open line, and its good, quantities, next stage and the party whose turn it is."""

    forecast: Waiting
    line: dict[str, Any]


def _standing(case: Case, lines: pl.DataFrame, told: tuple[Waiting, ...]) -> dict[tuple[str, str], _Standing]:
    """Return the standing of each open line and the party whose turn it is, by its giver and name."""
    by_key = {one.key: one for one in told}
    routes = dict(lines.select("key", "route").unique("key").iter_rows())
    rows = pl.DataFrame(
        [(one.key, _next(str(routes[one.key]), one.stage)) for one in told],
        schema={"key": lines.schema["key"], "next": pl.String()},
        orient="row",
    )
    worth = lines.with_columns(eur_minor=pl.lit(None, pl.Int64))
    moved = whose_move(rows, worth, case.day, recipient=case.recipient)
    sent = quantities(lines)
    return {
        (row["party"] or "", row["line"]): _Standing(by_key[row["key"]], row | sent.get(row["key"], {}))
        for row in moved.iter_rows(named=True)
    }


def _plainly(lines: pl.DataFrame, promise: Promise, day: date) -> _Standing:
    """A line of which route or days are not known, or a part is at the end: it has no forecast, and its giver
    has to move."""
    own = lines.filter(pl.col("entry").is_in(list(promise.entries)))
    ranks = {str(stage): rank for stage, rank in RANK.items()}
    stages = sorted(own["stage"].drop_nulls(), key=lambda stage: (ranks[stage], stage))
    amounts = next(iter(quantities(own).values()), dict.fromkeys(("good", "unit", "open", "unsent")))
    stage = stages[-1] if stages else str(Stage.PLEDGED)
    route = next(iter(own["route"].drop_nulls()), None)
    # What has come to the end in part has its rest on the same way.
    then = _next(route, stage) if route in ROUTES and Stage(stage) in ROUTES[route] else ""
    wait = Waiting(-1, stage, day)
    return _Standing(wait, {**amounts, "next": then, "mover": promise.party, "moves": "giver"})


def _next(route: str, stage: str) -> str:
    stages = ROUTES[route]
    return str(stages[min(stages.index(Stage(stage)) + 1, len(stages) - 1)])


def quantities(lines: pl.DataFrame) -> dict[int, dict[str, Any]]:
    """Return the good and unit of each line by key, and what of it has not reached the end or not been sent.

    Both are parts of the largest quantity that was stated of the line: `open` and `unsent`.
    """
    ends = [str(stages[-1]) for stages in ROUTES.values()]
    sent = [str(stage) for stage, rank in RANK.items() if rank >= RANK[Stage.DISPATCHED]]
    sums = (
        lines.group_by("key", "stage")
        .agg(pl.col("quantity").sum(), known=pl.col("quantity").is_not_null().any())
        .group_by("key")
        .agg(
            word=pl.col("quantity").filter("known").max(),
            came=pl.col("quantity").filter(pl.col("stage").is_in(ends) & pl.col("known")).sum(),
            # Papers of one consignment at several stages are the same goods: the fullest stage counts.
            left=pl.col("quantity").filter(pl.col("stage").is_in(sent) & pl.col("known")).max(),
        )
    )
    about = lines.sort("entry").group_by("key").agg(pl.col("good", "unit").drop_nulls().first())
    rest = pl.max_horizontal(pl.col("word") - pl.col("left").fill_null(Decimal(0)), pl.lit(Decimal(0)))
    rows = sums.join(about, on="key").with_columns(open=pl.col("word") - pl.col("came"), unsent=rest)
    names = ("key", "good", "unit", "open", "unsent")
    return {row["key"]: row for row in rows.select(names).iter_rows(named=True)}


class Movement(NamedTuple):
    """A planned movement: its planned day, and in which share of the runs it comes so many days later."""

    planned: date
    late: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Planned:
    """The last of the days on which the plan's movements of a line are there: 10, 50 and 90 of 100 runs."""

    low: date
    middle: date
    high: date
    late: tuple[Movement, ...]

    def later_than(self, day: date) -> float:
        """The chance that the movement which is the least likely to be there by a day is not.

        Before its planned day the runs tell no days: there it is read between 10, 50 and 90 of 100.
        """
        between = _between(self, day)
        return max((_later(one, day, between) for one in self.late), default=between)


def _later(movement: Movement, day: date, between: float) -> float:
    past = (day - movement.planned).days
    # Who comes as planned, or earlier, is not told apart.
    found = sum(share for days, share in movement.late if days > max(past, 0))
    return min(1.0, found if past >= 0 else max(between, found))


def planned_days(case: Case) -> dict[str, Planned]:
    """Return, by line, the days on which the plan's movements of its offers are there."""
    if case.plan is None:
        return {}
    line_of = dict(table(case, "offers").select("offer", "line").drop_nulls().iter_rows())
    offer = dict(case.plan.movements.select("movement", "offer").drop_nulls().iter_rows())
    late: dict[str, list[tuple[int, float]]] = defaultdict(list)
    if case.outlook is not None:
        for movement, days, share in case.outlook.lateness.iter_rows():
            late[movement].append((days, share))
    found: dict[str, list[Arrival]] = defaultdict(list)
    for one in arrivals(case):
        if line := line_of.get(offer.get(one.movement, "")):
            found[line].append(one)
    return {
        line: Planned(
            max(one.first for one in own),
            max(one.middle for one in own),
            max(one.last for one in own),
            tuple(Movement(one.arrives, tuple(late[one.movement])) for one in own if one.movement in late),
        )
        for line, own in found.items()
    }


class _Open(NamedTuple):
    """A validated need that is not met: good, due day, open units and the value of one of them."""

    good: str
    due: date
    units: Decimal
    value: Decimal


class _Needs(NamedTuple):
    """The needs that are not met, by due day, and the value of all validated needs."""

    open: list[_Open]
    value: Decimal


def _needs(case: Case) -> _Needs:
    """Return the needs less goods received or under way, and the value of all validated needs."""
    found = []
    whole = Decimal(0)
    for one in served(case):
        need = one.need
        whole += one.value(one.needed)
        due = need["due"]
        rest = one.needed - one.met
        if isinstance(due, date) and rest > 0:
            found.append(_Open(str(need["good"]), due, rest, one.value(Decimal(1))))
    return _Needs(found, whole)


def _late(
    case: Case,
    promise: Promise,
    about: _Standing,
    planned: Planned | None,
    needs: _Needs,
) -> Late:
    wait = about.forecast
    row = about.line
    of = planned or wait
    days = (of.low, of.middle, of.high)
    first = promise.first
    promised = promise.last
    if first is None or promised is None:
        raise ValueError(f"a promise without a day is not late: {promise!r}")
    chance = of.later_than(promised)
    if promised < case.day:
        chance = 1.0
    cost = _cost(case, row, promised, days[1], needs.open)
    # Of a line that left in part, the giver has the next move: the rest is still to be dispatched.
    part = bool(row["unsent"]) and RANK.get(Stage(wait.stage), 0) >= RANK[Stage.DISPATCHED]
    return Late(
        party=promise.party,
        line=promise.line,
        good=str(row["good"] or ""),
        stage=wait.stage,
        next=str(Stage.DISPATCHED) if part else str(row["next"]),
        first=first,
        promised=promised,
        low=days[0],
        middle=days[1],
        high=days[2],
        chance=chance,
        basis=BY_PLAN if planned else LEARNT if wait.basis else NO_BASIS,
        learnt=None if planned else wait,
        open=row["open"],
        unsent=row["unsent"],
        unit=str(row["unit"] or ""),
        cost=cost,
        share=cost / needs.value if needs.value else None,
        mover=promise.party if part else str(row["mover"] or ""),
        moves="giver" if part else str(row["moves"]),
        entries=promise.entries,
    )


def _between(planned: Planned, day: date) -> float:
    """The chance of arriving after a day, between the days of 10, 50 and 90 of 100 runs."""
    low = planned.low
    middle = planned.middle
    high = planned.high
    for first, last, more, less in ((low, middle, MOST, HALF), (middle, high, HALF, TENTH)):
        if day < first:
            return more
        if day < last:
            return more - (more - less) * (day - first).days / (last - first).days
    return TENTH if day == high else 0.0


def _cost(
    case: Case, row: dict[str, Any], promised: date, forecast: date | None, needs: Sequence[_Open]
) -> Decimal:
    """The value of needs due from the promised day on and before the forecast one that the line could
    serve."""
    rest = row["open"] if isinstance(row["open"], Decimal) else Decimal(0)
    good = str(row["good"] or "")
    cost = Decimal(0)
    ratios = {
        (one, serves): ratio
        for one, serves, ratio in table(case, "equivalences").select("good", "serves", "ratio").iter_rows()
    }
    for wanted, due, units, value in needs:
        ratio = Decimal(1) if good == wanted else ratios.get((good, wanted), Decimal(0))
        missed = promised <= due and (forecast is None or forecast > due)
        if missed and ratio and rest > 0:
            used = min(units, rest * ratio)
            cost += used * value
            rest -= used / ratio
    return cost
