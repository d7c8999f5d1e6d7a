"""The gathered tables with rounds, positions and parallel texts as they stand, and contradictions as
findings.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.accord.position_validation import faults
from konvoi.accord.rounds import Row
from konvoi.accord.steps import table
from konvoi.accord.unreadable_positions import UNHEARD
from konvoi.flow.agreements.rounds import drawn, heard_rounds
from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.intake.join import newer
from konvoi.model.left_out import LEFT_OUT as LEFT_OUT_ROW
from konvoi.model.left_out import left_out

Age = tuple[str, tuple[str | int, ...], tuple[str | int, ...]]
LEFT_OUT = "positions_left_out"
"""The table of positions that could not be read (konvoi.accord.unreadable_positions.UNHEARD)."""


def with_rounds(whole: Gathered, settings: Settings, day: date | None) -> Gathered:
    """The same with the findings on rounds and positions and, on a day, what is drawn of them.

    Drawn are `round_clauses` and `round_stands` of each round that has begun, `positions_left_out` and
    `sisters`. Where nobody handed in rounds, positions or parallel texts, nothing is added.
    """
    parallel = derived(whole, settings, day, "sisters")["sisters"]
    tables = {**whole.tables, **({"sisters": parallel} if parallel.height else {})}
    if day is None or not {"rounds", "positions"} & whole.tables.keys():
        return replace(whole, tables=tables)
    left = _left_out(whole)
    found = heard_rounds(whole.tables, day, left, silence=whole.view.is_cell)
    told = faults(whole.tables, found.held, found.said, day=day)
    tables |= {LEFT_OUT: left, **drawn([one for own in found.said.values() for one in own], day)}
    return replace(whole, tables=tables, findings=(*whole.findings, *told))


def _left_out(whole: Gathered) -> pl.DataFrame:
    """The positions of documents in force that were left out and not mended in a later document."""
    force = dict(whole.documents.filter("in_force").select("name", "party").iter_rows())
    days = dict(whole.documents.select("name", "known_on").iter_rows())
    ages = {one.document: newer(one, days.get(one.document)) for one in whole.readings}
    stands = {row["position"]: row for row in table(whole.tables, "positions").iter_rows(named=True)}
    rows = [
        {**row, "sender": force[row["_file"]] or None}
        for row in left_out(whole.findings).iter_rows(named=True)
        if row["_file"] in force and not _mended(row, stands.get(row["position"]), ages)
    ]
    # A position of a round that nobody handed in may be of any.
    known = table(whole.tables, "rounds")["round"].implode()
    lost = table(whole.tables, "positions").filter(~pl.col("round").is_in(known))
    rows += [{**row, "round": None, "sender": None} for row in lost.select(LEFT_OUT_ROW.names()).to_dicts()]
    return pl.DataFrame(rows, schema=UNHEARD)


def _mended(row: Row, stands: Row | None, ages: Mapping[str, Age]) -> bool:
    """Return True if the position that stands under its reference says the same, or is its party's later
    word.
    """
    if stands is None or stands["party"] != (row["party"] or stands["party"]):
        return False
    if all(stands[name] == row[name] for name in ("round", "stance", "clause")):
        return True
    mine = str(row["_file"])
    other = str(stands["_file"])
    return mine != other and ages[mine] < ages[other]
