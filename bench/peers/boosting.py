"""Gradient boosting by scikit-learn: chances of bins for the rounds of a task, learnt anew for each.

    bench/peers/.envs/survival/bin/python bench/peers/boosting.py TASK.npz ANSWER.npz

TASK holds features (row, feature; the first `texts` of them codes of texts), and for each round n learn_n,
bins_n, age_n (days) and ask_n. `half`: days after which a case counts half, 0 for never. One thread.
"""

import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-not-found]

LEAST = 1e-3
"""What a bin that was never seen is given, so that no forecast is sure of what it cannot know."""


def main(task: str, answer: str) -> None:
    """Answer a task."""
    with np.load(task) as told:
        features, texts, half = told["features"], int(told["texts"]), float(told["half"])
        count, bins = int(told["rounds"]), int(told["bins"])
        rounds = [[told[f"{name}_{n}"] for name in ("learn", "bins", "age", "ask")] for n in range(count)]
    coded = [column < texts for column in range(features.shape[1])]
    found, start = {}, time.process_time()
    for number, (learn, labels, age, ask) in enumerate(rounds):
        model = HistGradientBoostingClassifier(
            learning_rate=0.06,
            max_iter=50,
            max_leaf_nodes=8,
            min_samples_leaf=20,
            l2_regularization=1.0,
            categorical_features=coded,
            random_state=0,
        )
        chances = np.full((len(ask), bins), LEAST)
        if len(np.unique(labels)) > 1:
            model.fit(features[learn], labels, sample_weight=0.5 ** (age / half) if half else None)
            chances[:, model.classes_] += model.predict_proba(features[ask])
        else:
            chances[:, labels[0]] += 1.0
        found[f"chances_{number}"] = chances / chances.sum(axis=1, keepdims=True)
    np.savez(answer, seconds=np.array(time.process_time() - start), **found)


if __name__ == "__main__":
    main(*sys.argv[1:])
