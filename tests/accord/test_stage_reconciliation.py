"""Each joint from word to receipt, on lines small enough to add up by hand."""

from decimal import Decimal

import polars as pl

from konvoi.accord.stage_reconciliation import CHAINS, FACTS, JOINTS, exceeded, joints
from konvoi.model.finding import Severity
from konvoi.model.stages import ROUTES

Row = dict[str, object]


def said(stage: str, quantity: object = None, **more: object) -> Row:
    """Lorries of line L-1, which is procured, but for what is said."""
    usual: Row = {"key": "L-1", "level": "line", "record": "L-1", "route": "procured", "party": "XA"}
    usual |= {"said": f"{stage}-{more.get('record', 'L-1')}", "file": f"{stage}.csv", "sheet": "t", "row": 2}
    usual |= {"stage": stage, "quantity": quantity, "unit": "piece" if quantity is not None else None}
    return usual | more


def found(*rows: Row) -> pl.DataFrame:
    full = [{name: row.get(name) for name in FACTS} for row in rows]
    for row in full:
        row["quantity"] = Decimal(str(row["quantity"])) if row["quantity"] is not None else None
    made = joints(pl.DataFrame(full, schema=FACTS))
    assert made.schema == JOINTS
    return made


def told(rows: pl.DataFrame) -> list[tuple[object, ...]]:
    return rows.select("from", "to", "had", "came", "state").rows()


def test_a_procured_line_is_held_together_stage_by_stage() -> None:
    """40 promised and allocated, 25 + 10 signed, 20 sent, 19 received."""
    rows = found(
        said("committed", 40),
        said("allocated", 40),
        said("contracted", 25),
        said("contracted", 10),
        said("dispatched", 20),
        said("received", 19),
    )
    assert told(rows) == [
        ("promised", "allocated", 40, 40, "met"),
        ("allocated", "contracted", 40, 35, "open"),
        ("contracted", "dispatched", 35, 20, "open"),
        ("dispatched", "received", 20, 19, "open"),
    ]


def test_a_donation_from_stock_has_no_contract_and_nothing_is_missing() -> None:
    """What was sent is held against what was allocated; no joint speaks of a contract."""
    stock = {"route": "from stock"}
    rows = found(
        said("committed", 12, **stock),
        said("allocated", 12, **stock),
        said("dispatched", 12, **stock),
        said("received", 12, **stock),
    )
    assert "contracted" not in [*rows["from"], *rows["to"]]
    assert rows["state"].to_list() == ["met", "met", "met"]


def test_a_stage_that_nobody_tells_of_is_passed_over() -> None:
    """Received is held against signed, where nobody told what was sent."""
    assert told(found(said("contracted", 5), said("received", 6))) == [
        ("contracted", "received", 5, 6, "above")
    ]


def test_what_has_not_come_yet_is_open_and_not_zero() -> None:
    assert told(found(said("committed", 5))) == [("promised", "allocated", 5, None, "open")]


def test_a_pledge_made_firm_is_the_word_that_counts() -> None:
    rows = found(said("pledged", 50), said("committed", 40), said("allocated", 45))
    assert told(rows) == [
        ("promised", "allocated", 40, 45, "above"),
        ("allocated", "contracted", 45, None, "open"),
    ]


def test_what_is_not_wholly_known_or_in_two_units_is_not_compared() -> None:
    """A contract of which one part has no quantity may be more than what was allocated, or less."""
    half = found(said("allocated", 40), said("contracted", 25), said("contracted"))
    assert told(half)[0] == ("allocated", "contracted", 40, None, "not known")
    boxes = found(said("allocated", 40), said("contracted", 2, unit="box"))
    assert told(boxes)[0][4] == "not known"


def test_amounts_are_compared_where_quantities_are_not_known() -> None:
    euros = {"amount_minor": 500, "currency": "EUR"}
    rows = found(said("allocated", **euros), said("contracted", **(euros | {"amount_minor": 501})))
    assert rows.select("had_minor", "came_minor", "state").row(0) == (500, 501, "above")
    dollars = found(said("allocated", **euros), said("contracted", **(euros | {"currency": "USD"})))
    assert dollars["state"][0] == "not known"


def test_delivered_above_contracted_and_called_off_above_the_framework_are_told_with_their_place() -> None:
    frame = {"key": "F", "record": "F", "level": "framework", "route": "framework"}
    over = found(
        said("contracted", 5),
        said("dispatched", 7),
        said("framework", 10, **frame),
        said("called off", 12, **frame),
    )
    told_of = {finding.code: finding for finding in exceeded(over)}
    assert set(told_of) == {"delivered-above-contracted", "called-off-above-framework"}
    first = told_of["delivered-above-contracted"]
    assert (first.place.file, first.place.row, first.place.column) == ("dispatched.csv", 2, "quantity")
    assert (first.read, first.values["had"]) == ("L-1: 7 piece", "5 piece")
    assert first.severity == Severity.WARNING


def test_more_allocated_than_promised_is_a_note() -> None:
    promise = {"key": "U", "record": "U", "level": "undertaking", "route": "undertaken"}
    rows = found(said("undertaken", 5, **promise), said("allocated", 6, **promise))
    assert [(one.code, one.severity) for one in exceeded(rows)] == [
        ("allocated-above-undertaken", Severity.NOTE)
    ]


def test_what_checks_of_submissions_tell_is_not_told_twice() -> None:
    """Signed above allocated and received above dispatched have their findings already."""
    assert exceeded(found(said("allocated", 5), said("contracted", 6), said("dispatched", 6))) == ()


def test_lines_of_two_givers_with_one_reference_are_two() -> None:
    other = {"key": "XB-L-1", "party": "XB"}
    rows = found(said("committed", 5), said("allocated", 5), said("committed", 3, **other))
    assert rows.height == 3


def test_every_chain_keeps_to_its_route() -> None:
    """In the route's own order, and with no stage that the route does not have."""
    for route, stages in ROUTES.items():
        inner = [stage for stage in CHAINS[route] if stage != "promised"]
        assert inner == [stage for stage in stages if stage in inner]


def test_the_order_of_facts_says_nothing() -> None:
    rows = [said("received", 2), said("committed", 5), said("dispatched", 3), said("allocated", 5)]
    assert found(*rows).equals(found(*reversed(rows)))
