"""Relations by equal references of one issuer, without any likeness."""

import json

import polars as pl

from konvoi.reconcile.records import firsts
from konvoi.reconcile.relation import Evidence, Found, proposals

_SAME_REFERENCE = json.dumps([["reference", "the same reference of one issuer"]], separators=(",", ":"))


def across_sources(evidence: Evidence) -> Found:
    """Two sources that quote one reference of one issuer report one undertaking.

    Only where each of them quotes it once at that level (package or line); else the pairs stay undecided.
    """
    quoted = firsts(evidence.entries).filter(pl.col("reference").is_not_null())
    side = quoted.select("entry", "source", "issuer", "reference", whole=pl.col("line").is_null())
    side = side.with_columns(times=pl.len().over("issuer", "reference", "whole", "source"))
    on = ["issuer", "reference", "whole"]
    pairs = side.join(side, on=on, suffix="_right").filter(pl.col("source") < pl.col("source_right"))
    found = pairs.select(
        left=pl.min_horizontal("entry", "entry_right"),
        right=pl.max_horizontal("entry", "entry_right"),
        once=(pl.col("times") == 1) & (pl.col("times_right") == 1),
        evidence=pl.lit(_SAME_REFERENCE),
    )
    accepted = _accepted(found.filter("once"), "same_as", evidence)
    doubtful = proposals(
        found.filter(~pl.col("once")).with_columns(probability=0.5), "same_as", basis="reference"
    )
    return Found(pl.concat([accepted.relations, doubtful.relations]))


def resolved(relations: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Relations whose ends name a reference instead of an entry, with the entry that stands for it.

    Only a reference that exactly one package or line has is replaced; anything else stays as it is.
    """
    units = firsts(entries).filter(pl.col("reference").is_not_null())
    once = units.filter(pl.len().over("reference") == 1).select("reference", "entry")
    known = entries.select("entry").to_series()
    for end in ("left", "right"):
        joined = relations.join(once, left_on=end, right_on="reference", how="left", maintain_order="left")
        kept = pl.col(end).is_in(known.implode()) | pl.col("entry").is_null()
        relations = joined.with_columns(pl.when(kept).then(end).otherwise("entry").alias(end)).drop("entry")
    return relations


def _accepted(pairs: pl.DataFrame, relation: str, evidence: Evidence) -> Found:
    status = "accepted" if evidence.policy.references else "undecided"
    return proposals(pairs, relation, status=status, basis="reference")
