"""The gathered documents with the relations between entries: stated, referenced, alike, judged."""

import io
from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.accord.frameworks import CALL_OFFS
from konvoi.accord.undertaken import ALLOCATIONS
from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.ledger.exceeded import exceeded_wholes
from konvoi.ledger.question import Question
from konvoi.ledger.units import owned
from konvoi.model.finding import Finding, Place, Severity
from konvoi.reconcile.judgement import JUDGEMENTS, known_by
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.relate import relate


def related(gathered: Gathered, settings: Settings, judgements: str = "") -> Gathered:
    """The same with all relations in its ledger, and what people decided applied."""
    rows, findings = judged(judgements)
    apart = pl.concat([of_projects(rows), of_children(rows)])
    own = rows.join(apart, on=rows.columns, how="anti", nulls_equal=True)
    ledger = gathered.ledger
    found = relate(
        owned(ledger.entries, ledger.owners),
        relations=ledger.relations,
        judgements=own,
        scopes=ledger.scopes,
        rates=gathered.tables.get("rates"),
        policy=Policy(sure=settings.accept, seed=settings.seed),
        tables=gathered.tables,
    )
    joined = replace(
        ledger,
        relations=found.relations,
        tables={**ledger.tables, "approximations": found.approximations},
    )
    asked = Question(mix=True, currency=gathered.currency or settings.currency)
    return replace(
        gathered,
        ledger=joined,
        proposed=found.proposed,
        weights=found.weights,
        calibration=found.calibration,
        judgements=rows,
        findings=(
            *gathered.findings,
            *findings,
            *found.findings,
            *exceeded_wholes(joined, asked, settings.recipient),
        ),
    )


KINDS = CALL_OFFS, ALLOCATIONS
"""Rows whose parent a person names where they do not name it."""

PROJECT = "projects/"
"""Stands before the reference of a project in judgements, which name records of lines else."""


def of_projects(judgements: pl.DataFrame) -> pl.DataFrame:
    """The judgements about pairs of projects."""
    return judgements.filter(
        pl.col("left").str.starts_with(PROJECT) & pl.col("right").str.starts_with(PROJECT)
    )


def of_children(judgements: pl.DataFrame) -> pl.DataFrame:
    """The judgements about pairs of a call-off and its framework contract, an allocation and its undertaking.

    The table's name stands before each reference: call_offs/, contracts/.
    """
    pairs = [
        pl.col("left").str.starts_with(f"{kind.child}/") & pl.col("right").str.starts_with(f"{kind.parent}/")
        for kind in KINDS
    ]
    return judgements.filter(pl.any_horizontal(pairs))


def judged(text: str) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """The rows of judgements.csv; a file that cannot be read is a finding, and nothing is decided by it."""
    if not text.strip():
        return pl.DataFrame(schema=JUDGEMENTS), ()
    try:
        rows = pl.read_csv(io.StringIO(text), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        return pl.DataFrame(schema=JUDGEMENTS), (_broken(str(error).splitlines()[0]),)
    missing = [
        name for name in ("left", "right", "relation", "verdict", "by", "at") if name not in rows.columns
    ]
    if missing:
        return pl.DataFrame(schema=JUDGEMENTS), (_broken(", ".join(missing)),)
    absent = [pl.lit("").alias(name) for name in JUDGEMENTS if name not in rows.columns]
    return rows.with_columns(absent).select(list(JUDGEMENTS)).fill_null(""), ()


def decided_by(text: str, day: date) -> str:
    """Return the text of judgements.csv with the decisions that count by a day.

    A file that cannot be read stays as it is: it decides nothing.
    """
    rows, broken = judged(text)
    if broken or rows.is_empty():
        return text
    return known_by(rows, day).write_csv()


def _broken(read: str) -> Finding:
    return Finding(
        Severity.ERROR,
        "judgements-broken",
        Place(file="judgements.csv"),
        read=read,
        expected="the columns of docs/reference/relations.md",
        remedy="correct the file; konvoi review writes it",
    )
