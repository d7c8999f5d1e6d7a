"""Declared inputs of a table stand in for what was gathered, and for nothing more."""

from datetime import date

import polars as pl
import pytest
from tests.ledger.ledgers import ledger

from konvoi.flow.as_gathered import HandedOver, gathered_of

ROWS = pl.DataFrame({"good": ["tent"]})


def test_a_table_without_rows_is_not_there_and_one_that_was_not_handed_over_is_a_fault() -> None:
    tables = HandedOver({"goods": ROWS, "sites": ROWS.clear()})
    assert ("goods" in tables, "sites" in tables) == (True, False)
    assert (list(tables), len(tables)) == (["goods"], 1)
    assert tables.get("goods") is ROWS
    assert tables.get("sites", "none") == "none"
    assert tables["sites"].is_empty()
    for read in (tables.get, tables.__getitem__, tables.__contains__):
        with pytest.raises(KeyError, match="needs is not a declared input"):
            read("needs")


def conventions(calibrated: bool, reviewed: int, needed: int) -> pl.DataFrame:
    row = {"boundary": "country:AFG", "currency": "NOK", "calibrated": calibrated}
    return pl.DataFrame([row | {"reviewed": reviewed, "needed": needed}])


def test_conventions_of_the_documents_are_handed_on() -> None:
    entries = ledger({"known_on": date(2031, 1, 5)}, {}).entries
    found = gathered_of({"entries": entries, "conventions": conventions(True, 41, 0)})
    assert (found.boundary, found.currency) == ("country:AFG", "NOK")
    assert found.calibration is not None
    assert (found.calibration.calibrated, found.calibration.reviewed) == (True, 41)
    assert found.ledger.entries is entries
    assert found.ledger.corrected.is_empty()
    assert gathered_of({"conventions": conventions(False, 0, 0)}).calibration is None
    state = gathered_of({"conventions": conventions(False, 0, 40)}).calibration
    assert state is not None
    assert state.needed == 40
    assert gathered_of({"entries": entries}).boundary == ""
