"""The tables of rounds and positions: silence needs no row, and a position may stand on the whole text."""

from konvoi.model.tables.positions import ACCEPTANCE, POSITIONS, RESERVES, ROUNDS, SILENCE, STANCES


def test_a_round_needs_its_document_and_its_deadline_alone() -> None:
    """What silence means is acceptance where a round says nothing else."""
    assert {column.name for column in ROUNDS.columns if column.must} == {"round", "document", "deadline"}
    assert SILENCE[0] == ACCEPTANCE


def test_a_position_may_be_on_the_whole_text() -> None:
    must = {column.name for column in POSITIONS.columns if column.must}
    assert must == {"position", "round", "party", "stance", "day"}


def test_all_that_parties_may_say_is_there() -> None:
    assert set(STANCES) == {"accept", *RESERVES, "amend", "support", "reject"}


def test_an_amendment_is_named_by_its_position() -> None:
    assert {one.name: one.refers for one in POSITIONS.columns if one.refers} == {
        "round": "rounds",
        "amendment": "positions",
        "source": "statements",
    }
