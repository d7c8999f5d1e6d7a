"""The days of each movement in a block of runs, drawn step by step.

Loops over runs hold one table each, or none: those without are what a compiler does for many runs at once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from konvoi.kit.compiled import compiled, inlined, inner

Small = NDArray[np.uint16]
Counts = NDArray[np.int64]
Keys = NDArray[np.uint64]
Seen = NDArray[np.int32]
Flags = NDArray[np.bool_]

ADD = 0
WAIT = 1
BY = 2
"""Modes of going on: at once; when possible, by a line of `onward`; beside the others, from a day."""

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_ONE = np.uint64(0xBF58476D1CE4E5B9)
_TWO = np.uint64(0x94D049BB133111EB)
_S30 = np.uint64(30)
_S27 = np.uint64(27)
_S31 = np.uint64(31)
_S16 = np.uint64(16)
_S32 = np.uint64(32)
_S48 = np.uint64(48)
DRAWS = 4
_TWELVE_BITS = np.uint64(0x0FFF_0FFF_0FFF_0FFF)
_TO_FOURS = 2


class Ways(NamedTuple):
    """Movements and their steps, side by side; all days count from one first day, a Monday.

    first[m] to first[m + 1] are the steps of movement m, in order; starts and due are its days, key its own
    number for chance. A step goes on as `how` says; its days are `days[table]` at its luck, its luck the sum
    of its group's (`common[group]`) and its own (`own[part]`, of four runs at a time); planned: the days that
    it is planned to take.
    onward[line, day]: the day on which what is there on a day goes on; weekly[line]: whether that is the
    planned day, else at once in its week, else the next Monday. base: from which day a step beside the others
    counts; of a step that waits its planned day.
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
    weekly: Flags
    own: Keys


class Span(NamedTuple):
    """Movements from one number up to another, and the luck of a block of runs in which they are drawn."""

    first: int
    last: int
    block: np.uint64


class Members(NamedTuple):
    """Movements by group: group g has movements[first[g]:first[g + 1]]; due: due days of all movements."""

    movements: Counts
    first: Counts
    due: Small


@inner
def mixed(number: np.uint64) -> np.uint64:
    """A number of which each bit hangs on all bits of the one given (SplitMix64, Steele and others 2014)."""
    number = (number ^ (number >> _S30)) * _ONE
    number = (number ^ (number >> _S27)) * _TWO
    return number ^ (number >> _S31)


@inlined
def fill(seed: np.uint64, words: Keys) -> None:
    """Random words that follow from a seed alone: four numbers of twelve bits, side by side, in each."""
    for at in range(len(words)):
        seed += GOLDEN
        number = (seed ^ (seed >> _S30)) * _ONE
        number = (number ^ (number >> _S27)) * _TWO
        words[at] = (number ^ (number >> _S31)) & _TWELVE_BITS


