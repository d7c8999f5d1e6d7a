"""What was gathered, with each joint from word to receipt, and what goes through one beyond what it can."""

from dataclasses import replace

import polars as pl

from konvoi.accord.facts import agreed, facts, of_lines
from konvoi.accord.joints import exceeded, joints
from konvoi.flow.gathered import Gathered
from konvoi.ledger.units import owned


def with_joints(gathered: Gathered) -> Gathered:
    """The same with the table `joints`, and a finding on each where more came than stood before it.

    Where nobody handed in undertakings, allocations, contracts or call-offs, nothing is added.
    """
    if not agreed(gathered.tables):
        return gathered
    found = joints(facts(lines_of(gathered), gathered.tables))
    tables = {**gathered.tables, "joints": found}
    return replace(gathered, tables=tables, findings=(*gathered.findings, *exceeded(found)))


def lines_of(gathered: Gathered) -> pl.DataFrame:
    """The entries of all lines (konvoi.accord.facts.of_lines), `submission` as the document's name."""
    ledger = gathered.ledger
    names = dict(gathered.documents.select("submission", "name").iter_rows())
    entries = owned(ledger.entries, ledger.owners).with_columns(pl.col("submission").replace(names))
    return of_lines(entries, ledger.relations)
