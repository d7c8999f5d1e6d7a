"""Learn lead times from cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from konvoi.forecast.distribution import Floats, Ints
from konvoi.forecast.leadtimes import regression, tail
from konvoi.forecast.leadtimes.cases import DEVIATION, ENDS, FACTORS, LONGEST, RECEIVED, SPAN, as_known
from konvoi.forecast.leadtimes.model import EARLY, FEWEST, LATE, ON_THE_DAY, OTHERWISE, Learnt, Model
from konvoi.forecast.leadtimes.part import Group, Key, Ladder, LongRun, Part, Strengths
from konvoi.forecast.leadtimes.spread import Alike, Seen, shared_out
from konvoi.forecast.leadtimes.stack import MEMBERS, Outcome, Stack, Stacking, Trial, tried, weighed

_LADDERS: tuple[Ladder, ...] = (
    ("route", "partner", "lane", "programme"),
    ("route", "programme", "supplier"),
    ("route", "mode", "lane"),
    ("route", "supplier", "lane"),
)
LADDERS: dict[str, tuple[Ladder, ...]] = {
    DEVIATION: _LADDERS,
    SPAN: (
        ("route", "partner", "lane", "programme", "season"),
        ("route", "good", "programme", "supplier"),
        ("route", "mode", "lane"),
    ),
}
"""Nesting of groups; a forecast is the mean over the ladders. Columns of one value are left out.

