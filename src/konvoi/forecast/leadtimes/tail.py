"""A parametric curve behind the cases: the distribution of Weibull in whole days, fitted to what is known."""

from dataclasses import dataclass

import numpy as np

from konvoi.forecast.distribution import Floats, Ints

_ROUNDS = 7
_POINTS = 15
_SHAPES = (0.2, 5.0)
_SCALES = (0.2, 5000.0)
_LEAST = 1e-300
_FORGOTTEN = 1e-4
_MOST = 1500


@dataclass(frozen=True)
class Tail:
    """The chance of lasting beyond x days is exp(-(x / scale) ** shape); day d: from d up to d + 1."""

    scale: float
    shape: float

    def beyond(self, days: Floats) -> Floats:
        """The chance of lasting longer than so many days."""
        return np.asarray(np.exp(-((days / self.scale) ** self.shape)))

    def chances(self, size: int) -> Floats:
        """The chance of each of the first so many days."""
        left = self.beyond(np.arange(size + 1, dtype=np.float64))
        return np.asarray(left[:-1] - left[1:])

    def size(self, least: int) -> int:
        """Return the number of days to distinguish: at least so many, then until one in 10,000 is left."""
        needed = self.scale * (-np.log(_FORGOTTEN)) ** (1 / self.shape)
        return max(least, int(min(np.ceil(needed), _MOST)))


def fitted(ended: Floats, still: Floats) -> Tail:
    """The curve under which what was seen is the most likely.

    ended[day]: weight of the cases that ended on a day; still[day]: of those that had not ended by then. The
    best is sought on a grid of shapes and scales that closes in; without an ended case the scale is the
    greatest there is, without any case one day.
    """
    if not (ended.any() or still.any()):
        return Tail(1.0, 1.0)
    days = np.flatnonzero((ended > 0) | (still > 0)).astype(np.float64)
    index = days.astype(np.int64)
    shapes = _spaced(*np.log(_SHAPES))
    scales = _spaced(*np.log(_SCALES))
    best = (0.0, 0.0)
    for _ in range(_ROUNDS):
        shape = np.repeat(shapes, len(scales))
        scale = np.tile(scales, len(shapes))
        likely = _likelihood(np.exp(shape), np.exp(scale), days, (ended[index], still[index]))
        top = int(np.argmax(likely))
        best = (float(shape[top]), float(scale[top]))
        shapes = _closer(shapes, best[0])
        scales = _closer(scales, best[1])
    return Tail(scale=round(float(np.exp(best[1])), 6), shape=round(float(np.exp(best[0])), 6))


def _likelihood(shape: Floats, scale: Floats, days: Floats, seen: tuple[Floats, Floats]) -> Floats:
    """The log-likelihood at each pair of shape and scale."""
    at, after = (np.exp(-(((days + d) / scale[:, None]) ** shape[:, None])) for d in (0.0, 1.0))
    ended, still = seen
    found = np.log(np.maximum(at - after, _LEAST)) @ ended + np.log(np.maximum(after, _LEAST)) @ still
    return np.asarray(found)


def _spaced(low: float, high: float) -> Floats:
    """Points at even distances, both ends included."""
    return np.linspace(float(low), float(high), _POINTS)


def _closer(points: Floats, middle: float) -> Floats:
    """Points a third as far apart, around the best so far, within the old ones."""
    half = (points[-1] - points[0]) / 6
    return _spaced(max(middle - half, points[0]), min(middle + half, points[-1]))


def sums(days: Ints, weights: Floats, size: int) -> Floats:
    """The weight on each of so many days."""
    return np.asarray(np.bincount(days, weights, minlength=size)[:size], dtype=np.float64)
