"""Candidate pairs: equal keys within a window of days, counted first; too large groups are reported."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import polars as pl

from konvoi.link.keys import Sides, numbered
from konvoi.link.labels import Labelled
from konvoi.link.pairing import ACROSS, ALL, WITHIN, Side, SidePair, Tables, paired, reach, unseen
from konvoi.link.settings import Block, Settings

OVERFLOW = pl.Schema({"block": pl.String(), "key": pl.String(), "pairs": pl.Int64()})
"""One line for each group of equal keys that was skipped because it makes too many pairs."""

BLOCKS = pl.Schema({"block": pl.String(), "pairs": pl.Int64(), "biggest": pl.Int64()})
"""One line for each block: pairs that its groups make, before it is seen which of them other keys or blocks
give too; pairs of its biggest group, also where that was put aside."""

GROUPS = pl.Schema({"block": pl.String(), "key": pl.String(), "pairs": pl.Int64()})
"""The biggest groups of equal keys of each block, the biggest first."""

RECALL = pl.Schema({"block": pl.String(), "true": pl.Int64(), "found": pl.Int64()})
"""One line for each block, and one without a name for all together: of so many true pairs that labels name,
how many it looks at."""

_BETWEEN = {"all": ALL, "within": WITHIN, "across": ACROSS}
_CHUNK = 1 << 20
_SHOWN = 3


@dataclass(frozen=True)
class Joined:
    """A block ready to be joined: its keys without skipped groups, and the range of each line."""

    block: Block
    sides: Sides
    first: np.ndarray
    last: np.ndarray


@dataclass(frozen=True)
class Blocked:
    """All blocks, counted and not yet joined.

    joined: in the order in which pairs are generated. blocks, groups, overflow: as reported to people.
    """

    joined: tuple[Joined, ...]
    blocks: pl.DataFrame = field(default_factory=lambda: BLOCKS.to_frame())
    groups: pl.DataFrame = field(default_factory=lambda: GROUPS.to_frame())
    overflow: pl.DataFrame = field(default_factory=lambda: OVERFLOW.to_frame())

    @property
    def pairs(self) -> int:
        """Return the number of pairs in the groups; a pair of two blocks counts twice."""
        return int(self.blocks["pairs"].sum())


def blocked(records: pl.DataFrame, settings: Settings) -> Blocked:
    """All blocks over records in the order of their numbers, with `_table` and days as whole numbers."""
    found = [_blocked(records, block, directed=settings.directed) for block in settings.blocks]
    return Blocked(
        tuple(joined for one in found for joined in one.joined),
        pl.concat([BLOCKS.to_frame(), *(one.blocks for one in found)]),
        pl.concat([GROUPS.to_frame(), *(one.groups for one in found)]),
        pl.concat([OVERFLOW.to_frame(), *(one.overflow for one in found)]).sort("block", "key"),
    )


def _blocked(records: pl.DataFrame, block: Block, *, directed: bool) -> Blocked:
    """One block; groups that are too big once more with narrower keys."""
    sides = numbered(records, block)
    wide, made = _joined(block, sides, directed=directed)
    over = made > block.most
    joined = [wide]
    aside = (sides, made)
    sizes = made
    if over.any():
        joined = [_joined(block, sides.but(over), directed=directed)[0]]
        if block.narrower:
            members = [side.record[over[side.key]] for side in (sides.left, sides.right)]
            tight = numbered(records, block, block.narrower, np.unique(np.concatenate(members)))
            sizes = _joined(block, tight, directed=directed)[1]
            aside = (tight, sizes)
            joined.append(_joined(block, tight.but(sizes > block.most), directed=directed)[0])
    pairs = sum(int((one.last - one.first).sum(dtype=np.int64)) for one in joined)
    report = pl.DataFrame([(block.name, pairs, int(made.max(initial=0)))], schema=BLOCKS, orient="row")
    big = np.lexsort((np.arange(len(made)), -made))[:_SHOWN]
    return Blocked(
        tuple(joined),
        report,
        _told(block, sides, made, big[made[big] > 0]),
        _told(block, *aside, np.flatnonzero(sizes > block.most)),
    )


def _joined(block: Block, sides: Sides, *, directed: bool) -> tuple[Joined, np.ndarray]:
    """A block with how far its lines reach, and how many pairs each of its keys makes."""
    before, after = _window(block)
    left, right = ((side.key, side.day) for side in (sides.left, sides.right))
    first, last = reach(left, right, before, after, not directed)
    made = np.bincount(sides.left.key, weights=last - first, minlength=sides.count).astype(np.int64)
    return Joined(block, sides.bare(), first, last), made


def whole(records: pl.DataFrame, block: Block, *, directed: bool = False) -> Joined:
    """A block with all its groups, whatever pairs they make."""
    return _joined(block, numbered(records, block), directed=directed)[0]


def _window(block: Block) -> tuple[int, int]:
    return (block.window.before, block.window.after) if block.window else (0, 0)


def _told(block: Block, sides: Sides, made: np.ndarray, keys: np.ndarray) -> pl.DataFrame:
    """Some keys of a block in words, with the pairs that they make."""
    rows = {"block": [block.name] * len(keys), "key": sides.spoken(keys), "pairs": made[keys]}
    return pl.DataFrame(rows, schema=GROUPS)


def pairs(blocks: Blocked, settings: Settings, table: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """All pairs of record numbers, each once, some at a time.

    A pair is given by the first block that holds it, so nothing need be remembered. table: of each record.
    """
    before: list[tuple[Joined, Side, Side]] = []
    tables = Tables(table.astype(np.int32), _BETWEEN[settings.between])
    for joined in blocks.joined:
        sides = joined.sides
        left = _side(sides.left.record, sides.left.day, sides.left.by_record(len(table)))
        right = left
        if not sides.same:
            right = _side(sides.right.record, sides.right.day, sides.right.by_record(len(table)))
        met = (joined.first, joined.last)
        lines = (sides.left.key, sides.left.record, sides.right.record)
        for span in _spans(joined):
            found = paired(span, met, lines, SidePair(left, right, not settings.directed), tables)
            for earlier, ones, others in before:
                fresh = unseen(found, (ones, others), *_window(earlier.block))
                found = (found[0][fresh], found[1][fresh])
            if len(found[0]):
                yield found
        before.append((joined, left, right))


def recall(blocks: Blocked, labels: Labelled, height: int) -> pl.DataFrame:
    """Return the number of true labelled pairs found by each block, and by all of them together (RECALL)."""
    ends = (labels.left[labels.same], labels.right[labels.same])
    found: dict[str, np.ndarray] = {}
    for joined in blocks.joined:
        sides = [
            _side(one.record, one.day, one.by_record(height))
            for one in (joined.sides.left, joined.sides.right)
        ]
        held = ~unseen(ends, (sides[0], sides[1]), *_window(joined.block))
        found[joined.block.name] = found.get(joined.block.name, np.zeros(len(ends[0]), dtype=bool)) | held
    every = np.any(list(found.values()), axis=0)
    rows = [(name, len(ends[0]), int(one.sum())) for name, one in [*found.items(), ("", every)]]
    return pl.DataFrame(rows, schema=RECALL, orient="row")


def _side(record: np.ndarray, day: np.ndarray, keys: tuple[np.ndarray, np.ndarray]) -> Side:
    """A side by record; the day of a record without keys is never asked for."""
    days = np.zeros(len(keys[0]) - 1, dtype=np.int32)
    days[record] = day
    return Side(*keys, days)


def _spans(joined: Joined) -> Iterator[tuple[int, int]]:
    """Yield spans of lines that make about as many pairs each, to limit the pairs in memory."""
    made = np.cumsum(joined.last - joined.first, dtype=np.int64)
    total = int(made[-1]) if len(made) else 0
    cuts = np.searchsorted(made, np.arange(_CHUNK, total, _CHUNK)) + 1
    edges = np.unique(np.concatenate([[0], cuts, [len(made)]]))
    return ((int(a), int(b)) for a, b in pairwise(edges))
