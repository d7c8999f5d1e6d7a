"""contracts_for holds where documents or people say so, and is never guessed."""

from tests.reconcile.ledgers import entries, relations, told

from konvoi.reconcile.relate import relate
from konvoi.reconcile.relations.contracts_for import CONTRACTS_FOR


def test_it_holds_as_it_was_stated() -> None:
    ledger = entries({"entry": "1"}, {"entry": "2", "party": "other"})
    found = relate(ledger, relations=relations(("1", "contracts_for", "2"))).relations
    assert told(found) == [("1", "contracts_for", "2", "accepted")]
    assert found["basis"].to_list() == ["structure"]


def test_its_direction_matters_and_nothing_proposes_it() -> None:
    assert CONTRACTS_FOR.directed
    assert CONTRACTS_FOR.propose == ()
