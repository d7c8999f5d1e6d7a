"""Parts of a whole together must not exceed it."""

import polars as pl

from konvoi.kit.money import to_major
from konvoi.ledger.post import Ledger
from konvoi.model.finding import Finding, Severity, told

_WORDS = (
    "at most the whole, {whole}",
    "correct the parts or the total, or remove the link between them",
)


def parts_above_whole(ledger: Ledger) -> tuple[Finding, ...]:
    """Parts that together are more than the whole that they are parts of, in one currency and stage."""
    amounts = ledger.entries.filter(pl.col("amount_minor").is_not_null() & pl.col("line").is_null())
    values = amounts.select(
        "entry", "amount_minor", "currency", "stage", "submission", "sheet", "row", "column"
    )
    related = ledger.relations.filter(
        (pl.col("relation") == "part_of")
        & (pl.col("status") == "accepted")
        & pl.col("subtype").fill_null("").is_in([""])
    )
    sums = (
        related.join(
            values.select("entry", "amount_minor", "currency", "stage"), left_on="left", right_on="entry"
        )
        .group_by("right", "currency", "stage")
        .agg(together=pl.col("amount_minor").sum())
        .join(values, left_on=["right", "currency", "stage"], right_on=["entry", "currency", "stage"])
        .filter(pl.col("together") > pl.col("amount_minor"))
    )
    found = []
    for row in sums.iter_rows(named=True):
        code = row["currency"]
        together, whole = (f"{to_major(row[name], code)} {code}" for name in ("together", "amount_minor"))
        found.append(
            told(Severity.WARNING, "parts-above-whole", row, _WORDS, read=together, values={"whole": whole})
        )
    return tuple(sorted(found, key=lambda finding: (finding.place, finding.read)))
