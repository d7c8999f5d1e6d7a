"""Answers of the coverage matrix as JSON."""

import polars as pl

from konvoi.align.citing import CITED
from konvoi.flow.sanctions.comparison_json import acts_of


def test_acts_with_one_citation_stand_in_the_order_of_their_tags() -> None:
    tags = [f"Programme {letter}" for letter in "ABCDEFGHIJKL"]
    rows = [
        {"listing": f"xx:{at}", "order": "asset freeze", "regime": "xx", "tag": tag, "citation": "Act 1"}
        for at, tag in enumerate(tags)
    ]
    citations = pl.DataFrame(rows, schema_overrides=CITED).select(
        pl.col(name) if name in rows[0] else pl.lit(None, dtype=kind).alias(name)
        for name, kind in CITED.items()
    )
    listings = "; ".join(row["listing"] for row in rows)
    gap = {"party": "P", "order": "asset freeze", "lacks": "yy", "listings": listings}
    found = acts_of(pl.DataFrame([gap]), citations)
    assert [one["tag"] for one in found["P", "asset freeze", "yy"]] == tags
