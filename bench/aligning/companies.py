"""Companies of two lists by all but their numbers, which tell what is true."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from bench.aligning.errors import groups, kinds, shown
from bench.aligning.lists import every, hidden, of_kind
from bench.aligning.peer import asked, entities, ours, scores
from bench.aligning.people import across
from bench.aligning.truth import Truth, between, counts, rates, truth
from bench.record import Benchmark

from konvoi.align.frames import Frames
from konvoi.align.parties import Aligned, aligned

Regimes = Sequence[tuple[str, str]]
FASTER = 20.0
TRIED = [n / 100 for n in range(30, 100)]


@dataclass(frozen=True)
class Part:
    """Two regimes: what is matched, what is true, and what the lists tell with every number shown."""

    frames: Frames
    known: Truth
    whole: Frames


def parts(regimes: Regimes, kind: str) -> list[Part]:
    """The listings of a kind of each pair of regimes."""
    whole = every(sorted({one for two in regimes for one in two}))
    told = [of_kind(whole, two, kind) for two in regimes]
    return [Part(hidden(one), truth(one, kind), one) for one in told]


def companies(bench: Benchmark, name: str, regimes: Regimes, *, alone: bool) -> None:
    """Ours at the thresholds that ship, theirs at the best of all; F1, seconds, kinds of errors."""
    told = parts(regimes, "entity")
    found = bench.measure(f"{name}: ours", lambda: [aligned(one.frames) for one in told], runs=1)
    answers = [across(one, part.frames.listings) for one, part in zip(found, told, strict=True)]
    mine = pl.concat(counts(part.known, answer) for part, answer in zip(told, answers, strict=True))
    spoken(bench, name, told, mine)
    by_kind(bench, name, told, found)
    mine_alone = ours([one.frames for one in told])
    bench.figures[f"{name}: ours, processor seconds"] = mine_alone
    if not alone:
        bench.at_least(f"{name}: not below the peer's best", theirs(bench, name, told, mine)[1], 0, unit="F1")
        seconds = bench.figures[f"{name}: logic-v2, processor seconds"]
        bench.at_least(f"{name}: as fast", seconds / mine_alone, FASTER, unit="times")


def spoken(bench: Benchmark, name: str, told: Sequence[Part], mine: pl.DataFrame) -> None:
    """Our rates with their intervals, and how many truths they are of."""
    bench.figures[f"{name}: truths"] = sum(part.known.true.height for part in told)
    bench.figures[f"{name}: numbers borne twice, left out"] = sum(part.known.twice for part in told)
    for what, value in rates(mine).items():
        low, high = between(mine, what=what)
        bench.figures |= {
            f"{name}: ours, {what}": value,
            f"{name}: ours, {what} from": low,
            f"{name}: ours, {what} to": high,
        }


def by_kind(bench: Benchmark, name: str, told: Sequence[Part], found: Sequence[Aligned]) -> None:
    """Recall and false hits by script and length of name, and how truths were missed."""
    each, ways = [], []
    for part, one in zip(told, found, strict=True):
        answer = across(one, part.frames.listings)
        each.append(groups(part.frames, part.known, answer))
        ways.append(kinds(part.known, answer, asked(part.frames), one.pairs))
    summed = pl.concat(each).group_by("group").agg(pl.col("truths", "hit", "wrong").sum()).sort("group")
    bench.figures |= {f"{name}: {line}": value for line, value in shown(summed)}
    for way in sorted({key for one in ways for key in one}):
        bench.figures[f"{name}: {way}"] = sum(one.get(way, 0) for one in ways)


def theirs(
    bench: Benchmark, name: str, told: Sequence[Part], mine: pl.DataFrame
) -> tuple[float, float, float]:
    """Ours less theirs: the interval, from and to, and the difference itself."""
    pairs = [asked(part.frames) for part in told]
    # A listing says the same in each part, so that one process hears all of them.
    said = {id: one for part in told for id, one in entities(part.frames).items()}
    own = pl.concat([asked(part.frames, own=True) for part in told]).unique().sort("left", "right")
    found = scores(said, pl.concat(pairs).rows(), own.rows())
    ends = np.cumsum([0, *(one.height for one in pairs)])
    scored = [
        (part.known, one.with_columns(score=found.scores[start:end]))
        for part, one, start, end in zip(told, pairs, ends[:-1], ends[1:], strict=True)
    ]
    each = [
        pl.concat(counts(known, pairs.filter(pl.col("score") >= least)) for known, pairs in scored)
        for least in TRIED
    ]
    other = max(each, key=lambda one: rates(one)["F1"])
    low, high = between(mine, other)
    bench.figures |= {f"{name}: logic-v2, best {what}": value for what, value in rates(other).items()}
    bench.figures[f"{name}: pairs that the peer compares"] = int(ends[-1])
    bench.figures[f"{name}: pairs of one list that the peer compares"] = own.height
    across, whole = found.seconds
    bench.figures[f"{name}: logic-v2, processor seconds"] = whole
    bench.figures[f"{name}: logic-v2, processor seconds without a list's own repeats"] = across
    bench.figures |= {f"{name}: ours less theirs, from": low, f"{name}: ours less theirs, to": high}
    return low, high, rates(mine)["F1"] - rates(other)["F1"]
