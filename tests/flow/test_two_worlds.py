"""Two worlds: what a party hides changes nothing that another reader is given."""

import csv
import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.flow.secret_rows import OWNER, ROWS, Row

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.chain import counted
from konvoi.flow.dataset import Tables
from konvoi.flow.declare import Scope
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed, workspace
from konvoi.model.document import Document
from konvoi.model.tables import BY_NAME

EXERCISE = Path(__file__).parents[2] / "examples" / "exercise"
READERS = ("public", "XB")
SAMPLE = range(0, len(ROWS), 6)
"""Every sixth row: one world takes some seconds."""
OF_THE_CELL = frozenset(
    {
        *("planned_movements", "planned_legs", "planned_payments", "unmet_needs"),
        *("shadow_prices", "plan_value", "bottlenecks"),
        *("forecast_needs", "forecast_movements", "forecast_lateness", "forecast_partners"),
        *("forecast_causes", "forecast_bases", "forecast_queues", "remedies"),
        *("screening_hits", "screening_sum", "screening_ages"),
    }
)
"""Tables of the coordination cell's plan, forecast and screening: hidden rows act on them.

Nothing of a hidden row stands in what another reader is shown of them."""
PLANNED = ("needs", "offers", "lanes", "capacities", "budgets", "blocked", "closures", "stocks")


@cache
def exercise() -> Workspace:
    """The exercise with the cell's plan left aside."""
    return workspace(EXERCISE)


def hidden_file(table: str, rows: list[Row]) -> Document:
    """A submission of the owner with rows that are the owner's own."""
    names = [column.name for column in BY_NAME[table].columns if column.name != "marking"]
    out = io.StringIO()
    marked = any(column.name == "marking" for column in BY_NAME[table].columns)
    writer = csv.DictWriter(out, [*names, *(["marking"] if marked else [])], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, **({"marking": "own"} if marked else {})})
    marking = "coalition" if marked else "own"
    return Document(f"{OWNER}/hidden/{table}.csv", out.getvalue().encode(), OWNER, marking)


def world(table: str, rows: list[Row]) -> Workspace:
    """The exercise with a file of hidden rows."""
    work = exercise()
    return replace(work, documents=(*work.documents, hidden_file(table, rows)), folder=None)


def given(work: Workspace, reader: str) -> dict[str, str]:
    """All that a reader is given of a workspace without its plan, as text by name."""
    opened = viewed(work, View(None, reader))
    dataset = Tables(work, View(None, reader))
    gathered = dataset.gathered
    case = counted(gathered, opened)
    tables = {f"table {name}": rows.write_json() for name, rows in sorted(case.tables.items())}
    derived = {
        f"derived {name}": dataset.table(name).write_json() for name in CATALOGUE if name not in OF_THE_CELL
    }
    totals = {f"total {name}": repr(total) for name, total in sorted(case.totals.items())}
    return {
        "entries": case.entries.write_json(),
        "earlier": case.earlier.write_json(),
        "relations": case.relations.write_json(),
        "documents": case.documents.write_json(),
        "findings": repr(case.findings),
        "questions": repr(case.questions),
        **tables,
        **derived,
        **totals,
    }


@cache
def without(table: str, reader: str) -> dict[str, str]:
    """What a reader is given where the file of the table has no row."""
    return given(world(table, []), reader)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("at", SAMPLE, ids=[f"{ROWS[at][0]}-{at}" for at in SAMPLE])
def test_a_hidden_row_changes_nothing_for_another_reader(at: int, reader: str) -> None:
    table, row = ROWS[at]
    bare, hidden = without(table, reader), given(world(table, [row]), reader)
    differ = [name for name in sorted({*bare, *hidden}) if bare.get(name) != hidden.get(name)]
    assert not differ


def test_tables_that_hidden_rows_act_on_are_named_above() -> None:
    assert {name for name, one in CATALOGUE.items() if one.scope != Scope.READER} == OF_THE_CELL


@cache
def said() -> str:
    """All that the coordination cell is told by the exercise without hidden rows."""
    tables = Tables(replace(exercise(), folder=None), View())
    return "\n".join(tables.table(name).write_json() for name, one in CATALOGUE.items() if not one.compute)


def unheard_of(row: Row) -> set[str]:
    """The values of a row that nothing in the exercise says."""
    return {value for value in row.values() if len(value) > 3 and value not in said()}


@pytest.mark.slow
@pytest.mark.parametrize("at", [at for at, (table, _) in enumerate(ROWS) if table in PLANNED])
def test_nothing_of_a_hidden_row_stands_in_the_cells_tables_as_a_reader_sees_them(at: int) -> None:
    table, row = ROWS[at]
    work = world(table, [row])
    work = replace(work, settings=replace(work.settings, rounds=1, samples=20))
    whole = Tables(work, View())
    secret = unheard_of(row)
    for reader in READERS:
        shown = Tables(work, View(None, reader), whole=whole)
        told = {name: shown.table(name).write_json() for name in sorted(OF_THE_CELL)}
        assert [(name, one) for name, text in told.items() for one in sorted(secret) if one in text] == []


def test_the_owner_sees_the_row_that_it_hides() -> None:
    table, row = ROWS[0]
    bare, seen = without(table, OWNER), given(world(table, [row]), OWNER)
    assert "Hidden lorries" in seen["entries"]
    assert "Hidden lorries" not in bare["entries"]


def test_the_coordination_cell_sees_every_row() -> None:
    table, row = ROWS[0]
    assert "Hidden lorries" in given(world(table, [row]), "cell")["entries"]
