"""The same model in numpy: all consignments and a block of runs at a time, in single precision."""

import math

import numpy as np
from numpy.typing import NDArray

from konvoi.forecast.core.draw import BY, WAIT
from konvoi.forecast.delay import TENTH
from konvoi.forecast.delays import BY_NAME
from konvoi.forecast.journeys import Journeys

Singles = NDArray[np.float32]
Ints = NDArray[np.int32]
STEPS = 7


class Vectorised:
    """The plan as matrices: one line for each consignment, one column for each of its seven steps."""

    def __init__(self, laid: Journeys) -> None:
        """Take the spreads, groups and days of a plan that is laid out."""
        shape = (len(laid.ids), STEPS)
        spreads = [step.spread for step in laid.steps]
        self.low, self.middle, self.high = (
            np.array([getattr(one, name) for one in spreads], dtype=np.float32).reshape(shape)
            for name in ("low", "middle", "high")
        )
        self.how = laid.ways.how.reshape(shape)[0]
        self.kinds = [step.kind for step in laid.steps[:STEPS]]
        self.around = [BY_NAME[kind].times for kind in self.kinds]
        self.shared = [BY_NAME[kind].shared for kind in self.kinds]
        self.group = laid.ways.group.reshape(shape)
        self.groups = len(laid.chance.keys)
        self.base = laid.ways.base.astype(np.int32).reshape(shape)
        self.starts, self.due = laid.ways.starts.astype(np.int32), laid.ways.due.astype(np.int32)
        first = [laid.ways.onward[line][0] for line in laid.ways.line]
        self.departs = np.array(first, dtype=np.int32).reshape(shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.slow = np.log(self.high / self.middle) / np.float32(TENTH)
            self.quick = np.log(self.middle / self.low) / np.float32(TENTH)

    def block(self, runs: int, seed: int) -> Ints:
        """The days on which all consignments are there in some runs: (run, consignment)."""
        stream = np.random.Generator(np.random.SFC64(seed))
        common = stream.standard_normal((runs, self.groups + 1), dtype=np.float32)
        day = np.broadcast_to(self.starts, (runs, len(self.starts))).copy()
        for step in range(STEPS):
            luck = stream.standard_normal(day.shape, dtype=np.float32)
            part = self.shared[step]
            if part:
                luck *= np.float32(math.sqrt(1 - part))
                luck += np.float32(math.sqrt(part)) * common[:, self.group[:, step]]
            taken = self._days(step, luck)
            if self.how[step] == BY:
                np.maximum(day, self.base[:, step] + taken, out=day)
                continue
            if self.how[step] == WAIT:
                day = _onward(day, self.departs[:, step])
            day += taken
        return day

    def _days(self, step: int, luck: Singles) -> Ints:
        """Days by luck, as konvoi.forecast.delay has them."""
        if self.around[step]:
            drawn = np.exp(np.where(luck > 0, self.slow[:, step], self.quick[:, step]) * luck)
            drawn *= self.middle[:, step]
            return np.asarray(np.maximum(1, np.ceil(drawn - np.float32(1e-5))), dtype=np.int32)
        scale = (self.high[:, step] - self.middle[:, step]) / np.float32(np.expm1(TENTH))
        return np.asarray(np.rint(scale * np.expm1(np.maximum(luck, 0))), dtype=np.int32)


def _onward(day: Ints, planned: Ints) -> Ints:
    """When a leg is left on: as planned, at once in the planned week, else on a Monday."""
    return np.where(day // 7 > planned // 7, -(-day // 7) * 7, np.maximum(day, planned)).astype(np.int32)
