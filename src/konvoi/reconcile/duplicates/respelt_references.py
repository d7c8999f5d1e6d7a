"""Records of one source whose references differ in case, spacing or hyphens alone."""

import re

import polars as pl

from konvoi.reconcile.duplicates import answers as a
from konvoi.reconcile.duplicates import conditions as c
from konvoi.reconcile.duplicates import pairs as p
from konvoi.reconcile.relation import Evidence

SUBTYPE = "reference-respelt"
_PROBABILITY = 0.7
# A point stays: PL-1.1 is a part of PL-1 and no PL-11.
_BETWEEN = re.compile(r"[\s\-‐-―_/]+")


def respelt(reference: str) -> str:
    """Return a reference without case, with one hyphen where blanks, hyphens or slashes stand.

    >>> respelt("PL-1"), respelt(" pl 1 "), respelt("PL – 1"), respelt("PL-1.1"), respelt("PL-11")
    ('pl-1', 'pl-1', 'pl-1', 'pl-1.1', 'pl-11')
    """
    return _BETWEEN.sub("-", reference.strip()).strip("-").casefold()


def respelt_references(evidence: Evidence) -> pl.DataFrame:
    """Return pairs of one source whose references differ in case, spacing or hyphens alone.

    One person types PL-1 where another typed pl 1. The pair is proposed whatever else the records state: a
    correction changes title and amount as well.
    """
    table = evidence.statements.drop_nulls(["source", "reference"])
    spelt = {one: respelt(one) for one in table["reference"].unique()}
    keyed = table.with_columns(_spelt=pl.col("reference").replace_strict(spelt, return_dtype=pl.String))
    found = p.pairs(keyed, ("source", "level", "_spelt")).filter(
        c.apart(evidence.policy.unique), pl.col("reference") != pl.col("reference_later")
    )
    written = a.Answer("reference", pl.lit("references that differ in case or spacing alone"))
    chance = pl.lit(_PROBABILITY)
    return a.proposed(found, SUBTYPE, chance, [written, a.title(), *a.figures(), a.distance()])
