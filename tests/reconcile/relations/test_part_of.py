"""part_of holds where documents or people say so, and is never guessed."""

from tests.reconcile.ledgers import entries, relations, told

from konvoi.reconcile.relate import relate
from konvoi.reconcile.relations.part_of import PART_OF


def test_it_holds_as_it_was_stated() -> None:
    ledger = entries({"entry": "1"}, {"entry": "2", "party": "other"})
    found = relate(ledger, relations=relations(("1", "part_of", "2"))).relations
    assert told(found) == [("1", "part_of", "2", "accepted")]
    assert found["basis"].to_list() == ["structure"]


def test_its_direction_matters_and_nothing_proposes_it() -> None:
    assert PART_OF.directed
    assert PART_OF.propose == ()
