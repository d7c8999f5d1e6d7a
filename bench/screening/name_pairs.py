"""Labelled pairs of names as the program answers them, a question counted as found, beside logic-v2."""

from collections.abc import Sequence

import numpy as np
from bench.aligning.lists import every
from bench.aligning.pairs import Pair, f1, read
from bench.aligning.peer import scores
from bench.record import Benchmark
from bench.screening.asking import asked
from bench.screening.halves import half

from konvoi.align.frames import frames, together
from konvoi.align.judging import Verdict
from konvoi.align.listing import Kind, Listing, Name
from konvoi.align.screening import look, ready
from konvoi.model.finding import Place

BACKGROUND = ("eu", "ua", "uk", "us")
LEAST, MORE = 0.7, 0.02
"""The threshold of logic-v2 as it ships, and how much more F1 is wanted."""

SMALL = 10
SYNTHETIC = "synth_"


def answered(pairs: Sequence[Pair]) -> np.ndarray:
    """Return for each pair whether its right name, screened, finds the left one on a list."""
    listed = [
        Listing(f"pairs:{at}", Kind(one.kind), (Name(one.left),), Place()) for at, one in enumerate(pairs)
    ]
    lists = ready(together([*map(every, [BACKGROUND]), frames("pairs", listed)]), {})
    found = look([asked(f"{at}", one.right, one.kind) for at, one in enumerate(pairs)], lists)
    told = {
        party
        for party, listing, verdict in found.select("party", "listing", "verdict").iter_rows()
        if verdict != Verdict.APART.value and listing == f"pairs:{party}"
    }
    return np.array([str(at) in told for at in range(len(pairs))])


def groups(pairs: Sequence[Pair]) -> list[str]:
    """Return the group of each pair, those of few pairs as one."""
    names = [one.group for one in pairs]
    return [name if names.count(name) >= SMALL else "others" for name in names]


def name_pairs(bench: Benchmark, wanted: str) -> None:
    """Measure F1 of each group of one half; goals for all that are not synthetic."""
    pairs = [one for one in read() if half(f"{one.left}|{one.right}") == wanted]
    same = np.array([one.same for one in pairs])
    mine = bench.measure("name pairs screened", lambda: answered(pairs), runs=1)
    entities: dict[str, object] = {}
    for at, one in enumerate(pairs):
        for side, text in (("l", one.left), ("r", one.right)):
            entities[f"{side}{at}"] = {"schema": one.schema, "properties": {"name": [text]}}
    theirs = scores(entities, [(f"l{at}", f"r{at}") for at in range(len(pairs))]).scores >= LEAST
    each = np.array(groups(pairs))
    for name in sorted(set(each)):
        of = each == name
        ours, other = f1(mine[of], same[of]), f1(theirs[of], same[of])
        bench.figures |= {
            f"name pairs, {name}: pairs": int(of.sum()),
            f"name pairs, {name}: ours, F1": ours,
            f"name pairs, {name}: logic-v2 at {LEAST}, F1": other,
        }
        if not name.startswith(SYNTHETIC):
            bench.at_least(f"name pairs, {name}: ours less theirs", ours - other, MORE, unit="F1")
