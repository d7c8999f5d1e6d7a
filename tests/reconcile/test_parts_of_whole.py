"""Instalments and what a whole includes are proposed as its parts."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest
from tests.reconcile.ledgers import DAY, entries, told

from konvoi.reconcile.relate import relate


def gift(entry: str, text: str, amount: int, days: int = 0, **more: object) -> dict[str, object]:
    on = DAY + timedelta(days)
    money = {"amount_minor": amount * 100, "currency": "EUR"}
    return {"entry": entry, "text": text, "day_from": on, "day_to": on, "known_on": on, **money, **more}


def found(*rows: dict[str, object]) -> pl.DataFrame:
    return relate(entries(*rows)).relations.filter(pl.col("relation") == "part_of")


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Grant for pensions in two parts", ("Grant for pensions, part 1", "Grant for pensions, part 2")),
        ("Zuschuss für Renten", ("Zuschuss für Renten, erste Rate", "Zuschuss für Renten, zweite Rate")),
        ("Виплата пенсій", ("Виплата пенсій, січень", "Виплата пенсій, лютий")),
        ("Kotły dla szkół", ("Kotły dla szkół, pierwsza transza", "Kotły dla szkół, druga transza")),
    ],
)
def test_instalments_that_make_up_a_whole(whole: str, parts: tuple[str, str]) -> None:
    rows = [
        gift("w", whole, 30_000_000),
        gift("a", parts[0], 12_000_000, 9),
        gift("b", parts[1], 18_000_000, 40),
    ]
    assert told(found(*rows)) == [(part, "part_of", "w", "undecided") for part in ("a", "b")]


def test_instalments_that_do_not_make_up_the_whole_are_left_alone_unless_it_speaks_of_parts() -> None:
    rows = [gift("a", "Grant, January", 12_000_000, 9), gift("b", "Grant, February", 12_000_000, 40)]
    assert found(gift("w", "Grant", 50_000_000), *rows).height == 0
    assert found(gift("w", "Grant in monthly instalments", 50_000_000), *rows).height == 2


def test_instalments_of_another_giver_or_content_are_no_part() -> None:
    whole = gift("w", "Grant for pensions in two parts", 30_000_000)
    assert found(whole, gift("a", "Stoves, first part of two", 15_000_000, 9)).height == 0
    other = gift("a", "Grant for pensions, first of two parts", 15_000_000, 9, party="SL-1", source="SL-1")
    assert found(whole, other).height == 0


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    "whole",
    [
        "Winter package including stoves",
        "Winterpaket, darunter Öfen und stoves",
        "Зимовий пакет, у тому числі stoves",
        "Pakiet zimowy, w tym stoves",
    ],
)
def test_a_whole_includes_smaller_statements_of_its_content(whole: str) -> None:
    stoves = gift("a", "Stoves for schools", 8_000_000)
    made = found(stoves, gift("w", whole, 50_000_000, 30))
    assert told(made) == [("a", "part_of", "w", "undecided")]
    assert found(gift("a", "Trams", 8_000_000), gift("w", whole, 50_000_000, 30)).height == 0
    assert found(gift("a", "Stoves for schools", 80_000_000), gift("w", whole, 50_000_000, 30)).height == 0


def test_a_participants_line_is_part_of_the_joint_line_by_quantity() -> None:
    """10 of Belgium and 14 of the Netherlands are the 24 of the joint procurement."""

    def line(party: str, text: str, quantity: int) -> dict[str, object]:
        own = {"entry": party, "source": party, "submission": f"{party}.csv", "party": party, "text": text}
        return own | {
            "line": f"{party}-1",
            "good": "minehunter",
            "unit": "piece",
            "quantity": Decimal(quantity),
        }

    whole = line("EU", "Minehunters: joint procurement of Belgium and the Netherlands", 24)
    made = found(whole, line("BE", "Minehunters", 10), line("NL", "Minehunters", 14))
    assert told(made) == [(party, "part_of", "EU", "undecided") for party in ("BE", "NL")]
    assert "the parts make up the whole" in made["evidence"][0]
    assert found(whole, line("FR", "Minehunters", 10)).height == 0
