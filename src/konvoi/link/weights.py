"""Weights of each answer, and extra weights of whole codes: readable shares and bits."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from konvoi.link.calibration import Calibration
from konvoi.link.comparison import Codes, Comparison

WEIGHTS = pl.Schema(
    {
        "comparison": pl.String(),
        "level": pl.Int64(),
        "label": pl.String(),
        "true": pl.Float64(),
        "chance": pl.Float64(),
        "bits": pl.Float64(),
    }
)
"""One line for each answer to each comparison; bits: what it weighs. By itself that is the
base-2 logarithm of true over chance; answers that mostly come together weigh less beside each other."""


@dataclass(frozen=True)
class Weights:
    """The prior and, for each comparison, the shares of each answer among true and among other pairs.

    beside: what each answer weighs beside the others, in bits, where that is known; empty where it is what it
    weighs by itself. together: for whole codes, the bits that their answers weigh together beside the sum of
    each. crowds: the prior for each class of density (konvoi.link.density); empty where there is one for all.
    origin: declared, learnt (from the tables alone), labelled (refined by judgements) or judged (as declared,
    leaning on few judgements: konvoi.link.shrinkage). calibration: what probabilities were worth on judged
    pairs; None where that is not known. judged: for each answer how many judged pairs that belong together,
    and that do not, gave it; empty where that was not counted.
    """

    comparisons: tuple[Comparison, ...]
    prior: float
    true: tuple[np.ndarray, ...]
    chance: tuple[np.ndarray, ...]
    together: Mapping[int, float] = field(default_factory=dict)
    crowds: tuple[float, ...] = ()
    origin: str = "declared"
    calibration: Calibration | None = None
    beside: tuple[np.ndarray, ...] = ()
    judged: tuple[np.ndarray, ...] = ()

    @property
    def bits(self) -> tuple[np.ndarray, ...]:
        """Return the bits that each answer adds: beside the others, else by itself."""
        return self.beside or tuple(np.log2(t / c) for t, c in zip(self.true, self.chance, strict=True))

    @property
    def counted(self) -> tuple[np.ndarray, ...]:
        """Return the number of reviewed pairs by answer (matching, or not); 0 if unknown."""
        return self.judged or tuple(np.zeros((len(share), 2)) for share in self.true)

    def weighed(self, codes: np.ndarray) -> np.ndarray:
        """Return the sum of all answers of a code, in bits."""
        total = self.added(codes)
        if self.together:
            known = np.array(sorted(self.together), dtype=np.int64)
            extra = np.array([self.together[int(code)] for code in known])
            at = np.minimum(np.searchsorted(known, codes), len(known) - 1)
            total += np.where(known[at] == codes, extra[at], 0.0)
        return total

    def added(self, codes: np.ndarray) -> np.ndarray:
        """Return the sum of each answer's own weight for a code, in bits."""
        total = np.zeros(len(codes))
        for bits, levels in zip(self.bits, levels_of(codes, self.comparisons), strict=True):
            total += bits[levels]
        return total

    def before(self, density: np.ndarray | None = None) -> np.ndarray | float:
        """Return the bits before any answer: the logarithm of the odds of the prior."""
        if density is None or not self.crowds:
            return bits_of(self.prior)
        crowds = bits_of(np.array(self.crowds))
        return np.asarray(crowds[np.minimum(density, len(self.crowds) - 1)])

    def probabilities(self, codes: np.ndarray, density: np.ndarray | None = None) -> np.ndarray:
        """The probability that a pair with a code belongs together, one for each code; not calibrated."""
        total = self.weighed(codes) + self.before(density)
        return np.asarray(1 / (1 + np.exp2(-np.clip(total, -60, 60))))

    def explained(self, code: int, density: int | None = None) -> list[tuple[str, str, float]]:
        """A pair's score in parts (comparison, answer, bits), whose sum is that of the odds: exactly.

        The first part is the prior, the last, where there is one, what the answers weigh together besides.
        """
        crowd = None if density is None else np.array([density])
        parts = [("prior", "", float(np.ravel(self.before(crowd))[0]))]
        codes = Codes(self.comparisons)
        levels = zip(codes.words(code), codes.unpack(code), self.bits, strict=True)
        parts += [(name, label, float(bits[level])) for (name, label), level, bits in levels]
        if code in self.together:
            parts.append(("together", "", float(self.together[code])))
        return parts

    def table(self) -> pl.DataFrame:
        """The weights in a form that people read and a run keeps (WEIGHTS)."""
        rows = [
            (comparison.name, n, answer.label, float(t), float(c), float(b))
            for comparison, *each in zip(self.comparisons, self.true, self.chance, self.bits, strict=True)
            for n, (answer, t, c, b) in enumerate(zip(comparison.answers, *each, strict=True))
        ]
        return pl.DataFrame(rows, schema=WEIGHTS, orient="row")


def given(comparisons: tuple[Comparison, ...], prior: float) -> Weights:
    """The weights that the levels themselves declare."""
    true = tuple(np.array([a.true for a in c.answers]) for c in comparisons)
    chance = tuple(np.array([a.chance for a in c.answers]) for c in comparisons)
    return Weights(comparisons, prior, true, chance)


def levels_of(codes: np.ndarray, comparisons: tuple[Comparison, ...]) -> list[np.ndarray]:
    """The level of each code in each comparison."""
    found = []
    rest = codes.astype(np.int64)
    for size in Codes(comparisons).sizes:
        found.append(rest % size)
        rest = rest // size
    return found


def bits_of(probability: float | np.ndarray) -> np.ndarray:
    """The base-2 logarithm of the odds of a probability."""
    kept = np.clip(probability, 2.0**-60, 1 - 2.0**-50)
    return np.asarray(np.log2(kept / (1 - kept)))