Deviations from promises, of which those of the last weeks count most, do not use seasons.
"""

_FORGOTTEN = 1e-6
_PROMISES = Strengths(5.0, 5.0)
_LENGTHS = Strengths(5.0, 50.0)
_SPANS = Strengths(5.0, 10.0)


_STACKING = Stacking()
_MONTH = 30
_NEVER = 4 * LONGEST
_AT_ONCE = 500


@dataclass(frozen=True)
class Settings:
    """Weights of cases and groups in learning.

    when, days: the days after which a case counts half, for how promises come out and for how many days.
    promises, lengths: strengths of both; spans: of the days from stage to stage. together: a shipment of n
    cases weighs n to this power. stacking: None for the groups of recent cases alone.
    """

    when: float = 30.0
    days: float = 365.0
    promises: Strengths = _PROMISES
    lengths: Strengths = _LENGTHS
    spans: Strengths = _SPANS
    together: float = 0.5
    stacking: Stacking | None = _STACKING


@dataclass(frozen=True)
class _Told:
    """Cases of one kind and measure as arrays: days, end (-1 while open), weight, age in days, and factors.

    case: of which row each is; one that ended some time between two days stands here on each of them.
    groups: by columns their groups, and the number of each row's group.
    """

    case: Ints
    days: Ints
    end: Ints
    weight: Floats
    age: Ints
    factors: pl.DataFrame
    groups: Mapping[Ladder, tuple[list[Key], Ints]]

    def part(self, chosen: np.typing.NDArray[np.bool_]) -> "_Told":
        """Some of them."""
        kept = {name: getattr(self, name)[chosen] for name in ("case", "days", "end", "weight", "age")}
        return replace(self, **kept)

    def on(self, days: Ints, end: Ints) -> "_Told":
        """Return the same with other days and ends."""
        return replace(self, days=days, end=end)


def learn(
    cases: pl.DataFrame,
    day: date,
    *,
    data: str,
    digest: str = "",
    settings: Settings | None = None,
) -> Model:
    """Return the model learnt from cases as known on a day; cases: CASES that are sound.

    data, digest: name and digest of what they were read from. The order of the cases does not matter.
    """
    known = as_known(cases, day).sort("case", "since", "row", nulls_last=True)
    found = [
        _learnt(str(kind), str(measure), group, day, settings or Settings())
        for (kind, measure), group in known.group_by("kind", "measure", maintain_order=True)
    ]
    return Model(data, digest, day, tuple(sorted(found, key=lambda one: (one.kind, one.measure))))


def _learnt(kind: str, measure: str, cases: pl.DataFrame, day: date, settings: Settings) -> Learnt:
    """Return the lead times learnt for one kind and measure; only promises have a mixture."""
    if settings.stacking is None or cases["of"][0] != DEVIATION:
        return _unweighed(kind, measure, cases, day, replace(settings, stacking=None))
    asked = _asked(cases, day, settings.stacking.months)
    few = sum(one.height for one in asked.values()) < settings.stacking.least
    found = _unweighed(kind, measure, cases, day, replace(settings, stacking=None) if few else settings)
    if found.stack is None:
        return found
    trials = list[Trial]()
    for before, rows in asked.items():
        then = _unweighed(kind, measure, as_known(cases, before), before, settings)
        trials += [_trial(then, part, day, settings) for part in rows.iter_slices(_AT_ONCE)]
    return replace(found, stack=weighed(found.stack, trials, settings.stacking))


def _unweighed(kind: str, measure: str, cases: pl.DataFrame, day: date, settings: Settings) -> Learnt:
    """Return the same with all weight on the first member."""
    of = str(cases["of"][0])
    factors = cases.select(pl.col(name).fill_null("") for name in FACTORS)
    ladders = _ladders(LADDERS[of], {name for name in FACTORS if factors[name].n_unique() > 1})
    told = _told(cases, day, factors, ladders, settings)
    ended = int(cases["how"].is_not_null().sum())
    parts = _parts(of, told, _Maker(ladders, settings))
    found = Learnt(kind, measure, of, cases.height, ended, ladders, parts)
    if settings.stacking is None:
        return found
    steady = _parts(of, told, _Maker(ladders, replace(settings, when=np.inf, days=np.inf)))
    alone = tuple(float(name == MEMBERS[0]) for name in MEMBERS)
    return replace(found, stack=Stack(alone, 0.0, steady, _regression(told, settings.stacking)))


def _parts(of: str, told: "_Told", make: "_Maker") -> dict[str, Part]:
    """Return the parts of a promise, or of days from stage to stage."""
    if of == DEVIATION:
        return _deviation(told, make)
    return {"days": make.lengths(told, make.settings.spans)}


def _asked(cases: pl.DataFrame, day: date, months: int) -> dict[date, pl.DataFrame]:
    """Return, for days of the past, the promises for the next month; only days on which enough had ended.

    What travels with an earlier case is not asked: it may share its luck.
    """
    first = pl.col("since").min().over(pl.coalesce("shipment", "case"))
    begun = cases.select(first).to_series()
    found: dict[date, pl.DataFrame] = {}
    for month in range(months, 0, -1):
        before = day - timedelta(days=_MONTH * month)
        if as_known(cases, before)["how"].is_not_null().sum() < FEWEST:
            continue
        until = before + timedelta(days=_MONTH)
        rows = cases.filter((begun >= before) & (pl.col("since") >= before) & (pl.col("since") < until))
        if rows.height:
            found[before] = rows
    return found


def _trial(learnt: Learnt, rows: pl.DataFrame, day: date, settings: Settings) -> Trial:
    """Compare the forecasts of cases by what was known before with what is known now."""
    if learnt.stack is None:
        raise ValueError("there are no members to try")
    factors = rows.select(pl.col(name).fill_null("") for name in FACTORS)
    _, number = _numbered(factors, FACTORS)
    own = factors[np.unique(number, return_index=True)[1].tolist()].rows(named=True)
    since = pl.col("since")
    first, last = ((pl.col(name) - since).dt.total_days() for name in ("ended_from", "ended_to"))
    received = pl.col("how") == RECEIVED
    found = rows.select(
        low=pl.when(received).then(first).otherwise(_NEVER),
        high=pl.when(received).then(last).otherwise(_NEVER),
        known=(pl.lit(day) - since).dt.total_days(),
        late=pl.when(last.is_null() | (first > 0)).then(1.0).when(last <= 0).then(0.0).otherwise(np.nan),
        weight=_weight(settings.together),
        age=(pl.lit(day) - since).dt.total_days(),
    )
    outcome = Outcome(*(found[name].to_numpy() for name in found.columns))
    return tried(learnt.members(own, learnt.stack)[:, :, number], learnt.first, outcome)


def _weight(together: float) -> pl.Expr:
    """Return the weight of a case, less than 1 where it travels with others."""
    travelling = pl.when(pl.col("shipment").is_null()).then(1).otherwise(pl.len().over("shipment"))
    return travelling.cast(pl.Float64) ** (together - 1.0)


def _regression(told: "_Told", settings: Stacking) -> regression.Regression:
    """Return the regression on bins that hold about as many cases each; the promised day has its own."""
    days = np.where((told.end > 0) & (told.days <= 0), 0, told.days)
    is_open = told.end < 0
    edges = _edges(days[~is_open], told.weight[~is_open])
    low = np.searchsorted(edges, days + is_open).astype(np.int64)
    high = np.where(is_open, len(edges), low)
    weight = told.weight * 0.5 ** (np.maximum(told.age, 0) / settings.when)
    labels = regression.Labels(low, high, weight, told.weight)
    factors = {name: told.factors[name].gather(told.case).to_list() for name in FACTORS}
    return regression.fitted(edges, labels, factors, settings.ridge)


def _edges(days: Ints, weight: Floats) -> tuple[int, ...]:
    """Return the last days of all bins but the last."""
    early = days < 0
    late = days > 0
    marks = _quantiles(days[early], weight[early], 3) | _quantiles(days[late], weight[late], 4)
    return tuple(sorted(marks | ({-1, 0} if early.any() else {0})))


def _quantiles(days: Ints, weight: Floats, parts: int) -> set[int]:
    """Return the days that part cases into so many parts of about one weight."""
    if not len(days):
        return set()
    order = np.argsort(days, kind="stable")
    upto = np.cumsum(weight[order])
    at = np.searchsorted(upto, upto[-1] * np.arange(1, parts) / parts)
    return set(days[order][at].tolist())


def _ladders(ladders: tuple[Ladder, ...], telling: set[str]) -> tuple[Ladder, ...]:
    """Return the ladders of columns with several values, without those of which another has all columns."""
    found = dict.fromkeys(tuple(name for name in ladder if name in telling) for ladder in ladders)
    return tuple(one for one in found if not any(set(one) < set(other) for other in found))


def _told(
    cases: pl.DataFrame,
    day: date,
    factors: pl.DataFrame,
    ladders: tuple[Ladder, ...],
    settings: Settings,
) -> _Told:
    """Cases as arrays; those that ended between two days are shared out over them."""
    # A case open for longer than any case may last only shows that it lasts longer.
    low = (pl.coalesce("ended_from", pl.lit(day)) - pl.col("since")).dt.total_days().clip(upper_bound=LONGEST)
    high = (pl.coalesce("ended_to", pl.lit(day)) - pl.col("since")).dt.total_days()
    kinds = {name: number for number, name in enumerate(ENDS)}
    rows = cases.select(
        low=low,
        high=high,
        weight=_weight(settings.together),
        end=pl.col("how").replace_strict(kinds, default=-1, return_dtype=pl.Int64),
        age=(pl.lit(day) - pl.col("since")).dt.total_days(),
    )
    low_, high_, weight, end, age = (rows[name].to_numpy() for name in rows.columns)
    every = {columns: _numbered(factors, columns) for columns in _columns(ladders)}
    numbers = tuple(tuple(every[columns][1] for columns in _down(one)) for one in ladders)
    case, days, shares = shared_out(Seen(low_, high_, end, weight), Alike(numbers, settings.spans.below))
    return _Told(case, days, end[case], shares, age[case], factors, every)


def _deviation(told: _Told, make: "_Maker") -> dict[str, Part]:
    """Return the parts of a promise: its outcome, and the days of deviation."""
    others = (told.end > 0) & (told.days <= 0)
    # An open case is at least a day past its due day, so that it is late in any event.
    came = np.select([told.days < 0, told.days == 0], [EARLY, ON_THE_DAY], LATE)
    places = np.where(others, OTHERWISE, came)
    late = places == LATE
    nought = np.zeros_like(told.end)
    lengths = make.settings.lengths
    early = told.part(places == EARLY)
    return {
        "when": make.outcomes(told.on(places, nought)),
        "early": make.lengths(early.on(-early.days - 1, np.zeros_like(early.end)), lengths, ends=1),
        "late": make.lengths(told.part(late).on(told.days[late] - 1, told.end[late]), lengths),
    }


@dataclass(frozen=True)
class _Maker:
    """Makes parts of cases."""

    ladders: tuple[Ladder, ...]
    settings: Settings

    def outcomes(self, told: _Told) -> Part:
        """Return the part for outcomes of promises: its long run is the plain share of each."""
        shares = tail.sums(told.days, told.weight, OTHERWISE + 1)
        long_run = LongRun(_rounded(shares), len(shares))
        return self._part(told, long_run, self.settings.when, self.settings.promises)

    def lengths(self, told: _Told, strengths: Strengths, *, ends: int = len(ENDS)) -> Part:
        """A part of days: its long run is a parametric curve, shared by the ways of ending as seen."""
        is_open = told.end < 0
        most = int(told.days.max(initial=0)) + 1
        ended = tail.sums(told.days[~is_open], told.weight[~is_open], most)
        curve = tail.fitted(ended, tail.sums(told.days[is_open], told.weight[is_open], most))
        ways = tail.sums(told.end[~is_open], told.weight[~is_open], ends)
        shares = _rounded(ways if ways.sum() else np.eye(ends)[0])
        long_run = LongRun(shares, curve.size(most), curve)
        return self._part(told, long_run, self.settings.days, strengths)

    def _part(self, told: _Told, long_run: LongRun, half: float, strengths: Strengths) -> Part:
        """Return the data of each group, with more weight on newer cases."""
        weight = told.weight * 0.5 ** (np.maximum(told.age, 0) / half)
        groups: dict[Key, Group] = {}
        for columns in _columns(self.ladders):
            groups |= _groups(told, weight, columns)
        return Part(long_run, strengths, groups)


def _rounded(weights: Floats) -> tuple[float, ...]:
    """Weights as shares, to the ninth decimal."""
    return tuple(round(float(one), 9) for one in weights / max(float(weights.sum()), _FORGOTTEN))


def _columns(ladders: Iterable[Ladder]) -> list[Ladder]:
    """The columns of all groups of some ladders, each once."""
    return list(dict.fromkeys(columns for ladder in ladders for columns in _down(ladder)))


def _down(ladder: Ladder) -> list[Ladder]:
    """The columns of the levels of a ladder, none for all cases first."""
    return [ladder[:depth] for depth in range(len(ladder) + 1)]


def _groups(told: _Told, weight: Floats, columns: Ladder) -> dict[Key, Group]:
    """Return the data of each group by some columns that has a case."""
    keys, number = told.groups[columns]
    mine = number[told.case]
    ended: list[dict[tuple[int, int], float]] = [{} for _ in keys]
    still: list[dict[int, float]] = [{} for _ in keys]
    places, at = np.unique(np.stack([mine, told.end, told.days]), axis=1, return_inverse=True)
    heavy = np.bincount(at.ravel(), weight, minlength=places.shape[1])
    for (group, end, day), one in zip(places.T.tolist(), heavy.tolist(), strict=True):
        if one <= _FORGOTTEN:
            continue
        if end < 0:
            still[group][day] = round(one, 6)
        else:
            ended[group][end, day] = round(one, 6)
    known = np.unique(told.case[told.end >= 0])
    cases = np.bincount(number[known], minlength=len(keys)).tolist()
    return {key: Group(ended[n], still[n], cases[n]) for n, key in enumerate(keys) if ended[n] or still[n]}


def _numbered(factors: pl.DataFrame, columns: Ladder) -> tuple[list[Key], Ints]:
    """The groups by some columns, and the number of each row's group."""
    if not columns:
        return [()], np.zeros(factors.height, dtype=np.int64)
    groups = factors.select(columns).unique().sort(columns).with_row_index("_at")
    number = factors.join(groups, on=columns, how="left", maintain_order="left")["_at"].to_numpy()
    keys = [tuple((name, row[name]) for name in columns) for row in groups.iter_rows(named=True)]
    return keys, number.astype(np.int64)
