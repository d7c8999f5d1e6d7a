"""The product's own path: submissions as files, `konvoi init`, `konvoi add`, `konvoi total --json`, reviews.

    PYTHONPATH=src python -m bench.reconciling.path read WORKSPACE OUT
    PYTHONPATH=src python -m bench.reconciling.path review WORKSPACE TRUTH RANDOM IMPACT
    PYTHONPATH=src python -m bench.reconciling.path count WORKSPACE CLUSTERS OUT

`read` gathers a workspace as every command does, and writes what the product states: OUT/pairs.parquet
(PAIRS) and OUT/totals.json. `review` answers pairs from the truth through `konvoi.flow.matching.review`,
which appends to judgements.csv. `count` counts clusters of another matcher by the product's rule. Each prints
one JSON object. They run in processes of their own, so that each has its own peak of memory.
"""

import json
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from bench.reconciling.submissions import PREFIX
from bench.record import peak_mb

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.review import Decision, Pair, Review
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import ask
from konvoi.flow.workspace import workspace
from konvoi.ledger.answer import Part, Total
from konvoi.ledger.question import Question
from konvoi.model.entries import RELATIONS
from konvoi.reconcile.records import firsts

SAME = ("same_as", "restates")
"""Relations that say that two statements are of one commitment."""
PAIRS = pl.Schema(
    {
        "left_id": pl.String(), "right_id": pl.String(), "probability": pl.Float64(),
        "relation": pl.String(), "subtype": pl.String(), "status": pl.String(), "basis": pl.String(),
    }
)  # fmt: skip


def lay(files: dict[str, list[Path]], folder: Path) -> None:
    """Put files below submissions/SENDER/ as `konvoi add` keeps them."""
    for sender, paths in files.items():
        for path in paths:
            to = folder / "submissions" / sender / path.name
            to.parent.mkdir(parents=True, exist_ok=True)
            path.rename(to)


def pairs(gathered: Gathered) -> pl.DataFrame:
    """Return the relations that the product proposes or accepts, by packages' references (PAIRS)."""
    entries = gathered.ledger.entries
    of = entries.select("entry", id=_reference()).drop_nulls()
    held = gathered.ledger.relations.select("left", "right", "relation", held="status")
    every = gathered.proposed.join(held, on=["left", "right", "relation"], how="left")
    named = every.with_columns(status=pl.coalesce("held", "status")).join(
        of.rename({"entry": "left", "id": "left_id"}), on="left"
    )
    both = named.join(of.rename({"entry": "right", "id": "right_id"}), on="right")
    sure = pl.when(pl.col("status") == "accepted").then(1.0).otherwise(0.5)
    return (
        both.with_columns(probability=pl.col("probability").fill_null(sure))
        .filter(pl.col("left_id") != pl.col("right_id"))
        .select(list(PAIRS))
        .cast(PAIRS)
    )


def _reference() -> pl.Expr:
    """Return the reference under which a sender states a package, also in an activity identifier."""
    return pl.col("package").str.strip_prefix(PREFIX)


def part(one: Part | Total, key: str) -> dict[str, object]:
    """Return a figure as plain values: key, value, lowest, highest, estimate in units of the currency."""
    figures = {name: getattr(one, name, None) for name in ("value", "lowest", "highest", "estimate")}
    return {"key": key} | {name: None if v is None else float(v) for name, v in figures.items()}


def totals(gathered: Gathered, settings: Settings, *, years: bool = True) -> dict[str, object]:
    """Return the total of what is pledged: over all, by partner, and by partner and year."""
    whole = ask(gathered, Question(by="partner", mix=True, currency="EUR"), settings)
    told: dict[str, object] = {
        "total": part(whole, "total"),
        "partners": [part(one, one.key) for one in whole.by],
        "refused": None if whole.refused is None else whole.refused.reason,
    }
    if years:
        told["years"] = _years(gathered, settings)
    return told


def _years(gathered: Gathered, settings: Settings) -> list[dict[str, object]]:
    """Return what each year adds to the total of each partner: differences of totals of facts up to its end.

    Totals filtered by partner would not add up: a commitment reported under two names counts in both.
    """
    days = gathered.ledger.entries["day_to"].drop_nulls()
    if days.is_empty():
        return []
    before: dict[str, tuple[float, float]] = {}
    rows: list[dict[str, object]] = []
    nothing = (0.0, 0.0)
    for year in sorted(days.dt.year().unique()):
        question = Question(by="partner", mix=True, currency="EUR", on=date(year, 12, 31))
        now = {one.key: _figures(one) for one in ask(gathered, question, settings).by}
        for key in sorted(now.keys() | before.keys()):
            pairs = zip(now.get(key, nothing), before.get(key, nothing), strict=True)
            value, estimate = (later - earlier for later, earlier in pairs)
            if value or estimate:
                rows.append({"partner": key, "year": str(year), "value": value, "estimate": estimate})
        before = now
    return rows


