"""Match any tables: blocks, levels, weights, clusters, in one call."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from konvoi.link.binding import unbound
from konvoi.link.blocks import BLOCKS, GROUPS, OVERFLOW, RECALL, Blocked, blocked, recall
from konvoi.link.columns import read
from konvoi.link.comparison import Codes
from konvoi.link.density import density
from konvoi.link.faults import faults, put_aside, too_many
from konvoi.link.grouping import CLUSTERS, grouped
from konvoi.link.keys import days
from konvoi.link.labels import Labelled, labelled
from konvoi.link.pair_backend import Coded, Engine, Work
from konvoi.link.pair_store import Here
from konvoi.link.score import doubts, scored
from konvoi.link.settings import Settings
from konvoi.link.weights import WEIGHTS, Weights, given
from konvoi.model.finding import Finding, Severity

PAIRS = pl.Schema(
    {
        "left_id": pl.String(),
        "right_id": pl.String(),
        "relation": pl.String(),
        "probability": pl.Float64(),
        "evidence": pl.String(),
        "code": pl.Int64(),
        "lower": pl.Float64(),
        "density": pl.UInt8(),
    }
)
"""One line for each pair at or above `least`, by probability. evidence: JSON list of [comparison, answer].

code: all answers in one number; konvoi.link.comparison.Codes and the table of weights explain it exactly.
lower: the bound below the probability, from judged pairs; null where nothing is calibrated. density: class of
konvoi.link.density; Weights.explained derives a score from code and density.
"""


@dataclass(frozen=True)
class Matches:
    """Pairs and clusters, and what they rest on.

    blocks: pairs and biggest group of each block. overflow: groups put aside because they make too many
    pairs. weights: what each answer weighed. findings: what in the settings does not fit the tables, or
    what was put aside; with one of severity error nothing was matched.
    """

    pairs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PAIRS))
    clusters: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CLUSTERS))
    blocks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BLOCKS))
    groups: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=GROUPS))
    overflow: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OVERFLOW))
    weights: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WEIGHTS))
    used: Weights | None = None
    recall: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RECALL))
    findings: tuple[Finding, ...] = ()


Asked = Callable[[Coded, Work], Weights]
"""Makes weights of all pairs in blocks."""


def match(
    tables: Mapping[str, pl.DataFrame] | pl.DataFrame,
    settings: Settings,
    *,
    apart: pl.DataFrame | None = None,
    weights: Weights | Asked | None = None,
    labels: pl.DataFrame | None = None,
    engine: Engine | None = None,
) -> Matches:
    """Return the records that belong together, of a table or of several with the same columns.

    apart: pairs (left_id, right_id) that never stand in one cluster. weights: kept ones, or what makes them
    of all pairs in blocks, instead of those declared. labels (konvoi.link.labels): they refine and calibrate
    weights that are not kept ones. engine: by default on this machine. The order of rows changes nothing.
    """
    named = {"records": tables} if isinstance(tables, pl.DataFrame) else dict(tables)
    wrong = faults(named, settings)
    if _fatal(wrong):
        return Matches(findings=wrong)
    records = numbered({name: _needed(table, settings) for name, table in named.items()}, settings)
    del tables, named  # Unused columns take memory as long as they are referenced.
    known = labelled(labels, records[settings.id], directed=settings.directed) if labels is not None else None
    wrong = (*wrong, *(known.findings if known else ()), *unbound(records, settings))
    if _fatal(wrong):
        return Matches(findings=wrong)
    blocks = blocked(records, settings)
    found = Matches(
        blocks=blocks.blocks,
        groups=blocks.groups,
        overflow=blocks.overflow,
        recall=recall(blocks, known, records.height) if known else RECALL.to_frame(),
        findings=(*wrong, *put_aside(blocks.overflow, settings), *too_many(blocks, settings)),
    )
    if _fatal(found.findings):
        return found
    used = engine or Here()
    try:
        scores, learnt, doubted = _scored(used, Work(records, blocks, settings), weights, known)
    except used.failures as error:
        return replace(found, findings=(*found.findings, used.told(error, settings)))
    # Only now, when the engine has let go of all pairs in blocks: those that are kept take room of their own.
    found = replace(found, findings=(*found.findings, *doubted))
    return _kept(found, scores, learnt, records=records, settings=settings, apart=apart)


def _kept(
    found: Matches,
    scores: pl.DataFrame,
    used: Weights,
    *,
    records: pl.DataFrame,
    settings: Settings,
    apart: pl.DataFrame | None,
) -> Matches:
    """Return the matches with pairs, clusters and weights; apart: records that never share a cluster."""
    return replace(
        found,
        pairs=_pairs(scores, records[settings.id].cast(pl.String), settings),
        clusters=grouped(scores, records, settings, apart),
        weights=used.table(),
        used=used,
    )


def _fatal(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _scored(
    engine: Engine, work: Work, weights: Weights | Asked | None, labels: Labelled | None
) -> tuple[pl.DataFrame, Weights, tuple[Finding, ...]]:
    """Return pairs that are probable enough, the weights behind them, and the findings on these weights."""
    start = weights or given(work.settings.comparisons, work.settings.prior)
    with engine.coded(work) as pairs:
        if not isinstance(start, Weights):  # The caller has priors of its own and assesses them.
            return *scored(pairs, work, start=start(pairs, work), learn=False, labels=labels), ()
        scores, used = scored(pairs, work, start=start, learn=weights is None, labels=labels)
        return scores, used, tuple(doubts(pairs.seen(), used, work))


def _needed(table: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return the columns that settings use; others would only take memory."""
    comparisons = settings.comparisons
    blocks = settings.blocks
    blocks = (*blocks, settings.population.block) if settings.population else blocks
    predicates = [level.predicate for one in comparisons for level in one.answers]
    every = [name for column in table.columns for name in (column, days(column))]
    named = {settings.id, *settings.apart, *read([*predicates, settings.allowed], every)}
    named |= {similarity.column for one in comparisons for similarity in one.similarities}
    named |= {column for block in blocks for column in (*block.on, *block.right, *block.narrower)}
    named |= {block.window.column for block in blocks if block.window}
    named |= set(settings.population.once) if settings.population else set()
    return table.select(name for name in table.columns if {name, days(name)} & named)


