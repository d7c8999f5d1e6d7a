"""Other readings of the statements in force: the values of units at a stage by each of them.

Two statements of one day may differ, more may be reported received than was dispatched, and an amount may be
of a wrong scale or currency.
"""

from dataclasses import replace

import polars as pl

from konvoi.ledger.basis import Basis, basis
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.summing import units_at
from konvoi.ledger.units import onwards
from konvoi.model.stages import Stage

_MARK = "\x1e"
_ARRIVED = [str(stage) for stage in (Stage.AT_HUB, Stage.HANDED_OVER, Stage.RECEIVED)]


def readings(ledger: Ledger, question: Question, recipient: str, base: Basis) -> pl.DataFrame | None:
    """Return the values of units at the stage by each other reading of a statement (konvoi.ledger.versions).

    Columns as `units_at` gives them, one row for each reading and unit that it concerns; value is 0 where the
    reading leaves the unit nothing. base: what the question is drawn from by the statements in force. A unit
    of which more arrived than was dispatched has its figures up to the dispatch as another reading. None
    where no statement can be read otherwise.
    """
    found = []
    if question.what == "quantity" and Stage.DISPATCHED in onwards(question.counted_stage):
        found.append(_as_dispatched(base.counting, question))
    if question.what == "amount" and ledger.plausible.height:
        found.append(_as_plausible(ledger, question, recipient, base))
    if ledger.disputes.height:
        found.append(_of_disputes(ledger, question, recipient, base))
    return pl.concat(found).sort("unit", "value") if found else None


def _as_plausible(ledger: Ledger, question: Question, recipient: str, base: Basis) -> pl.DataFrame:
    """Units with a questioned scale or currency, by the amounts that may be meant."""
    meant = basis(replace(ledger, entries=ledger.plausible), question, recipient).counting
    asked = meant.join(base.counting.select("entry"), on="entry", how="semi")
    others = base.counting.join(asked, on="unit", how="semi").join(asked, on="entry", how="anti")
    return units_at(pl.concat([others, asked.select(others.columns)]), question)


def _as_dispatched(values: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Units of which more arrived than was dispatched, by their figures up to the dispatch.

    One of the two figures is wrong. Stages after the dispatch keep what is stated at them.
    """
    dispatched = pl.col("stage") == Stage.DISPATCHED
    arrived = pl.col("stage").is_in(_ARRIVED)
    sums = values.filter(dispatched | arrived).group_by("unit", "stage").agg(pl.col("value").sum())
    sides = sums.group_by("unit").agg(
        sent=pl.col("value").filter(dispatched).max(), came=pl.col("value").filter(arrived).max()
    )
    above = sides.filter(pl.col("came") > pl.col("sent"))
    return units_at(values.filter(~arrived).join(above, on="unit", how="semi"), question)


def _of_disputes(ledger: Ledger, question: Question, recipient: str, base: Basis) -> pl.DataFrame:
    """Return the values of units at the stage by each reading that a dispute leaves open."""
    nothing = units_at(base.counting.clear(), question)
    added = basis(replace(ledger, entries=ledger.disputed), question, recipient).counting
    rows = base.counting.select(added.columns)
    concerned = _concerned(ledger, pl.concat([rows, added]))
    if concerned.is_empty():
        return nothing
    drops = ledger.disputes.filter(pl.col("role") == "drop").select("dispute", "entry")
    adds = ledger.disputes.filter(pl.col("role") == "add").select("dispute", "entry")
    kept = concerned.join(rows, on="unit").join(drops, on=["dispute", "entry"], how="anti")
    brought = added.join(adds, on="entry").select(kept.columns)
    mark = pl.concat_str("dispute", "unit", separator=_MARK)
    found = units_at(pl.concat([kept, brought]).with_columns(unit=mark).drop("dispute"), question)
    # A unit that a reading leaves nothing still has the names by which rows of a total are formed.
    named = units_at(pl.concat([rows, added]), question).drop("value")
    of = concerned.with_columns(_at=mark).join(
        found.select(_at="unit", value="value", exact="exact", known_on="known_on"), on="_at", how="left"
    )
    told = of.join(named, on="unit", suffix="_named").with_columns(
        value=pl.col("value").fill_null(0),
        exact=pl.coalesce("exact", "exact_named"),
        known_on=pl.coalesce("known_on", "known_on_named"),
    )
    return told.select(nothing.columns).cast(nothing.schema).sort("unit", "value")


def _concerned(ledger: Ledger, values: pl.DataFrame) -> pl.DataFrame:
    """The units that each reading concerns: dispute, unit."""
    entries = values.select("entry", "unit").unique()
    return ledger.disputes.join(entries, on="entry").select("dispute", "unit").unique()
