"""The comparison of a workspace's lists, as tables of a case: for the brief and session packs."""

from dataclasses import replace

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.sanctions import figures
from konvoi.flow.sanctions.list_comparison import Sanctions, sanctions, there
from konvoi.flow.sanctions.proposals import proposed, steps
from konvoi.flow.sanctions.tables import REGIMES
from konvoi.flow.today import today
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.report.case import Case

Tables = dict[str, pl.DataFrame]


def sanctioned(gathered: Gathered, work: Workspace, *, stop: Stop = never) -> tuple[Tables, Sanctions | None]:
    """sanction_lists, _sum, _shares, _gaps, _ending, _lags and proposals, as far as there are any.

    Lists that cannot be read at all keep nobody from the rest: sanction_lists is empty then.
    """
    if work.folder is None:
        return {}, None
    known = steps(work.folder, as_of=work.view.as_of)
    found = None
    tables: Tables = {}
    if there(work.folder):
        try:
            found = sanctions(work.folder, on=today(gathered, work), stop=stop)
            tables = _tables(found)
        except Refused:
            tables = {"sanction_lists": REGIMES.schema().to_frame()}
    if known.rows:
        tables["proposals"] = gathered.view.admitted(proposed(known, found))
    return tables, found


def with_sanctions(case: Case, gathered: Gathered, work: Workspace, *, stop: Stop = never) -> Case:
    """The case with these tables, and with what is wrong with the steps of proposals."""
    tables, _ = sanctioned(gathered, work, stop=stop)
    cell = work.folder is not None and gathered.view.is_cell
    wrong = steps(work.folder, as_of=work.view.as_of).findings if cell and work.folder else ()
    return replace(case, tables={**case.tables, **tables}, findings=(*case.findings, *wrong))


def _tables(found: Sanctions) -> Tables:
    return {
        "sanction_lists": figures.regimes(lists=found),
        "sanction_sum": figures.total(lists=found),
        "sanction_shares": figures.shares(lists=found),
        "sanction_gaps": figures.gaps(lists=found),
        "sanction_ending": figures.ending(lists=found),
        "sanction_lags": figures.lags(lists=found),
    }
