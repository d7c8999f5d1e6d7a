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


def test_only_what_the_route_requires_can_be_missing() -> None:
    from_stock = LINE | {"route": "from stock"}
    assert stage_missing(ledger(from_stock, from_stock | {"stage": "dispatched"})) == ()
    procured = LINE | {"route": "procured", "stage": "dispatched"}
    assert [f.values["stage"] for f in stage_missing(ledger(procured))] == ["contracted"]
    assert stage_missing(ledger(LINE | {"stage": "received"})) == ()
