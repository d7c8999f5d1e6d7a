"""A linear programme as bench/arcs.py saved it, for the solvers of others; needs numpy only."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Programme(NamedTuple):
    """The most of paid x, x from 0 to `most`: rows below len(upper) are limited, all others balance to zero.

    Entries of row i are column[start[i] : start[i + 1]], with their amounts.
    """

    paid: NDArray[np.float64]
    most: NDArray[np.float64]
    upper: NDArray[np.float64]
    start: NDArray[np.int64]
    column: NDArray[np.int64]
    amount: NDArray[np.float64]


def read(path: Path) -> Programme:
    """A saved programme, by rows."""
    with np.load(path) as saved:
        found = {name: saved[name] for name in saved.files}
    column = np.repeat(np.arange(len(found["paid"])), np.diff(found["start"]))
    order = np.argsort(found["index"], kind="stable")
    start = np.searchsorted(found["index"][order], np.arange(int(found["rows"]) + 1))
    return Programme(
        found["paid"], found["most"], found["upper"], start, column[order], found["amount"][order]
    )


def solved(build: Callable[[Programme], Any], run: Callable[[Any], tuple[bool, float]]) -> None:
    """Read the programme that the command line names, build and solve it, tell what came of it in one line.

    run: gives back whether it came to the optimum, and its value.
    """
    programme = read(Path(sys.argv[1]))
    start = time.perf_counter()
    built = build(programme)
    ready = time.perf_counter()
    optimal, value = run(built)
    seconds = {"build": ready - start, "solve": time.perf_counter() - ready}
    print(json.dumps({"optimal": optimal, "value": value} | seconds))
