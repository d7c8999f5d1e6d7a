"""Parts are no more than their whole."""

from tests.ledger.ledgers import ledger

from konvoi.ledger.rules.children import parts_above_whole


def test_parts_that_are_more_than_the_whole_are_told_with_both_sums() -> None:
    rows: tuple[dict[str, object], ...] = (
        {"amount_minor": 100_00},
        {"amount_minor": 60_00},
        {"amount_minor": 50_00},
    )
    relations = [("e1", "part_of", "e0", "accepted"), ("e2", "part_of", "e0", "accepted")]
    told = parts_above_whole(ledger(*rows, relations=relations))
    assert [(f.code, f.read, f.values["whole"]) for f in told] == [
        ("parts-above-whole", "110.00 EUR", "100.00 EUR")
    ]


def test_parts_within_the_whole_and_undecided_parts_are_no_fault() -> None:
    rows: tuple[dict[str, object], ...] = ({"amount_minor": 100_00}, {"amount_minor": 160_00})
    assert parts_above_whole(ledger(*rows, relations=[("e1", "part_of", "e0", "undecided")])) == ()
    within = ledger(*rows[::-1], relations=[("e1", "part_of", "e0", "accepted")])
    assert parts_above_whole(within) == ()
