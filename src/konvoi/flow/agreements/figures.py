"""Figures of agreements as tables."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from konvoi.accord.facts import facts, of_lines
from konvoi.accord.guarantees import guarantees_on
from konvoi.accord.path import way
from konvoi.accord.renewals import renewals
from konvoi.accord.signatures import signatures
from konvoi.accord.stage_reconciliation import joints
from konvoi.accord.terms import Term
from konvoi.flow.agreements.rounds import drawn, heard_rounds, sisters
from konvoi.flow.agreements.tables import GUARANTEES_ON, RENEWALS, ROUND_CLAUSES, ROUND_STANDS
from konvoi.ledger.units import owned


def ways(*, documents: pl.DataFrame, milestones: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """Return the milestones of each framework document; where several files hold its text, by the last."""
    said: dict[str, list[Term]] = {}
    files: dict[str, str] = {}
    for row in terms.iter_rows(named=True):
        document = str(row["document"])
        if files.get(document) != row["_file"]:
            files[document] = row["_file"]
            said[document] = []
        said[document].append(Term(row["point"], row["clause"], row["words"], row["number"]))
    return way({"documents": documents, "milestones": milestones}, said)


def signature_record(
    *, documents: pl.DataFrame, milestones: pl.DataFrame, ways: pl.DataFrame
) -> pl.DataFrame:
    """Return who signed each framework document, with which powers, and what is still to be approved."""
    return signatures(documents, milestones, ways)


def guarantees_of_day(*, guarantees: pl.DataFrame, documents: pl.DataFrame, day: date | None) -> pl.DataFrame:
    """Return clauses that an event triggers, as they hold on a day; without a day, no row."""
    if day is None:
        return GUARANTEES_ON.schema().to_frame()
    return guarantees_on(guarantees, documents, day=day)


def renewals_of_day(
    *,
    documents: pl.DataFrame,
    undertakings: pl.DataFrame,
    milestones: pl.DataFrame,
    terms: pl.DataFrame,
    day: date | None,
) -> pl.DataFrame:
    """Return framework documents whose term or sums end, as they stand on a day; without a day, no row."""
    if day is None:
        return RENEWALS.schema().to_frame()
    return renewals(documents, undertakings, milestones, terms, day=day)


def parallel_clauses(**inputs: pl.DataFrame) -> pl.DataFrame:
    """Return the texts under each declaration side by side, by day of signature."""
    return sisters(inputs)


def round_tables(
    *, day: date | None, reader_is_cell: bool, positions_left_out: pl.DataFrame, **inputs: pl.DataFrame
) -> Mapping[str, pl.DataFrame]:
    """Return clauses and positions of the rounds that have begun on a day; without one, no row."""
    if day is None:
        return {one.name: one.schema().to_frame() for one in (ROUND_CLAUSES, ROUND_STANDS)}
    found = heard_rounds(inputs, day, positions_left_out, silence=reader_is_cell)
    return drawn([one for own in found.said.values() for one in own], day)


def joints_of(
    *,
    entries: pl.DataFrame,
    owners: pl.DataFrame,
    relations: pl.DataFrame,
    submissions: pl.DataFrame,
    **inputs: pl.DataFrame,
) -> pl.DataFrame:
    """Return obligations, line items and framework contracts from stage to stage.

    Where nothing was agreed, allocated or signed, line items are followed all the same.
    """
    names = dict(submissions.select("submission", "name").iter_rows())
    own = owned(entries, owners).with_columns(pl.col("submission").replace(names))
    return joints(facts(of_lines(own, relations), inputs))
