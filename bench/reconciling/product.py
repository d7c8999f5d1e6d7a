"""One generator and seed measured on the product's own path, beside Splink without labels."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import polars as pl
from bench.pledges.campaigns import campaigns
from bench.pledges.coverage import coverage
from bench.pledges.handed import Generator, Made, registers
from bench.pledges.lexicon import split_of
from bench.pledges.vocabulary import half
from bench.reconciling.path import SAME, lay
from bench.record import ROOT, Benchmark, peer

from bench.reconciling import measures, submissions, unlabelled
from konvoi.kit.union import components

GENERATORS: dict[str, Generator] = {"registers": registers, "campaigns": campaigns}
TRIED = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
ADDED = 2
RANDOM, IMPACT = 150, 100
TO_DATE = "to-date"
_SCRIPT = ROOT / "bench" / "peers" / "splink_unlabelled.py"
# Exit code 1 says that there are findings of severity error; figures are given all the same.
_KONVOI = ["sh", "-c", '"$@" || [ $? -eq 1 ]', "sh", sys.executable, "-m", "konvoi.cli"]
_PATH = [sys.executable, "-m", "bench.reconciling.path"]


@dataclass
class Figures:
    """What was found by one matcher: pair and cluster measures, errors of totals, ranges by partner."""

    pairs: dict[str, float] = field(default_factory=dict)
    best: float = 0.0
    calibration: float = 0.0
    cubed: float = 0.0
    overall: float = 0.0
    yearly: float = 0.0
    expected: float | None = None
    expected_yearly: float | None = None
    to_date: float = 0.0
    within: float = 0.0
    width: float = 0.0
    rows: int = 0

    def named(self, mark: str) -> dict[str, float]:
        """Return the figures under names that begin with a mark."""
        told = {f"{mark}pairs at 0.5, {name}": value for name, value in self.pairs.items()}
        if self.expected is not None and self.expected_yearly is not None:
            told |= {
                f"{mark}estimate off, over all": self.expected,
                f"{mark}estimate off, by partner and year": self.expected_yearly,
            }
        return told | {
            f"{mark}totals to date, precision": self.to_date,
            f"{mark}pairs, best F1": self.best,
            f"{mark}calibration error": self.calibration,
            f"{mark}B-cubed": self.cubed,
            f"{mark}total off, over all": self.overall,
            f"{mark}total off, by partner and year": self.yearly,
            f"{mark}partners within lowest and highest": self.within,
            f"{mark}median width over true sum": self.width,
            f"{mark}partner rows": self.rows,
        }


def measure(
    bench: Benchmark, folder: Path, *, generator: str, records: int, seed: int, reviews: bool, alone: bool
) -> None:
    """Make files, run the product on them, and set the goals."""
    mark = f"{generator} {seed}: "
    made = GENERATORS[generator](records, seed)
    work = _workspace(bench, folder / f"{generator}-{seed}-{records}", mark, made)
    names = half("test" if split_of(seed) == "test" else "dev")
    bench.figures |= {f"{mark}known to the lexicon, {name}": v for name, v in coverage(names).items()}
    bench.figures |= {
        f"{mark}records": made.records.height,
        f"{mark}true partners": made.totals["partner"].n_unique(),
    }
    ours = _read(bench, work, made, mark, "")
    bench.figures |= ours.named(mark)
    bench.at_most(f"{mark}calibration error", ours.calibration, 0.05, unit="")
    bench.at_most(f"{mark}total off, over all", ours.overall, 0.15, unit="")
    bench.at_most(f"{mark}total off, by partner and year", ours.yearly, 0.25, unit="")
    if ours.expected is not None and ours.expected_yearly is not None:
        bench.at_most(f"{mark}estimate off, over all", ours.expected, 0.15, unit="")
        bench.at_most(f"{mark}estimate off, by partner and year", ours.expected_yearly, 0.25, unit="")
    bench.at_least(f"{mark}partners within lowest and highest", ours.within, 0.95, unit="")
    if not alone:
        theirs = _splink(bench, work, made, mark)
        bench.figures |= theirs.named(f"{mark}splink ")
        bench.at_least(f"{mark}pair F1 above splink's best", ours.pairs["F1"] - theirs.best, 0.0, unit="")
        bench.at_least(f"{mark}B-cubed above splink", ours.cubed - theirs.cubed, 0.01, unit="")
    if reviews:
        argv = [*_PATH, "review", str(work / "workspace"), str(work), str(RANDOM), str(IMPACT)]
        told = json.loads(bench.command(f"{mark}review", argv, runs=1).splitlines()[-1])
        bench.figures |= {f"{mark}reviews, {name}": float(value) for name, value in told.items()}
        taught = _read(bench, work, made, mark, "reviewed, ")
        bench.figures |= taught.named(f"{mark}reviewed, ")
        bench.at_most(f"{mark}reviewed, calibration error", taught.calibration, 0.03, unit="")
        bench.at_most(f"{mark}reviewed, total off, over all", taught.overall, 0.08, unit="")
        if taught.expected is not None:
            bench.at_most(f"{mark}reviewed, estimate off, over all", taught.expected, 0.08, unit="")


def _workspace(bench: Benchmark, work: Path, mark: str, made: Made) -> Path:
    """Write submissions and make a workspace of them by `konvoi init` and `konvoi add`.

    The `ADDED` smallest senders go through `konvoi add`; every add reads the whole workspace, so the other
    files are laid where it keeps them.
    """
    work.mkdir(parents=True, exist_ok=True)
    for name in ("truth", "edges", "totals"):
        getattr(made, name).write_parquet(work / f"{name}.parquet")
    space = work / "workspace"
    files = submissions.write(made, work / "files")
    bench.command(f"{mark}konvoi init", [*_KONVOI, "init", str(space)], runs=1)
    submissions.rates(made, space / "rates.csv")
    sizes = made.records["sender"].value_counts().sort("count", "sender")["sender"].to_list()
    for sender in sizes[:ADDED]:
        argv = [
            *_KONVOI,
            "add",
            *map(str, files.pop(sender)),
            "--from",
            sender,
            "--dir",
            str(space),
            "--json",
        ]
        bench.command(f"{mark}konvoi add", argv, runs=1)
    lay(files, space)
    return work


def _read(bench: Benchmark, work: Path, made: Made, mark: str, step: str) -> Figures:
    """Draw the total by `konvoi total` and read what the product states of pairs and partners."""
    space, out = work / "workspace", work / f"product{len(step)}"
    argv = [*_KONVOI, "total", str(space), "--by", "partner", "--mix", "--currency", "EUR", "--json"]
    told = json.loads(bench.command(f"{mark}{step}konvoi total", argv, runs=1))
    argv = [*_PATH, "read", str(space), str(out)]
    costs = json.loads(bench.command(f"{mark}{step}read", argv, runs=1).splitlines()[-1])
    bench.figures |= {f"{mark}{step}{name}": float(value) for name, value in costs.items()}
    stated = json.loads((out / "totals.json").read_text(encoding="utf-8"))
    drawn = told.get("total", told)
    if drawn.get("value") is not None and abs(float(drawn["value"]) - stated["total"]["value"]) > 1:
        raise ValueError(f"konvoi total says {drawn['value']}, the workspace {stated['total']['value']}")
    found = pl.read_parquet(out / "pairs.parquet")
    # A total to date restates its parts and is none of them: it is measured against the edges.
    to_date = pl.col("subtype").fill_null("") == TO_DATE
    scored = found.filter(pl.col("relation").is_in(SAME) & ~to_date).select(
        "left_id", "right_id", "probability", "basis"
    )
    # What a person, a reference or a structure states has no probability to be calibrated.
    ours = figures(scored, made, stated, _tried(scored, made))
    ours.to_date = _contained(found.filter(to_date), made)
    return ours


def _contained(pairs: pl.DataFrame, made: Made) -> float:
    """Return the share of pairs of which one is truly a part of the other, a total to date."""
    of = dict(made.truth.select("id", "cluster").iter_rows())
    edges = set(made.edges.filter(pl.col("relation") == "restates").select("child", "whole").iter_rows())
    ends = [(of.get(left), of.get(right)) for left, right in pairs.select("left_id", "right_id").iter_rows()]
    hits = sum((one, other) in edges or (other, one) in edges for one, other in ends)
    return hits / max(len(ends), 1)


def _splink(bench: Benchmark, work: Path, made: Made, mark: str) -> Figures:
    """Run Splink on the same records and count its clusters by the product's rule."""
    unlabelled.table(made).write_parquet(work / "splink-in.parquet")
    task = {
        "table": str(work / "splink-in.parquet"), "out": str(work / "splink.parquet"),
        "spill": str(work / "spill"), "threads": 2, "memory": "4GB", "least": 0.02, "clusters": TRIED,
    }  # fmt: skip
    (work / "task.json").write_text(json.dumps(task), encoding="utf-8")
    argv = [peer("splink"), str(_SCRIPT), str(work / "task.json")]
    costs = json.loads(bench.command(f"{mark}splink", argv, runs=1).splitlines()[-1])
    bench.figures |= {f"{mark}splink {name}": float(value) for name, value in costs.items()}
    truth = made.truth.select("id", "cluster")
    tried = {
        at: measures.of_clusters(pl.read_parquet(work / f"splink-{at}.parquet"), truth)["B-cubed"]
        for at in TRIED
    }
    top = max(tried, key=lambda at: tried[at])
    bench.figures[f"{mark}splink clusters at"] = top
    clusters, out = work / f"splink-{top}.parquet", work / "splink"
    argv = [*_PATH, "count", str(work / "workspace"), str(clusters), str(out)]
    bench.command(f"{mark}splink counted", argv, runs=1)
    stated = json.loads((out / "totals.json").read_text(encoding="utf-8"))
    return figures(pl.read_parquet(work / "splink.parquet"), made, stated, tried[top])


