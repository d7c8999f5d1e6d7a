"""Weights estimated in the table itself: chance counted in a population, declared shares as priors."""

from dataclasses import dataclass, replace
from math import prod

import numpy as np
import polars as pl

from konvoi.link.blocks import Joined
from konvoi.link.comparison import Comparison
from konvoi.link.density import CLASSES, density
from konvoi.link.pair_backend import Coded, Drawn, Seen, Work
from konvoi.link.settings import Population
from konvoi.link.weights import Weights, bits_of, levels_of

LEAST_PAIRS = 10_000
"""With fewer pairs in the population the declared weights stay."""
LEAST_ANSWERS = 3
"""Least number of independent answers that separate two kinds of pairs (doi:10.1214/09-AOS689)."""
_TELLING = 0.005
AS_PAIRS = 50.0
"""Number of pairs as which the declared shares count, both for matching pairs and for others."""
AS_RECORDS = 50.0
"""Number of records as which the declared share of matching pairs counts."""
SMALL_CROWD = 64.0
"""Number of candidates per record up to which the declared prior holds; in a larger crowd it is lower."""
MOST_EACH = 4.0
"""Most matching pairs for each record: with more, the model does not fit, and nothing is learnt."""
RIVAL = 0.1
"""Weight of the odds of another record of one document against a pair."""
_NEAR = 0.01
_TOLD = 5
_LEAST_SHARE = 1e-3
"""Least number of pairs of a code in the sample to estimate the share in blocks, and the least such share."""
_ROUNDS = 400
_STILL = 1e-5
_SPOKEN = 0.01
_MOST_BITS = 30.0


@dataclass(frozen=True)
class Chance:
    """An even sample of the population: its codes, and how many pairs it has in each class of density."""

    drawn: Drawn
    sizes: np.ndarray


def estimated(start: Weights, pairs: Coded, work: Work) -> Weights:
    """Return weights as the table shows them, with those of `start` as prior.

    Fellegi and Sunter's model by expectation and maximisation (doi:10.1080/01621459.1989.10478785), with
    Dirichlet priors around the declared shares. Chance agreement is counted in a sample of the population
    (all pairs of one partner, say), not among the pairs of blocks, which agree because they were selected
    to. Comparisons that depend on one another (Population.jointly) are counted together; `together` holds
    what their answers weigh beside the sum. In a crowd of twice as many records each pair is half as
    likely. Where a document lists a thing once (Population.once), its records that are like one record of
    another are rivals: so series of equal amounts and titles show that the nearest day decides. Pairs
    outside the population keep the declared weights. `start` is returned where there are too
    few pairs, or where so many would belong together that the model cannot fit.
    """
    rule = work.settings.population
    seen = pairs.seen()
    if rule is None or not len(seen.codes):
        return start
    # The pairs that are allowed are at most all: where these are too few, none need be drawn and coded.
    if _pairs(work.population) < LEAST_PAIRS:
        return start
    chance = drawn(pairs, work)
    if chance.sizes.sum() < LEAST_PAIRS:
        return start
    inside = levels_of(seen.codes, start.comparisons)[_place(start.comparisons, rule.comparison)] == 1
    within = Seen(seen.codes[inside], seen.density[inside], seen.pairs[inside])
    model = _Model(start, rule, chance, within)
    if model.telling < LEAST_ANSWERS:
        return start
    fit = model.fitted()
    if rule.once:
        rivals = _rivals(pairs, _documents(work.records, rule.once), within, model.probabilities(fit))
        fit = model.fitted(fit, rivals)
    true = float((model.probabilities(fit) * within.pairs).sum())
    return start if true > MOST_EACH * work.records.height else model.weights(fit, seen.codes)


def drawn(pairs: Coded, work: Work) -> Chance:
    """Return an even sample of the population."""
    joined = work.population
    left, right, whole = _sampled(joined, work.settings.sample)
    found = pairs.drawn(left, right, allowed=True)
    share = found.pairs.sum() / max(len(left), 1)
    classes = density(work.company(), left, right)
    return Chance(found, np.bincount(classes, minlength=CLASSES) * (whole * share / max(len(left), 1)))


def _pairs(joined: Joined) -> int:
    """Return the number of pairs of a block."""
    return int((joined.last - joined.first).sum(dtype=np.int64))