def _figures(one: Part) -> tuple[float, float]:
    """Return value and estimate; where the product states no estimate, the value for it."""
    value = float(one.value or 0)
    estimate = getattr(one, "estimate", None)
    return value, value if estimate is None else float(estimate)


def read(folder: Path, out: Path) -> dict[str, float]:
    """Gather a workspace and write its pairs, records and totals; return the seconds."""
    start = time.process_time()
    work = workspace(folder)
    gathered = gathering(work)
    gathered_in = time.process_time() - start
    out.mkdir(parents=True, exist_ok=True)
    found = pairs(gathered)
    found.write_parquet(out / "pairs.parquet")
    start = time.process_time()
    told = totals(gathered, work.settings)
    (out / "totals.json").write_text(json.dumps(told), encoding="utf-8")
    codes = [finding.code for finding in gathered.findings]
    return {
        "gather": gathered_in,
        "totals": time.process_time() - start,
        "entries": gathered.ledger.entries.height,
        "pairs": found.height,
        "findings": len(codes),
        "peak": peak_mb(),
    }


def count(folder: Path, clusters: Path, out: Path) -> dict[str, float]:
    """Count clusters (id, cluster) of another matcher as the product counts, and write its totals."""
    work = workspace(folder)
    gathered = gathering(work)
    ledger = gathered.ledger
    first = firsts(ledger.entries).select("entry", id=_reference()).drop_nulls()
    members = first.join(pl.read_parquet(clusters), on="id").sort("cluster", "entry")
    linked = members.with_columns(left=pl.col("entry").first().over("cluster")).filter(
        pl.col("left") != pl.col("entry")
    )
    same = linked.select(
        left="left", right="entry", relation=pl.lit("same_as"), subtype=pl.lit(None, pl.String()),
        probability=pl.lit(1.0), status=pl.lit("accepted"), basis=pl.lit("person"),
        evidence=pl.lit(None, pl.String()),
    ).cast(RELATIONS)  # fmt: skip
    apart = ledger.relations.filter(pl.col("basis").is_in(["structure", "reference"]))
    counted = replace(
        gathered, ledger=replace(ledger, relations=pl.concat([apart.select(list(RELATIONS)), same]))
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "totals.json").write_text(json.dumps(totals(counted, work.settings)), encoding="utf-8")
    return {"links": same.height}


def review(folder: Path, truth: Path, random: int, impact: int) -> dict[str, float]:
    """Answer random pairs and those of the highest impact from the truth; return how many were answered.

    truth: folder with truth.parquet (id, cluster) and edges.parquet (child, whole, relation).
    """
    desk = Review(workspace(folder), gathering(workspace(folder)))
    packages = dict(desk.gathered.ledger.entries.select("entry", _reference()).drop_nulls().iter_rows())
    of = dict(pl.read_parquet(truth / "truth.parquet").select("id", "cluster").iter_rows())
    edges = set(pl.read_parquet(truth / "edges.parquet").select("child", "whole", "relation").iter_rows())
    chosen: dict[tuple[str, str, str], Pair] = {}
    while len(chosen) < random and (pair := desk._by_chance(set(chosen))):
        chosen[pair.key] = pair
    drawn = len(chosen)
    for pair in desk.queue():
        if len(chosen) >= drawn + impact:
            break
        chosen.setdefault(pair.key, pair)
    told = [Decision(pair, _verdict(pair, packages, of, edges)) for pair in chosen.values()]
    if told:
        desk.decide_all(told, by="A. Reviewer", at=datetime(2026, 1, 3, tzinfo=UTC).isoformat())
    return {
        "random": drawn,
        "impact": len(chosen) - drawn,
        "same": sum(verdict == "same" for _, verdict, _ in told),
    }


def _verdict(
    pair: Pair, packages: dict[str, str], of: dict[str, str], edges: set[tuple[str, str, str]]
) -> str:
    """Return what a reviewer who knows the truth decides on a pair."""
    left, right = (of.get(packages.get(entry, ""), entry) for entry in (pair.left, pair.right))
    if pair.relation == "same_as":
        return "same" if left == right else "different"
    edge = (left, right, pair.relation)
    return "same" if edge in edges or (pair.relation == "restates" and left == right) else "different"


def main(argv: list[str]) -> int:
    """Run one of the three."""
    what, *rest = argv
    if what == "read":
        told = read(Path(rest[0]), Path(rest[1]))
    elif what == "count":
        told = count(Path(rest[0]), Path(rest[1]), Path(rest[2]))
    else:
        told = review(Path(rest[0]), Path(rest[1]), int(rest[2]), int(rest[3]))
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
