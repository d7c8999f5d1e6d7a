"""Candidate pairs of packages and lines that may be one undertaking, found once for all relations."""

import json
from dataclasses import dataclass

import polars as pl

from konvoi.link.match import PAIRS, match
from konvoi.link.pair_backend import Coded, Work
from konvoi.link.population import estimated
from konvoi.link.settings import Block, Population, Settings, Window
from konvoi.link.weights import Weights, bits_of, given
from konvoi.model.finding import Finding
from konvoi.model.stages import Stage
from konvoi.reconcile.comparisons import COMPARISONS, LEARNT
from konvoi.reconcile.comparisons.partner import PARTNER
from konvoi.reconcile.comparisons.reference import REFERENCE
from konvoi.reconcile.comparisons.words import WORDS
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.rivals import RIVALS, against_rivals
from konvoi.reconcile.trained_weights import LEAST, Taught, coded, taught, worth
from konvoi.reconcile.training_pairs import Lessons

_BITS = 2
_SAMPLE = 400_000
_JOINTLY = (("good", "text", WORDS.name, "sources"),)
"""Answers that depend on one another: texts name goods, and sources word things in ways of their own."""
_HELD = (REFERENCE.name,)
"""Comparisons with fixed weights: an issuer's own reference counts as declared, however often two look
alike."""
CALIBRATED = "calibrated"
"""In evidence: by how much judged pairs of chance move a probability, in bits."""


@dataclass(frozen=True)
class Alike:
    """Pairs that are alike (konvoi.link.match.PAIRS), and their basis.

    overflow: groups put aside because they make too many pairs. used: the weight of each answer; None if
    nothing was compared. learnt: the weights after judgements; None if there are none.
    """

    pairs: pl.DataFrame
    overflow: pl.DataFrame
    used: Weights | None
    learnt: Taught | None = None
    findings: tuple[Finding, ...] = ()


def alike(records: pl.DataFrame, policy: Policy, lessons: Lessons | None = None) -> Alike:
    """Pairs of RECORDS of different references that are alike enough to be shown, with their evidence.

    They weigh by the shares that the comparisons declare, as far as neither the records themselves
    (konvoi.link.population) nor people's judgements show otherwise (`docs/decisions/0015`).
    A pair that was judged is as likely as the others' judgements make it: its own does not bear itself out.
    evidence: JSON list of [comparison, answer, bits], whose bits add up to the odds.
    """
    asked = settings(policy)
    said = lessons or Lessons()
    judged = coded(records, asked, said.told) if said.told.height >= LEAST else PAIRS.to_frame()
    lesson = _Lesson(judged, asked)
    found = match(records, asked, weights=lesson)
    if lesson.learnt is None:
        seen = against_rivals(found.pairs, records) if lesson.estimated else found.pairs
        shown = _explained(
            seen.filter(pl.col("probability") >= policy.least), found.used, rivals=lesson.estimated
        )
        return Alike(shown, found.overflow, found.used, None, found.findings)
    learnt = worth(lesson.learnt)
    ends = ["left_id", "right_id"]
    others = found.pairs.join(learnt.pairs, on=ends, how="anti").with_columns(fold=pl.lit(None, pl.Int64))
    every = pl.concat([others, learnt.pairs.select(*PAIRS, "fold")])
    # As long as probabilities are not calibrated, rivals are distinguished as without reviews.
    rivals = lesson.estimated and learnt.weights.calibration is None
    if rivals:
        moved = against_rivals(every.select(list(PAIRS)), records).select(*ends, "probability")
        every = every.drop("probability").join(moved, on=ends, how="left", maintain_order="left")
    valued = [
        _valued(part.select(list(PAIRS)), learnt.weights if n is None else learnt.folds[n], rivals=rivals)
        for (n,), part in every.group_by("fold", maintain_order=True)
    ]
    pairs = pl.concat(valued or [PAIRS.to_frame()]).filter(pl.col("probability") >= policy.least)
    ordered = pairs.sort("probability", *ends, descending=[True, False, False])
    return Alike(ordered, found.overflow, learnt.weights, learnt, found.findings)


def _valued(pairs: pl.DataFrame, used: Weights, *, rivals: bool) -> pl.DataFrame:
    """Return pairs scored and explained by these weights, calibrated if the weights are."""
    stair = used.calibration
    if stair is not None:
        reckoned = pairs["probability"].to_numpy()
        pairs = pairs.with_columns(
            probability=pl.Series(stair.probabilities(reckoned)).round(9),
            lower=pl.Series(stair.lower(reckoned)),
        )
    return _explained(pairs, used, rivals=rivals)


