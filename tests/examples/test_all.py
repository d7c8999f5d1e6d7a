"""What holds for every example: a real party has nothing that nobody published."""

import tomllib

import polars as pl
import pytest
from tests.examples import folders

from konvoi.model.document import Reading
from konvoi.model.party import INSTITUTIONS, states

EXAMPLES = sorted(path.name for path in folders.EXAMPLES.iterdir() if (path / "konvoi.toml").is_file())

# Who stands in a row of these tables is said to have signed, sent, received, decided, permitted.
SAID_TO_HAVE = ("contracts", "movements", "receipts", "serials", "approvals", "budgets", "positions")
TALKED = ("attendance", "agenda", "decisions", "steps")
DONE = ("contracted", "produced", "approved", "dispatched", "at hub", "handed over", "received")


def real() -> set[str]:
    """States and institutions that there are."""
    return {*states(), *INSTITUTIONS}


def unsourced(reading: Reading) -> list[str]:
    """Rows and entries about real parties that have no address."""
    sent = reading.entries.filter(
        pl.col("stage").is_in(DONE)
        & (pl.col("party").is_in(sorted(real())) | pl.col("counterparty").is_in(sorted(real())))
        & pl.col("address").is_null()
    )
    found = [f"{reading.document} {entry}" for entry in sent["entry"]]
    for table in SAID_TO_HAVE:
        rows = reading.tables.get(table)
        if rows is None or rows.is_empty():
            continue
        bare = rows.filter(pl.col("address").is_null()) if "address" in rows.columns else rows
        if reading.party in real():
            found += [f"{reading.document} {table} {row}" for row in bare["_row"]]
        for column in {"party", "supplier", "carrier"} & set(bare.columns):
            named = bare.filter(pl.col(column).is_in(sorted(real())))
            found += [f"{reading.document} {table} {row}" for row in named["_row"]]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES)
def test_no_real_party_has_an_unsourced_position_contract_or_receipt(example: str) -> None:
    """Facts have an address; all else belongs to parties that do not exist."""
    assert [line for reading in folders.readings(example) for line in unsourced(reading)] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_told_of_a_session_rests_on_a_statement_with_an_address(example: str) -> None:
    """Who was there, what it was about: nobody may invent it of a real party. The exercise holds to it too,
    where a row is not the cell's own word on a step."""
    every = folders.readings(example)
    said = {
        one
        for reading in every
        if (rows := reading.tables.get("statements")) is not None
        for one in rows.filter(pl.col("address").is_not_null())["statement"]
    }
    found = [
        row
        for reading in every
        for name in TALKED
        if (rows := reading.tables.get(name)) is not None
        for row in rows.filter(~pl.col("source").is_in(sorted(said)).fill_null(False)).iter_rows(named=True)
    ]
    assert {row.get("party") for row in found} & real() == set()
    assert [row for row in found if "step" not in row] == []
    assert any("sessions" in reading.tables for reading in every)


def test_an_unsourced_receipt_of_a_real_party_would_be_seen() -> None:
    """The rule bites: the exercise's own receipts, said to be Poland's, are found."""
    receipts = next(one for one in folders.readings("exercise") if "receipts" in one.tables)
    poland = Reading(
        document=receipts.document,
        digest=receipts.digest,
        format=receipts.format,
        party="PL",
        entries=receipts.entries.with_columns(party=pl.lit("PL")),
        tables=receipts.tables,
    )
    assert len(unsourced(poland)) >= 2 * receipts.tables["receipts"].height


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_invented_parties_holds_no_real_one(example: str) -> None:
    """And one that is no exercise holds no table that only invented parties may fill."""
    exercise = tomllib.loads((folders.EXAMPLES / example / "konvoi.toml").read_text("utf-8"))[
        "coalition"
    ].get("exercise", False)
    parties = {party for one in folders.readings(example) for party in one.entries["party"].drop_nulls()}
    tables = {name for one in folders.readings(example) for name in one.tables}
    assert not (parties & real() if exercise else tables & set(SAID_TO_HAVE))
