"""Receipts find the despatch that they answer."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from konvoi.ledger.answering import answered, consignments, differs
from konvoi.model.table import QUANTITY

SENT = pl.Schema(
    dict.fromkeys(("movement", "consignment", "line", "good", "unit"), pl.String())
    | {"quantity": QUANTITY, "day_from": pl.Date(), "day_to": pl.Date()}
    | {"file": pl.String(), "sheet": pl.String(), "row": pl.Int64()}
)
RECEIPTS = pl.Schema(dict.fromkeys(("receipt", "reference", "of_line", "good"), pl.String()))
PIECES = pl.Schema(
    dict.fromkeys(("side", "paper", "consignment", "line", "part_good", "unit", "key"), pl.String())
)
NAMES = pl.Schema({"paper": pl.String(), "name": pl.String()})


def sent(*rows: dict[str, object]) -> pl.DataFrame:
    """Return despatches of ten tents, with the differences that each row states."""
    usual = {"consignment": "C1", "line": "L1", "good": "tent", "unit": "piece", "quantity": Decimal(10)}
    return pl.DataFrame([usual | {"movement": f"m{n}"} | row for n, row in enumerate(rows)], schema=SENT)


def found(
    despatches: pl.DataFrame,
    *,
    names: tuple[tuple[str, str], ...] = (),
    pieces: tuple[dict[str, object], ...] = (),
    **receipt: object,
) -> tuple[object, object, object]:
    """Return consignment, part and way of one receipt."""
    parts = consignments(despatches)
    (row,) = answered(
        pl.DataFrame([{"receipt": "r0"} | receipt], schema=RECEIPTS),
        despatches,
        parts,
        names=pl.DataFrame(names, schema=NAMES, orient="row"),
        pieces=pl.DataFrame(pieces, schema=PIECES),
    ).iter_rows(named=True)
    return row["consignment"], row["part"], row["how"]


def test_despatches_of_one_good_in_one_consignment_are_one_part() -> None:
    days = [date(2026, 3, number) for number in range(1, 5)]
    parts = consignments(
        sent(
            {"day_from": days[1], "day_to": days[3], "file": "late", "row": 2},
            {"day_from": days[0], "day_to": days[2], "file": "early", "row": 1},
            {"good": "tank", "quantity": None},
            {"good": "tank", "quantity": Decimal(1)},
        )
    )
    columns = ("part", "good", "sent", "first", "last", "despatch", "file", "row")
    assert parts.select(columns).rows() == [
        (0, "tank", None, None, None, "m2; m3", None, None),
        (1, "tent", Decimal(20), days[0], days[3], "m0; m1", "early", 1),
    ]


TWO_GOODS = sent({}, {"good": "tank", "line": "L2"}, {"consignment": "C2", "line": "L3"})
"""C1 holds tanks of line L2 (part 0) or tents of line L1 (part 1 by the order of lines); C2 tents of L3."""


@pytest.mark.parametrize(
    ("receipt", "answer"),
    [
        ({"reference": "m0"}, ("C1", 0, "movement")),
        ({"reference": "m1"}, ("C1", 1, "movement")),
        ({"reference": "C2"}, ("C2", 2, "waybill")),
        ({"reference": "C1"}, ("C1", None, "waybill")),
        ({"reference": "C1", "good": "tank"}, ("C1", 1, "waybill")),
        ({"reference": "C1", "good": "gun"}, ("C1", None, "waybill")),
        ({"reference": "C1", "of_line": "L1"}, ("C1", 0, "waybill")),
        ({"reference": "C1", "of_line": "L1", "good": "tank"}, ("C1", 1, "waybill")),
        ({"reference": "C2", "good": "tank"}, ("C2", None, "waybill")),
        ({"reference": "C2", "good": "stock:77"}, ("C2", 2, "waybill")),
        ({"reference": "C9"}, (None, None, None)),
        ({"reference": "C9", "of_line": "L3"}, ("C2", 2, "line")),
        ({"reference": "C9", "of_line": "L9"}, (None, None, "line")),
        ({"reference": "m2", "of_line": "L1"}, ("C2", 2, "movement")),
    ],
)
def test_a_receipt_answers_by_movement_waybill_or_line(
    receipt: dict[str, object], answer: tuple[object, object, object]
) -> None:
    assert found(TWO_GOODS, **receipt) == answer  # type: ignore[arg-type]


def test_a_line_in_two_consignments_leads_to_neither() -> None:
    twice = sent({}, {"consignment": "C2"})
    assert found(twice, of_line="L1") == (None, None, "line")


def test_line_and_good_together_go_before_the_good_alone() -> None:
    lines = sent({}, {"line": "L2"}, {"line": "L3", "good": "tank"})
    assert found(lines, reference="C1", of_line="L2", good="tent") == ("C1", 1, "waybill")
    assert found(lines, reference="C1", good="tent") == ("C1", None, "waybill")
    assert found(lines, reference="C1", of_line="L1", good="tank") == ("C1", 2, "waybill")


def test_another_name_leads_to_the_one_consignment_that_bears_it() -> None:
    both = sent({}, {"consignment": "C2"})
    assert found(both, names=(("m0", "BL7"),), reference="BL7") == ("C1", 0, "name")
    assert found(both, names=(("m0", "BL7"), ("m1", "BL7")), reference="BL7") == (None, None, None)
    assert found(both, names=(("r0", "BL7"), ("m1", "BL7"))) == ("C2", 1, "name")
    assert found(both, names=(("r0", "m1"),)) == ("C2", 1, "name")
    assert found(both, names=(("r0", "C2"),)) == ("C2", 1, "name")
    assert found(both, names=(("r0", "C1"), ("r0", "C2"))) == (None, None, None)


def piece(paper: str, serial: str, **more: object) -> dict[str, object]:
    side = "taken" if paper.startswith("r") else "sent"
    usual = (
        {"consignment": "C1", "line": "L1", "part_good": "tent", "unit": "piece"} if side == "sent" else {}
    )
    return usual | {"side": side, "paper": paper, "key": serial} | more


def test_serials_lead_to_the_consignment_and_the_good_with_which_all_were_sent() -> None:
    tank = {"part_good": "tank", "line": "L2"}
    pieces = (piece("m0", "s1"), piece("m1", "s2", **tank), piece("m2", "s3", consignment="C2", line="L3"))
    assert found(TWO_GOODS, pieces=(*pieces, piece("r0", "s2"))) == ("C1", 1, "serial")
    assert found(TWO_GOODS, pieces=(*pieces, piece("r0", "s1"), piece("r0", "s2"))) == ("C1", None, "serial")
    assert found(TWO_GOODS, pieces=(*pieces, piece("r0", "s1"), piece("r0", "s3"))) == (None, None, None)
    named = found(TWO_GOODS, pieces=(*pieces, piece("r0", "s2")), reference="C1", good="gun")
    assert named == ("C1", None, "waybill")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("tent", "tank", True),
        ("tent", "tent", False),
        ("stock:1", "stock:2", True),
        ("stock:1", "gtin:2", False),
        ("tent", "stock:2", False),
        (None, "tent", False),
    ],
)
def test_only_ids_of_one_scheme_differ(one: str | None, other: str, apart: bool) -> None:
    rows = pl.DataFrame({"one": [one], "other": [other]}, schema={"one": pl.String, "other": pl.String})
    assert rows.select(differs("one", "other")).item() is apart
