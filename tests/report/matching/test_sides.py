"""Both records of a pair field by field, and what a verdict means for each relation."""

from decimal import Decimal

import polars as pl
import pytest
from tests.report.cases import case, entries

from konvoi.model.entries import RELATION_KINDS
from konvoi.report.language import Language
from konvoi.report.matching.sides import changes, holds, quoted, sides
from konvoi.report.names import Names

ENGLISH = Language("en")


class Weighed:
    """What a pair would change."""

    def __init__(
        self, change: int | None = None, proxy: int | None = None, quantity: int | None = None
    ) -> None:
        self.change, self.proxy, self.prices = change, proxy, 3 if proxy else None
        self.quantity, self.unit = None if quantity is None else Decimal(quantity), "piece"


def row(entry: str, **changed: object) -> dict[str, object]:
    return entries().filter(pl.col("entry") == entry).row(0, named=True) | changed


def told(left: dict[str, object], right: dict[str, object]) -> dict[str, tuple[str, str]]:
    found = sides(Names(case()), left, right)
    return {ENGLISH.text(label): (ENGLISH.text(one), ENGLISH.text(other)) for label, one, other in found}


def test_fields_stand_beside_each_other_and_empty_ones_are_left_out() -> None:
    found = told(row("E01"), row("E06"))
    assert found["Partner"] == ("Arvenia", "Breland")
    assert found["Quantity"][1] == ""
    assert "Implementer" not in found


def test_an_amount_has_all_its_digits() -> None:
    """Two reports are told apart by the last ones."""
    assert told(row("E01", amount_minor=1234567_89), row("E06"))["Amount"][0] == "1,234,567.89 EUR"


def test_the_words_of_strangers_cannot_steer_a_terminal() -> None:
    found = told(row("E01", text="tents\x1b[2Jgone", reference="\u202eevil"), row("E06"))
    assert "\x1b" not in found["Wording"][0]
    assert "\u202e" not in found["Reference"][0]


@pytest.mark.parametrize("relation", RELATION_KINDS)
def test_each_relation_has_its_question_and_its_own_words(relation: str) -> None:
    words = [ENGLISH.text(one) for one in holds(relation)]
    assert words[0].endswith("?")
    assert len(set(words)) == 3


def test_what_would_change_is_an_amount_a_proxy_that_is_told_or_a_quantity() -> None:
    say = [
        ENGLISH.text(changes(weight, "EUR", "tents"))
        for weight in (Weighed(5_00), Weighed(None, 7_00, 2), Weighed(0, None, 2), Weighed(0), Weighed())
    ]
    assert say == [
        "If so, the total (pledged) falls by 5 EUR.",
        "No amount is stated. At the median of 3 prices of tents, about 7 EUR would fall away.",
        "If so, the total of tents falls by 2 pieces.",
        "It changes no total.",
        "What it changes is not known.",
    ]


def test_cells_are_quoted_under_their_heads() -> None:
    assert quoted((("a", "1"), ("", "two"))) == "a: 1\ntwo"