@dataclass
class _Lesson:
    """Weights estimated once all pairs in blocks were seen, then refined by judged pairs."""

    judged: pl.DataFrame
    asked: Settings
    learnt: Taught | None = None
    estimated: bool = False

    def __call__(self, pairs: Coded, work: Work) -> Weights:
        start = estimated(given(self.asked.comparisons, self.asked.prior), pairs, work)
        self.estimated = start.origin == "learnt"
        if self.judged.height < LEAST:
            return start
        self.learnt = taught(self.judged, start, pairs.seen(), self.asked.least)
        return self.learnt.weights


def _loose() -> pl.Expr:
    """Return an expression: True for a contract without a named line."""
    return pl.col("package").is_null() & (pl.col("level") == "line") & (pl.col("stage") == Stage.CONTRACTED)


def _explained(pairs: pl.DataFrame, used: Weights | None, *, rivals: bool = False) -> pl.DataFrame:
    """Pairs with what each answer weighs in their evidence, and what else moved their sum."""
    if used is None:
        return pairs
    marks = ["code", "density", "probability"]
    distinct = pairs.select(marks).unique(maintain_order=True)
    told = []
    for code, density, probability in distinct.iter_rows():
        parts = used.explained(code, density)
        moved = float(bits_of(probability)) - sum(bits for *_, bits in parts)
        if used.calibration is not None:
            parts.append((CALIBRATED, "", moved))
        elif rivals and abs(moved) >= 10**-_BITS:
            parts.append((RIVALS, "", moved))
        each = [[name, answer, round(bits, _BITS)] for name, answer, bits in parts]
        told.append(json.dumps(each, separators=(",", ":")))
    worded = distinct.with_columns(evidence=pl.Series(told, dtype=pl.String))
    return (
        pairs.drop("evidence").join(worded, on=marks, how="left", maintain_order="left").select(list(PAIRS))
    )


def ends(pairs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with source, known and first of both sides (_left, _right), and `loose` for either side.

    Loose is a contract without a named line: it is for the line that it is like, and not the same.
    """
    told = records.select("id", "source", "known", "first", loose=_loose())
    for side in ("left", "right"):
        named = {c: f"{c}_{side}" for c in ("source", "known", "first", "loose")}
        pairs = pairs.join(
            told.rename(named | {"id": f"{side}_id"}), on=f"{side}_id", how="left", maintain_order="left"
        )
    return pairs


def settings(policy: Policy) -> Settings:
    """Return the settings of the match: comparisons, blocks, and pairs that can never be one."""
    unique = ", ".join("'" + variant.replace("'", "''") + "'" for variant in policy.unique) or "''"
    return Settings(
        comparisons=LEARNT if policy.learn else COMPARISONS,
        blocks=_blocks(policy),
        # A total to date or a joint package is not one of the gifts in it.
        # Two lines of one package are two; the records of a register that declares them unique are.
        # An organisation of a register (with a colon) may receive for the state that another names.
        allowed=f"""l.level = r.level AND coalesce(l.kind = r.kind, TRUE) AND l.unit <> r.unit
            AND l.lead IS NOT DISTINCT FROM r.lead
            AND NOT (l.source = r.source AND coalesce(l.package = r.package, FALSE))
            AND NOT (coalesce(l.variant IN ({unique}), FALSE)
                     AND (l.submission = r.submission OR l.source = r.source))
            AND (l.counterparty IS NULL OR r.counterparty IS NULL OR l.counterparty = r.counterparty
                 OR l.counterparty LIKE '%:%' OR r.counterparty LIKE '%:%')""",
        apart=("counter", "reference"),
        least=policy.least,
        prior=policy.prior,
        sample=_SAMPLE,
        population=Population(
            Block("partner", (*policy.within, "party"), window=Window("day", policy.days, policy.days)),
            PARTNER.name,
            _JOINTLY,
            _HELD,
        )
        if policy.learn
        else None,
        memory=policy.memory,
        threads=policy.threads,
    )


def _blocks(policy: Policy) -> tuple[Block, ...]:
    def block(name: str, on: tuple[str, ...], narrower: tuple[str, ...] = (), days: int = 0) -> Block:
        window = Window("day", days or policy.days, days or policy.days)
        return Block(name, (*policy.within, *on), window=window, narrower=narrower, most=policy.most)

    more = policy.known
    learn = (
        (block("partner and an uncommon word", ("party", "keys"), ("kind",), policy.near),)
        if policy.learn
        else ()
    )
    return (
        *learn,
        block("partner and amount", ("party", *more, "buckets"), ("kind", "good_words")),
        block("partner and good", ("party", "good"), ("quantity",), policy.near if more else 0),
        block("partner and kind of good", ("party", "thing"), ("quantity",), policy.near),
        block("partner and quantity", ("party", "thing", "quantity")),
        block("partner and number in the text", ("party", *more, "numbered"), ("kind", "thing")),
        block("partner and a rare word", ("party", "tokens"), ("kind",)),
        block("implementer and amount", ("implementer", *more, "buckets"), ("kind",)),
        Block("reference", (*policy.within, "reference"), most=policy.most),
    )
