"""Chances of spans of days by all factors of a case at once: a multinomial logistic regression.

Groups within groups keep apart what a supplier does by air and by sea; here the supplier and the mode each
have one effect, which cases of all groups teach. An effect is drawn to zero, so that a value with few cases
says little (ridge). The bins only say how likely each span of days is; the days within come from a curve.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from konvoi.forecast.distribution import Floats, Ints

_SWEEPS = 40
_FORGOTTEN = 1e-6
_LONG_RUN = 5.0
_LITTLE = 0.01
_PLACES = 4

Effects = Mapping[str, Mapping[str, tuple[float, ...]]]


@dataclass(frozen=True)
class Regression:
    """Bins of days and what factors say of them.

    edges: last day of each bin but the last, which has no end. base: the logarithm of the share of each bin.
    effects: by column and value what is added to it; 0 for a value that no case had. The empty value is
    among them where a case had it.
    """

    edges: tuple[int, ...]
    base: tuple[float, ...]
    effects: Effects

    def shares(self, rows: Sequence[Mapping[str, str]]) -> Floats:
        """Return the chance of each bin for each row: (row, bin)."""
        score = np.tile(np.array(self.base), (len(rows), 1))
        for column, known in self.effects.items():
            for number, row in enumerate(rows):
                effect = known.get(row[column])
                if effect is not None:
                    score[number] += effect
        return _softmax(score)

    def tilted(self, curve: Floats, first: int, rows: Sequence[Mapping[str, str]]) -> Floats:
        """Return a curve (end, row, day) whose bins are as likely as the regression says.

        first: the day of the first column. Within a bin days and ends keep their proportions; the last bin
        includes what does not end within the curve.
        """
        days = first + np.arange(curve.shape[2])
        at = np.searchsorted(np.array(self.edges), days)
        ended = curve.sum(axis=0)
        mass = np.stack([ended[:, at == one].sum(axis=1) for one in range(len(self.base))], axis=1)
        mass[:, -1] = np.maximum(1.0 - mass[:, :-1].sum(axis=1), mass[:, -1])
        wanted = np.where(mass > _FORGOTTEN, self.shares(rows), 0.0)
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), np.finfo(float).tiny)
        return np.asarray(curve * (wanted / np.maximum(mass, _FORGOTTEN))[:, at][None, :, :])

    def stated(self, rows: Sequence[Mapping[str, str]]) -> np.typing.NDArray[np.bool_]:
        """Return a mask of the rows that leave no column empty which was never empty.

        The effects of the other columns do not say what holds on the average of such a column.
        """
        stated = [all(row[name] or "" in known for name, known in self.effects.items()) for row in rows]
        return np.array(stated, dtype=np.bool_)


@dataclass(frozen=True)
class Labels:
    """Cases to fit a regression to: the lowest and highest bin in which each can end, and its weight.

    ever: the weight without regard to age.
    """

    low: Ints
    high: Ints
    weight: Floats
    ever: Floats


def fitted(
    edges: tuple[int, ...], labels: Labels, factors: Mapping[str, Sequence[str]], ridge: float
) -> Regression:
    """Return the regression under which the bins of cases are the most likely.

    factors: by column the value of each case. ridge: as how many cases the effect of a value counts as zero.
    An open case says that it ends in one of the bins from its own on. Columns of one value have no effect.
    """
    codes, names = _coded(factors)
    table = np.stack([*codes, labels.low, labels.high])
    kept = labels.weight > _FORGOTTEN
    cells, at = np.unique(table[:, kept], axis=1, return_inverse=True)
    weight: Floats = np.bincount(at.ravel(), labels.weight[kept], minlength=cells.shape[1]).astype(np.float64)
    bins = np.arange(len(edges) + 1)
    allowed = (bins >= cells[-2][:, None]) & (bins <= cells[-1][:, None])
    base = np.log(_shares(labels, len(bins)))
    score = np.tile(base, (cells.shape[1], 1))
    effects = [np.zeros((len(values), len(bins))) for values in names.values()]
    for _ in range(_SWEEPS):
        for code, effect in zip(cells[:-2], effects, strict=True):
            step = _step(score, _Cells(allowed, weight), code, effect, ridge)
            effect += step
            score += step[code]
    found = {
        column: {
            value: tuple(round(float(one), _PLACES) + 0.0 for one in effect[number])
            for number, value in enumerate(values)
            if not value or np.abs(effect[number]).max() > 0.5 * 10.0**-_PLACES
        }
        for (column, values), effect in zip(names.items(), effects, strict=True)
    }
    return Regression(edges, tuple(round(float(one), _PLACES) for one in base), found)


def _coded(factors: Mapping[str, Sequence[str]]) -> tuple[list[Ints], dict[str, list[str]]]:
    """Return the number of each case's value, and the values, of columns with several of them."""
    names = {column: sorted(set(values)) for column, values in factors.items()}
    names = {column: values for column, values in names.items() if len(values) > 1}
    codes = [np.searchsorted(np.array(values), np.array(factors[column])) for column, values in names.items()]
    return [code.astype(np.int64) for code in codes], names


def _shares(labels: Labels, bins: int) -> Floats:
    """Return the share of each bin among all cases, where the long run counts as five of them.

    Open cases are shared out over the bins left to them, as the others are.
    """
    weight = labels.weight + _LONG_RUN * labels.ever / max(float(labels.ever.sum()), _FORGOTTEN)
    kinds, at = np.unique(np.stack([labels.low, labels.high]), axis=1, return_inverse=True)
    heavy = np.bincount(at.ravel(), weight, minlength=kinds.shape[1])
    numbers = np.arange(bins)
    allowed = (numbers >= kinds[0][:, None]) & (numbers <= kinds[1][:, None])
    shares = np.full(bins, 1.0 / bins)
    for _ in range(_SWEEPS):
        part = allowed * shares
        shares = heavy @ (part / part.sum(axis=1, keepdims=True)) + _LITTLE
        shares /= shares.sum()
    return np.asarray(shares)


class _Cells(NamedTuple):
    """Cases alike: the bins that each may have ended in (cell, bin), and its weight."""

    allowed: np.typing.NDArray[np.bool_]
    weight: Floats


def _step(
    score: Floats,
    cells: _Cells,
    code: Ints,
    effect: Floats,
    ridge: float,
) -> Floats:
    """Return the change of the effects of one column; no effect moves by more than one."""
    chances = _softmax(score)
    told = np.where(cells.allowed, chances, 0.0)
    told /= np.maximum(told.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    slope = np.empty_like(effect)
    bend = np.empty_like(effect)
    for one in range(effect.shape[1]):
        wanted = cells.weight * told[:, one]
        given = cells.weight * chances[:, one]
        slope[:, one] = np.bincount(code, wanted - given, minlength=len(effect))
        bend[:, one] = np.bincount(code, np.maximum(wanted, given), minlength=len(effect))
    return np.asarray((slope - ridge * effect) / (bend + ridge))


def _softmax(score: Floats) -> Floats:
    """Return chances that sum to 1 in each row."""
    found = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(found / found.sum(axis=1, keepdims=True))
