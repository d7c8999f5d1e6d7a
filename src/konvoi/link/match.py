"""Match any tables: blocks, levels, weights, clusters, in one call."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import numpy as np
import polars as pl

from konvoi.link.blocks import BLOCKS, GROUPS, OVERFLOW, Blocked, blocked
from konvoi.link.clusters import Apart, clusters
from konvoi.link.comparison import Codes
from konvoi.link.engine import connect
from konvoi.link.faults import faults, no_room
from konvoi.link.keys import days, packed
from konvoi.link.score import scored
from konvoi.link.settings import Settings
from konvoi.link.weights import WEIGHTS, Weights, given
from konvoi.model.finding import Finding, Place, Severity

PAIRS = pl.Schema(
    {
        "left_id": pl.String(),
        "right_id": pl.String(),
        "relation": pl.String(),
        "probability": pl.Float64(),
        "evidence": pl.String(),
        "code": pl.Int64(),
    }
)
"""One line for each pair at or above `least`, by probability. evidence: JSON list of [comparison, answer].

code: all answers in one number; konvoi.link.comparison.Codes and the table of weights explain it exactly.
"""

CLUSTERS = pl.Schema({"id": pl.String(), "cluster": pl.String()})
"""One line for each record, by id; `cluster` is the first id in its cluster, its own where it is alone."""


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
    findings: tuple[Finding, ...] = ()


def match(
    tables: Mapping[str, pl.DataFrame] | pl.DataFrame,
    settings: Settings,
    *,
    apart: pl.DataFrame | None = None,
    weights: Weights | None = None,
) -> Matches:
    """Which records of a table, or of several with the same columns, belong together.

    apart: pairs (left_id, right_id) that never stand in one cluster; they stay in `pairs`. weights: kept
    ones of an earlier run, instead of those that the settings declare. The order of rows changes nothing.
    """
    named = {"records": tables} if isinstance(tables, pl.DataFrame) else dict(tables)
    wrong = faults(named, settings)
    if any(finding.severity is Severity.ERROR for finding in wrong):
        return Matches(findings=wrong)
    records = numbered(named, settings)
    with connect(memory=settings.memory, threads=settings.threads) as connection:
        try:
            blocks = blocked(records, settings)
            return _matched(connection, records, blocks, settings, apart=apart, weights=weights, wrong=wrong)
        except duckdb.OutOfMemoryException:
            return Matches(findings=(*wrong, no_room(settings.memory)))


def _matched(
    connection: duckdb.DuckDBPyConnection,
    records: pl.DataFrame,
    blocks: Blocked,
    settings: Settings,
    *,
    apart: pl.DataFrame | None,
    weights: Weights | None,
    wrong: tuple[Finding, ...],
) -> Matches:
    """What `match` gives, on an open connection and with settings that fit."""
    start = weights or given(settings.comparisons, settings.prior)
    scores, used = scored(connection, records, blocks, settings, start=start, learn=weights is None)
    pairs = _pairs(scores, records[settings.id].cast(pl.String), settings)
    return Matches(
        pairs=pairs,
        clusters=_clusters(scores, records, settings, apart),
        blocks=blocks.blocks,
        groups=blocks.groups,
        overflow=blocks.overflow,
        weights=used.table(),
        findings=(*wrong, *_put_aside(blocks.overflow)),
    )


def numbered(tables: Mapping[str, pl.DataFrame], settings: Settings) -> pl.DataFrame:
    """All records in the order of their ids, numbered, days also as whole numbers."""
    joined = pl.concat(
        [
            table.with_columns(_table=pl.lit(n, pl.Int32))
            for n, (_, table) in enumerate(sorted(tables.items()))
        ],
        how="vertical_relaxed",
    )
    windows = sorted({block.window.column for block in settings.blocks if block.window})
    return (
        joined.sort(settings.id)
        .with_row_index("_n")
        .with_columns(
            pl.col("_n").cast(pl.Int64),
            *(
                pl.col(column).cast(pl.Date).to_physical().cast(pl.Int64).alias(days(column))
                for column in windows
            ),
        )
    )


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
        )
        .cast(PAIRS)
        .sort(["probability", "left_id", "right_id"], descending=[True, False, False])
    )


def _clusters(
    scores: pl.DataFrame, records: pl.DataFrame, settings: Settings, apart: pl.DataFrame | None
) -> pl.DataFrame:
    """Every record with its cluster."""
    ids = records[settings.id].cast(pl.String)
    # Records are numbered by their ids; where these are no texts, their order as texts is another.
    place = ids.rank("ordinal").to_numpy().astype(np.int64) - 1
    ends = (place[scores["a"].to_numpy()], place[scores["b"].to_numpy()])
    first = clusters(
        ends,
        scores["probability"].to_numpy(),
        records.height,
        apart=_apart(records, ids, place, settings, apart),
        join=settings.join,
        mean=settings.mean,
    )
    by_place = ids.sort()
    return pl.DataFrame({"id": by_place, "cluster": by_place.gather(first)}, schema=CLUSTERS)


def _apart(
    records: pl.DataFrame,
    ids: pl.Series,
    place: np.ndarray,
    settings: Settings,
    apart: pl.DataFrame | None,
) -> Apart:
    """Pairs that stay apart, and the value each record holds in its scheme (`apart`, the last the value)."""
    known = pl.DataFrame({"id": ids, "place": place})
    pairs = [pl.Series([], dtype=pl.Int64)] * 2
    if apart is not None:
        both = apart.select(left=pl.col("left_id").cast(pl.String), right=pl.col("right_id").cast(pl.String))
        both = both.join(known.rename({"id": "left", "place": "a"}), on="left")
        both = both.join(known.rename({"id": "right", "place": "b"}), on="right")
        pairs = [both["a"], both["b"]]
    ends = (pairs[0].to_numpy(), pairs[1].to_numpy())
    if not settings.apart:
        return Apart(ends)
    columns = records.select(settings.apart).with_columns(place=place).drop_nulls()
    *scheme, value = (columns[c] for c in settings.apart)
    of = packed(scheme) if scheme else np.zeros(columns.height, dtype=np.int64)
    _, of = np.unique(of, return_inverse=True)
    _, held = np.unique(packed([value]), return_inverse=True)
    return Apart(ends, columns["place"].to_numpy(), of, held)


def _put_aside(overflow: pl.DataFrame) -> tuple[Finding, ...]:
    """A warning for each group of equal keys that was too big."""
    return tuple(
        Finding(
            Severity.WARNING,
            "block-overflow",
            Place(sheet=row["block"]),
            read=row["key"],
            expected="a group of records that makes no more pairs than the limit of its block",
            remedy="name further columns by which block {block} is split, shorten its window of days, "
            "or raise its limit above {pairs} pairs",
            values={"block": row["block"], "pairs": str(row["pairs"])},
        )
        for row in overflow.iter_rows(named=True)
    )