def _tried(scored: pl.DataFrame, made: Made) -> float:
    """Return the best B-cubed of clusters joined at any of the thresholds tried, as for the peer."""
    truth = made.truth.select("id", "cluster")
    ids = truth["id"].sort()
    found = []
    for at in TRIED:
        kept = scored.filter(pl.col("probability") >= at)
        of = clusters(ids, kept)
        found.append(measures.of_clusters(of, truth)["B-cubed"])
    return max(found)


def clusters(ids: pl.Series, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return connected components of pairs over all ids: id, cluster."""
    ends = pairs.select("left_id", "right_id").sort("left_id", "right_id").rows()
    joined: dict[str, str] = components((left, right) for left, right in ends)
    return pl.DataFrame({"id": ids, "cluster": [joined.get(name, name) for name in ids]})


def figures(scored: pl.DataFrame, made: Made, stated: dict[str, object], cubed: float) -> Figures:
    """Return the figures of scored pairs (basis where known), stated totals, and a B-cubed."""
    truth = made.truth.select("id", "cluster")
    ends = {
        "left_id": pl.min_horizontal("left_id", "right_id"),
        "right_id": pl.max_horizontal("left_id", "right_id"),
    }
    reckoned = pl.col("basis") == "probability" if "basis" in scored.columns else pl.lit(value=True)
    once = scored.with_columns(**ends, told=reckoned).group_by("left_id", "right_id")
    judged = measures.hits(once.agg(pl.col("probability").max(), pl.col("told").all()), truth)
    true = measures.true_pairs(truth)
    told = Figures(
        pairs=measures.of_pairs(judged, true, 0.5),
        best=measures.best(judged, true)[0],
        calibration=measures.calibration(judged.filter("told")),
        cubed=cubed,
    )
    _of_totals(told, stated, made)
    return told


def _of_totals(figures: Figures, stated: dict[str, object], made: Made) -> None:
    """Fill in errors of totals, and partners whose true sum lies in their range."""
    total, partners, years = stated["total"], stated["partners"], stated["years"]
    assert isinstance(total, dict)
    assert isinstance(partners, list)
    assert isinstance(years, list)
    true = made.totals.select("partner", "year", eur=pl.col("eur_minor") / 100)
    whole = float(true["eur"].sum())
    figures.overall = abs((total["value"] or 0.0) - whole) / whole
    figures.yearly = _yearly(true, years, "value")
    if total.get("estimate") is not None:
        figures.expected = abs(total["estimate"] - whole) / whole
        figures.expected_yearly = _yearly(true, years, "estimate")
    ranges = {row["key"]: row for row in partners}
    sums = true.group_by("partner").agg(pl.col("eur").sum()).filter(pl.col("eur") > 0).sort("partner").rows()
    inside, widths = 0, []
    for partner, eur in sums:
        row = ranges.get(partner)
        if row is None or row["lowest"] is None or row["highest"] is None:
            continue
        inside += row["lowest"] <= eur * (1 + 1e-6) and eur * (1 - 1e-6) <= row["highest"]
        widths.append((row["highest"] - row["lowest"]) / eur)
    figures.within = inside / max(len(sums), 1)
    figures.width = median(widths) if widths else 0.0
    figures.rows = len(partners)


def _yearly(true: pl.DataFrame, years: list[dict[str, object]], which: str) -> float:
    """Return the sum of distances from the true totals by partner and year, over the true total."""
    found = pl.DataFrame(
        [(row["partner"], int(str(row["year"])), row.get(which) or 0.0) for row in years],
        schema={"partner": pl.String(), "year": pl.Int64(), "found": pl.Float64()}, orient="row",
    )  # fmt: skip
    both = true.join(found, on=["partner", "year"], how="full", coalesce=True).fill_null(0.0)
    return float((both["found"] - both["eur"]).abs().sum()) / float(true["eur"].sum())
