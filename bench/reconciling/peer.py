"""Our comparisons and blocks in Splink's words: the same columns, levels and windows."""

import re
from typing import Any

import numpy as np
import polars as pl

from konvoi.link.comparison import Comparison, Similarity
from konvoi.link.settings import Block, Settings
from konvoi.link.weights import Weights

_COLUMN = re.compile(r'\b([lr])\."?(\w+)"?')
# DuckDB has no token-set ratio: shared words over the fewer words is what comes nearest.
_SHARED = (
    "len(list_intersect(string_split({l}, ' '), string_split({r}, ' '))) * 1.0"
    " / greatest(least(len(string_split({l}, ' ')), len(string_split({r}, ' '))), 1)"
)
_EDITS = "(1 - levenshtein({l}, {r}) * 1.0 / greatest(length({l}), length({r})))"
_MEASURES = {"jaro-winkler": "jaro_winkler_similarity({l}, {r})", "levenshtein": _EDITS, "token-set": _SHARED}


def settings(ours: Settings) -> dict[str, Any]:
    """Settings for Splink; missing is its null level, which weighs nothing."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "comparisons": [_comparison(one) for one in ours.comparisons],
        "blocking_rules_to_generate_predictions": [
            rule for block in ours.blocks for rule in _rules(block, ours.allowed)
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "probability_two_random_records_match": 1e-6,
    }


def model(ours: Settings, weights: Weights) -> dict[str, Any]:
    """Settings with m and u as the same labels say, of pairs in the same blocks: what is best for Splink.

    With u from random pairs, as its pages have it, whatever the blocks ask for counts twice.
    """
    made = settings(ours)
    named = zip(ours.comparisons, weights.true, weights.chance, strict=True)
    made["comparisons"] = [
        _weighed(_comparison(one), true[1:] / true[1:].sum(), chance[1:] / chance[1:].sum())
        for one, true, chance in named
    ]
    return made | {"probability_two_random_records_match": float(np.mean(weights.crowds or weights.prior))}


def _weighed(comparison: dict[str, Any], true: np.ndarray, chance: np.ndarray) -> dict[str, Any]:
    """A comparison with the shares of each level but the null one."""
    null, *levels = comparison["comparison_levels"]
    told = [
        level | {"m_probability": round(float(m), 9), "u_probability": round(float(u), 9)}
        for level, m, u in zip(levels, true, chance, strict=True)
    ]
    return comparison | {"comparison_levels": [null, *told]}


def table(records: pl.DataFrame) -> pl.DataFrame:
    """Records with each bucket as a column of its own, which Splink joins faster than lists."""
    marks = [pl.col("buckets").list.get(n, null_on_oob=True).alias(f"bucket{n}") for n in range(2)]
    return records.with_columns(marks, days=pl.col("day").to_physical()).drop("buckets")


def _comparison(one: Comparison) -> dict[str, Any]:
    missing, *levels = one.answers
    alike = {s.name: s for s in one.similarities}
    found: list[dict[str, object]] = [
        {"sql_condition": _sided(missing.predicate), "label_for_charts": missing.label, "is_null_level": True}
    ]
    for level in levels[:-1]:
        condition = _sided(_measured(level.predicate, alike))
        found.append({"sql_condition": condition, "label_for_charts": level.label})
    found.append({"sql_condition": "ELSE", "label_for_charts": levels[-1].label})
    return {"output_column_name": one.name.replace(" ", "_"), "comparison_levels": found}


def _measured(predicate: str, alike: dict[str, Similarity]) -> str:
    """A predicate with likenesses reckoned in SQL."""

    def reckoned(found: re.Match[str]) -> str:
        one = alike[found[1] or found[2]]
        return "(" + _MEASURES[one.measure].format(l=f"l.{one.column}", r=f"r.{one.column}") + ")"

    return re.sub(r's\.(?:"([^"]+)"|(\w+))', reckoned, predicate)


def _sided(predicate: str) -> str:
    return _COLUMN.sub(r'"\2_\1"', predicate)


def _rules(block: Block, allowed: str) -> list[dict[str, object]]:
    """One rule for each block, or one for each bucket."""
    columns = [["bucket0", "bucket1"] if column == "buckets" else [column] for column in block.on]
    lists = max(len(each) for each in columns)
    rules: list[dict[str, object]] = []
    for n in range(lists):
        on = [each[min(n, len(each) - 1)] for each in columns]
        terms = [f"l.{column} = r.{column}" for column in on]
        if block.window:
            terms.append(f"abs(l.days - r.days) <= {block.window.before}")
        rule: dict[str, object] = {
            "blocking_rule": " AND ".join([*terms, f"({allowed})"]),
            "sql_dialect": "duckdb",
        }
        rules.append(rule | ({"arrays_to_explode": ["tokens"]} if "tokens" in on else {}))
    return rules
