"""Announcements of one partner under a new reference are proposed, unless wording shows that they add."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reconcile.ledgers import DAY, entries, told

from konvoi.model.entries import SCOPES
from konvoi.reconcile.duplicates.announced_again import announced_again
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.records import records
from konvoi.reconcile.relate import relate
from konvoi.reconcile.relation import Evidence


def gift(entry: str, text: str, amount: int | None, days: int = 0, **more: Any) -> dict[str, object]:
    on = DAY + timedelta(days)
    money = {"amount_minor": amount * 100, "currency": "EUR"} if amount else {}
    return {"entry": entry, "text": text, "day_from": on, "day_to": on, "known_on": on, **money, **more}


def found(*rows: dict[str, object]) -> pl.DataFrame:
    return relate(entries(*rows)).relations.filter(pl.col("subtype") == "announced-again")


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("Stoves for schools", "Stoves for schools"),
        ("Stoves for schools", "Norland reaffirms: stoves for schools"),
        ("Öfen für Schulen", "Zusage erneuert: Öfen für Schulen"),
        ("Печі для шкіл", "Підтверджено: печі для шкіл"),
        ("Piece dla szkół", "Potwierdza: piece dla szkół"),
    ],
)
@pytest.mark.parametrize("days", [10, 365, 800])
def test_the_same_content_and_amount_is_proposed_at_any_distance(first: str, again: str, days: int) -> None:
    made = found(gift("a", first, 4_000_000), gift("b", again, 4_000_000, days))
    assert told(made) == [("b", "restates", "a", "undecided")]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("Grant, first tranche", "Grant, second tranche"),
        ("Zuschuss Januar", "Zuschuss Februar"),
        ("Печі", "Додаткові печі"),
        ("Stoves for schools", "Ferries for rivers"),
        ("Stoves for Odesa", "Stoves for Sumy"),
    ],
)
def test_what_adds_or_is_of_another_content_is_left_alone(first: str, other: str) -> None:
    assert found(gift("a", first, 4_000_000), gift("b", other, 4_000_000, 31)).height == 0


def test_an_unusual_amount_is_proposed_under_another_title() -> None:
    assert found(gift("a", "Stoves", 1_234_567), gift("b", "Spring programme", 1_234_567, 60)).height == 1
    assert found(gift("a", "Stoves", 1_000_000), gift("b", "Spring programme", 1_000_000, 60)).height == 0


def test_quantities_of_lines_are_proposed_as_amounts_are() -> None:
    good: dict[str, Any] = {"good": "ferry", "unit": "piece"}
    one = gift("a", "Ferries", None, line="A-1", quantity=Decimal(14), **good)
    again = gift("b", "Ferries", None, 40, line="B-1", quantity=Decimal(14), **good)
    less = gift("b", "Ferries", None, 40, line="B-1", quantity=Decimal(9), **good)
    assert told(found(one, again)) == [("b", "restates", "a", "undecided")]
    assert found(one, less).height == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("press", "number"),
    [("more than 200 ferries", 200), ("knapp 300 Fähren", 300), ("близько 260 поромів", 260)],
)
def test_an_approximation_by_the_press_is_proposed_beside_the_exact_figure(press: str, number: int) -> None:
    """250 are more than 200, almost 300, about 260; and neither about 90 nor over 400."""
    good: dict[str, Any] = {"good": "ferry", "unit": "piece"}
    own = gift("a", "Ferries", None, line="A-1", quantity=Decimal(250), **good)
    told_by = {"source": "press", "submission": "press.csv", "line": "N-1", **good}
    near = gift("n", press, None, 5, quantity=Decimal(number), **told_by)
    assert [row[:3] for row in told(relate(entries(own, near)).relations)] == [("a", "same_as", "n")]
    far = gift("n", "about 90 ferries", None, 5, quantity=Decimal(90), **told_by)
    assert found(own, far).height == 0


def test_a_figure_of_another_scale_is_proposed_with_the_same_title_and_day() -> None:
    press = {"source": "press", "submission": "press.csv"}
    slip = gift("n", "Stoves for schools", 5_400, 1, **press)
    assert relate(entries(gift("a", "Stoves for schools", 5_400_000), slip)).relations.height == 1
    other = gift("n", "Ferries for rivers", 5_400, 1, **press)
    assert relate(entries(gift("a", "Stoves for schools", 5_400_000), other)).relations.height == 0


def test_records_of_a_register_that_declares_them_unique_are_left_alone() -> None:
    rows = [gift("a", "Stoves", 1_234_567, variant="fts"), gift("b", "Stoves", 1_234_567, 9, variant="fts")]
    assert found(*rows).height == 0


def test_of_many_equal_announcements_only_neighbours_are_put_to_a_person() -> None:
    """Twelve of one title and amount: 11 questions join them all, and not 66."""
    rows = [gift(f"{n:02}", "Stoves for schools", 2_000_000, n * 20) for n in range(12)]
    assert found(*rows).height == 11


@pytest.mark.slow
@given(st.permutations(range(4)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    rows = [gift(str(n), "Stoves for schools", 2_000_000, n * 7) for n in range(4)]
    assert found(*(rows[n] for n in order)).equals(found(*rows))


def test_the_earlier_report_is_restated_whatever_the_order_of_references() -> None:
    late = gift("a", "Stoves", 3_000_000, known_on=date(2022, 9, 1))
    assert told(found(late, gift("b", "Stoves", 3_000_000))) == [("a", "restates", "b", "undecided")]


@pytest.mark.parametrize(
    "again",
    [
        "Stoves for schools raised from 4 to 5 million",
        "Öfen für Schulen: Mittel aufgestockt von 4 auf 5 Mio. Euro",
        "Печі для шкіл: збільшено з 4 до 5 млн",
        "Piece dla szkół: zwiększono z 4 do 5 mln",
    ],
)
def test_a_new_figure_for_the_same_content_restates_the_earlier_one(again: str) -> None:
    first = {
        "en": "Stoves for schools",
        "Ö": "Öfen für Schulen",
        "П": "Печі для шкіл",
        "P": "Piece dla szkół",
    }
    before = gift("a", first.get(again[0], first["en"]), 4_000_000)
    assert told(found(before, gift("b", again, 5_000_000, 30))) == [("b", "restates", "a", "undecided")]


def test_an_increase_by_an_amount_adds() -> None:
    before = gift("a", "Stoves for schools", 4_000_000)
    assert found(before, gift("b", "Stoves for schools increased by 1 million", 1_000_000, 30)).height == 0
    assert found(before, gift("b", "Stoves for schools up to 2025", 5_000_000, 30)).height == 0


@pytest.mark.parametrize(
    ("text", "amount", "days", "pairs"),
    [
        ("Öfen für die Schulen", 4_000_000, 5, 1),
        ("Печі для шкіл", 4_000_000, 5, 1),
        ("Öfen für die Schulen", 4_000_000, 40, 0),
        ("Öfen für die Schulen", 6_000_000, 5, 0),
        ("Warm rooms for pupils", 4_000_000, 5, 0),
    ],
)
def test_another_source_tells_of_the_same_amount_in_another_language(
    text: str, amount: int, days: int, pairs: int
) -> None:
    press = gift("b", text, amount, days, source="PRESS", submission="press.csv")
    rows = entries(gift("a", "Heating for the classrooms", 4_000_000), press)
    scopes = pl.DataFrame(schema=SCOPES)
    made = announced_again(Evidence(rows, records(rows), scopes, pl.DataFrame(), Policy()))
    assert made.select("left", "relation", "right").rows() == [("a", "same_as", "b")] * pairs


@pytest.mark.parametrize(
    ("text", "amount", "days", "pairs"),
    [
        ("Grant of Norland: stoves for schools", 5_000_000, 30, 1),
        ("Grant of Norland: stoves for schools", 5_000_000, 90, 0),
        ("Grant of Norland: stoves for schools", 6_000_000, 30, 0),
        ("Grant of Norland: ferries", 5_000_000, 30, 0),
    ],
)
def test_an_agency_reports_a_grant_of_the_same_content_in_another_currency(
    text: str, amount: int, days: int, pairs: int
) -> None:
    rates = pl.DataFrame(
        {"currency": ["USD"], "day": [DAY], "per_eur": [Decimal("1.25")], "source": ["test"]}
    )
    agency = gift("b", text, amount, days, source="AGENCY", submission="agency.csv") | {"currency": "USD"}
    rows = entries(gift("a", "Stoves for schools", 4_000_000), agency)
    scopes = pl.DataFrame(schema=SCOPES)
    made = announced_again(Evidence(rows, records(rows, rates), scopes, pl.DataFrame(), Policy()))
    assert made.select("left", "relation", "right").rows() == [("a", "same_as", "b")] * pairs


def test_one_title_on_one_day_with_another_amount_is_proposed_and_the_lower_one_stands() -> None:
    title = "Ammunition for air defence"
    assert told(found(gift("a", title, 4_000_000), gift("b", title, 5_000_000))) == [
        ("a", "restates", "b", "undecided")
    ]


@pytest.mark.parametrize(
    ("first", "other", "days"),
    [
        ("Humanitarian aid", "Humanitarian aid", 0),
        ("Ammunition for air defence", "Ammunition for air defence", 5),
        ("Buses for schools, 12 pieces", "Buses for schools, 15 pieces", 0),
        ("Buses for Sumy", "Buses for Odesa", 0),
    ],
)
def test_other_amounts_count_both_without_content_day_and_numbers_in_common(
    first: str, other: str, days: int
) -> None:
    assert found(gift("a", first, 4_000_000), gift("b", other, 5_000_000, days)).height == 0


def test_three_amounts_under_one_title_are_a_series() -> None:
    title = "Ammunition for air defence"
    rows = [gift(entry, title, amount) for entry, amount in (("a", 4_000_000), ("b", 5_000_000), ("c", 7))]
    assert found(*rows).height == 0
