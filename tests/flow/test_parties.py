"""A name that means one known party is that party; nothing is guessed."""

import polars as pl

from konvoi.flow.parties import renamed, same_party
from konvoi.model.entries import frame
from konvoi.model.tables import BY_NAME


def parties(*rows: dict[str, str]) -> dict[str, pl.DataFrame]:
    schema = BY_NAME["parties"].schema()
    return {"parties": pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)}


def test_a_foreign_id_with_the_name_of_one_party_is_that_party() -> None:
    tables = parties(
        {"party": "AR", "name": "Arvenia", "aliases": "Kingdom of Arvenia; Arvenien"},
        {"party": "iati-name:1", "name": "kingdom of ARVENIA"},
        {"party": "fts-org:2", "name": "France"},
        {"party": "iati-name:3", "name": "Arvenia Relief"},
    )
    assert same_party(tables) == {"iati-name:1": "AR", "fts-org:2": "FR"}


def test_a_name_that_two_parties_bear_stands_for_neither() -> None:
    tables = parties(
        {"party": "A", "name": "Relief"},
        {"party": "B", "name": "Relief"},
        {"party": "iati-name:1", "name": "Relief"},
    )
    assert same_party(tables) == {}


def test_entries_are_renamed_on_every_side() -> None:
    entries = frame([{"entry": "e", "party": "x:1", "counterparty": "y:2", "implementer": "x:1"}])
    rows = renamed(entries, {"x:1": "AR"}).select("party", "counterparty", "implementer").rows()
    assert rows == [("AR", "y:2", "AR")]
