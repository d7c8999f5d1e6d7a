"""Gradient boosting by scikit-learn: chances of bins for the rounds of a task, learnt anew for each.

    bench/peers/.envs/survival/bin/python bench/peers/boosting.py TASK.npz ANSWER.npz

TASK holds features (row, feature; the first `texts` of them codes of texts), and for each round n learn_n,
bins_n, age_n (days) and ask_n. `half`: days after which a case counts half, 0 for never. With open_n, the
cases that have not ended, it learns the chance of ending in a bin of those that come to it. One thread.
"""

import sys
import time
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-not-found]

LEAST = 1e-3
"""What a bin that was never seen is given, so that no forecast is sure of what it cannot know."""


Array = np.typing.NDArray[Any]


class Told(NamedTuple):
    """What is learnt from: features, bins, weights (None: alike), and which features are codes of texts."""

    known: Array
    labels: Array
    weight: Array | None
    coded: list[bool]
    bins: int


def machine(coded: list[bool]) -> HistGradientBoostingClassifier:
    """The settings of all rounds; coded: which features are codes of texts."""
    return HistGradientBoostingClassifier(
        learning_rate=0.06,
        max_iter=50,
        max_leaf_nodes=8,
        min_samples_leaf=20,
        l2_regularization=1.0,
        categorical_features=coded,
        random_state=0,
    )


def shares(told: Told, asked: Array) -> Array:
    """The chance of each bin for the rows asked."""
    chances = np.full((len(asked), told.bins), LEAST)
    if len(np.unique(told.labels)) > 1:
        model = machine(told.coded)
        model.fit(told.known, told.labels, sample_weight=told.weight)
        chances[:, model.classes_] += model.predict_proba(asked)
    else:
        chances[:, told.labels[0]] += 1.0
    return chances


def hazards(told: Told, is_open: Array, asked: Array) -> Array:
    """The same from the chance of ending in each bin that was come to; open cases did not end in theirs."""
    # A bin that an open case has come to and not outlived says nothing.
    lasted = np.where(is_open, told.labels, told.labels + 1)
    case = np.repeat(np.arange(len(lasted)), lasted)
    at = np.arange(len(case)) - np.repeat(np.cumsum(lasted) - lasted, lasted)
    ends = (at == told.labels[case]) & ~is_open[case]
    model = machine([*told.coded, False])
    weight = None if told.weight is None else told.weight[case]
    model.fit(np.column_stack([told.known[case], at]), ends, sample_weight=weight)
    left, chances = np.ones(len(asked)), np.full((len(asked), told.bins), LEAST)
    for number in range(told.bins):
        rate = model.predict_proba(np.column_stack([asked, np.full(len(asked), number)]))[:, -1]
        chances[:, number] += left * (rate if number < told.bins - 1 else 1.0)
        left = left * (1.0 - rate)
    return chances


def main(task: str, answer: str) -> None:
    """Answer a task."""
    with np.load(task) as told:
        features, texts, half = told["features"], int(told["texts"]), float(told["half"])
        count, bins = int(told["rounds"]), int(told["bins"])
        rounds = [[told[f"{name}_{n}"] for name in ("learn", "bins", "age", "ask")] for n in range(count)]
        still = [told[f"open_{n}"] for n in range(count)] if "open_0" in told else [None] * count
    coded = [column < texts for column in range(features.shape[1])]
    found, start = {}, time.process_time()
    for number, ((learn, labels, age, ask), is_open) in enumerate(zip(rounds, still, strict=True)):
        known = Told(features[learn], labels, 0.5 ** (age / half) if half else None, coded, bins)
        asked = features[ask]
        chances = shares(known, asked) if is_open is None else hazards(known, is_open, asked)
        found[f"chances_{number}"] = chances / chances.sum(axis=1, keepdims=True)
    np.savez(answer, seconds=np.array(time.process_time() - start), **found)


if __name__ == "__main__":
    main(*sys.argv[1:])
