"""Directed relations as konvoi proposes them, against the truth: hops, joint packages, totals, contracts.

    PYTHONPATH=src python -m bench.reconciling.proposed FOLDER

Reads a prepared folder with the pairs that were scored (bench.reconciling.ours) and prints one JSON object:
figures by name, and of each relation the seconds of the processor. Edges are between what records speak of,
each once.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bench.reconciling import handed
from konvoi.reconcile.contracted import LIKELY as SIGNED
from konvoi.reconcile.contracted import contracted
from konvoi.reconcile.cumulative_totals import to_date
from konvoi.reconcile.joint_packages import joint
from konvoi.reconcile.pass_through import LIKELY
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.received import received
from konvoi.reconcile.records import records
from konvoi.reconcile.relation import Evidence, Found

PART = 0.5
# Undertakings equal to another but for the day: nothing in the records says which of them money came from.
ALIKE = ("equal flow", "run of months")
HOPS = ("first hop", "second hop")
FIND: Mapping[str, Callable[[Evidence], Found]] = {
    "passed on": received,
    "joint": joint,
    "to date": to_date,
    "contract": contracted,
}
GOALS = (
    ("first hop: precision", ">=", 0.95),
    ("first hop: recall of findable", ">=", 0.98),
    ("second hop: precision", ">=", 0.95),
    ("second hop: recall of findable", ">=", 0.90),
    ("joint: F1", ">=", 0.85),
    ("joint: wrong among accepted", "<=", 0.02),
    ("joint: groups accepted", ">=", 0.5),
)
"""What each figure is to reach."""

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


def truth(folder: Path) -> Tables:
    """What is true of a prepared folder: clusters, edges, lookalikes."""
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in ("clusters", "edges", "lookalikes")}


def evidence(folder: Path, pairs: pl.DataFrame) -> Evidence:
    """What relations are found in; pairs: left_id, right_id, probability, as an engine scored them."""
    handed_in = pl.read_parquet(folder / "records.parquet")
    entries, rates = handed.entries(handed_in), handed.rates(pl.read_parquet(folder / "exchange.parquet"))
    return Evidence(
        entries=entries,
        records=records(entries, rates),
        scopes=handed.scopes(handed_in),
        pairs=pairs,
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


def figures(found: Mapping[str, pl.DataFrame], tables: Tables) -> dict[str, float]:
    """Every figure of what was found (the names of FIND), each at the one threshold of its rule."""
    said: dict[str, float] = {}
    for hop in HOPS:
        of = true(tables, hop.replace(" ", "_"))
        edges = told(found["passed on"], tables, roles=(hop,)).filter(pl.col("probability") >= LIKELY)
        said |= _said(hop, rates(edges, of))
        plain = rates(edges, unlike(tables, of))
        said[f"{hop}: recall of findable whose giver's flow no other equals"] = plain.findable
    for name, least in (("joint", PART), ("to date", 0.0), ("contract", SIGNED)):
        of, edges = true(tables, name.replace(" ", "_")), told(found[name], tables)
        said |= _said(name, rates(edges.filter(pl.col("probability") >= least), of))
        if name == "joint":
            said["joint: wrong among accepted"], said["joint: groups accepted"] = groups(edges, of)
    return said


def _said(name: str, of: Rates) -> dict[str, float]:
    said = {f"{name}: precision": of.precision, f"{name}: recall of all": of.all, f"{name}: F1": of.f1}
    return said | ({f"{name}: recall of findable": of.findable} if name in HOPS else {})


def measured(folder: Path, pairs: pl.DataFrame) -> dict[str, float]:
    """Figures of a prepared folder, and the seconds of the processor that each relation took."""
    given, found, took = evidence(folder, pairs), {}, {}
    for name, search in FIND.items():
        start = time.process_time()
        found[name] = search(given).relations
        took[f"{name}: processor seconds"] = time.process_time() - start
    return figures(found, truth(folder)) | took


if __name__ == "__main__":
    at = Path(sys.argv[1])
    print(json.dumps(measured(at, pl.read_parquet(at / "ours.parquet"))))
