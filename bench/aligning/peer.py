"""What the peer gets: our candidates, and entities built from all that the listings tell."""

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from bench.record import ROOT, peer

from konvoi.align.blocking import candidates
from konvoi.align.frames import Frames
from konvoi.align.naming import named, weighed

SCRIPT = ROOT / "bench" / "peers" / "nomenklatura_align.py"
_SCHEMA = {"person": "Person", "entity": "Organization", "ship": "Vessel"}
_PROPERTY = {"primary": "name", "formerly": "previousName", "weak": "weakAlias"}


def asked(frames: Frames) -> pl.DataFrame:
    """left, right: pairs of listings of two regimes that share a key, as our own blocks find them."""
    ids = frames.listings.select("listing", "regime").unique("listing").sort("listing")
    owners = ids.with_row_index("owner").with_columns(
        pl.col("owner").cast(pl.Int64), side=pl.col("regime").rank("dense").cast(pl.Int64)
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


def scores(entities: Mapping[str, object], pairs: Sequence[tuple[str, ...]]) -> tuple[np.ndarray, float]:
    """The scores of pairs in their order, and the processor seconds that the peer took for them."""
    with tempfile.TemporaryDirectory() as folder:
        out, path = Path(folder) / "scores.json", Path(folder) / "task.json"
        path.write_text(json.dumps({"entities": entities, "pairs": pairs, "out": str(out)}), encoding="utf-8")
        subprocess.run([peer("nomenklatura"), str(SCRIPT), str(path)], check=True)
        told = json.loads(out.read_text(encoding="utf-8"))
    return np.asarray(told["scores"], dtype=np.float64), float(told["seconds"])
