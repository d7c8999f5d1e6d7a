"""Answers to many pairs at once: steps of a small machine, each done for some hundred pairs before the next.

Numbers, truth and texts (as numbers) are all floats; what is not known is not a number. Every step has a
place of its own for what comes out of it.
"""

from typing import NamedTuple

import numpy as np

from konvoi.kit.compiled import compiled, inner

LEFT, RIGHT, LIKENESS, NUMBER, ADD = range(5)
"""Operations: read a column of the left or the right record, a likeness, a number; add to the code."""
PLUS, MINUS, TIMES, OVER, ABSOLUTE, GREATEST, LEAST = range(10, 17)
EQUAL, BELOW, AT_MOST, SAME, UNKNOWN = range(20, 25)
"""SAME: equal, or both unknown."""
AND, OR, NOT, ELSE, WHETHER = range(30, 35)
"""ELSE: the first, where it is known, else the second. WHETHER: the second where the first holds, else the
third."""
_AT_ONCE = 512


class Program(NamedTuple):
    """A compiled predicate, line by line: operation and up to three operands (places, columns or numbers).

    numbers: of NUMBER. rows: one for each record. factors: of ADD, by which an answer is multiplied.
    """

    steps: np.ndarray
    numbers: np.ndarray
    rows: np.ndarray
    factors: np.ndarray


@inner
def _reckon(what: int, x: np.ndarray, y: np.ndarray, out: np.ndarray) -> None:
    if what == PLUS:
        for n in range(len(out)):
            out[n] = x[n] + y[n]
    elif what == MINUS:
        for n in range(len(out)):
            out[n] = x[n] - y[n]
    elif what == TIMES:
        for n in range(len(out)):
            out[n] = x[n] * y[n]
    elif what == OVER:
        for n in range(len(out)):
            out[n] = x[n] / y[n]
    elif what == ABSOLUTE:
        for n in range(len(out)):
            out[n] = abs(x[n])
    elif what == GREATEST:
        for n in range(len(out)):
            out[n] = x[n] if x[n] >= y[n] or y[n] != y[n] else y[n]
    elif what == LEAST:
        for n in range(len(out)):
            out[n] = x[n] if x[n] <= y[n] or y[n] != y[n] else y[n]


@inner
def _compare(what: int, x: np.ndarray, y: np.ndarray, out: np.ndarray) -> None:
    if what == UNKNOWN:
        for n in range(len(out)):
            out[n] = 1.0 if x[n] != x[n] else 0.0
        return
    if what == SAME:
        for n in range(len(out)):
            out[n] = 1.0 if x[n] == y[n] or (x[n] != x[n] and y[n] != y[n]) else 0.0
        return
    if what == EQUAL:
        for n in range(len(out)):
            out[n] = 1.0 if x[n] == y[n] else 0.0
    elif what == BELOW:
        for n in range(len(out)):
            out[n] = 1.0 if x[n] < y[n] else 0.0
    elif what == AT_MOST:
        for n in range(len(out)):
            out[n] = 1.0 if x[n] <= y[n] else 0.0
    for n in range(len(out)):
        out[n] = np.nan if x[n] != x[n] or y[n] != y[n] else out[n]


@inner
def _conclude(what: int, x: np.ndarray, y: np.ndarray, z: np.ndarray, out: np.ndarray) -> None:
    if what == AND:
        for n in range(len(out)):
            out[n] = 0.0 if x[n] == 0 or y[n] == 0 else x[n] * y[n]
    elif what == OR:
        for n in range(len(out)):
            out[n] = 1.0 if x[n] == 1 or y[n] == 1 else x[n] + y[n]
    elif what == NOT:
        for n in range(len(out)):
            out[n] = 1.0 - x[n]
    elif what == ELSE:
        for n in range(len(out)):
            out[n] = y[n] if x[n] != x[n] else x[n]
    elif what == WHETHER:
        for n in range(len(out)):
            out[n] = y[n] if x[n] == 1 else z[n]


@inner
def _taken(rows: np.ndarray, column: int, records: np.ndarray, out: np.ndarray) -> None:
    for n in range(len(out)):
        out[n] = rows[records[n], column]


@inner
def _added(codes: np.ndarray, factor: int, answers: np.ndarray) -> None:
    for n in range(len(codes)):
        codes[n] += factor * np.int64(answers[n])


@compiled
def coded(
    program: Program, left: np.ndarray, right: np.ndarray, likeness: np.ndarray, codes: np.ndarray
) -> None:
    """Add to the codes of pairs of records what the program answers. likeness: a row for each of LIKENESS."""
    steps = program.steps
    places = np.empty((len(steps), _AT_ONCE))
    for step in range(len(steps)):
        if steps[step, 0] == NUMBER:
            places[step] = program.numbers[steps[step, 1]]
    for begin in range(0, len(left), _AT_ONCE):
        end = min(begin + _AT_ONCE, len(left))
        many = end - begin
        for step in range(len(steps)):
            what = steps[step, 0]
            a = steps[step, 1]
            b = steps[step, 2]
            c = steps[step, 3]
            out = places[step, :many]
            if what == LEFT:
                _taken(program.rows, a, left[begin:end], out)
            elif what == RIGHT:
                _taken(program.rows, a, right[begin:end], out)
            elif what == LIKENESS:
                out[:] = likeness[a, begin:end]
            elif what == ADD:
                _added(codes[begin:end], program.factors[b], places[a, :many])
            elif PLUS <= what <= LEAST:
                _reckon(what, places[a, :many], places[b, :many], out)
            elif EQUAL <= what <= UNKNOWN:
                _compare(what, places[a, :many], places[b, :many], out)
            elif what >= AND:
                _conclude(what, places[a, :many], places[b, :many], places[c, :many], out)
