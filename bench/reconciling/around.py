"""What stands around a pair: who goes between its ends, how firmly each stands, what else draws it away.

Two records that say little of each other may be sure all the same, because a third one says much of both; two
that are alike may be doubtful, because one of them is as like a record elsewhere. Each of these aspects is a
figure, cut into steps; what a step weighs was fitted to pairs of known truth, and the sum of all is the
logarithm of the odds. What two records were worth by themselves is one aspect among them.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

FIGURES = (
    "probability",
    "surest go-between",
    "go-betweens",
    "strongest rival of either",
    "strongest rival of both",
    "rivals of either",
    "rivals of both",
    "mean tie of the looser",
    "mean tie of the firmer",
    "strongest tie of the looser",
    "strongest tie of the firmer",
    "records",
)
"""Of each pair: its probability by itself (0 where nobody looked at it); of the records in one cluster with
both, the one with the best lesser tie, and the sum of the products of ties; of ties that lead out of the
cluster, the strongest and the sum, of whichever end has more and fewer; of ties within it, the mean over all
its records and the strongest; how many records the smaller of the two clusters has."""
PAIRS = pl.Schema(
    {"a": pl.Int64(), "b": pl.Int64(), "together": pl.Boolean()} | dict.fromkeys(FIGURES, pl.Float64())
)
"""One line for each pair, by a and b (a < b). together: whether both are of one cluster."""

# In a cluster of more records, only pairs that were looked at by themselves are looked at again.
_LARGE = 200
# Sums of whole billionths do not depend on their order.
_BILLION = 1_000_000_000


@dataclass(frozen=True)
class Aspect:
    """A figure of FIGURES, where its steps begin, and what each weighs in bits: within a cluster, across."""

    name: str
    edges: tuple[float, ...]
    together: tuple[float, ...]
    apart: tuple[float, ...]

    def steps(self, pairs: pl.DataFrame) -> np.ndarray:
        """The step of each pair, those across clusters after those within."""
        step = np.searchsorted(np.array(self.edges), pairs[self.name].to_numpy(), side="right")
        return np.asarray(step + ~pairs["together"].to_numpy() * (len(self.edges) + 1))

    def bits(self, pairs: pl.DataFrame) -> np.ndarray:
        """What the aspect says of each pair."""
        return np.asarray(np.array([*self.together, *self.apart])[self.steps(pairs)])


def surrounded(pairs: pl.DataFrame, first: np.ndarray) -> pl.DataFrame:
    """Every pair of two records of one cluster, and every other that was scored, with its figures (PAIRS).

    pairs: a, b (numbers of records), probability, each pair once. first: the cluster of each record.
    """
    scored = pairs.select(
        a=pl.min_horizontal("a", "b").cast(pl.Int64),
        b=pl.max_horizontal("a", "b").cast(pl.Int64),
        probability="probability",
    )
    of = pl.DataFrame({"n": np.arange(len(first)), "cluster": np.asarray(first, dtype=np.int64)})
    of = of.with_columns(records=pl.len().over("cluster").cast(pl.Float64))
    every = pl.concat([scored, _within(of).join(scored, on=["a", "b"], how="anti")])
    told = pl.concat([every, *(_at(of, every, n) for n in ("a", "b"))], how="horizontal")
    told = told.with_columns(together=pl.col("cluster_a") == pl.col("cluster_b"))
    ties = _both_ways(told.filter(pl.col("probability") > 0))
    own = _ends(of, ties)
    told = told.join(_between(ties.filter("together")), on=["a", "b"], how="left")
    told = pl.concat([told, *(_at(own, told, n) for n in ("a", "b"))], how="horizontal")
    return told.with_columns(**_figures()).select(list(PAIRS)).cast(PAIRS).sort("a", "b")


def weighed(pairs: pl.DataFrame, aspects: Iterable[Aspect]) -> np.ndarray:
    """The probability of each of PAIRS by all aspects."""
    bits = np.zeros(pairs.height)
    for aspect in aspects:
        bits += aspect.bits(pairs)
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -60, 60))))


def _at(own: pl.DataFrame, pairs: pl.DataFrame, end: str) -> pl.DataFrame:
    """What each record has of its own, of one end of each pair; own: by n, which counts from 0."""
    return own.drop("n")[pairs[end]].rename(lambda column: f"{column}_{end}")


def _within(of: pl.DataFrame) -> pl.DataFrame:
    """All pairs within clusters, of which nothing is known yet."""
    small = of.filter(pl.col("records").is_between(2, _LARGE)).select("cluster", "n")
    both = small.rename({"n": "a"}).join(small.rename({"n": "b"}), on="cluster")
    return both.filter(pl.col("a") < pl.col("b")).select("a", "b", probability=0.0)


def _both_ways(told: pl.DataFrame) -> pl.DataFrame:
    """Ties as seen from each end: n, other, together, probability."""
    ways = (("a", "b"), ("b", "a"))
    return pl.concat([told.select("together", "probability", n=one, other=two) for one, two in ways])


def _ends(of: pl.DataFrame, ties: pl.DataFrame) -> pl.DataFrame:
    """Of each record its ties within its cluster (strongest, mean) and out of it (rival, rivals)."""
    whole = (pl.col("probability") * _BILLION).round().cast(pl.Int64)
    within, out = whole.filter("together"), whole.filter(~pl.col("together"))
    told = ties.group_by("n").agg(strongest=within.max(), all=within.sum(), rival=out.max(), rivals=out.sum())
    known = of.join(told, on="n", how="left", maintain_order="left").fill_null(0)
    mean = pl.col("all") / (pl.col("records") - 1).clip(1)
    figures = {c: pl.col(c) for c in ("strongest", "rival", "rivals")} | {"mean": mean}
    return known.select("n", **{name: figure / _BILLION for name, figure in figures.items()})


def _between(ties: pl.DataFrame) -> pl.DataFrame:
    """Of two records of a cluster, what the others of it have in common with both."""
    one = ties.select(a="n", by="other", left="probability")
    two = ties.select(b="n", by="other", right="probability")
    both = one.join(two, on="by").filter(pl.col("a") < pl.col("b"))
    return both.group_by("a", "b").agg(
        pl.min_horizontal("left", "right").max().alias("surest go-between"),
        ((pl.col("left") * pl.col("right") * _BILLION).round().cast(pl.Int64).sum() / _BILLION).alias(
            "go-betweens"
        ),
    )


def _figures() -> dict[str, pl.Expr]:
    """FIGURES of both ends."""
    more, less = (
        {c: side(f"{c}_a", f"{c}_b") for c in ("rival", "rivals", "mean", "strongest", "records")}
        for side in (pl.max_horizontal, pl.min_horizontal)
    )
    return {
        "surest go-between": pl.col("surest go-between").fill_null(0.0),
        "go-betweens": pl.col("go-betweens").fill_null(0.0),
        "strongest rival of either": more["rival"],
        "strongest rival of both": less["rival"],
        "rivals of either": more["rivals"],
        "rivals of both": less["rivals"],
        "mean tie of the looser": less["mean"],
        "mean tie of the firmer": more["mean"],
        "strongest tie of the looser": less["strongest"],
        "strongest tie of the firmer": more["strongest"],
        "records": less["records"],
    }


def fitted(pairs: pl.DataFrame, true: np.ndarray, edges: dict[str, tuple[float, ...]]) -> tuple[Aspect, ...]:
    """What each step weighs, by labels: logistic regression with a slight pull to 0 (Newton's steps).

    true: of each of PAIRS whether it belongs together. edges: by figure of FIGURES. The sums are reckoned
    piece by piece: a million pairs need no million rows of a table of steps.
    """
    blank = [
        Aspect(name, cuts, (0.0,) * (len(cuts) + 1), (0.0,) * (len(cuts) + 1)) for name, cuts in edges.items()
    ]
    starts = np.cumsum([0] + [2 * (len(one.edges) + 1) for one in blank])
    places = np.stack([start + one.steps(pairs) for start, one in zip(starts, blank, strict=False)], axis=1)
    weights = _regressed(places.astype(np.int32), np.asarray(true, dtype=np.float64), int(starts[-1]))
    bits = weights / np.log(2)
    halves = zip(blank, starts, strict=False)
    return tuple(
        Aspect(one.name, one.edges, *_halves(bits[at : at + 2 * (len(one.edges) + 1)])) for one, at in halves
    )


def _halves(bits: np.ndarray) -> tuple[tuple[float, ...], tuple[float, ...]]:
    half = len(bits) // 2
    return tuple(bits[:half].round(4).tolist()), tuple(bits[half:].round(4).tolist())


_PIECE, _PULL, _STEPS, _STILL = 50_000, 1.0, 30, 1e-5


def _regressed(places: np.ndarray, true: np.ndarray, width: int) -> np.ndarray:
    """Weights of `width` steps; places: the steps of each pair, all of which count 1."""
    weights = np.zeros(width)
    for _ in range(_STEPS):
        slope, bend = -_PULL * weights, _PULL * np.eye(width)
        for begin in range(0, len(true), _PIECE):
            at = places[begin : begin + _PIECE]
            chance = 1 / (1 + np.exp(-np.clip(weights[at].sum(axis=1), -30, 30)))
            rows = np.zeros((len(at), width), dtype=np.float32)
            np.put_along_axis(rows, at, 1, axis=1)
            slope += rows.T @ (true[begin : begin + _PIECE] - chance)
            bend += (rows * (chance * (1 - chance))[:, None].astype(np.float32)).T @ rows
        move = np.linalg.solve(bend, slope)
        weights = weights + move
        if np.abs(move).max() < _STILL:
            break
    return weights


def kept(aspects: Iterable[Aspect]) -> str:
    """Aspects as a file that people read: TOML."""
    lines = [
        "# What stands around a pair weighs bits, step by step: `together` where both records are of one",
        "# cluster, `apart` where not. A step begins at its edge; the first begins below all edges.",
    ]
    for one in aspects:
        lines += ["", "[[aspect]]", f'name = "{one.name}"']
        lines += [f"{part} = {list(getattr(one, part))}" for part in ("edges", "together", "apart")]
    return "\n".join(lines) + "\n"


def taken(text: str) -> tuple[Aspect, ...]:
    """Aspects as `kept` wrote them. ValueError where a figure is unknown or steps are missing."""
    found = []
    for row in tomllib.loads(text).get("aspect", []):
        if row.get("name") not in FIGURES:
            raise ValueError(f"{row.get('name')}: one of {', '.join(FIGURES)} expected")
        one = Aspect(row["name"], *(tuple(map(float, row[part])) for part in ("edges", "together", "apart")))
        if not len(one.edges) + 1 == len(one.together) == len(one.apart):
            raise ValueError(f"{one.name}: one more step than edges expected in each list")
        found.append(one)
    return tuple(found)