def _sampled(joined: Joined, most: int) -> tuple[np.ndarray, np.ndarray, int]:
    """All pairs of a block, or so many drawn evenly by mixing bits; and how many there are."""
    made = (joined.last - joined.first).astype(np.int64)
    ends = np.cumsum(made)
    whole = int(ends[-1]) if len(ends) else 0
    at = np.arange(min(whole, most), dtype=np.int64)
    if whole > most:
        at = (mixed(at.astype(np.uint64)) % np.uint64(whole)).astype(np.int64)
    line = np.searchsorted(ends, at, side="right")
    other = joined.first[line] + (at - (ends[line] - made[line]))
    left = joined.sides.left.record[line]
    right = joined.sides.right.record[other]
    return np.minimum(left, right).astype(np.int32), np.maximum(left, right).astype(np.int32), whole


def mixed(numbers: np.ndarray) -> np.ndarray:
    """Numbers with their bits mixed (the finaliser of SplitMix64): the same on every machine and version."""
    bits = numbers + np.uint64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(bits ^ (bits >> np.uint64(31)))


def _place(comparisons: tuple[Comparison, ...], name: str) -> int:
    return [one.name for one in comparisons].index(name)


@dataclass(frozen=True)
class _Fit:
    """Expected true pairs, shares of each group's answers among true and other pairs, priors by class."""

    true: float
    yes: list[np.ndarray]
    no: list[np.ndarray]
    prior: np.ndarray


