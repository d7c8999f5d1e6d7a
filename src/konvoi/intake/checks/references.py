"""References that stand twice."""

import polars as pl

from konvoi.intake.check import Whole, by_place
from konvoi.model.finding import Finding, Severity, told

_TWICE = (
    "an id used for one fact",
    "Use a separate reference for each fact; of two that differ, only the first is imported.",
)
_AGAIN = (
    "one package of this reference, day and amount",
    "Delete the second if it is the same; otherwise assign a separate reference.",
)
_REFERENCE = ("submission", "source", "reference")
_FACT = (*_REFERENCE, "party", "counterparty", "stage", "day_from", "amount_minor", "currency")


def references_twice(whole: Whole) -> tuple[Finding, ...]:
    """One id must not stand for two facts of a document, nor one fact stand twice under one reference.

    A reference under which different facts stand is one of a whole (an activity with many payments), and
    two equal ones among them are no mistake.
    """
    # A later document's statement on a record is a version of it (konvoi.ledger.versions).
    one = pl.struct("submission", "entry")
    repeated = whole.entries.filter(one.is_duplicated() & ~one.is_first_distinct())
    packages = whole.entries.filter(
        pl.col("line").is_null() & pl.col("reference").is_not_null() & pl.col("amount_minor").is_not_null()
    )
    fact = pl.struct(*_FACT)
    again = packages.filter(
        fact.is_duplicated() & ~fact.is_first_distinct() & (fact.n_unique().over(*_REFERENCE, "stage") == 1)
    )
    return by_place(
        [
            *(
                told(Severity.WARNING, "entry-twice", row, _TWICE, read=str(row["entry"]))
                for row in repeated.iter_rows(named=True)
            ),
            *(
                told(Severity.WARNING, "reference-twice", row, _AGAIN, read=str(row["reference"]))
                for row in again.iter_rows(named=True)
            ),
        ]
    )
