"""Two worlds: what a party hides changes nothing that another reader is given.

All that a reader is given is computed from the readings that are cut to its view. So every pair is compared
in these, and some pairs in all that is computed from them (and tests/cli/test_two_worlds.py in all verbs).
"""

import csv
import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.flow.secret_rows import OWNER, ROWS, Row

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.cut import cut
from konvoi.flow.dataset import Tables
from konvoi.flow.declare import Scope
from konvoi.flow.load_workspace import gathering
from konvoi.flow.parse_documents import understand
from konvoi.flow.readers import with_partnership
from konvoi.flow.run import counted
from konvoi.flow.submissions.outdated_versions import CODE as OUTDATED
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed, workspace
from konvoi.intake.join import headed
from konvoi.model.document import Document, Reading
from konvoi.model.tables import BY_NAME

EXERCISE = Path(__file__).parents[2] / "examples" / "exercise"
READERS = ("public", "coalition", "XB")
SAMPLE = range(0, len(ROWS), 6)
"""Every sixth row: to compute all of one world takes some seconds."""
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

VISIBLE = frozenset({"packages", "lines", "offers", "needs", "movements", "sites", "parties", "projects"})
"""Tables of which a hidden row states something else of a record that others may see."""


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


Pair = tuple[str, Row]


def altered(row: Row, field: str) -> Row:
    """The row with another value in one field."""
    value = row[field]
    if value.replace(".", "").replace("-", "").isdigit():
        changed = value[:-1] + ("3" if value[-1] != "3" else "4")
    else:
        changed = f"{value} altered"
    return {**row, field: changed}


def restated(table: str) -> Row | None:
    """A hidden row under the reference of a record that others may see; None where there is none."""
    key = BY_NAME[table].key[0]
    for one in readings():
        rows = one.tables.get(table)
        if rows is not None and one.party != OWNER and key in rows.columns and rows.height:
            row = next(row for name, row in ROWS if name == table)
            return {**row, key: str(rows[key][0])}
    return None


PRESENT: tuple[Pair, ...] = ROWS
ALTERED: tuple[Pair, ...] = tuple(
    (table, altered(row, field)) for table, row in ROWS for field in sorted(row)
)


@cache
def readings() -> tuple[Reading, ...]:
    """The documents of the exercise."""
    return tuple(understand(exercise().documents, settings=exercise().settings))


@cache
def read(table: str, cells: tuple[tuple[str, str], ...]) -> Reading:
    """The reading of a file of hidden rows: of one with these cells, or of none."""
    document = hidden_file(table, [dict(cells)] if cells else [])
    (reading,) = understand([document], settings=exercise().settings)
    return reading


def cells(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(row.items()))


def seen(reader: str, *hidden: Reading) -> list[Reading]:
    """The readings that are left for a reader of the exercise with files of hidden rows."""
    every = headed([*readings(), *hidden])
    return cut(every, with_partnership(View(None, reader), every), exercise().settings)


@cache
def bare(table: str, reader: str) -> list[Reading]:
    return seen(reader, read(table, ()))


def differ(one: Reading, other: Reading) -> list[str]:
    """The parts in which two readings differ."""
    frames = ("entries", "scopes", "relations", "claims")
    found = [name for name in frames if not getattr(one, name).equals(getattr(other, name))]
    found += [
        name
        for name in sorted({*one.tables, *other.tables})
        if not (name in one.tables and name in other.tables and one.tables[name].equals(other.tables[name]))
    ]
    plain = ("document", "digest", "party", "facts", "findings", "unread", "refused", "headings")
    return found + [name for name in plain if getattr(one, name) != getattr(other, name)]


def differences(without_rows: list[Reading], with_rows: list[Reading]) -> list[str]:
    """What hidden rows change in the readings that are left for a reader."""
    if len(without_rows) != len(with_rows):
        return ["documents"]
    return [
        f"{one.document}: {name}"
        for one, other in zip(without_rows, with_rows, strict=True)
        for name in differ(one, other)
    ]