def numbered(tables: Mapping[str, pl.DataFrame], settings: Settings) -> pl.DataFrame:
    """All records in the order of their ids, numbered, days also as whole numbers."""
    alike = _alike([table for _, table in sorted(tables.items())])
    joined = pl.concat(
        [table.with_columns(_table=pl.lit(n, pl.Int32)) for n, table in enumerate(alike)],
        how="vertical_relaxed",
    )
    blocks = (*settings.blocks, settings.population.block) if settings.population else settings.blocks
    windows = {block.window.column for block in blocks if block.window}
    dated = sorted(windows | {name for name, kind in joined.schema.items() if kind == pl.Date})
    return (
        _sorted(joined, settings.id)
        .with_row_index("_n")
        .with_columns(
            pl.col("_n").cast(pl.Int64),
            *(
                pl.col(column).cast(pl.Date).to_physical().cast(pl.Int64).alias(days(column))
                for column in dated
            ),
        )
    )


def _sorted(table: pl.DataFrame, by: str) -> pl.DataFrame:
    """The table in the order of a column; no copy where it has it, else one column after the other.

    All columns at once would take twice the room.
    """
    if table[by].is_sorted():
        return table
    order = table[by].arg_sort()
    return pl.DataFrame([column.gather(order) for column in table])


def _alike(tables: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """The columns that all tables have; where two hold values of two kinds, as texts."""
    columns = [name for name in tables[0].columns if all(name in table.columns for table in tables)]
    numbers = {name for name in columns if all(table.schema[name].is_numeric() for table in tables)}
    unlike = [name for name in columns if len({table.schema[name] for table in tables}) > 1]
    mixed = [name for name in unlike if name not in numbers]
    return [table.select(columns).with_columns(pl.col(mixed).cast(pl.String)) for table in tables]


def densities(records: pl.DataFrame, settings: Settings, pairs: pl.DataFrame) -> pl.Series:
    """The class of density of pairs (left_id, right_id) in the population of all records."""
    table = numbered({"records": _needed(records, settings)}, settings)
    met = Work(table, Blocked(()), settings).company()
    place = table.select(pl.col(settings.id).cast(pl.String), met=pl.Series(met))
    left, right = (
        pairs.select(pl.col(f"{side}_id").alias(settings.id))
        .join(place, on=settings.id, how="left", maintain_order="left")["met"]
        .to_numpy()
        for side in ("left", "right")
    )
    both = np.concatenate([left, right])
    at = np.arange(len(left))
    return pl.Series(density(both, at, at + len(left)))


def _pairs(scores: pl.DataFrame, ids: pl.Series, settings: Settings) -> pl.DataFrame:
    """Scores (a, b, code, probability) as PAIRS, the surest first."""
    codes = Codes(settings.comparisons)
    words = {
        code: json.dumps(codes.words(code), ensure_ascii=False, separators=(",", ":"))
        for code in scores["code"].unique().sort().to_list()
    }
    return (
        scores.select(
            left_id=ids.gather(scores["a"]),
            right_id=ids.gather(scores["b"]),
            relation=pl.lit(settings.relation),
            probability="probability",
            evidence=pl.col("code").replace_strict(words, return_dtype=pl.String),
            code="code",
            lower="lower",
            density="density",
        )
        .cast(PAIRS)
        .sort(["probability", "left_id", "right_id"], descending=[True, False, False])
    )
