"""What the lists of a workspace say side by side, as tables of a case: for the brief and session packs."""

from dataclasses import replace

import polars as pl

from konvoi.align.matrix import Cell
from konvoi.flow.cases import today
from konvoi.flow.gathered import Gathered
from konvoi.flow.proposals import proposed, steps
from konvoi.flow.sanctions import Sanctions, sanctions, there
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.report.case import Case
from konvoi.report.listed import LISTS, SUM

Tables = dict[str, pl.DataFrame]


def sanctioned(gathered: Gathered, work: Workspace, *, stop: Stop = never) -> tuple[Tables, Sanctions | None]:
    """sanction_lists, _sum, _shares, _gaps, _ending, _lags and proposals, as far as there are any.

    Lists that cannot be read at all keep nobody from the rest: sanction_lists is empty then.
    """
    if work.folder is None:
        return {}, None
    known = steps(work.folder)
    found = None
    tables: Tables = {}
    if there(work.folder):
        try:
            found = sanctions(work.folder, on=today(gathered, work), stop=stop)
            tables = _tables(found)
        except Refused:
            tables = {"sanction_lists": pl.DataFrame(schema=LISTS)}
    if known.rows:
        tables["proposals"] = gathered.view.admitted(proposed(known, found))
    return tables, found


def with_sanctions(case: Case, gathered: Gathered, work: Workspace, *, stop: Stop = never) -> Case:
    """The case with these tables, and with what is wrong with the steps of proposals."""
    tables, _ = sanctioned(gathered, work, stop=stop)
    wrong = steps(work.folder).findings if work.folder is not None and gathered.view.is_cell else ()
    return replace(case, tables={**case.tables, **tables}, findings=(*case.findings, *wrong))


def _tables(found: Sanctions) -> Tables:
    titles = found.titles
    total = (found.listed, len(found.regimes), found.asked, found.lists.most)
    return {
        "sanction_lists": _lists(found),
        "sanction_sum": pl.DataFrame([total], schema=SUM, orient="row"),
        "sanction_shares": found.shares,
        "sanction_gaps": found.gaps.join(titles, on="party", how="left"),
        "sanction_ending": found.ending.join(titles, on="party", how="left"),
        "sanction_lags": found.lags,
    }


def _lists(found: Sanctions) -> pl.DataFrame:
    """LISTS: each regime of the manifest, what its list can tell, and how many parties it lists."""
    states = [(one.taken.snapshot.regime, one.state.value) for one in found.used]
    state = pl.DataFrame(states, schema={"regime": pl.String(), "state": pl.String()}, orient="row")
    listed = found.matrix.filter(cell=Cell.LISTED.value).group_by("regime")
    counts = listed.agg(listed=pl.col("party").n_unique().cast(pl.Int64))
    rows = pl.DataFrame({"regime": found.regimes}, schema={"regime": pl.String()})
    for other in (found.covers, state, counts):
        rows = rows.join(other, on="regime", how="left")
    age = (pl.lit(found.on) - pl.col("day")).dt.total_days()
    return rows.with_columns(age=age).select(LISTS.names()).sort("regime")
