"""Names alone: labelled pairs beside the peer, and one party's names in two alphabets."""

from functools import partial

import numpy as np
import polars as pl
from bench.aligning.lists import chosen, every
from bench.aligning.peer import scores
from bench.aligning.people import across
from bench.aligning.truth import Truth, between, counts, rates
from bench.record import Benchmark

from bench.aligning import alphabets, pairs
from konvoi.align.parties import aligned

DRAWN = 1000
SEEDS = range(1, 6)
BACKGROUND = ("eu", "ua", "uk", "us")


def pairs_of_names(bench: Benchmark, name: str, *, alone: bool) -> None:
    """F1 of labelled pairs, the threshold of each fifth learnt on the others; mean of several divisions."""
    asked = pairs.read()
    same = np.array([one.same for one in asked])
    people = np.array([one.group == "synth_people" for one in asked])
    lists = every(BACKGROUND)
    score = bench.measure(f"{name}: ours", lambda: pairs.ours(asked, lists), runs=1)
    mine = [pairs.crossed(score, same, pairs.folds(len(asked), seed)) for seed in SEEDS]
    reached = _mean(mine, same)
    bench.figures |= {f"{name}: pairs": len(asked), f"{name}: ours, F1": reached}
    bench.figures[f"{name}: pairs of synth_people"] = int(people.sum())
    bench.at_least(
        f"{name}: synth_people", _mean([one[people] for one in mine], same[people]), 0.7, unit="F1"
    )
    if alone:
        return
    entities: dict[str, object] = {}
    for n, one in enumerate(asked):
        for side, text in (("l", one.left), ("r", one.right)):
            entities[f"{side}{n}"] = {"schema": one.schema, "properties": {"name": [text]}}
    given = scores(entities, [(f"l{n}", f"r{n}") for n in range(len(asked))]).scores
    other = [pairs.crossed(given, same, pairs.folds(len(asked), seed)) for seed in SEEDS]
    bench.figures[f"{name}: logic-v2, F1"] = _mean(other, same)
    bench.figures[f"{name}: logic-v2, synth_people"] = _mean([one[people] for one in other], same[people])
    low, high = _between(mine[0], other[0], same)
    bench.figures |= {f"{name}: ours less theirs, from": low, f"{name}: ours less theirs, to": high}
    bench.at_least(f"{name}: ours less theirs", reached - _mean(other, same), 0.02, unit="F1")


def _mean(answers: list[np.ndarray], same: np.ndarray) -> float:
    return float(np.mean([pairs.f1(one, same) for one in answers]))


def _between(mine: np.ndarray, other: np.ndarray, same: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of the difference, pairs drawn again and again."""
    rng = np.random.default_rng(1)
    found = []
    for _ in range(DRAWN):
        at = rng.integers(0, len(same), len(same))
        found.append(pairs.f1(mine[at], same[at]) - pairs.f1(other[at], same[at]))
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def letters(bench: Benchmark, name: str) -> None:
    """Persons by names alone; companies, half of which were in sight when translated words were gathered."""
    whole = every(["eu"])
    own = aligned(whole).parties
    cut = alphabets.halves(whole)
    seen = alphabets.seen(whole)
    for kind, spoken in (("person", "persons"), ("entity", "companies")):
        frames = chosen(cut, pl.col("kind") == kind)
        known = alphabets.known(frames)
        found = bench.measure(f"{name}, {spoken}: ours", partial(aligned, frames), runs=1)
        answer = alphabets.unlike(across(found, frames.listings), own, known)
        told = counts(Truth(alphabets.held(frames), known, 0), answer)
        if kind == "person":
            _rated(bench, f"{name}, {spoken}", told)
            continue
        halved = told.with_columns(listing=pl.col("left").str.replace(r"^\w+:", "")).join(seen, on="listing")
        _rated(bench, f"{name}, {spoken} not in sight", halved.filter(~pl.col("seen")))
        rest = halved.filter("seen")
        bench.figures |= {f"{name}, {spoken} in sight: {what}": one for what, one in rates(rest).items()}


def _rated(bench: Benchmark, name: str, told: pl.DataFrame) -> None:
    bench.figures[f"{name}: truths"] = int(told.select(pl.col("hit") + pl.col("missed")).sum().item())
    for what, least in (("precision", 0.99), ("recall", 0.95)):
        low, high = between(told, what=what)
        bench.figures |= {f"{name}: {what} from": low, f"{name}: {what} to": high}
        bench.at_least(f"{name}: {what}", rates(told)[what], least, unit="")
