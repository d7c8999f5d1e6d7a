"""A stage that the route requires and nobody reported."""

from decimal import Decimal

from tests.ledger.ledgers import ledger

from konvoi.ledger.rules.missing import stage_missing

LINE: dict[str, object] = {"package": "P", "line": "L", "quantity": Decimal(1), "unit": "piece"}


def test_a_line_that_was_received_but_never_left_is_noted() -> None:
    told = stage_missing(
        ledger(LINE | {"route": "from stock"}, LINE | {"route": "from stock", "stage": "received"})
    )
    assert [(f.code, f.read, f.values["stage"]) for f in told] == [
        ("stage-missing", "received", "dispatched")
    ]


def test_the_place_is_the_cell_of_the_row_that_states_the_furthest_stage() -> None:
    line = LINE | {"route": "from stock", "row": 2, "column": "quantity", "sheet": "lines"}
    moved = line | {"sheet": "movements", "row": 5, "stage": "handed over", "reference": "M1"}
    passed = line | {"sheet": "movements", "row": 4, "stage": "at hub", "reference": "M0"}
    (one,) = stage_missing(ledger(line, moved, passed))
    assert (one.place.sheet, one.place.row, one.place.column, one.read) == (
        "movements",
        5,
        "stage",
        "handed over",
    )


def test_a_receipt_states_its_stage_in_no_column_and_is_named_by_its_reference() -> None:
    line = LINE | {"route": "from stock"}
    got = line | {"stage": "received", "reference": "R1", "column": "received"}
    (one,) = stage_missing(ledger(line, got))
    assert (one.place.column, one.read) == ("receipt", "R1")


def test_another_format_is_told_at_the_column_that_it_has() -> None:
    theirs = LINE | {"route": "from stock", "stage": "handed over", "variant": "kiel", "column": "AB"}
    (one,) = stage_missing(ledger(theirs))
    assert (one.place.column, one.read) == ("AB", "handed over")


def test_only_what_the_route_requires_can_be_missing() -> None:
    from_stock = LINE | {"route": "from stock"}
    assert stage_missing(ledger(from_stock, from_stock | {"stage": "dispatched"})) == ()
    procured = LINE | {"route": "procured", "stage": "dispatched"}
    assert [f.values["stage"] for f in stage_missing(ledger(procured))] == ["contracted"]
    assert stage_missing(ledger(LINE | {"stage": "received"})) == ()
