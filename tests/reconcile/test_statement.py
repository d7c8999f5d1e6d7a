"""Titles in several languages state how they count: approximations, totals, parts, joint packages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.reconcile.statement import ABOUT, AT_LEAST, AT_MOST, JOINT, TO_DATE, adds, names_fund, statement


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 40 buses", AT_LEAST),
        ("über 40 Busse", AT_LEAST),
        ("понад 40 автобусів", AT_LEAST),
        ("ponad 40 autobusów", AT_LEAST),
        ("40+ buses", AT_LEAST),
        ("roughly EUR 3 million", ABOUT),
        ("rund 3 Mio. Euro", ABOUT),
        ("близько 3 млн", ABOUT),
        ("environ 3 millions", ABOUT),
        ("~3 million", ABOUT),
        ("almost 3 million", AT_MOST),
        ("knapp 3 Millionen", AT_MOST),
        ("майже 3 млн", AT_MOST),
        ("40 buses, over land", None),
        ("Hilfe über Polen", None),
        ("Більше світла для шкіл", None),
        ("Stoves for schools up to 2025", None),
    ],
)
def test_an_approximation_stands_before_a_number(text: str, bound: str | None) -> None:
    assert statement(text).bound == bound


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Stoves delivered so far", TO_DATE),
        ("Bislang gelieferte Öfen", TO_DATE),
        ("Печі, загалом з березня", TO_DATE),
        ("Печі: з початку року", TO_DATE),
        ("Piece, łącznie od marca", TO_DATE),
        ("Stoves, bringing our support this year to 9 million", TO_DATE),
        ("Stoves: this raises our total aid to EUR 9 million", TO_DATE),
        ("Stoves, bringing the number of stoves to 40", TO_DATE),
        ("Öfen, damit steigt die Summe auf 9 Mio. Euro", TO_DATE),
        ("Öfen: unsere Hilfe erhöht sich damit auf rund 9 Mio.", TO_DATE),
        ("Poêles, portant notre soutien cette année à 9 millions", TO_DATE),
        ("Piece, podnosząc nasze wsparcie do 9 mln", TO_DATE),
        ("Печі, що доводить нашу допомогу до 9 млн", TO_DATE),
        ("Печі: збільшуючи суму до 9 млн", TO_DATE),
        ("Bringing 200 stoves to 9 schools", None),
        ("Stoves for schools raised from 4 to 5 million", None),
        ("Öfen für Schulen: Mittel aufgestockt von 4 auf 5 Mio. Euro", None),
        ("Joint procurement of stoves", JOINT),
        ("Öfen, gemeinsam mit Partnern", JOINT),
        ("Спільна закупівля печей", JOINT),
        ("Wspólny zakup pieców", JOINT),
        ("Our share of the joint procurement of stoves", None),
        ("Anteil am gemeinsamen Paket: Öfen", None),
        ("Частка у спільному пакеті: печі", None),
        ("Stoves for a joint", None),
    ],
)
def test_totals_to_date_and_joint_packages_are_not_shares_or_gifts(text: str, lead: str | None) -> None:
    assert statement(text).lead == lead


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("total since March", "month 3"),
        ("insgesamt seit März 2024", "month 3 2024"),
        ("загалом з березня", "month 3"),
        ("since 24 February 2022", "month 2 2022"),
        ("bislang seit Anfang des Jahres", "year"),
        ("delivered to date", None),
    ],
)
def test_a_total_states_its_first_day(text: str, since: str | None) -> None:
    assert statement(text).since == since


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("Grant for pensions, March", "Grant for pensions, April", 31),
        ("Rentenzahlungen, erste Rate", "Rentenzahlungen, zweite Rate", 31),
        ("Виплата пенсій, 1 транш", "Виплата пенсій, транш 2", 31),
        ("Stoves", "Additional stoves", 5),
        ("Öfen", "Weitere Öfen", 5),
        ("Печі", "Додаткові печі", 5),
        ("Monthly grant", "Monthly grant", 30),
        ("Щомісячна допомога", "Щомісячна допомога", 31),
        ("Contribution 2025", "Contribution 2026", 366),
        ("Kotły, część 1 z 2", "Kotły, część 2 z 2", 20),
    ],
)
def test_period_and_wording_show_that_a_statement_adds(earlier: str, later: str, days: int) -> None:
    assert adds(statement(earlier), statement(later), days)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Second tranche for pensions", "Second tranche for pensions"),
        ("Additional stoves", "Additional stoves confirmed"),
        ("Rentenzahlungen", "Rentenzahlungen, erste Rate"),
        ("Печі для шкіл", "Підтверджено: печі для шкіл"),
    ],
)
def test_the_same_words_again_do_not_add(earlier: str, later: str) -> None:
    assert not adds(statement(earlier), statement(later), 10)


def test_words_of_announcing_say_nothing_of_the_content() -> None:
    assert statement("Reaffirmed: 30 stoves for schools").words == statement("stoves for schools").words
    assert statement("Підтверджено: печі для шкіл").words == statement("Печі для шкіл").words
    assert statement("Military assistance package").words == ()


def test_a_fund_is_known_by_its_name() -> None:
    assert [names_fund(name) for name in ("Fonds für Schulen", "Фонд відбудови", "Foundry", "PL")] == [
        True,
        True,
        False,
        False,
    ]


@given(st.text(max_size=60))
def test_any_text_is_read_and_read_alike(text: str) -> None:
    assert statement(text) == statement(text)
    assert not adds(statement(text), statement(text), 0)
