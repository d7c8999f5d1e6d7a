"""Curves by scikit-survival: Kaplan and Meier, and of each end (Aalen and Johansen), of a task's cases.

    bench/peers/.envs/survival/bin/python bench/peers/curves.py TASK.npz ANSWER.npz

TASK holds days (each above 0), how (0 open, 1, 2, … the ends) and at, the days at which curves are wanted.
"""

import sys

import numpy as np
from sksurv.nonparametric import (  # type: ignore[import-not-found]
    cumulative_incidence_competing_risks,
    kaplan_meier_estimator,
)


def main(task: str, answer: str) -> None:
    """Answer a task: left, and one row for each end."""
    with np.load(task) as told:
        days, how, at = told["days"], told["how"], told["at"]
    times, left = kaplan_meier_estimator(how > 0, days)
    places = np.searchsorted(times, at, side="right") - 1
    times_of, ended = cumulative_incidence_competing_risks(how, days)
    of = np.searchsorted(times_of, at, side="right") - 1
    np.savez(
        answer,
        left=np.where(places < 0, 1.0, left[np.maximum(places, 0)]),
        ended=np.where(of < 0, 0.0, ended[1:, np.maximum(of, 0)]),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
