"""FTS flows with the ids of parents and children blanked: the links found again, beside a plain join."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
from bench.record import ROOT, Benchmark

from konvoi.intake.formats.fts import FTS_FLOWS
from konvoi.kit.text import fold
from konvoi.model.document import Document, Reading
from konvoi.reconcile.relate import relate

DATA = ROOT.parent / "shared" / "data" / "fts"
IDS = ("parentFlowId", "childFlowIds")
LEAST = (0.88, 0.85)
"""Precision and recall as measured (0.894, 0.868), less a little: a fall is a fault."""

Links = frozenset[tuple[str, str]]
"""Pairs of flow numbers: child, parent."""


def pages(folder: Path) -> list[Path]:
    """The pages of flows in a folder."""
    return sorted(folder.glob("custom-search-*.json"))


def links(folder: Path) -> Links:
    """The links between flows that are both on the pages."""
    every = {str(one["id"]): one for page in pages(folder) for one in _flows(page)}
    named = {
        *((number, str(one["parentFlowId"])) for number, one in every.items() if one["parentFlowId"]),
        *((str(child), number) for number, one in every.items() for child in one["childFlowIds"] or ()),
    }
    return frozenset((child, parent) for child, parent in named if child in every and parent in every)


def blanked(folder: Path) -> list[Reading]:
    """The pages as they are read when no flow names a parent or a child."""
    return [FTS_FLOWS.read(Document(page.name, _blank(page))) for page in pages(folder)]


def found(readings: Iterable[Reading]) -> pl.DataFrame:
    """The links that are proposed: child, parent (flow numbers), probability, evidence."""
    read = list(readings)
    entries = pl.concat([one.entries for one in read]).unique("package", keep="first", maintain_order=True)
    scopes = pl.concat([one.scopes for one in read]).unique().join(entries, on="entry", how="semi")
    number = entries.select("entry", "package")
    relations = relate(entries, scopes=scopes).relations.filter(pl.col("subtype") == "fts-parent")
    return (
        relations.join(number, left_on="left", right_on="entry")
        .join(number, left_on="right", right_on="entry", suffix="_parent")
        .select("probability", "evidence", child="package", parent="package_parent")
    )


def join(readings: Iterable[Reading]) -> frozenset[frozenset[str]]:
    """Pairs of flows of one giver under the same words: what a plain join on source and description gives."""
    read = pl.concat([one.entries for one in readings]).unique("package", keep="first", maintain_order=True)
    words = [fold(text or "") for text in read["text"]]
    sides = read.select("package", "party", words=pl.Series(words)).filter(
        pl.col("party").is_not_null() & (pl.col("words") != "")
    )
    pairs = sides.join(sides, on=["party", "words"], suffix="_other")
    return frozenset(
        frozenset(pair)
        for pair in pairs.filter(pl.col("package") < pl.col("package_other"))
        .select("package", "package_other")
        .iter_rows()
    )


def rates(right: int, told: int, true: int) -> tuple[float, float]:
    """Precision and recall."""
    return right / max(told, 1), right / max(true, 1)


def _flows(page: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(page.read_bytes())["data"]["flows"]
    return found


def _blank(page: Path) -> bytes:
    document = json.loads(page.read_bytes())
    for flow in document["data"]["flows"]:
        flow.update(dict.fromkeys(IDS))
    return json.dumps(document).encode()


def main() -> None:
    """Find the links again; each child's surest parent counts, several that are as sure count as several."""
    true = links(DATA)
    read = blanked(DATA)
    bench = Benchmark("fts", data={"flows": sum(one.entries.height for one in read), "links": len(true)})
    ours = bench.measure("relations", lambda: found(read), runs=1)
    told = set(ours.select("child", "parent").iter_rows())
    joined = join(read)
    precision, recall = rates(len(told & true), len(told), len(true))
    plain = rates(sum(frozenset(pair) in joined for pair in true), len(joined), len(true))
    bench.figures |= {"links proposed": float(len(told)), "pairs of the join": float(len(joined))}
    bench.figures |= {"precision of the join": plain[0], "recall of the join": plain[1]}
    bench.at_least("precision", precision, max(LEAST[0], plain[0]), unit="of those proposed")
    bench.at_least("recall", recall, max(LEAST[1], plain[1]), unit="of all links")
    bench.finish()


if __name__ == "__main__":
    main()
