"""Dispatched against received, on deliveries small enough to add up by hand."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.ledger.reconciled import DESPATCHES, NAMES, RECEIPTS, SERIALS, Papers, Reconciled, reconciled
from konvoi.model.entries import frame
from konvoi.model.finding import Finding, Severity

Row = dict[str, object]
LEFT, CAME = date(2031, 3, 3), date(2031, 3, 20)


def sent(movement: str = "M-1", **said: object) -> Row:
    """Ten tents of line L-1 under waybill W-1, but for what is said."""
    usual: Row = {
        "movement": movement,
        "waybill": "W-1",
        "stage": "dispatched",
        "line": "L-1",
        "good": "tent",
    }
    usual |= {"quantity": 10, "unit": "piece", "day_from": LEFT, "day_to": LEFT}
    return _row(usual | {"file": "sent.xlsx", "sheet": "movements", "row": 2} | said)


def came(receipt: str = "R-1", received: object = 10, **said: object) -> Row:
    """Ten tents received for M-1, but for what is said."""
    usual: Row = {"receipt": receipt, "reference": "M-1", "of_line": "L-1", "good": "tent", "unit": "piece"}
    usual |= {"received": received, "day_from": CAME, "day_to": CAME, "again": False}
    return _row(usual | {"file": "came.xlsx", "sheet": "receipts", "row": 3} | said)


def piece(paper: str, serial: str, state: str = "dispatched", **said: object) -> Row:
    return {"paper": paper, "serial": serial, "state": state, **said}


def _row(said: Row) -> Row:
    counts = ("quantity", "received", "short", "damaged", "rejected", "over")
    return {k: Decimal(v) if k in counts and isinstance(v, int) else v for k, v in said.items()}


def compare(*rows: Row, serials: tuple[Row, ...] = (), names: tuple[tuple[str, str], ...] = ()) -> Reconciled:
    named = [{"paper": paper, "scheme": "bol", "name": name} for paper, name in names]
    return reconciled(
        Papers(
            frame([row for row in rows if "movement" in row], DESPATCHES),
            frame([row for row in rows if "receipt" in row], RECEIPTS),
            frame(serials, SERIALS),
            frame(named, NAMES),
        )
    )


def stands(found: Reconciled) -> list[tuple[str, str, int, str]]:
    """Consignment, good, what is open, and where it stands."""
    rows = found.consignments.iter_rows(named=True)
    return [(row["consignment"], row["good"], int(row["open"] or 0), row["state"]) for row in rows]


def told(found: Reconciled) -> Counter[str]:
    return Counter(finding.code for finding in found.findings)


def only(found: Reconciled) -> Finding:
    (finding,) = found.findings
    return finding


def test_what_was_sent_and_came_is_received_and_nothing_is_told() -> None:
    found = compare(sent(), came())
    assert (stands(found), found.findings) == ([("W-1", "tent", 0, "received")], ())


def test_an_open_remainder_is_a_state_and_no_fault() -> None:
    assert stands(compare(sent())) == [("W-1", "tent", 10, "open")]
    found = compare(sent(), came(received=4))
    assert (stands(found), found.findings) == ([("W-1", "tent", 6, "partly received")], ())


def test_partial_receipts_add_up() -> None:
    found = compare(sent(), came(received=4), came("R-2", 6, day_from=date(2031, 3, 25)))
    assert (stands(found), found.findings) == ([("W-1", "tent", 0, "received")], ())
    assert found.consignments["receipts"].to_list() == ["R-1; R-2"]


def test_two_lorries_under_one_waybill_are_one_consignment() -> None:
    found = compare(sent(quantity=4), sent("M-2", quantity=6), came(reference="W-1"))
    assert (stands(found), found.findings) == ([("W-1", "tent", 0, "received")], ())


def test_an_arrival_on_the_way_is_a_state() -> None:
    found = compare(sent(), sent("A-1", stage="at hub"))
    assert stands(found) == [("W-1", "tent", 10, "arrived")]
    assert found.consignments["arrived"].to_list() == [10]
    some = compare(sent(), sent("A-1", stage="at hub"), came(received=4))
    assert some.consignments["arrived"].to_list() == [6]
    every = compare(sent(), sent("A-1", stage="at hub"), came())
    assert every.consignments["arrived"].to_list() == [0]


@pytest.mark.parametrize("kind", ["short", "damaged", "rejected"])
def test_what_the_receiver_finds_wrong_is_told_with_both_papers(kind: str) -> None:
    found = compare(sent(), came(received=8) | {kind: Decimal(2)})
    finding = only(found)
    assert (finding.code, finding.severity) == (f"receipt-{kind}", Severity.WARNING)
    assert (finding.place.file, finding.place.row, finding.place.column) == ("came.xlsx", 3, kind)
    assert (finding.values["despatch"], finding.values["receipt"]) == ("M-1", "R-1")
    assert (finding.read, finding.values["sent"]) == ("2 piece", "10 piece")
    assert stands(found) == [("W-1", "tent", 0, "received with discrepancies")]


def test_short_of_what_was_ordered_is_no_loss() -> None:
    """The receiver counts what was never sent."""
    found = compare(sent(), came(short=3))
    assert (only(found).code, only(found).severity) == ("receipt-short-unfounded", Severity.NOTE)
    assert stands(found) == [("W-1", "tent", 0, "received")]


def test_more_received_than_sent_is_told_where_it_goes_beyond() -> None:
    found = compare(sent(), came(received=8), came("R-2", 5, row=4, day_from=date(2031, 3, 25)))
    assert only(found).code == "receipt-above-despatch"
    assert (only(found).place.row, only(found).read) == (4, "13 piece")
    assert dict(only(found).values) == {"sent": "10 piece", "despatch": "M-1", "receipt": "R-2"}


def test_a_receipt_of_a_day_before_it_was_sent_is_told() -> None:
    found = compare(sent(), came(day_from=date(2031, 3, 1), day_to=date(2031, 3, 1)))
    assert told(found) == {"receipt-before-despatch": 1}
    assert only(found).values["day"] == "2031-03-03"


def test_a_day_known_only_as_a_month_is_not_before_a_day_in_it() -> None:
    found = compare(sent(), came(day_from=date(2031, 3, 1), day_to=date(2031, 3, 31)))
    assert found.findings == ()


def test_a_receipt_of_an_unknown_consignment_is_told_and_the_rest_is_compared() -> None:
    found = compare(sent(), came(), came("R-2", reference="W-99", of_line=None, good=None, row=9))
    assert (only(found).code, only(found).read, only(found).place.row) == ("consignment-unknown", "W-99", 9)
    assert stands(found) == [("W-1", "tent", 0, "received")]


def test_a_receipt_handed_in_twice_counts_once() -> None:
    found = compare(sent(), came(), came(again=True, file="other.xlsx"))
    assert (told(found), stands(found)) == ({"receipt-twice": 1}, [("W-1", "tent", 0, "received")])
    assert (only(found).place.file, only(found).values["file"]) == ("other.xlsx", "came.xlsx")


def test_a_receipt_that_says_otherwise_elsewhere_is_told_and_the_first_counts() -> None:
    found = compare(sent(), came(), came(received=9, again=True, file="other.xlsx"))
    assert (only(found).code, only(found).severity) == ("receipt-contradicts", Severity.ERROR)
    assert stands(found) == [("W-1", "tent", 0, "received")]


def test_one_signed_document_under_two_references_counts_once() -> None:
    found = compare(sent(), came(document="D-5"), came("R-2", document="D-5"))
    assert (told(found), stands(found)) == ({"receipt-twice": 1}, [("W-1", "tent", 0, "received")])


def test_another_good_than_was_sent_is_told_and_does_not_count() -> None:
    found = compare(sent(), came(good="stove"))
    assert (told(found), stands(found)) == ({"receipt-good-wrong": 1}, [("W-1", "tent", 10, "open")])
    found = compare(sent(), came(reference="W-1", good="stove", of_line=None))
    assert told(found) == {"receipt-good-wrong": 1}


def test_ids_of_different_schemes_do_not_contradict_each_other() -> None:
    found = compare(sent(), came(good="gtin:10614141073464"))
    assert (stands(found), found.findings) == ([("W-1", "tent", 0, "received")], ())


def test_a_quantity_in_another_unit_is_told_and_does_not_count() -> None:
    found = compare(sent(), came(unit="kg"))
    assert (told(found), stands(found)) == ({"receipt-unit-differs": 1}, [("W-1", "tent", 10, "open")])


def test_a_waybill_with_several_goods_needs_the_good_or_the_movement() -> None:
    both = (sent(), sent("M-2", line="L-2", good="stove", quantity=3))
    found = compare(*both, came(reference="W-1", good="stove", of_line=None, received=3))
    assert stands(found) == [("W-1", "tent", 10, "open"), ("W-1", "stove", 0, "received")]
    found = compare(*both, came(reference="W-1", good=None, of_line=None))
    assert told(found) == {"receipt-good-unclear": 1}


def test_a_receipt_for_a_line_fills_its_consignments_in_order_of_their_days() -> None:
    later = sent("M-2", waybill="W-2", day_from=date(2031, 3, 9), day_to=date(2031, 3, 9))
    found = compare(later, sent(), came(reference="L-1", received=12, damaged=1))
    assert stands(found) == [("W-1", "tent", 0, "received"), ("W-2", "tent", 7, "partly received")]
    damaged = dict(found.consignments.select("consignment", "damaged").iter_rows())
    assert (damaged["W-1"], damaged["W-2"]) == (0, 1)


def test_more_for_a_line_than_all_its_consignments_is_told() -> None:
    later = sent("M-2", waybill="W-2", day_from=date(2031, 3, 9))
    found = compare(later, sent(), came(reference="L-1", received=25))
    assert (only(found).code, only(found).read) == ("receipt-above-despatch", "25 piece")
    assert only(found).values["sent"] == "20 piece"


def test_a_receipt_for_a_line_that_never_left_is_told() -> None:
    found = compare(sent(), came(), came("R-2", reference="L-9", of_line="L-9"))
    assert told(found) == {"receipt-without-despatch": 1}


def test_an_unknown_quantity_is_not_zero() -> None:
    found = compare(sent(quantity=None), came())
    assert (stands(found), found.findings) == ([("W-1", "tent", 0, "unknown")], ())


def test_a_bill_of_lading_that_both_name_leads_to_the_consignment() -> None:
    lost = came(reference="X-1", of_line=None)
    assert told(compare(sent(), lost)) == {"consignment-unknown": 1}
    found = compare(sent(), lost, names=(("M-1", "BOL-5"), ("R-1", "BOL-5")))
    assert (stands(found), found.findings) == ([("W-1", "tent", 0, "received")], ())


def test_a_name_of_two_consignments_leads_to_neither() -> None:
    both = (sent(), sent("M-2", waybill="W-2"))
    names = (("M-1", "PO-1"), ("M-2", "PO-1"), ("R-1", "PO-1"))
    assert told(compare(*both, came(reference="X-1", of_line=None), names=names)) == {
        "consignment-unknown": 1
    }


def test_a_name_of_one_consignment_leads_there_beside_a_name_of_two() -> None:
    both = (sent(), sent("M-2", waybill="W-2"))
    names = (("M-1", "PO-1"), ("M-2", "PO-1"), ("M-2", "BOL-2"), ("R-1", "PO-1"), ("R-1", "BOL-2"))
    found = compare(*both, came(reference="X-1", of_line=None), names=names)
    assert stands(found) == [("W-1", "tent", 10, "open"), ("W-2", "tent", 0, "received")]


def test_serials_alone_lead_to_the_consignment() -> None:
    serials = (piece("M-1", "S1"), piece("R-1", "S1", "received"))
    found = compare(sent(quantity=1), came(reference="X-1", of_line=None, received=1), serials=serials)
    assert (stands(found), found.findings) == ([("W-1", "tent", 0, "received")], ())


def test_serials_tell_which_good_of_a_consignment_a_receipt_means() -> None:
    both = (sent(), sent("M-2", line="L-2", good="stove", quantity=3))
    serials = (piece("M-1", "S1"), piece("M-2", "S2"), piece("R-1", "S2", "received"))
    bare = came(reference="W-1", good=None, of_line=None, received=3)
    assert stands(compare(*both, bare, serials=serials))[1] == ("W-1", "stove", 0, "received")


def test_each_piece_stands_where_its_papers_say() -> None:
    serials = (*(piece("M-1", name) for name in ("S1", "S2", "S3")), piece("R-1", "S1", "received"))
    found = compare(sent(), came(received=1), serials=(*serials, piece("R-1", "S2", "damaged")))
    states = found.serials.select("serial", "state", "despatch", "receipt").rows()
    assert states == [
        ("S1", "received", "M-1", "R-1"),
        ("S2", "damaged", "M-1", "R-1"),
        ("S3", "open", "M-1", None),
    ]
    assert found.findings == ()


def test_a_piece_that_did_not_come_is_told_once_nothing_is_open() -> None:
    serials = (piece("M-1", "S1"), piece("M-1", "S2"), piece("R-1", "S1", "received"))
    found = compare(sent(), came(), serials=serials)
    assert (only(found).code, only(found).read) == ("serial-not-received", "S2")
    assert dict(only(found).values) == {"despatch": "M-1", "receipts": "R-1"}
    assert only(found).place.file == "sent.xlsx"


def test_a_piece_that_was_never_sent_is_told_with_both_papers() -> None:
    serials = (piece("M-1", "S1"), piece("R-1", "S1", "received"), piece("R-1", "S9", "received"))
    found = compare(sent(), came(), serials=serials)
    assert (only(found).code, only(found).read) == ("serial-never-sent", "S9")
    assert (only(found).values["despatch"], only(found).values["receipt"]) == ("M-1", "R-1")


def test_a_piece_of_another_despatch_is_told_with_that_despatch() -> None:
    serials = (piece("M-1", "S1"), piece("M-2", "S2"), piece("R-1", "S1", "received"))
    found = compare(
        sent(), sent("M-2", waybill="W-2"), came(), serials=(*serials, piece("R-1", "S2", "received"))
    )
    assert (only(found).code, only(found).values["other"]) == ("serial-of-other-despatch", "M-2")


def test_a_piece_received_twice_is_told() -> None:
    serials = (piece("M-1", "S1"), piece("R-1", "S1", "received"), piece("R-2", "S1", "received"))
    found = compare(sent(), came(received=5), came("R-2", 5, row=7), serials=serials)
    assert (told(found), only(found).place.row) == ({"serial-received-twice": 1}, 7)


def test_a_lot_may_come_in_parts() -> None:
    lot = {"lot": "A"}
    serials = (
        piece("M-1", "A", **lot),
        piece("R-1", "A", "received", **lot),
        piece("R-2", "A", "received", **lot),
    )
    assert compare(sent(), came(received=5), came("R-2", 5), serials=serials).findings == ()


def test_where_a_despatch_lists_no_pieces_those_received_contradict_nothing() -> None:
    found = compare(sent(), came(), serials=(piece("R-1", "S1", "received"),))
    assert (found.findings, found.serials.height) == ((), 0)


@given(order=st.permutations(range(5)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    rows: list[Mapping[str, object]] = [
        sent(),
        sent("M-2", waybill="W-2", day_from=date(2031, 3, 9)),
        came(received=8, short=2),
        came("R-2", 4, reference="L-1"),
        came("R-3", 4, reference="W-9", of_line=None),
    ]
    straight, shuffled = compare(*map(dict, rows)), compare(*(dict(rows[at]) for at in order))
    assert straight.consignments.equals(shuffled.consignments)
    assert straight.findings == shuffled.findings


amounts = st.integers(0, 40)


@given(left=st.lists(amounts, min_size=1, max_size=4), arrived=st.lists(amounts, max_size=6))
def test_nothing_is_lost_and_nothing_counts_twice(left: list[int], arrived: list[int]) -> None:
    """Of one line, what its consignments received is what came, up to what was sent."""
    rows = [sent(f"M-{at}", waybill=f"W-{at}", quantity=some) for at, some in enumerate(left)]
    rows += [came(f"R-{at}", some, reference="L-1") for at, some in enumerate(arrived)]
    whole = compare(*rows).consignments
    single = len(left) == 1
    assert whole["received"].sum() == (sum(arrived) if single else min(sum(arrived), sum(left)))
    assert whole["open"].sum() == max(sum(left) - sum(arrived), 0)


def test_nothing_at_all_is_compared_to_nothing() -> None:
    found = compare()
    assert (found.consignments.height, found.serials.height, found.findings) == (0, 0, ())
    assert pl.Schema(found.consignments.schema)["open"] == pl.Decimal(38, 6)