@dataclass(frozen=True)
class _Rivals:
    """Pairs that may be true, each with the records of one document that its two records may be one with.

    line: the code and density of each pair, as a place among those seen. first, second: the number of its
    left record with the right one's document, and of its right record with the left one's.
    """

    line: np.ndarray
    first: np.ndarray
    second: np.ndarray

    def expected(self, bits: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        """Return the expected number of true pairs by code and density, from odds in bits."""
        found = _probability(bits) * pairs
        if not len(self.line):
            return np.asarray(found)
        odds = np.exp2(np.clip(bits, -60, 40))[self.line]
        every = np.bincount(np.concatenate([self.first, self.second]), weights=np.tile(odds, 2))
        others = np.maximum(every[self.first] + every[self.second] - 2 * odds, 0.0)
        share = np.bincount(self.line, weights=odds / (1 + odds + RIVAL * others), minlength=len(found))
        known = np.unique(self.line)
        found[known] = share[known]
        return np.asarray(found)


def _documents(records: pl.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """Return the number of each record's document; a record without one stands alone."""
    told = pl.concat_str([pl.col(column).cast(pl.String) for column in columns], separator="\0")
    own = pl.int_range(pl.len(), 2 * pl.len())
    return records.select(told.rank("dense").cast(pl.Int64).fill_null(own)).to_series().to_numpy()


def _rivals(pairs: Coded, of: np.ndarray, seen: Seen, likely: np.ndarray) -> _Rivals:
    """Return all pairs of the codes and densities that may be true."""
    lines = pl.DataFrame({"code": seen.codes, "density": seen.density}).with_row_index("line")
    wanted = lines.with_columns(probability=pl.Series(likely), lower=pl.lit(None, pl.Float64))
    found = pairs.probable(wanted.filter(pl.col("probability") >= _NEAR).drop("line"))
    found = found.sort("a", "b").join(lines, on=["code", "density"], how="left", maintain_order="left")
    left, right = (found[side].cast(pl.Int64).to_numpy() for side in "ab")
    width = 2 * len(of) + 1
    _, both = np.unique(
        np.concatenate([left * width + of[right], right * width + of[left]]), return_inverse=True
    )
    both = both.ravel()
    return _Rivals(found["line"].cast(pl.Int64).to_numpy(), both[: len(left)], both[len(left) :])


@dataclass(frozen=True)
class _Met:
    """Codes of which blocks hold a part of the population's pairs alone, and that share, by code."""

    codes: np.ndarray
    share: np.ndarray

    def bits(self, codes: np.ndarray) -> np.ndarray:
        """Return the evidence that blocks hold a pair, in bits: they select pairs that belong together."""
        found = np.zeros(len(codes))
        if len(self.codes):
            at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
            known = self.codes[at] == codes
            found[known] = -np.log2(self.share[at[known]])
        return found


def _share_met(seen: Seen, chance: Chance) -> _Met:
    """Return the share of each code's pairs in the population that blocks hold, where the sample shows it.

    Chance agreement is counted in the whole population, and candidate pairs are those in blocks. Where blocks
    hold a tenth of the pairs that agree so little, a tenth of the chance agreements are among them; without
    this, weak agreement would count for too little.
    """
    scale = chance.sizes.sum() / max(float(chance.drawn.pairs.sum()), 1.0)
    enough = chance.drawn.pairs >= _TOLD
    codes = chance.drawn.codes[enough]
    expected = chance.drawn.pairs[enough] * scale
    held, line = np.unique(seen.codes, return_inverse=True)
    pairs = np.bincount(line.ravel(), weights=seen.pairs, minlength=len(held))
    at = np.minimum(np.searchsorted(held, codes), len(held) - 1)
    known = held[at] == codes
    return _Met(codes[known], np.clip(pairs[at[known]] / expected[known], _LEAST_SHARE, 1.0))


class _Model:
    """The pairs of blocks that lie in the population, coded by groups of comparisons."""

    def __init__(self, start: Weights, rule: Population, chance: Chance, seen: Seen) -> None:
        self._start = start
        self._given = _place(start.comparisons, rule.comparison)
        self._held = {_place(start.comparisons, name) for name in rule.held}
        self._groups = self._grouped(rule)
        codes = seen.codes
        self._classes = seen.density.astype(np.int64)
        self._pairs = seen.pairs.astype(float)
        self._sample = chance.drawn.pairs.astype(float)
        self._sizes = chance.sizes
        self._seen = self._answers(codes)
        self._drawn = self._answers(chance.drawn.codes)
        self._met = _share_met(seen, chance)
        self._beside = self._kept(codes) + self._met.bits(codes), self._kept(chance.drawn.codes)
        levels = levels_of(chance.drawn.codes, start.comparisons)
        missing = [float(self._sample[one == 0].sum() / max(self._sample.sum(), 1.0)) for one in levels]
        self._yes = [self._declared(start.true, group, missing) for group in self._groups]
        self._no = [self._declared(start.chance, group, missing) for group in self._groups]
        crowd = np.exp2(np.arange(CLASSES))
        self._usual = start.prior * np.minimum(1.0, SMALL_CROWD / crowd)

    def _grouped(self, rule: Population) -> list[tuple[int, ...]]:
        comparisons = self._start.comparisons
        groups = [tuple(_place(comparisons, name) for name in group) for group in rule.jointly]
        taken = {n for group in groups for n in group} | {self._given} | self._held
        return [*groups, *((n,) for n in range(len(comparisons)) if n not in taken)]

    def _size(self, group: tuple[int, ...]) -> int:
        return prod(len(self._start.true[n]) for n in group)

    def _kept(self, codes: np.ndarray) -> np.ndarray:
        """Return the sum of the held answers of each code, in bits."""
        total = np.zeros(len(codes))
        for n, levels in enumerate(levels_of(codes, self._start.comparisons)):
            if n in self._held:
                total += self._start.bits[n][levels]
        return total

    def _answers(self, codes: np.ndarray) -> list[np.ndarray]:
        """The answers of each group as one number."""
        levels = levels_of(codes, self._start.comparisons)
        found = []
        for group in self._groups:
            number = np.zeros(len(codes), dtype=np.int64)
            for n in group:
                number = number * len(self._start.true[n]) + levels[n]
            found.append(number)
        return found

    @property
    def telling(self) -> int:
        """Return the number of groups of comparisons that give different answers to pairs of the sample."""
        found = 0
        for group, at in zip(self._groups, self._drawn, strict=True):
            counted = np.bincount(at, weights=self._sample, minlength=self._size(group))
            found += int(np.sort(counted[1:])[:-1].sum() >= _TELLING * counted.sum())
        return found

    def _declared(
        self, shares: tuple[np.ndarray, ...], group: tuple[int, ...], missing: list[float]
    ) -> np.ndarray:
        """Declared shares of a group's answers, as if these did not depend on one another."""
        whole = np.ones(1)
        for n in group:
            known = shares[n][1:] / shares[n][1:].sum()
            own = np.concatenate([[missing[n]], (1 - missing[n]) * known])
            whole = np.outer(whole, own).ravel()
        return np.maximum(whole, 1e-12)

    def fitted(self, before: _Fit | None = None, rivals: _Rivals | None = None) -> _Fit:
        """Return the shares and priors that fit best; before: where to begin."""
        no = [self._share(at, self._sample, one) for at, one in zip(self._drawn, self._no, strict=True)]
        yes = self._yes
        prior = self._usual
        true = 0.0
        if before is not None:
            yes = before.yes
            no = before.no
            prior = before.prior
        for _ in range(_ROUNDS):
            one = self._expected(self._odds(yes, no, prior), rivals)
            mean = bits_of(float((prior * self._sizes).sum() / self._sizes.sum()))
            other = 1 - _probability(self._weight(self._drawn, yes, no) + self._beside[1] + mean)
            last = true
            true = float(one.sum())
            prior = self._priors(one)
            yes = [self._share(at, one, d) for at, d in zip(self._seen, self._yes, strict=True)]
            no = [
                self._share(at, other * self._sample, d) for at, d in zip(self._drawn, self._no, strict=True)
            ]
            if abs(true - last) < _STILL * max(true, 1.0):
                break
        return _Fit(true, yes, no, prior)

    def probabilities(self, fit: _Fit) -> np.ndarray:
        """Return the probability of each code and density seen."""
        return np.asarray(_probability(self._odds(fit.yes, fit.no, fit.prior)))

    def _odds(self, yes: list[np.ndarray], no: list[np.ndarray], prior: np.ndarray) -> np.ndarray:
        """The odds of each code and density seen, in bits."""
        return np.asarray(self._weight(self._seen, yes, no) + self._beside[0] + bits_of(prior)[self._classes])

    def _expected(self, bits: np.ndarray, rivals: _Rivals | None = None) -> np.ndarray:
        if rivals is not None:
            return rivals.expected(bits, self._pairs)
        return np.asarray(_probability(bits) * self._pairs)

    def _weight(self, answers: list[np.ndarray], yes: list[np.ndarray], no: list[np.ndarray]) -> np.ndarray:
        total = np.zeros(len(answers[0]))
        for at, t, c in zip(answers, yes, no, strict=True):
            total += np.log2(t / c)[at]
        return total

    def _priors(self, true: np.ndarray) -> np.ndarray:
        """The share of true pairs in each class: that of all classes where it has few, halved with each."""
        found = np.bincount(self._classes, weights=true, minlength=CLASSES)
        crowd = np.exp2(np.arange(CLASSES))
        each = self._start.prior * SMALL_CROWD
        records = float((self._sizes / crowd).sum())
        each = (found.sum() + AS_RECORDS * each) / (records + AS_RECORDS)
        usual = np.minimum(each / crowd, 0.5)
        few = AS_RECORDS * crowd
        return np.asarray(np.clip((found + few * usual) / (self._sizes + few), 1e-12, 0.5))

    @staticmethod
    def _share(at: np.ndarray, weight: np.ndarray, declared: np.ndarray) -> np.ndarray:
        counted = np.bincount(at, weights=weight, minlength=len(declared)) + AS_PAIRS * declared
        return np.asarray(counted / counted.sum())

    def weights(self, fit: _Fit, codes: np.ndarray) -> Weights:
        """Return the weights, with what groups of answers weigh beside the sum, for the codes of blocks."""
        start = self._start
        true = [each.copy() for each in start.true]
        chance = [each.copy() for each in start.chance]
        for group, yes, no in zip(self._groups, fit.yes, fit.no, strict=True):
            shape = tuple(len(start.true[n]) for n in group)
            for axis, n in enumerate(group):
                rest = tuple(a for a in range(len(group)) if a != axis)
                true[n], chance[n] = (side.reshape(shape).sum(axis=rest) for side in (yes, no))
        true[self._given], chance[self._given] = (
            np.concatenate([each[self._given][:1], [1.0], each[self._given][2:]])
            for each in (start.true, start.chance)
        )
        made = replace(
            start,
            true=tuple(true),
            chance=tuple(chance),
            prior=float((fit.prior * self._sizes).sum() / self._sizes.sum()),
            crowds=tuple(float(one) for one in fit.prior),
            origin="learnt",
        )
        whole = np.unique(codes)
        inside = levels_of(whole, start.comparisons)[self._given] == 1
        wanted = start.added(whole)
        wanted[inside] = self._weight(self._answers(whole[inside]), fit.yes, fit.no)
        wanted[inside] += self._kept(whole[inside]) + self._met.bits(whole[inside])
        extra = np.clip(wanted - made.added(whole), -_MOST_BITS, _MOST_BITS).round(4)
        told = np.flatnonzero(np.abs(extra) >= _SPOKEN)
        return replace(made, together=dict(zip(whole[told].tolist(), extra[told].tolist(), strict=True)))


def _probability(bits: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -60, 60))))
