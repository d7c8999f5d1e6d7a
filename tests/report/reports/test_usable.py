"""Kits and variety in a brief: how many are whole, what lacks, how many types serve one purpose."""

from datetime import timedelta
from decimal import Decimal

from tests.report import cases
from tests.report.cases import DAY, case, table

from konvoi.model.entries import frame
from konvoi.model.met import MET
from konvoi.report.language import Language
from konvoi.report.page import Section
from konvoi.report.reports.usable import section

ENGLISH = Language("en")
KIT = (("K", "N3", 10), ("K", "N4", 1))


def made(kits: tuple[tuple[str, str, int], ...] = KIT, **more: object) -> Section:
    """A kit of ten tonnes of fuel and one generator, over the invented case."""
    rows = [{"kit": kit, "need": need, "per_kit": Decimal(per)} for kit, need, per in kits]
    found = section(case(tables=cases.tables() | {"kits": table("kits", rows)}, **more))
    assert found is not None
    return found


def test_a_kit_counts_only_whole() -> None:
    """60 of 90 t of fuel are in time, enough for six; four of eight generators are, so four are whole."""
    (row,) = made().tables[0].rows
    told = [ENGLISH.text(value) for value in row]
    assert told[:5] == ["K", "10 t diesel fuel; 1 piece generator 100 kW", "8", "4", "4"]
    assert told[5] == "20 t diesel fuel, Karsk (Карськ); 4 pieces generator 100 kW, Odrin (Одрін)"


def test_the_answer_says_how_many_stay_incomplete() -> None:
    assert ENGLISH.text(made().answer[0]).startswith(
        "4 of 8 requested kits are planned to be complete by their due date; 4 remain incomplete"
    )


def test_a_need_of_use_only_in_full_gives_no_kit_before_it_is_full() -> None:
    rows = [
        {**cases.need("N3", "fuel", 90, "KHA", DAY + timedelta(weeks=8), 2), "whole": True},
        cases.need("N4", "gen", 8, "ODE", DAY + timedelta(weeks=10), 3),
    ]
    kits = [{"kit": kit, "need": need, "per_kit": Decimal(per)} for kit, need, per in KIT]
    tables = cases.tables() | {"needs": table("needs", rows), "kits": table("kits", kits)}
    found = section(case(tables=tables))
    assert found is not None
    assert ENGLISH.text(found.tables[0].rows[0][3]) == "0"


def test_a_kit_with_a_component_that_is_not_planned_is_left_out() -> None:
    assert [table.id for table in made((*KIT, ("K", "N9", 1))).tables] == ["types"]


def test_without_a_plan_nobody_says_how_many_are_whole() -> None:
    found = made(plan=None, outlook=None)
    assert ENGLISH.text(found.tables[0].rows[0][3]) == "not reported"
    assert len(found.answer) == 1


def test_what_an_offer_still_wants_beside_it_is_named_with_its_quantity() -> None:
    """Ten generators would want 100 t of fuel, of which 90 are asked for and 60 are offered."""
    rows = [[ENGLISH.text(value) for value in row] for row in made().tables[1].rows]
    assert [(row[0], row[3], row[7], row[8], row[9]) for row in rows] == [
        ("O1", "diesel fuel", "90 t", "60 t", "30 t")
    ]


def test_types_that_serve_one_purpose_are_counted_with_what_they_want_beside_them() -> None:
    """Tents stand for generators here: two types serve them, and the kit wants fuel beside them."""
    swaps = table("equivalences", [{"good": "tent", "serves": "gen", "ratio": Decimal(1)}])
    kits = table("kits", [{"kit": kit, "need": need, "per_kit": Decimal(per)} for kit, need, per in KIT])
    found = section(case(tables=cases.tables() | {"equivalences": swaps, "kits": kits}))
    assert found is not None
    row = [ENGLISH.text(value) for value in found.tables[-1].rows[0]]
    assert row == ["generator 100 kW", "2", "generator 100 kW; family tent", "2", "1", "diesel fuel"]
    assert [ENGLISH.text(sentence) for sentence in found.answer[1:]] == [
        "1 purpose served by more than one type: generator 100 kW (2 types).",
        "Types that require additional items: 1.",
    ]


def test_where_no_kit_is_asked_for_and_no_offer_serves_a_need_there_is_no_such_part() -> None:
    assert section(case(tables={})) is None


def test_what_was_received_and_is_under_way_is_part_of_a_kit() -> None:
    """Four generators are planned, two have come and one is on its way: seven, and fuel for six."""
    rows = [
        {"need": "N4", "kind": "received", "record": "R-1", "quantity": Decimal(2)},
        {"need": "N4", "kind": "under way", "record": "M-1", "quantity": Decimal(1)},
    ]
    kits = [{"kit": kit, "need": need, "per_kit": Decimal(per)} for kit, need, per in KIT]
    tables = cases.tables() | {"met": frame(rows, MET), "kits": table("kits", kits)}
    found = section(case(tables=tables))
    assert found is not None
    assert [ENGLISH.text(value) for value in found.tables[0].rows[0][2:5]] == ["8", "6", "2"]
