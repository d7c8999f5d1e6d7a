"""The catalogue: every table of a case is declared, and the brief is drawn from the declared tables."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.report.test_catalogues import catalogue

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.dataset import Tables
from konvoi.flow.declare import Undeclared
from konvoi.flow.derive import derived
from konvoi.flow.run import run
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, workspace
from konvoi.intake.fts import tables as fts
from konvoi.intake.iati import tables as iati
from konvoi.intake.oc4ids import rows as oc4ids
from konvoi.intake.ocds import rows as ocds
from konvoi.intake.papers import posting as papers
from konvoi.model.tables import BY_NAME
from konvoi.report.case import Case
from konvoi.report.planning.released_plan import released_plan

FTS = {"fts_flows": fts.FLOWS, "fts_objects": fts.OBJECTS, "fts_reports": fts.REPORTS}
EXERCISE = Path(__file__).parents[2] / "examples" / "exercise"


@pytest.fixture(scope="module")
def work() -> Workspace:
    """The exercise with its lists, planned in a short time."""
    found = workspace(EXERCISE)
    return replace(found, settings=replace(found.settings, rounds=1, samples=20))


@pytest.fixture(scope="module")
def case(work: Workspace) -> Case:
    with pytest.MonkeyPatch.context() as patch:
        # The files of the brief are not looked at here.
        patch.setattr("konvoi.flow.run.render", lambda *_, **__: {})
        return run(work, audience="cell").case


@pytest.fixture(scope="module")
def cell(work: Workspace) -> Tables:
    """Its tables for the coordination cell; each is computed once."""
    return Tables(work, View())


@pytest.mark.slow
def test_no_table_of_a_case_is_undeclared(case: Case) -> None:
    """A table that no subject declares is neither listed, nor cut for readers, nor held to any law."""
    assert sorted(set(case.tables) - set(CATALOGUE)) == []


@pytest.mark.slow
def test_a_figure_of_the_case_is_that_of_the_catalogue(case: Case, cell: Tables) -> None:
    differ = [
        name
        for name, rows in case.tables.items()
        if CATALOGUE[name].compute and not rows.equals(cell.table(name))
    ]
    assert differ == []


def test_a_submitted_table_of_the_case_has_the_declared_rows(case: Case, cell: Tables) -> None:
    heights = {
        name: (rows.height, cell.table(name).height)
        for name, rows in case.tables.items()
        if not CATALOGUE[name].compute
    }
    assert {name: both for name, both in heights.items() if both[0] != both[1]} == {}


def test_the_plan_of_the_case_is_that_of_the_catalogue(case: Case, cell: Tables) -> None:
    assert case.plan is not None
    assert cell.table("unmet_needs").select(case.plan.unmet.columns).equals(case.plan.unmet)
    assert cell.table("planned_movements").select(case.plan.movements.columns).equals(case.plan.movements)


def test_a_table_that_no_subject_declares_is_refused_at_run_time(work: Workspace, cell: Tables) -> None:
    whole = cell.gathered
    strange = replace(whole, tables={**whole.tables, "gossip": whole.tables["goods"]})
    with pytest.raises(Undeclared, match="gossip"):
        derived(strange, work.settings, None, "met")


@pytest.mark.parametrize(
    "schemas",
    [iati.TABLES, ocds.SCHEMAS, papers.SCHEMAS, oc4ids.SCHEMAS, FTS],
    ids=["iati", "ocds", "papers", "oc4ids", "fts"],
)
def test_a_table_that_a_format_reads_is_declared_with_its_columns(schemas: Mapping[str, pl.Schema]) -> None:
    for name, schema in schemas.items():
        declared = CATALOGUE[name].schema()
        # Other columns with a line before them serve the reading of one document alone.
        wanted = {one: kind for one, kind in schema.items() if one in declared or not one.startswith("_")}
        assert {one: declared.get(one) for one in wanted} == wanted, name


@pytest.mark.parametrize("code", ["de", "uk"])
def test_every_title_of_a_derived_table_is_translated(code: str) -> None:
    known = catalogue(code)
    titles = {name: one.title for name, one in CATALOGUE.items() if name not in BY_NAME}
    assert {name: title for name, title in titles.items() if title not in known} == {}


def test_a_reader_is_shown_no_movement_of_which_a_record_is_hidden(work: Workspace, cell: Tables) -> None:
    """The public sees no offer, so that no planned movement that takes from one is shown."""
    public = Tables(work, View(None, "public"), whole=cell)
    offered = cell.table("planned_movements").drop_nulls("offer")
    assert offered.height
    shown = public.keys("offers")
    assert set(public.table("planned_movements")["offer"].drop_nulls()) <= set(shown)
    assert public.table("plan_value").is_empty()
    assert public.table("unmet_needs")["cause"].drop_nulls().is_empty()
    assert cell.table("plan_value").height == 1


class _Named(Tables):
    """Tables of one row each that names the good it is given, all others without rows."""

    def __init__(self, goods: Mapping[str, str]) -> None:
        self._goods = goods

    def table(self, name: str, **parameters: str) -> pl.DataFrame:
        empty = CATALOGUE[name].schema().to_frame()
        if name not in self._goods:
            return empty
        return pl.concat([empty, pl.DataFrame({"good": [self._goods[name]]})], how="diagonal")


def test_a_reader_is_told_of_a_good_that_a_document_names_and_nobody_describes() -> None:
    """Not of one in a derived table alone, which may come from rows of the coordination cell."""
    assert _Named({"goods": "hut", "lines": "tent", "unmet_needs": "stove"}).told("goods") == {"hut", "tent"}


def test_a_figure_of_a_need_is_shown_where_every_movement_to_it_is(work: Workspace, cell: Tables) -> None:
    reader = Tables(work, View(None, "public"), whole=cell)
    movements = reader.keys("planned_movements")
    assert 0 < len(movements) < cell.table("planned_movements").height
    for name in ("unmet_needs", "forecast_needs"):
        rows = reader.table(name)["movements"].drop_nulls()
        assert set(rows.explode().drop_nulls()) <= set(movements), name


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["public", "coalition", "XB"])
def test_the_brief_shows_a_reader_the_movements_of_the_catalogue(
    work: Workspace, cell: Tables, reader: str
) -> None:
    shown = Tables(work, View(None, reader), whole=cell)
    plan = released_plan(cell.plan, cell.gathered.tables, shown.gathered.tables)
    assert plan is not None
    assert plan.movements["movement"].to_list() == shown.table("planned_movements")["movement"].to_list()
    assert plan.legs.equals(shown.table("planned_legs"))
    assert plan.unmet.select("need", "quantity").equals(shown.table("unmet_needs").select("need", "quantity"))
