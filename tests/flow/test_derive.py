"""Tables are derived from their declared inputs alone, each once."""

from datetime import date

import polars as pl
import pytest
from tests.ledger.ledgers import ledger

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.declare import Scope, Undeclared
from konvoi.flow.derive import (
    Derivation,
    SchemaBroken,
    checked,
    derived,
    frames_of,
    input_of,
    refuse_undeclared,
)
from konvoi.flow.gathered import DOCUMENTS, Gathered
from konvoi.flow.settings import Settings
from konvoi.model.calibration import CalibrationState
from konvoi.model.entries import CLAIMS
from konvoi.model.finding import Finding, Place, Severity

NEEDS = CATALOGUE["needs"]


def case(**more: object) -> Gathered:
    some = ledger({}, needs=pl.DataFrame({"need": ["N-0"]}))
    usual: dict[str, object] = {
        "ledger": some,
        "tables": {},
        "documents": DOCUMENTS.to_frame(),
        "claims": pl.DataFrame(schema=CLAIMS),
        "findings": (),
    }
    return Gathered(**(usual | more))  # type: ignore[arg-type]


def test_a_table_of_documents_has_its_declared_columns_in_order() -> None:
    whole = case(tables={"needs": pl.DataFrame({"extra": [1], "good": ["tent"], "need": ["N-1"]})})
    rows = input_of(whole, NEEDS)
    assert rows.schema == NEEDS.schema()
    assert rows.select("need", "good", "due").rows() == [("N-1", "tent", None)]


def test_a_table_is_that_of_the_case_or_of_the_ledger_or_empty() -> None:
    assert input_of(case(), NEEDS)["need"].to_list() == ["N-0"]
    assert input_of(case(), CATALOGUE["offers"]).is_empty()
    assert input_of(case(), CATALOGUE["offers"]).schema == CATALOGUE["offers"].schema()
    assert input_of(case(), CATALOGUE["entries"])["entry"].to_list() == ["e0"]
    assert input_of(case(), CATALOGUE["earlier_entries"]).is_empty()


def test_conventions_and_findings_are_tables() -> None:
    place = Place("AR/a.csv", "packages", 0, "amount")
    finding = Finding(Severity.NOTE, "some", place, "4O", "at most {most}", "Correct {most}.", {"most": "40"})
    whole = case(findings=(finding,), currency="NOK", calibration=CalibrationState(True, 41, 3))
    (row,) = input_of(whole, CATALOGUE["findings"]).to_dicts()
    assert (row["severity"], row["row"], row["read"]) == ("note", None, "4O")
    assert (row["expected"], row["remedy"]) == ("at most 40", "Correct 40.")
    numbers = ("currency", "calibrated", "reviewed", "needed")
    conventions = CATALOGUE["conventions"]
    assert input_of(whole, conventions).select(numbers).rows() == [("NOK", True, 41, 3)]
    assert input_of(case(), conventions).select(numbers).rows() == [("", False, 0, 0)]
    undecided = case(calibration=CalibrationState(False, 2, 38))
    assert input_of(undecided, conventions)["calibrated"].to_list() == [False]


def test_a_table_is_computed_once_for_the_same_parameters() -> None:
    asked: list[str] = []

    def read(declared: object) -> pl.DataFrame:
        asked.append("needs")
        return NEEDS.schema().to_frame()

    derivation = Derivation(read, lambda name: None)
    assert derivation.table("needs") is derivation.table("needs")
    assert asked == ["needs"]
    with pytest.raises(KeyError, match="needs has no parameter by"):
        derivation.table("needs", by="kind")
    with pytest.raises(KeyError):
        derivation.table("nothing")


def test_only_declared_tables_with_their_columns_are_kept() -> None:
    derivation = Derivation(lambda declared: NEEDS.schema().to_frame(), lambda name: None)
    with pytest.raises(Undeclared, match="no subject declares the tables: strange"):
        derivation.keep({"needs": pl.DataFrame(), "strange": pl.DataFrame()})
    with pytest.raises(SchemaBroken, match="offer_standards"):
        derivation.keep({"offer_standards": pl.DataFrame({"offer": ["O"]})})
    # What documents hold may have other columns; it is read through `input_of`.
    derivation.keep({"needs": pl.DataFrame({"need": ["N"]})})
    assert derivation.table("needs").is_empty()
    refuse_undeclared(["needs"])


def test_a_frame_with_other_columns_or_types_breaks_its_schema() -> None:
    empty = NEEDS.schema().to_frame()
    assert checked(NEEDS, empty) is empty
    retyped = empty.with_columns(pl.col("good").cast(pl.Int64))
    for other in (empty.drop("good"), empty.with_columns(more=1), retyped):
        with pytest.raises(SchemaBroken, match="needs"):
            checked(NEEDS, other)


def test_rows_of_the_coordination_cells_tables_are_those_that_the_reader_is_shown() -> None:
    declared = next(one for one in CATALOGUE.values() if one.scope == Scope.CELL and one.compute)
    rows = declared.schema().to_frame()
    derivation = Derivation(lambda _: rows, lambda name: None, lambda one, asked: rows)
    assert derivation.table(declared.name) is rows


def test_derived_tables_rest_on_the_gathered_documents() -> None:
    assert derived(case(), Settings(), date(2031, 2, 1)) == {}
    found = derived(case(), Settings(), date(2031, 2, 1), "offer_standards")
    assert list(found) == ["offer_standards"]
    inputs = frames_of(case(), "offer_standards")
    assert set(inputs) == {one for one in CATALOGUE["offer_standards"].inputs if one in CATALOGUE}
