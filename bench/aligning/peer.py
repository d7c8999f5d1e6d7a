"""What the peer gets: our candidates, and entities built from all that the listings tell; seconds of both.

Counted on both sides: processor seconds of one thread in a process of its own that has read the tables, to
the decisions, with all that a matcher loads when it is first asked; not the start of Python and its imports.
Ours: names taken apart, blocks, each list's own repeats, pairs across, parties with their evidence. Theirs:
entities from fields, and the score of each pair that ours compares within a list and across two. The blocks
are handed to them for nothing, and so are the parties that their scores would still have to be made.
"""

import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from bench.record import ROOT, peer

from konvoi.align.blocking import candidates
from konvoi.align.frames import Frames
from konvoi.align.naming import named, weighed

SCRIPT = ROOT / "bench" / "peers" / "nomenklatura_align.py"
RUNS = 5
_SCHEMA = {"person": "Person", "entity": "Organization", "ship": "Vessel"}
_PROPERTY = {"primary": "name", "formerly": "previousName", "weak": "weakAlias"}


@dataclass(frozen=True)
class Scored:
    """The scores of pairs in their order, and the seconds to the end of each group of pairs."""

    scores: np.ndarray
    seconds: tuple[float, ...]


def asked(frames: Frames, *, own: bool = False) -> pl.DataFrame:
    """left, right: pairs of listings of two regimes that share a key, as our own blocks find them.

    own: pairs of one regime instead, as a list's own repeats are looked for.
    """
    ids = frames.listings.select("listing", "regime").unique("listing").sort("listing")
    side = pl.col("regime").rank("dense").cast(pl.Int64)
    owners = ids.with_row_index("owner").with_columns(
        pl.col("owner").cast(pl.Int64), side=-side if own else side
    )
    found = named(frames.listings, frames.names)
    held = found.held.join(owners, on="listing").select("owner", "side", "name").unique()
    years = frames.births.drop_nulls("first").join(owners, on="listing")
    years = years.select("owner", year=pl.col("first").dt.year()).unique()
    numbers = frames.identifiers.join(owners, on="listing")
    pairs = candidates(weighed(found, owners), held, numbers, years).names
    told = pairs.select("left", "right").unique().sort("left", "right")
    return told.select(left=ids["listing"].gather(told["left"]), right=ids["listing"].gather(told["right"]))


def entities(frames: Frames) -> dict[str, object]:
    """Each listing in the peer's words."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for id, text, kind in frames.names.select("listing", "name", "kind").iter_rows():
        told[id][_PROPERTY.get(kind, "alias")].append(text)
    for id, first, last in frames.births.drop_nulls("first").select("listing", "first", "last").iter_rows():
        whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        if first == last or (whole and first.year == last.year):
            told[id]["birthDate"].append(str(first) if first == last else str(first.year))
    for id, text in frames.nationalities.iter_rows():
        told[id]["country"].append(text)
    kinds = frames.listings.select("listing", "kind").iter_rows()
    return {id: {"schema": _SCHEMA[kind], "properties": told[id]} for id, kind in kinds}


def scores(entities: Mapping[str, object], *groups: Sequence[tuple[str, ...]]) -> Scored:
    """What the peer says of pairs, one group after the other in one process."""
    with tempfile.TemporaryDirectory() as folder:
        out, path = Path(folder) / "scores.json", Path(folder) / "task.json"
        task = {"entities": entities, "groups": groups, "out": str(out)}
        path.write_text(json.dumps(task), encoding="utf-8")
        _run([peer("nomenklatura"), str(SCRIPT), str(path)])
        told = json.loads(out.read_text(encoding="utf-8"))
    return Scored(np.asarray(told["scores"], dtype=np.float64), tuple(told["seconds"]))


def ours(tables: Sequence[Frames]) -> float:
    """The median of the seconds that ours takes for tables one after the other, in new processes.

    The first run is left out: then machine code is compiled, which is kept on the disk.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.pickle"
        path.write_bytes(pickle.dumps(list(tables)))
        told = [
            float(_run([sys.executable, "-m", "bench.aligning.alone", str(path)])) for _ in range(RUNS + 1)
        ]
    return statistics.median(told[1:])


def _run(command: Sequence[str]) -> str:
    """What a command says; modules are kept compiled, as they are where Konvoi or the peer is installed."""
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told["PYTHONPATH"] = str(ROOT / "src")
    return subprocess.run(command, check=True, cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True).stdout
