"""Units in heads and in lines above them are understood in several languages."""

import pytest

from konvoi.intake.head_units import head_unit, title_units, without_unit
from konvoi.intake.sheet import Row


@pytest.mark.parametrize(
    ("head", "times"),
    [
        ("amount (kEUR)", (1000,)),
        ("Betrag (T€)", (1000,)),
        ("Betrag (Mio. €)", (10**6,)),
        ("montant (en milliers d'euros)", (1000,)),
        ("сума (тис. грн)", (1000,)),
        ("kwota w tys. PLN", (1000,)),
        ("amount (USD '000)", (1000,)),
        ("amount in USD 1,000", (1000,)),
        ("amount, EUR million", (10**6,)),
        ("amount (billion EUR)", (10**9, 10**12)),
        ("amount (EUR)", None),
        ("amount (2024)", None),
        ("amount", None),
    ],
)
def test_the_head_of_a_column_gives_a_unit(head: str, times: tuple[int, ...] | None) -> None:
    unit = head_unit(head)
    assert (unit.times if unit else None) == times


def test_tonnes_and_metres_are_no_scale_of_quantities() -> None:
    assert head_unit("quantity (t)", money=False) is None
    assert head_unit("length (m)", money=False) is None


def test_a_name_is_known_without_its_unit() -> None:
    assert without_unit("Betrag in Mio. EUR") == "Betrag"
    assert without_unit("kwota w tys. PLN") == "kwota"
    assert without_unit("amount") == "amount"


@pytest.mark.parametrize(
    "line",
    [
        "Support 2026, amounts in thousand EUR",
        "(тис. грн)",
        "Kwoty w tys. PLN",
        "Montants en milliers d'euros",
        "суми в тисячах гривень",
        "Amounts are in thousands of US dollars",
        "Belopp i tusen kronor",
        "List of Belgium, all in kEUR",
    ],
)
def test_a_line_above_the_head_gives_a_unit(line: str) -> None:
    assert [unit.times for _, unit in title_units([Row(1, (line, None))])] == [(1000,)]


@pytest.mark.parametrize(
    "line",
    [
        "Support of EUR 5 million",
        "Aid for 2 million people in Kharkiv",
        "a million euros more",
        "EUR 1000 per family",
        "Pledge of 10 kEUR",
        "As of 1 March 2026, in EUR",
        "We gave a billion in May",
    ],
)
def test_a_number_in_a_sentence_is_no_unit(line: str) -> None:
    assert list(title_units([Row(1, (line,))])) == []
