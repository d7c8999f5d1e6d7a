"""Declarations of tables: what is not declared is refused."""

from dataclasses import replace

import polars as pl
import pytest

from konvoi.flow.declare import MINOR, Column, Derived, Parameter, Scope, Undeclared, catalogue

ID = Column("id", pl.String(), "Identifier")
INPUT = Derived("input", "An input", (ID,), Scope.READER)
KEYED = replace(INPUT, key=("id",))
REFERS = Column("of", pl.String(), "Record", refers="input")


def made_of(*inputs: str, scope: Scope = Scope.READER, name: str = "made", **more: object) -> Derived:
    """A table that is made of others."""
    return Derived(name, "Made", (ID,), scope, inputs, "some:function", **more)  # type: ignore[arg-type]


def test_tables_are_found_by_their_names() -> None:
    assert list(catalogue([INPUT, made_of("input")])) == ["input", "made"]


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ([INPUT, INPUT], "two tables"),
        ([made_of("nothing")], "input nothing"),
        ([INPUT, made_of("input", key=("other",))], "column other"),
        ([INPUT, made_of("input", parameters=(Parameter("by", "", "By"),))], "without samples"),
        ([Derived("a", "A", (Column("b", pl.String(), "B", refers="c"),), Scope.READER)], "reference to c"),
        ([Derived("a", "A", (ID, ID), Scope.READER)], "one name"),
        ([Derived("a", "A", (ID,), Scope.READER, ("a",))], "go together"),
        ([made_of("other"), made_of("made", name="other")], "made of itself"),
        ([replace(INPUT, columns=(replace(ID, name="amount", unit=MINOR),))], "currency of amount"),
        ([replace(INPUT, columns=(replace(ID, unit=MINOR, currency="other"),))], "currency of id"),
    ],
)
def test_what_is_not_declared_is_refused(tables: list[Derived], reason: str) -> None:
    with pytest.raises(Undeclared, match=reason):
        catalogue(tables)


def test_minor_units_are_written_as_such_only_where_the_name_says_so() -> None:
    cents = replace(ID, name="amount_minor", unit=MINOR)
    amount = replace(ID, name="amount", unit=MINOR, currency="id")
    [table] = catalogue([replace(INPUT, columns=(ID, cents, amount))]).values()
    assert table.money() == {"amount": "id"}


def test_a_table_for_readers_rests_on_nothing_of_the_coordination_cell() -> None:
    """Not even through another table."""
    cell = replace(made_of("input", scope=Scope.CELL, name="movement"), columns=(REFERS,))
    assert catalogue([KEYED, cell, made_of("movement", scope=Scope.CELL_CUT)])
    with pytest.raises(Undeclared, match="the cell's"):
        catalogue([KEYED, cell, made_of("movement")])
    with pytest.raises(Undeclared, match="the cell's"):
        catalogue([INPUT, made_of("plan")])


def test_what_is_cut_for_readers_takes_nothing_that_cannot_be_cut() -> None:
    with pytest.raises(Undeclared, match="cannot be cut"):
        catalogue([INPUT, made_of("plan", scope=Scope.CELL_CUT)])


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"columns": (ID,)}, "no column refers"),
        ({"columns": (ID, REFERS), "sources": ("id",)}, "id names source rows"),
    ],
)
def test_a_table_of_the_coordination_cell_says_which_records_decide(
    changed: dict[str, object], reason: str
) -> None:
    table = replace(made_of("input", scope=Scope.CELL), **changed)  # type: ignore[arg-type]
    with pytest.raises(Undeclared, match=reason):
        catalogue([KEYED, table])


def test_a_table_whose_columns_are_all_the_coordination_cells_refers_to_nothing() -> None:
    table = made_of("input", scope=Scope.CELL)
    assert catalogue([INPUT, replace(table, columns=(replace(ID, cell_only=True),))])
