"""Match public sets without labels, beside Splink: the same columns, levels and blocks; F1, seconds."""

import json
import tempfile
from pathlib import Path

import polars as pl
from bench.matching.sets import SETS, Public
from bench.reconciling.measures import best, hits, of_clusters, of_pairs, true_pairs
from bench.record import ROOT, Benchmark, arguments, peer

from bench.matching import splink
from konvoi.link.match import match

SHIPPED = 0.5
DEFAULT, TRIED = 0.95, (0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
LEAST, SMOKE = 0.01, 0.999
SCRIPT = ROOT / "bench" / "peers" / "splink_public.py"


def ours(bench: Benchmark, public: Public) -> dict[str, float]:
    """Our figures at the threshold that `konvoi match` ships with."""
    settings = public.task.settings
    found = bench.measure(f"{public.name}: ours", lambda: match(public.tables, settings))
    if found.findings:
        raise SystemExit(f"{public.name}: {found.findings}")
    scored, true = hits(found.pairs, public.truth), true_pairs(public.truth)
    return {
        **{f"pairs at {SHIPPED}, {name}": x for name, x in of_pairs(scored, true, SHIPPED).items()},
        "pairs, best F1": best(scored, true)[0],
        **{f"clusters, {name}": x for name, x in of_clusters(found.clusters, public.truth).items()},
    }


def theirs(bench: Benchmark, public: Public, folder: Path) -> dict[str, float]:
    """Splink's figures at the threshold of its pages, and at the best of all, which only the truth tells."""
    task = splink.asked(public, folder) | {"least": LEAST, "thresholds": TRIED}
    (folder / "task.json").write_text(json.dumps(task), encoding="utf-8")
    bench.command(f"{public.name}: splink", [peer("splink"), str(SCRIPT), str(folder / "task.json")], runs=1)
    scored, true = hits(pl.read_parquet(task["out"]), public.truth), true_pairs(public.truth)
    joined = {
        path.stem.removeprefix("pairs-"): of_clusters(pl.read_parquet(path), public.truth)
        for path in sorted(folder.glob("pairs-*.parquet"))
    }
    return {
        **{f"pairs at {DEFAULT}, {name}": x for name, x in of_pairs(scored, true, DEFAULT).items()},
        "pairs, best F1": best(scored, true)[0],
        f"clusters at {DEFAULT}, F1": joined[f"connected-{DEFAULT}"]["F1"],
        "clusters, best F1": max(one["F1"] for one in joined.values()),
        "clusters, best B-cubed": max(one["B-cubed"] for one in joined.values()),
    }


def compared(bench: Benchmark, public: Public) -> None:
    """One set, ours and theirs, and the goals."""
    mine, name = ours(bench, public), public.name
    with tempfile.TemporaryDirectory() as folder:
        other = theirs(bench, public, Path(folder))
    bench.figures |= {f"{name}: ours, {what}": value for what, value in mine.items()}
    bench.figures |= {f"{name}: splink, {what}": value for what, value in other.items()}
    if name == "febrl4":
        bench.at_least(f"{name}: clusters, F1", mine["clusters, F1"], SMOKE, unit="F1")
        return
    pairs, clusters = mine[f"pairs at {SHIPPED}, F1"], mine["clusters, F1"]
    bench.at_least(f"{name}: pairs, Splink's best", pairs, other["pairs, best F1"], unit="F1")
    bench.at_least(f"{name}: clusters, Splink's best", clusters, other["clusters, best F1"], unit="F1")


def main() -> None:
    """Run all sets, or those that are named."""
    parser = arguments()
    parser.add_argument("sets", nargs="*", help="fake_1000, dblp_acm, febrl4; all where none is named")
    asked = parser.parse_args()
    chosen = [public for public in SETS if not asked.sets or public.name in asked.sets]
    bench = Benchmark("match", {"sets": ", ".join(public.name for public in chosen)})
    for public in chosen:
        compared(bench, public)
    bench.finish(asked)


if __name__ == "__main__":
    main()
