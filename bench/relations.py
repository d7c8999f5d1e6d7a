"""Directed relations found in made-up records: money passed on, joint packages, totals to date."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from bench.reconciling.ceiling import first_hop
from bench.reconciling.ours import paired
from bench.reconciling.prepared import tabled
from bench.record import Benchmark, arguments

from bench.pledges import generate
from bench.reconciling import handed
from konvoi.reconcile.joint import joint
from konvoi.reconcile.passed import LIKELY
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.received import received
from konvoi.reconcile.records import records
from konvoi.reconcile.relation import Evidence, Found
from konvoi.reconcile.to_date import to_date

DEV = (11, 12, 13)
RECORDS = 60_000
PART = 0.5
# Undertakings equal to another but for the day: nothing in the records says which of them money came from.
ALIKE = ("equal flow", "run of months")

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Rates:
    """Of edges between what records speak of: how many told are true, and how many true are told."""

    told: int
    precision: float
    findable: float
    all: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of all."""
        both = self.precision + self.all
        return 2 * self.precision * self.all / both if both else 0.0


def evidence(tables: Tables) -> Evidence:
    """What relations are found in."""
    entries, rates = handed.entries(tables["records"]), handed.rates(tables["exchange"])
    return Evidence(
        entries=entries,
        records=records(entries, rates),
        scopes=handed.scopes(tables["records"]),
        pairs=paired(tabled(tables)),
        policy=Policy(calibrated=True, within=("counterparty",)),
        rates=rates,
    )


def told(found: pl.DataFrame, tables: Tables, *, roles: Sequence[str] = ()) -> pl.DataFrame:
    """Proposals as edges between clusters: left, right, probability, accepted, each once.

    roles: of the right records, where only some are asked for.
    """
    of = tables["clusters"].select("id", "cluster", "role")
    edges = (
        found.join(of, left_on="left", right_on="id")
        .join(of, left_on="right", right_on="id", suffix="_right")
        .filter(pl.col("role_right").is_in(list(roles)) if roles else pl.lit(value=True))
    )
    return edges.group_by(left="cluster", right="cluster_right").agg(
        pl.col("probability").max(), accepted=(pl.col("status") == "accepted").any()
    )


def true(tables: Tables, subtype: str) -> pl.DataFrame:
    """True edges of a subtype both of whose ends some record speaks of."""
    there = tables["clusters"]["cluster"].unique().implode()
    edges = tables["edges"].filter(pl.col("subtype") == subtype)
    return edges.filter(pl.col("left").is_in(there) & pl.col("right").is_in(there))


def rates(edges: pl.DataFrame, truth: pl.DataFrame) -> Rates:
    """How good the edges are."""
    both = edges.join(truth, on=["left", "right"])
    findable = int(truth["findable"].sum())
    return Rates(
        edges.height,
        both.height / max(edges.height, 1),
        int(both["findable"].sum()) / max(findable, 1),
        both.height / max(truth.height, 1),
    )


def unlike(tables: Tables, truth: pl.DataFrame) -> pl.DataFrame:
    """True edges from undertakings that no other equals but for the day."""
    of = tables["clusters"].select("id", "cluster")
    twins = tables["lookalikes"].filter(pl.col("kind").is_in(ALIKE))
    ends = pl.concat(
        [twins.join(of, left_on=side, right_on="id").select("cluster") for side in ("left_id", "right_id")]
    )
    return truth.join(ends.unique(), left_on="left", right_on="cluster", how="anti")


def groups(edges: pl.DataFrame, truth: pl.DataFrame) -> tuple[float, float]:
    """Of accepted members the share that is wrong, and of joint packages the share that has accepted ones."""
    accepted = edges.filter("accepted")
    wrong = accepted.join(truth, on=["left", "right"], how="anti").height
    reached = accepted["right"].unique().is_in(truth["right"].unique().implode()).sum()
    return wrong / max(accepted.height, 1), int(reached) / max(truth["right"].n_unique(), 1)


def measured(tables: Tables, bench: Benchmark) -> dict[str, float]:
    """Every figure of one set."""
    given = evidence(tables)
    find: dict[str, Callable[[Evidence], Found]] = {"passed on": received, "joint": joint, "to date": to_date}
    found: dict[str, pl.DataFrame] = {}
    for name, search in find.items():
        found[name] = bench.once(name, lambda search=search: search(given).relations)  # type: ignore[misc]
    figures: dict[str, float] = {}
    for hop in ("first hop", "second hop"):
        truth = true(tables, hop.replace(" ", "_"))
        edges = told(found["passed on"], tables, roles=(hop,)).filter(pl.col("probability") >= LIKELY)
        figures |= _said(hop, rates(edges, truth))
        plain = rates(edges, unlike(tables, truth))
        figures[f"{hop}: recall of findable whose giver's flow no other equals"] = plain.findable
    truth, edges = true(tables, "joint"), told(found["joint"], tables)
    figures |= _said("joint", members := rates(edges.filter(pl.col("probability") >= PART), truth))
    figures["joint: F1 of members"] = members.f1
    figures["joint: wrong among accepted"], figures["joint: groups accepted"] = groups(edges, truth)
    figures |= _said("to date", rates(told(found["to date"], tables), true(tables, "to_date")))
    return figures


def ceiling(tables: Tables, seed: int) -> dict[str, float]:
    """How many first hops anybody could find."""
    undertakings = int(
        tables["totals"].select("counted", "replaced", "unpriced").sum().sum_horizontal().item()
    )
    return {f"first hop, ceiling: {name}": value for name, value in first_hop(seed, undertakings).items()}


def _said(name: str, of: Rates) -> dict[str, float]:
    said = {f"{name}: precision": of.precision, f"{name}: recall of all": of.all}
    return said | ({f"{name}: recall of findable": of.findable} if "hop" in name else {})


GOALS = (
    ("first hop: precision", ">=", 0.95),
    ("first hop: recall of findable", ">=", 0.98),
    ("second hop: precision", ">=", 0.95),
    ("second hop: recall of findable", ">=", 0.90),
    ("joint: F1 of members", ">=", 0.85),
    ("joint: wrong among accepted", "<=", 0.02),
    ("joint: groups accepted", ">=", 0.5),
)
"""Of the median of the seeds, and of the worst."""


def main() -> None:
    """Each seed by itself; medians and the worst are set against the goals."""
    parser = arguments()
    parser.add_argument("--records", type=int, default=RECORDS, help="records of each set")
    parser.add_argument("--seeds", type=int, nargs="*", default=list(DEV), help="seeds of the sets")
    options = parser.parse_args()
    bench = Benchmark("relations", data={"records": options.records, "seeds": list(options.seeds)})
    start = time.process_time()
    every = []
    for seed in options.seeds:
        tables = generate(options.records, seed, 1)
        every.append(measured(tables, bench) | ceiling(tables, seed))
    bench.figures["processor seconds"] = time.process_time() - start
    for name in every[0]:
        values = [one[name] for one in every]
        bench.figures[name] = statistics.median(values)
        bench.figures[f"{name}, worst"] = (max if "wrong" in name else min)(values)
    for name, sign, bound in GOALS:
        goal = bench.at_least if sign == ">=" else bench.at_most
        for asked in (name, f"{name}, worst"):
            goal(asked, bench.figures[asked], bound, unit="")
    bench.finish(options)


if __name__ == "__main__":
    main()