@inner
def words_for(runs: int) -> Keys:
    """Room for one draw of each run."""
    return np.empty((runs + DRAWS - 1) // DRAWS, np.uint64)


@compiled
def commons(keys: Keys, parts: Counts, shared: Small, block: np.uint64, common: Small) -> None:
    """The shared luck of each group in each run of a block; the last line of `common` is not touched."""
    words = words_for(common.shape[1])
    draws = words.view(np.uint16)
    for group in range(len(keys)):
        fill(mixed(keys[group] ^ block), words)
        row = shared[parts[group]]
        luck = common[group]
        for at in range(len(luck)):
            luck[at] = row[draws[at]]


@inlined
def seed_of(ways: Ways, move: int, step: int, block: np.uint64) -> np.uint64:
    """The seed of a step's own luck in a block."""
    return mixed(mixed(ways.key[move] ^ block) ^ np.uint64(step - ways.first[move]))


@inlined
def taken(ways: Ways, common: Small, step: int, words: Keys, row: Small) -> None:
    """Write the days that a step takes in each run; words: its own luck, as `fill` draws it.

    `common` and row are as wide as a multiple of four: the luck of four runs is one number, and one sum.
    """
    draws = words.view(np.uint16)
    own = ways.own[ways.part[step]]
    days = ways.days[ways.table[step]]
    luck = common[ways.group[step]].view(np.uint64)
    for four in range(len(luck)):
        cells = luck[four] + own[draws[four] >> _TO_FOURS]
        at = DRAWS * four
        row[at] = days[np.uint16(cells)]
        row[at + 1] = days[np.uint16(cells >> _S16)]
        row[at + 2] = days[np.uint16(cells >> _S32)]
        row[at + 3] = days[np.uint16(cells >> _S48)]


@inlined
def gone(ways: Ways, step: int, row: Small, day: Small) -> None:
    """Let a step of so many days go on from the days on which its movement is there."""
    how = ways.how[step]
    base = ways.base[step]
    if how == ADD:
        for at in range(len(day)):
            day[at] += row[at]
    elif how == BY:
        for at in range(len(day)):
            day[at] = max(day[at], np.uint16(base + row[at]))
    elif ways.weekly[ways.line[step]]:
        _weekly(base, row, day)
    else:
        line = ways.onward[ways.line[step]]
        for at in range(len(day)):
            day[at] = line[day[at]] + row[at]


FARTHEST = 13_000
"""Below this day the week of a day is a product and a shift; a division would take one run at a time."""
_SEVENTH = np.uint32(9363)
_PARTS = np.uint32(16)


@inlined
def _weekly(planned: int, row: Small, day: Small) -> None:
    """Wait for the planned day, go at once in its week, else on the next Monday; then take some days."""
    begins = np.uint16(planned)
    ends = np.uint16(planned // 7 * 7 + 6)
    for at in range(len(day)):
        comes = max(day[at], begins)
        ahead = np.uint16(comes + np.uint16(6))
        weeks = np.uint16(np.uint32(np.uint32(ahead) * _SEVENTH) >> _PARTS)
        day[at] = np.uint16((comes if comes <= ends else np.uint16(weeks * np.uint16(7))) + row[at])


@inner
def most(ways: Ways) -> int:
    """The largest number of steps that a movement has."""
    steps = 0
    for move in range(len(ways.starts)):
        steps = max(steps, ways.first[move + 1] - ways.first[move])
    return steps


@compiled
def journeys(ways: Ways, common: Small, span: Span, days: Small, seen: Seen) -> None:
    """Draw the movements from one number up to another in a block; seen[movement, day]: counts go on.

    days[movement, run] is written, for what must be known of one run together.
    """
    block = span.block
    words = words_for(common.shape[1] // DRAWS)
    row = np.empty(common.shape[1], np.uint16)
    for move in range(span.first, span.last):
        day = days[move]
        counts = seen[move]
        day[:] = ways.starts[move]
        for step in range(ways.first[move], ways.first[move + 1]):
            fill(seed_of(ways, move, step, block), words)
            taken(ways, common, step, words, row)
            gone(ways, step, row, day)
        for at in range(len(day)):
            counts[day[at]] += 1


@compiled
def spared(ways: Ways, common: Small, span: Span, days: Small, saved: Counts) -> None:
    """Count by step the runs in which its movement is late only because of this step.

    days: as `journeys` left them; all other luck stays as it was.
    """
    block = span.block
    width = common.shape[1]
    words = words_for(width // DRAWS)
    took = np.empty((most(ways), width), np.uint16)
    three = np.empty((3, days.shape[1]), np.uint16)
    there = three[0]
    day = three[1]
    even = three[2]
    for move in range(span.first, span.last):
        due = ways.due[move]
        was = days[move]
        late = 0
        start = ways.first[move]
        end = ways.first[move + 1]
        for at in range(len(was)):
            late += was[at] > due
        if not late:
            continue
        for step in range(start, end):
            fill(seed_of(ways, move, step, block), words)
            taken(ways, common, step, words, took[step - start])
        there[:] = ways.starts[move]
        for step in range(start, end):
            day[:] = there
            even[:] = ways.planned[step]
            gone(ways, step, even, day)
            for later in range(step + 1, end):
                gone(ways, later, took[later - start], day)
            for at in range(len(day)):
                saved[step] += was[at] > due and day[at] <= due
            gone(ways, step, took[step - start], there)


@compiled
def together(days: Small, members: Members, seen: Seen, in_time: Counts) -> None:
    """Count by group the days on which all its members have arrived, and the runs in which all are in time.

    seen and in_time go on.
    """
    movements = members.movements
    first = members.first
    due = members.due
    day = np.empty(days.shape[1], np.uint16)
    missed = np.empty(days.shape[1], np.uint8)
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
