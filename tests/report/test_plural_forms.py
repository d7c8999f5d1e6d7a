"""Counts read right in every language, for 0, 1, 2, 5 and 21."""

import re
from decimal import Decimal

import pytest
from tests.report.extraction import message_ids

from konvoi.report.language import PLURALS, Language
from konvoi.report.page import Message, Number, Value

COUNTS = (0, 1, 2, 5, 21)
ONE = {"de": (1,), "uk": (1, 21)}
"""Counts that take the first form of a plural."""
GOVERNING = {
    "en": (),
    "de": ("nach", "mit", "von", "aus", "bei", "seit", "zu", "vor"),
    "uk": ("з", "із", "зі", "від", "до", "для", "після", "без", "через", "протягом", "на"),
}
"""Words after which a quantity stands in another case than the first."""
QUANTITIES = {
    "days",
    "lines",
    "cases",
    "items",
    "came",
    "unknown",
    "overdue",
    "movements",
    "unmet",
    "parties",
}
"""Placeholders that are filled with a number and its noun."""


@pytest.mark.parametrize("code", ["en", "de", "uk"])
@pytest.mark.parametrize("unit", sorted(PLURALS))
def test_a_unit_agrees_with_its_count(code: str, unit: str) -> None:
    language = Language(code)
    forms = [language.unit(unit, count) for count in COUNTS]
    zero, one, two, five, many = forms
    assert zero == five
    if code == "uk":
        assert one == many
        assert (one, two, five) == tuple(language.unit(unit, count) for count in (31, 3, 11))
    else:
        assert two == five == many


@pytest.mark.parametrize("code", ["de", "uk"])
def test_a_message_with_a_count_has_the_form_of_its_count(code: str) -> None:
    language = Language(code)
    wrong = []
    for one, many in message_ids().items():
        if many and one not in PLURALS:
            forms = {count: language.say(one, many, count) for count in COUNTS}
            singular = {forms[count] for count in ONE[code]}
            if len(singular) != 1 or forms[0] != forms[5]:
                wrong.append(one)
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("de", 1, "1 Dublettenverdachtsfall ist in Prüfung"),
        ("de", 21, "21 Dublettenverdachtsfälle sind in Prüfung"),
        ("uk", 1, "На розгляді 1 імовірний дублікат"),
        ("uk", 2, "На розгляді 2 імовірні дублікати"),
        ("uk", 5, "На розгляді 5 імовірних дублікатів"),
        ("uk", 21, "На розгляді 21 імовірний дублікат"),
    ],
)
def test_duplicate_candidates_are_counted(code: str, count: int, said: str) -> None:
    one = "{count} duplicate candidate is under review; if confirmed, the total ({stage}) falls by {effect}."
    many = (
        "{count} duplicate candidates are under review; if all are confirmed, the total ({stage}) falls by "
        "{effect}."
    )
    values: dict[str, Value] = {"count": count, "stage": Message("pledged"), "effect": "x"}
    assert Language(code).text(Message(one, values, many, count)).startswith(said)


@pytest.mark.parametrize("code", ["de", "uk"])
def test_no_number_with_a_noun_follows_a_word_that_changes_its_case(code: str) -> None:
    """“nach 60 Tage”, “з 1 позиція”: a number with its noun comes in the first case alone."""
    governed = re.compile(rf"\b({'|'.join(GOVERNING[code])}) \{{({'|'.join(QUANTITIES)})\}}(?! \w)")
    language = Language(code)
    found = [
        text
        for one, many in message_ids().items()
        for text in ({language.say(one, many, count) for count in COUNTS} if many else {language.say(one)})
        if governed.search(text) and one not in PLAIN
    ]
    assert found == []


PLAIN: frozenset[str] = frozenset()
"""Messages whose placeholder of that name is a bare number."""


def test_days_and_items_in_a_sentence_read_right() -> None:
    text = (
        "Channel “{route}”: {lines}; of these, {came} reached the stage “{stage}” in full or in part. "
        "No status reported: {unknown}."
    )
    for count, noun in ((0, "позицій"), (1, "позиція"), (2, "позиції"), (5, "позицій"), (21, "позиція")):
        number = Number(Decimal(count), "line")
        values: dict[str, Value] = {"route": Message("money"), "stage": Message("committed")}
        values |= {"lines": number, "came": number, "unknown": number}
        said = Language("uk").text(Message(text, values))
        assert f"«фінансова допомога»: {count} {noun};" in said
