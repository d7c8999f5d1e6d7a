"""Mixture of several forecasts of how promises come out, weighed by how good each was in the last months.

Each month of the past is forecast by what was known before it. The weights are those under which the mixture
would have had the least continuous ranked probability score (CRPS), drawn to equal shares; with few cases
these again are drawn to the first member alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from konvoi.forecast.distribution import Floats, Ints
from konvoi.forecast.leadtimes.part import Part
from konvoi.forecast.leadtimes.regression import Regression

MEMBERS = ("recent", "steady", "regression")
"""recent: groups in which newer cases count more; steady: groups in which all count alike; regression:
effects of all factors, newer cases counting more."""

_LEAST = 1e-6
_ROUNDS = 30
_PLACES = 6


@dataclass(frozen=True)
class Stack:
    """The members beside the first, the weight of each of MEMBERS, and the drift.

    drift: added to the log odds of coming late, for what the last months had more of than the mixture said.
    """

    weights: tuple[float, ...]
    drift: float
    steady: Mapping[str, Part]
    regression: Regression


@dataclass(frozen=True)
class Stacking:
    """Learning of the further members and of the weights of all.

    months: each of so many spans of 30 days before the day of learning is forecast by what was known before
    it. least: cases in these below which there is no mixture. prior: as how many cases equal weights count.
    when: days after which a case counts half in the regression; ridge: as how many cases the effect of a
    value counts as zero. drift: the days after which a case counts half for the drift; calm: as how much
    information it counts that there is none.
    """

    months: int = 12
    least: int = 100
    prior: float = 100.0
    when: float = 45.0
    ridge: float = 5.0
    drift: float = 60.0
    calm: float = 20.0


@dataclass(frozen=True)
class Outcome:
    """Outcomes of the cases of a forecast, as far as known: one of each per case.

    low, high: the first and last day on which it can have been received; beyond `known` where it had not
    been. known: the last day of which it is known whether it was received. late: 1 where it had not ended in
    any way by day 0, 0 where it had, NaN where that is not known. age: days from the case to the day of
    learning.
    """

    low: Ints
    high: Ints
    known: Ints
    late: Floats
    weight: Floats
    age: Ints


@dataclass(frozen=True)
class Trial:
    """Errors of the members at some cases.

    error: as of `errors`. said: their chances of being late (member, case).
    """

    error: Floats
    said: Floats
    outcome: Outcome


def tried(chances: Floats, first: int, outcome: Outcome) -> Trial:
    """Compare forecasts (member, 2, case, day) with what is known; first: the day of the first column."""
    late = 1.0 - chances[:, :, :, : max(1 - first, 0)].sum(axis=(1, 3))
    return Trial(errors(np.cumsum(chances[:, 0], axis=2), first, outcome), late, outcome)


def weighed(stack: Stack, trials: Sequence[Trial], settings: Stacking) -> Stack:
    """Return a mixture with the weights and the drift that suit what was tried."""
    weight = np.concatenate([one.outcome.weight for one in trials])
    error = np.sum([one.error for one in trials], axis=0)
    shares = weights(error, float(weight.sum()), settings.prior)
    late = np.concatenate([one.outcome.late for one in trials])
    age = np.concatenate([one.outcome.age for one in trials])
    said = np.array(shares) @ np.concatenate([one.said for one in trials], axis=1)
    sure = ~np.isnan(late)
    new = weight[sure] * 0.5 ** (age[sure] / settings.drift)
    return replace(stack, weights=shares, drift=drift(said[sure], late[sure], new, settings.calm))


def errors(until: Floats, first: int, outcome: Outcome) -> Floats:
    """Return the sums over cases and days of the product of each two members' errors: (member, member).

    until: their chances of receipt by each day (member, case, day). A case counts on the days of which its
    outcome is known, whatever it was, up to the day of learning; so that quick cases do not count more often
    than slow ones.
    """
    size = max(until.shape[2], int(outcome.known.max(initial=0)) - first + 1)
    wide = np.pad(until, ((0, 0), (0, 0), (0, size - until.shape[2])), mode="edge")
    days = first + np.arange(size)
    came = days >= outcome.high[:, None]
    told = (days <= outcome.known[:, None]) & (came | (days < outcome.low[:, None]))
    off = np.where(told, wide - came, 0.0) * np.sqrt(outcome.weight)[:, None]
    flat = off.reshape(len(off), -1)
    return np.asarray(flat @ flat.T)


def weights(error: Floats, cases: float, prior: float) -> tuple[float, ...]:
    """Return the weights of members, none below 0, of sum 1.

    error: as `errors`, summed over trials; cases: the weight of the cases in them; prior: as how many cases
    equal shares count, and as how many it counts that the first member alone is right.
    """
    count = len(error)
    alone = np.eye(count)[0]
    if cases <= 0:
        return tuple(alone.tolist())
    trust = cases / (cases + prior)
    wanted = trust / count + (1.0 - trust) * alone
    scale = prior * max(float(np.diag(error).mean()) / cases, _LEAST)
    form = error + scale * np.eye(count)
    least = np.inf
    best = wanted
    for many in range(1, count + 1):
        for chosen in combinations(range(count), many):
            found = np.zeros(count)
            found[list(chosen)] = _solved(form[np.ix_(chosen, chosen)], scale * wanted[list(chosen)])
            if found.min() >= 0.0:
                apart = found - wanted
                loss = float(found @ error @ found + scale * apart @ apart)
                if loss < least:
                    least = loss
                    best = found
    rounded = np.round(best, _PLACES)
    rounded[int(rounded.argmax())] += 1.0 - rounded.sum()
    return tuple(round(float(one), _PLACES) for one in rounded)


def _solved(form: Floats, aim: Floats) -> Floats:
    """Return the least of w·form·w − 2·aim·w among all w of sum 1."""
    free = np.linalg.solve(form, np.stack([aim, np.ones(len(aim))], axis=1))
    return np.asarray(free[:, 0] + free[:, 1] * (1.0 - free[:, 0].sum()) / free[:, 1].sum())


def drift(late: Floats, was: Floats, weight: Floats, prior: float) -> float:
    """Return what to add to the log odds of `late` so that as many were late as `was` says.

    prior: as how much information it counts that nothing has changed.
    """
    odds = np.log(np.clip(late, _LEAST, 1 - _LEAST) / np.clip(1 - late, _LEAST, 1 - _LEAST))
    found = 0.0
    for _ in range(_ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-(odds + found)))
        slope = float((weight * (was - chance)).sum()) - prior * found
        bend = float((weight * chance * (1.0 - chance)).sum()) + prior
        found += float(np.clip(slope / bend, -1.0, 1.0))
    return round(found, _PLACES) + 0.0


def shifted(chances: Floats, first: int, by: float) -> Floats:
    """Return chances (end, row, day) with so much added to the log odds of ending after day 0, or never."""
    if not by:
        return chances
    until = 1 - first
    early = np.clip(chances[:, :, :until].sum(axis=(0, 2)), 0.0, 1.0)
    grown = (1.0 - early) * np.exp(by)
    late = grown / np.maximum(early + grown, np.finfo(float).tiny)
    scale = np.ones(chances.shape[1:])
    scale[:, :until] = ((1.0 - late) / np.maximum(early, _LEAST))[:, None]
    scale[:, until:] = (late / np.maximum(1.0 - early, _LEAST))[:, None]
    return np.asarray(chances * scale)
