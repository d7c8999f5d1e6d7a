"""The days of each movement in a block of runs, drawn step by step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from konvoi.kit.compiled import compiled, inner

Small = NDArray[np.uint16]
Counts = NDArray[np.int64]
Keys = NDArray[np.uint64]
Seen = NDArray[np.int32]

ADD, WAIT, BY = 0, 1, 2
"""How a step goes on: at once; when it may go on, by its line of `onward`; beside the others, from a day."""

NOBODY = -1
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_ONE = np.uint64(0xBF58476D1CE4E5B9)
_TWO = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)
TWELVE = np.uint64(12)
LOW = np.uint64(4095)
DRAWS = 5


class Ways(NamedTuple):
    """Movements and their steps, side by side; all days count from one first day.

    first[m] to first[m + 1] are the steps of movement m, in order; starts and due are its days, key its own
    number for chance. A step goes on as `how` says; its days are `days[table]` at its luck, its luck the sum
    of its group's (`common[group]`) and its own (`own[part]`); planned: the days it is planned to take.
    onward[line, day]: the day on which what is there on a day goes on. base: from which day a step beside
    the others counts.
    """

    first: Counts
    starts: Small
    due: Small
    key: Keys
    how: NDArray[np.uint8]
    group: Counts
    part: Counts
    table: Counts
    line: Counts
    base: Small
    planned: Small
    days: Small
    onward: Small
    own: Small


@inner
def mixed(number: np.uint64) -> np.uint64:
    """A number of which each bit hangs on all bits of the one given (SplitMix64, Steele and others 2014)."""
    number = (number ^ (number >> _S30)) * _ONE
    number = (number ^ (number >> _S27)) * _TWO
    return number ^ (number >> _S31)


@inner
def fill(seed: np.uint64, words: Keys) -> None:
    """Random words that follow from a seed alone."""
    for at in range(len(words)):
        number = seed + (np.uint64(at) + np.uint64(1)) * GOLDEN
        number = (number ^ (number >> _S30)) * _ONE
        number = (number ^ (number >> _S27)) * _TWO
        words[at] = number ^ (number >> _S31)


@compiled
def commons(keys: Keys, parts: Counts, shared: Small, block: np.uint64, common: Small) -> None:
    """The shared luck of each group in each run of a block; the last line of `common` is not touched."""
    words = np.empty(common.shape[1], np.uint64)
    for group in range(len(keys)):
        fill(mixed(keys[group] ^ block), words)
        row = shared[parts[group]]
        for at in range(len(words)):
            common[group, at] = row[words[at] & LOW]


@inner
def way(ways: Ways, common: Small, where: tuple[int, int, np.uint64], words: Keys, day: Small) -> None:
    """The days on which one movement is there; where: the movement, the step that goes as planned, block."""
    move, spared, block = where
    day[:] = ways.starts[move]
    seed, used = mixed(ways.key[move] ^ block), DRAWS
    for step in range(ways.first[move], ways.first[move + 1]):
        if used == DRAWS:
            seed, used = mixed(seed + GOLDEN), 0
            fill(seed, words)
        shift = np.uint64(used) * TWELVE
        used += 1
        how, line = ways.how[step], ways.onward[ways.line[step]]
        if step == spared:
            _planned(how, line, (ways.base[step], ways.planned[step]), day)
            continue
        own, days, luck = ways.own[ways.part[step]], ways.days[ways.table[step]], common[ways.group[step]]
        if how == WAIT:
            for at in range(len(day)):
                day[at] = line[day[at]] + days[luck[at] + own[(words[at] >> shift) & LOW]]
        elif how == ADD:
            for at in range(len(day)):
                day[at] += days[luck[at] + own[(words[at] >> shift) & LOW]]
        else:
            base = ways.base[step]
            for at in range(len(day)):
                # Written without a branch, which a processor would guess wrong every other time.
                day[at] = max(day[at], base + days[luck[at] + own[(words[at] >> shift) & LOW]])


@inner
def _planned(how: int, line: Small, planned: tuple[int, int], day: Small) -> None:
    """A step that takes its planned days, whatever the luck."""
    base, days = planned
    for at in range(len(day)):
        if how == WAIT:
            day[at] = line[day[at]] + days
        elif how == ADD:
            day[at] += days
        else:
            day[at] = max(day[at], base + days)


@compiled
def journeys(ways: Ways, common: Small, span: tuple[int, int, np.uint64], days: Small, seen: Seen) -> None:
    """Draw the movements from one number up to another in a block; seen[movement, day]: counts go on.

    days[movement, run] is written, for what must be known of one run together.
    """
    first, last, block = span
    words = np.empty(common.shape[1], np.uint64)
    for move in range(first, last):
        day = days[move]
        way(ways, common, (move, NOBODY, block), words, day)
        counts = seen[move]
        for at in range(len(day)):
            counts[day[at]] += 1


@compiled
def spared(ways: Ways, common: Small, span: tuple[int, int, np.uint64], days: Small, saved: Counts) -> None:
    """By step, in how many runs its movement is late and would not be, had the step gone as planned.

    days: as `journeys` left them; all other luck stays as it was.
    """
    first, last, block = span
    words = np.empty(common.shape[1], np.uint64)
    day = np.empty(common.shape[1], np.uint16)
    for move in range(first, last):
        due, was, late = ways.due[move], days[move], 0
        for at in range(len(was)):
            late += was[at] > due
        if late:
            for step in range(ways.first[move], ways.first[move + 1]):
                way(ways, common, (move, step, block), words, day)
                for at in range(len(day)):
                    saved[step] += was[at] > due and day[at] <= due


@compiled
def together(days: Small, members: tuple[Counts, Counts], seen: Seen, late: tuple[Small, Counts]) -> None:
    """By group, on which days all its members are there, and in how many runs all are in time.

    members: (movements, first), those of group g are movements[first[g]:first[g + 1]]. late: their due days,
    and the count of runs in which none is late, which goes on.
    """
    movements, first = members
    due, in_time = late
    day, missed = np.empty(days.shape[1], np.uint16), np.empty(days.shape[1], np.uint8)
    for group in range(len(first) - 1):
        day[:] = 0
        missed[:] = 0
        for place in range(first[group], first[group + 1]):
            move = movements[place]
            for at in range(len(day)):
                day[at] = max(day[at], days[move, at])
                missed[at] |= days[move, at] > due[move]
        for at in range(len(day)):
            seen[group, day[at]] += 1
            in_time[group] += 1 - missed[at]
