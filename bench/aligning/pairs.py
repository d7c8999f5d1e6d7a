"""Labelled pairs of names (pairs-dev.csv of nomenklatura, MIT): name and kind alone are read, never a note.

Thresholds are chosen on four fifths and counted on the fifth, ours and the peer's alike.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from bench.aligning.lists import DATA

from konvoi.align.best_name_match import likest
from konvoi.align.blocking import Candidates
from konvoi.align.candidate_search import weighed_by
from konvoi.align.frames import Frames
from konvoi.align.judging import FATHERS, FORMS, weight
from konvoi.align.naming import named, rarity

PATH = DATA / "name-pairs" / "pairs-dev.csv"
FOLDS = 5
SCHEMAS = {"Person": "person", "Vessel": "ship"}
"""All others are of organisations."""


@dataclass(frozen=True)
class Pair:
    """Two names, their kind, whether they are of one party, and of which group the pair is."""

    left: str
    right: str
    schema: str
    same: bool
    group: str

    @property
    def kind(self) -> str:
        """What kind of party bears such names."""
        return SCHEMAS.get(self.schema, "entity")


def read(path: Path = PATH) -> list[Pair]:
    """All pairs of the file; notes, quality, category and group are no input to any matcher."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(row["name1"], row["name2"], row["schema"], row["is_match"] == "true", row["case_group"])
            for row in csv.DictReader(file)
        ]


def ours(asked: Sequence[Pair], lists: Frames) -> np.ndarray:
    """What two names of each pair speak for one party, words weighed by how rare they are in real lists."""
    texts = [(one.kind, name) for one in asked for name in (one.left, one.right)]
    ids = [str(n) for n in range(len(texts))]
    kinds = pl.DataFrame({"listing": ids, "kind": [kind for kind, _ in texts]})
    names = pl.DataFrame({"listing": ids, "name": [text for _, text in texts], "kind": "primary"})
    found = named(kinds, names)
    known = lists.listings.select("listing").unique().with_row_index("owner")
    rare = rarity(named(lists.listings, lists.names), known)
    words = weighed_by(found.words.join(found.names.select("name", "kind"), on="name"), rare)
    held = found.held.select(pl.col("listing").cast(pl.Int64).alias("owner"), "name")
    number = dict(held.iter_rows())
    left, right = ([2 * n + side for n in range(len(asked))] for side in (0, 1))
    wanted = pl.DataFrame(
        {"left": left, "right": right, "a": [number[n] for n in left], "b": [number[n] for n in right]},
        schema={"left": pl.Int64(), "right": pl.Int64(), "a": pl.UInt32(), "b": pl.UInt32()},
    )
    none = pl.DataFrame(schema={"left": pl.Int64(), "right": pl.Int64()})
    told = likest(Candidates(wanted, none, none), found.names, words, held)
    score = pl.sum_horizontal("for_", "prior", weight(FATHERS, "fathers"), weight(FORMS, "forms"))
    spoken = wanted.join(told.select("left", score=score), on="left", how="left", maintain_order="left")
    return spoken["score"].fill_null(-np.inf).to_numpy()


def folds(count: int, seed: int = 1) -> np.ndarray:
    """For each pair its fold, mixed."""
    return np.random.default_rng(seed).permutation(np.arange(count) % FOLDS)


def crossed(score: np.ndarray, same: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """What is answered of each pair at the threshold that is best for all pairs of other folds."""
    answer = np.zeros(len(score), dtype=bool)
    for number in range(FOLDS):
        learnt = fold != number
        least = best(score[learnt], same[learnt])
        answer[~learnt] = score[~learnt] >= least
    return answer


def best(score: np.ndarray, same: np.ndarray) -> float:
    """The threshold with the best F1; the middle of the best ones where there are several."""
    tried = np.unique(score[np.isfinite(score)])
    reached = [f1(score >= least, same) for least in tried]
    top = tried[np.flatnonzero(np.asarray(reached) >= max(reached) - 1e-12)]
    return float(top[len(top) // 2])


def f1(answer: np.ndarray, same: np.ndarray) -> float:
    """F1 of answers."""
    hit = int((answer & same).sum())
    return 2 * hit / max(int(answer.sum() + same.sum()), 1)
