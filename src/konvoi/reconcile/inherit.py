"""Relations inherited by lines: a relation of two packages holds between their lines of one good."""

import json

import polars as pl

from konvoi.model.entries import RELATIONS
from konvoi.reconcile.records import firsts

_EVIDENCE = json.dumps(
    [["package", "their packages have this relation"], ["good", "the same good, once in each"]],
    separators=(",", ":"),
)


def lines(relations: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """For accepted same_as and restates between packages, the same (RELATIONS) between their lines.

    Only for a good that stands in each of the two packages on one line; whatever is less clear is left open.
    """
    packages = relations.filter((pl.col("status") == "accepted") & _PASSED_DOWN)
    return (
        _below(packages, entries)
        .select(
            left="line_entry",
            right="line_entry_right",
            relation="relation",
            subtype="subtype",
            probability=pl.lit(1.0),
            status=pl.lit("accepted"),
            basis=pl.lit("structure"),
            evidence=pl.lit(_EVIDENCE),
        )
        .cast(RELATIONS)
        .unique()
        .sort("left", "right", "relation")
    )


def brought(relations: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Return the relations of lines that would follow from undecided pairs of packages: left, right, relation
    of the packages, line, line_right.

    A pair of lines that a person has reviewed is left as it was decided.
    """
    packages = relations.filter((pl.col("status") == "undecided") & _PASSED_DOWN)
    found = _below(packages, entries).select(
        "left", "right", "relation", line="line_entry", line_right="line_entry_right"
    )
    judged = relations.filter(pl.col("basis") == "person").select("left", "right", "relation")
    turned = judged.filter(pl.col("relation") == "same_as").rename({"left": "right", "right": "left"})
    seen = pl.concat([judged, turned.select("left", "right", "relation")])
    return found.join(
        seen, left_on=["line", "line_right", "relation"], right_on=["left", "right", "relation"], how="anti"
    ).sort("left", "right", "relation", "line", "line_right")


_PASSED_DOWN = pl.col("relation").is_in(["same_as", "restates"])


def _below(packages: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Pairs of packages with each pair of their lines of one good, that stands once in each."""
    units = firsts(entries).filter(pl.col("package").is_not_null())
    whole = units.filter(pl.col("line").is_null()).select("entry", "source", "package")
    goods = units.filter(pl.col("line").is_not_null() & pl.col("good").is_not_null()).select(
        "source", "package", "good", line_entry="entry"
    )
    single = goods.filter(pl.len().over("source", "package", "good") == 1)
    below = whole.join(single, on=["source", "package"]).select("entry", "good", "line_entry")
    return packages.join(below, left_on="left", right_on="entry").join(
        below, left_on=["right", "good"], right_on=["entry", "good"], suffix="_right"
    )