def changed(table: str, row: Row, reader: str) -> list[str]:
    return differences(bare(table, reader), seen(reader, read(table, cells(row))))


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_rows_hidden_in_every_table_together_leave_the_same_readings(reader: str) -> None:
    first = dict(reversed(ROWS))
    assert len(first) >= 40
    empty = seen(reader, *(read(table, ()) for table in first))
    full = seen(reader, *(read(table, cells(row)) for table, row in first.items()))
    assert differences(empty, full) == []


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_each_hidden_row_leaves_the_same_readings_to_another_reader(reader: str) -> None:
    found = {f"{table} {n}": changed(table, row, reader) for n, (table, row) in enumerate(PRESENT)}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_a_hidden_row_under_the_reference_of_a_visible_record_changes_nothing(reader: str) -> None:
    pairs = [(table, row) for table in sorted(VISIBLE) if (row := restated(table)) is not None]
    assert len(pairs) >= 6
    assert {table: what for table, row in pairs if (what := changed(table, row, reader))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_each_altered_field_of_a_hidden_row_leaves_the_same_readings(reader: str) -> None:
    assert len(ALTERED) >= 250
    found = {f"{table} {n}": changed(table, row, reader) for n, (table, row) in enumerate(ALTERED)}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("at", SAMPLE, ids=[f"{ROWS[at][0]}-{at}" for at in SAMPLE])
def test_a_hidden_row_changes_nothing_for_another_reader(at: int, reader: str) -> None:
    table, row = ROWS[at]
    bare, hidden = without(table, reader), given(world(table, [row]), reader)
    differ = [name for name in sorted({*bare, *hidden}) if bare.get(name) != hidden.get(name)]
    assert not differ


def with_later_version() -> tuple[Workspace, Workspace]:
    """The exercise with an empty later file of the owner, and with one that changes a visible package."""
    row = next(
        dict(row)
        for one in readings()
        if one.party == OWNER and "packages" in one.tables
        for row in one.tables["packages"].iter_rows(named=True)
        if row["amount"] is not None and (row["marking"] or "public") == "public"
    )
    stated = {name: str(row[name]) for name in ("package", "party", "kind", "title", "currency")}
    later = {**stated, "day": row["day"].isoformat(), "amount": "31"}
    work = exercise()
    head = Document(f"{OWNER}/hidden/konvoi.csv", b"party,XD\nday,2031-03-02\nmarking,coalition\n", OWNER)
    rows: tuple[list[Row], list[Row]] = ([], [later])
    files = [replace(hidden_file("packages", own), marking="") for own in rows]
    bare, full = (replace(work, documents=(*work.documents, head, one), folder=None) for one in files)
    return bare, full


def outdated(work: Workspace, reader: str) -> list[str]:
    found = gathering(viewed(work, View(None, reader))).findings
    return [one.place.file for one in found if one.code == OUTDATED]


@pytest.mark.slow
def test_a_later_hidden_version_is_told_to_its_owner_and_the_cell_alone() -> None:
    bare, full = with_later_version()
    file = f"{OWNER}/hidden/packages.csv"
    assert file not in outdated(bare, OWNER)
    assert {reader: file in outdated(full, reader) for reader in ("cell", OWNER)} == {
        "cell": True,
        OWNER: True,
    }
    for reader in READERS:
        assert outdated(full, reader) == []


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_a_later_hidden_version_changes_nothing_for_another_reader(reader: str) -> None:
    bare, full = (given(one, reader) for one in with_later_version())
    assert [name for name in sorted({*bare, *full}) if bare.get(name) != full.get(name)] == []


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


def posted(work: Workspace, reader: str) -> str:
    """The entries that a reader is given, as text."""
    return gathering(viewed(work, View(None, reader))).ledger.entries.write_json()


def test_the_owner_and_the_coordination_cell_see_the_row_that_others_do_not() -> None:
    table, row = ROWS[0]
    work = world(table, [row])
    assert "Hidden lorries" not in posted(world(table, []), OWNER)
    assert {one: "Hidden lorries" in posted(work, one) for one in (OWNER, "cell", "public")} == {
        OWNER: True,
        "cell": True,
        "public": False,
    }
